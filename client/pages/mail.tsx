import { useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { ConversationRow, MailBox } from "../../protocol/twinspace/correspondence.ts";
import { conversations } from "../api/correspondence.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Tag } from "../parts/tag.tsx";
import { dateAndTime, listOf } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { OwnPage, PortalFrame } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";
import "./mail/mail.css";

/** `/mail`: one's conversations with other members of all one's projects. */
export default function MailPage() {
  return (
    <OwnPage title={t("correspondence.title")} needs="account">
      {(_me, door) => <Mailbox door={door} />}
    </OwnPage>
  );
}

function Mailbox({ door }: { door: FrontDoor }) {
  const [box, choose] = useState<MailBox>("open");
  return (
    <PortalFrame
      door={door}
      title={t("correspondence.title")}
      intro={t("correspondence.intro")}
      acts={
        <ButtonLink look="filled" icon="pencil-simple" href="/mail/new">
          {t("correspondence.write")}
        </ButtonLink>
      }
    >
      <nav className="mail-boxes" aria-label={t("correspondence.boxes")}>
        {(["open", "archived"] as const).map((one) => (
          <Button
            key={one}
            look={one === box ? "filled" : "outlined"}
            size="small"
            aria-pressed={one === box}
            onClick={() => choose(one)}
          >
            {t(`correspondence.${one}`)}
          </Button>
        ))}
      </nav>
      <List key={box} box={box} />
    </PortalFrame>
  );
}

function List({ box }: { box: MailBox }) {
  const { asked, again, change } = useAsked(() => conversations(box, null));
  const more = useAct(
    (after: string) => conversations(box, after),
    (page) =>
      change((before) => ({ conversations: [...before.conversations, ...page.conversations], next: page.next })),
  );
  if (asked.state === "asking") return <p role="status">{t("app.loading")}</p>;
  if (asked.state === "refused") return <Trouble refusal={asked.refusal} again={again} />;
  const { conversations: rows, next } = asked.value;
  if (rows.length === 0) {
    return box === "archived" ? (
      <p>{t("correspondence.noneArchived")}</p>
    ) : (
      <div className="card">
        <EmptyState
          icon="envelope-simple"
          title={t("correspondence.none")}
          act={<ButtonLink href="/mail/new">{t("correspondence.newTitle")}</ButtonLink>}
        >
          {t("correspondence.noneHint")}
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      <ul className="rows" aria-label={t(`correspondence.${box}`)}>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ul>
      <Trouble refusal={more.refusal} />
      {next === null ? null : (
        <p>
          <Button onClick={() => more.run(next)} aria-disabled={more.busy}>
            {t("act.showMore")}
          </Button>
        </p>
      )}
    </>
  );
}

function Row({ row: { id, subject, project, people, lastAt, begins, from, unread } }: { row: ConversationRow }) {
  const names = people.map(({ name }) => name || t("person.gone"));
  return (
    <li className="row mail-row" data-unread={unread > 0 || undefined}>
      <div className="row__words">
        <a className="row__title" href={`/mail/${encodeURIComponent(id)}`}>
          {subject}
        </a>
        <span className="soft small">
          {t("correspondence.with", { names: listOf(names) })} · {project.title}
        </span>
        <span className="small mail-row__begins">
          {from === "" ? begins : t("correspondence.fromWords", { name: from, words: begins })}
        </span>
        <span className="soft small">{dateAndTime(lastAt)}</span>
      </div>
      <div className="row__acts">
        {unread > 0 ? (
          <Tag tone="attention" icon="envelope-simple">
            {t("correspondence.unread", { count: unread })}
          </Tag>
        ) : null}
      </div>
    </li>
  );
}
