import { useState } from "react";
import type { FrontDoor, Me } from "../../protocol/http/accounts.ts";
import type { Notice } from "../../protocol/http/partners.ts";
import { actOnContact, closeNotice, oneNotice, renewNotice, repliesTo, replyToNotice } from "../api/partners.ts";
import { isRefused, type Refusal } from "../api.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { Place } from "../parts/place.tsx";
import { Tag } from "../parts/tag.tsx";
import type { PageParams } from "../routes.ts";
import { t } from "../words/words.ts";
import { NoticeCard } from "./partners/notice-card.tsx";
import { PartnerFrame } from "./partners/sections.tsx";
import { WriteDialog } from "./partners/write-dialog.tsx";
import { OwnPage } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";

/** `/partners/notices/:notice` */
export default function NoticePage({ params }: { params: PageParams }) {
  return (
    <OwnPage title={t("notices.title")} needs="account">
      {(me, door) => <Shown id={params.notice ?? ""} me={me} door={door} />}
    </OwnPage>
  );
}

function Shown({ id, me, door }: { id: string; me: Me; door: FrontDoor }) {
  const { asked, again } = useAsked(() => oneNotice(id));
  const notice = asked.state === "here" ? asked.value.notice : undefined;
  return (
    <PartnerFrame me={me} door={door} title={notice?.title ?? t("notices.title")}>
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} /> : null}
      {notice === undefined ? null : (
        <NoticeCard notice={notice}>
          {notice.mine ? <OwnActs notice={notice} again={again} /> : null}
          {!notice.mine && me.standings.includes("staff") ? <Reply notice={notice} again={again} /> : null}
        </NoticeCard>
      )}
      {notice?.mine ? <Replies id={id} /> : null}
    </PartnerFrame>
  );
}

function OwnActs({ notice, again }: { notice: Notice; again: () => void }) {
  const renew = useAct(() => renewNotice(notice.id, 60), again);
  const close = useAct(() => closeNotice(notice.id), again);
  return (
    <div className="form__acts">
      <ButtonLink icon="pencil-simple" href={`/partners/notices/new?notice=${notice.id}`}>
        {t("notices.edit")}
      </ButtonLink>
      <Button onClick={() => renew.run()}>{t("notices.renew")}</Button>
      {notice.state === "closed" ? null : <Button onClick={() => close.run()}>{t("notices.close")}</Button>}
      <Trouble refusal={renew.refusal ?? close.refusal} />
    </div>
  );
}

function Reply({ notice, again }: { notice: Notice; again: () => void }) {
  const [open, setOpen] = useState(false);
  if (notice.replied) return <p role="status">{t("notices.replied")}</p>;
  return (
    <div className="form__acts">
      <Button look="filled" icon="chat-circle-text" onClick={() => setOpen(true)}>
        {t("notices.reply")}
      </Button>
      {open ? (
        <WriteDialog
          title={t("notices.replyTitle", { title: notice.title })}
          name="words"
          send={(words) => replyToNotice(notice.id, { words })}
          done={() => {
            setOpen(false);
            again();
          }}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </div>
  );
}

function Replies({ id }: { id: string }) {
  const { asked, again, change } = useAsked(() => repliesTo(id, null));
  const accept = useAct((account: string) => actOnContact(account, "accept"), again);
  const [refusal, setRefusal] = useState<Refusal>();
  if (asked.state !== "here") return null;
  const { replies, next } = asked.value;
  const more = async () => {
    const answer = await repliesTo(id, next);
    if (isRefused(answer)) return setRefusal(answer);
    change((before) => ({ next: answer.value.next, replies: [...before.replies, ...answer.value.replies] }));
  };
  return (
    <section className="home-part" aria-labelledby="replies">
      <h2 id="replies" className="home-head">
        {t("notices.repliesTitle")}
      </h2>
      <Trouble refusal={accept.refusal ?? refusal} />
      {replies.length === 0 ? <p className="soft">{t("notices.noReplies")}</p> : null}
      <ul className={replies.length === 0 ? undefined : "rows"} aria-labelledby="replies">
        {replies.map(({ from, name, school, words, relation }) => (
          <li key={from} className="row">
            <div className="row__words">
              <strong>{name}</strong>
              {school === null ? null : <Place country={school.country}>{school.name}</Place>}
              <p className="partner__words">{words}</p>
            </div>
            {relation === "asksMe" ? (
              <Button
                look="filled"
                size="small"
                aria-label={t("contacts.acceptName", { name })}
                onClick={() => accept.run(from)}
              >
                {t("contacts.accept")}
              </Button>
            ) : relation === "none" ? null : (
              <Tag tone={relation === "mutual" ? "good" : "plain"}>{t(`relation.${relation}`)}</Tag>
            )}
          </li>
        ))}
      </ul>
      {next === null ? null : <Button onClick={() => void more()}>{t("partners.more")}</Button>}
    </section>
  );
}
