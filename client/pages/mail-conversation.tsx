import { useEffect, useRef, useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { ConversationView, MailMessage } from "../../protocol/twinspace/correspondence.ts";
import type { SpaceView } from "../../protocol/twinspace/space.ts";
import { answerMail, conversation, mailRead, moveMail, removeMail } from "../api/correspondence.ts";
import { space as askSpace } from "../api/space.ts";
import { isRefused } from "../api.ts";
import { Button } from "../parts/button.tsx";
import { ConfirmDialog } from "../parts/dialog.tsx";
import { TextArea } from "../parts/field.tsx";
import { StatusLine } from "../parts/said.tsx";
import type { PageParams } from "../routes.ts";
import { countsChanged } from "../views/counts-changed.ts";
import { sectionPath } from "../views/space-sections.ts";
import { dateAndTime, listOf } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { useKeptText } from "./mail/use-kept-text.ts";
import { OwnPage, PortalFrame } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";
import { useForm } from "./portal/use-form.ts";
import { SpaceAround } from "./twinspace/space-page.tsx";
import { ThingMenu } from "./twinspace/thing-menu.tsx";
import "./mail/mail.css";

const askAgainMs = 30_000;

/** `/mail/<id>` */
export default function MailConversationPage({ params }: { params: PageParams }) {
  return (
    <OwnPage title={t("correspondence.title")} needs="account">
      {(_me, door) => <Conversation id={params.conversation ?? ""} door={door} />}
    </OwnPage>
  );
}

function Conversation({ id, door }: { id: string; door: FrontDoor }) {
  const { asked, again, change } = useAsked(() => conversation(id, null));
  const older = useAct(
    (after: string) => conversation(id, after),
    (page) => change((before) => ({ ...before, messages: [...before.messages, ...page.messages], next: page.next })),
  );
  const shown = asked.state === "here" ? asked.value : undefined;
  useReading(id, shown, again);
  const space = useSpaceOf(shown?.project.slug);
  return (
    <PortalFrame
      door={door}
      title={shown?.subject ?? t("correspondence.title")}
      above={
        <p>
          <a href="/mail">{t("correspondence.back")}</a>
        </p>
      }
      side={shown ? <About view={shown} again={again} /> : undefined}
    >
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {shown ? (
        <>
          {shown.next === null ? null : (
            <p>
              <Button onClick={() => shown.next !== null && older.run(shown.next)} aria-disabled={older.busy}>
                {t("correspondence.older")}
              </Button>
            </p>
          )}
          <Trouble refusal={older.refusal} />
          <ol className="mail-messages">
            {shown.messages.toReversed().map((message) => (
              <Message key={message.id} message={message} space={space} />
            ))}
          </ol>
          {shown.open ? <Answer id={id} sent={again} /> : <p className="soft">{t("correspondence.closed")}</p>}
        </>
      ) : null}
    </PortalFrame>
  );
}

/** What is shown has been read; what comes meanwhile is asked for now and then. */
function useReading(id: string, shown: ConversationView | undefined, again: () => void) {
  const newest = shown?.messages[0]?.id;
  const hasUnread = shown?.messages.some(({ unread }) => unread) ?? false;
  const isLong = (shown?.messages.length ?? 0) > 30;
  useEffect(() => {
    if (newest !== undefined && hasUnread) void mailRead(id).then(() => dispatchEvent(new Event(countsChanged)));
  }, [id, newest, hasUnread]);
  const asks = useRef(again);
  asks.current = again;
  useEffect(() => {
    // Older messages that were fetched stay while somebody reads them.
    if (isLong) return;
    const ask = () => document.visibilityState === "visible" && asks.current();
    const timer = setInterval(ask, askAgainMs);
    addEventListener("focus", ask);
    return () => {
      clearInterval(timer);
      removeEventListener("focus", ask);
    };
  }, [isLong]);
}

/** Of the project it belongs to, while they are in it. */
function useSpaceOf(slug: string | undefined): SpaceView | undefined {
  const [space, set] = useState<SpaceView>();
  useEffect(() => {
    if (slug === undefined) return;
    void askSpace(slug).then((answer) => set(isRefused(answer) ? undefined : answer.value));
  }, [slug]);
  return space;
}

function Message({
  message: { id, name, mine, words, at },
  space,
}: {
  message: MailMessage;
  space: SpaceView | undefined;
}) {
  return (
    <li className="mail-message" data-mine={mine || undefined}>
      <div className="mail-message__head">
        <strong>{mine ? t("correspondence.me") : name || t("person.gone")}</strong>
        <time className="soft small" dateTime={new Date(at).toISOString()}>
          {dateAndTime(at)}
        </time>
        {mine || space === undefined ? null : (
          <SpaceAround value={space}>
            <ThingMenu
              thing={{ kind: "mail", id }}
              name={t("correspondence.message", { name: name || t("person.gone") })}
            />
          </SpaceAround>
        )}
      </div>
      <p className="mail-message__words" dir="auto">
        {words}
      </p>
    </li>
  );
}

function Answer({ id, sent }: { id: string; sent: () => void }) {
  const words = useKeptText(`mail:${id}`);
  const [said, say] = useState("");
  const form = useForm(
    () =>
      words.text.trim() === "" ? { errors: { words: "form.missing" as const } } : answerMail(id, words.text.trim()),
    () => {
      words.forget();
      say(t("correspondence.sent"));
      sent();
    },
  );
  return (
    <form {...form.props} className="card form">
      <TextArea
        label={t("correspondence.answer")}
        name="words"
        rows={5}
        maxLength={10_000}
        value={words.text}
        onChange={(event) => {
          words.write(event.target.value);
          say("");
        }}
        hint={t("correspondence.answerHint")}
        error={form.error("words")}
      />
      <Trouble refusal={form.refusal} />
      <div className="form__acts">
        <Button type="submit" look="filled" icon="paper-plane-right-fill" aria-disabled={form.busy}>
          {t("correspondence.send")}
        </Button>
        <StatusLine>{said}</StatusLine>
      </div>
    </form>
  );
}

function About({
  view: { id, subject, project, people, archived },
  again,
}: {
  view: ConversationView;
  again: () => void;
}) {
  const [asking, ask] = useState(false);
  const move = useAct(() => moveMail(id, archived ? "open" : "archived"), again);
  const remove = useAct(
    () => removeMail(id),
    () => location.assign("/mail"),
  );
  const names = people.map(({ name, here }) => {
    const called = name || t("person.gone");
    return here || name === "" ? called : t("correspondence.gone", { name });
  });
  return (
    <section className="card form" aria-labelledby="mail-people">
      <h2 id="mail-people" className="home-head">
        {t("correspondence.people")}
      </h2>
      <p>{listOf(names)}</p>
      <p>
        <a href={sectionPath(project.slug, "home")}>{project.title}</a>
      </p>
      <Button icon="archive" onClick={() => move.run()} aria-disabled={move.busy}>
        {t(archived ? "correspondence.unarchive" : "correspondence.archive")}
      </Button>
      <Button look="danger" icon="trash" onClick={() => ask(true)}>
        {t("correspondence.remove")}
      </Button>
      <Trouble refusal={move.refusal ?? remove.refusal} />
      {asking ? (
        <ConfirmDialog
          title={t("correspondence.removeTitle", { subject })}
          confirm={t("correspondence.removeDo")}
          onConfirm={remove.run}
          onClose={() => ask(false)}
        >
          <p>{t("correspondence.removeHint")}</p>
        </ConfirmDialog>
      ) : null}
    </section>
  );
}
