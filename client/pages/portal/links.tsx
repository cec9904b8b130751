import { useState } from "react";
import type { BookedMeeting, MeetingLink } from "../../../protocol/http/meetings.ts";
import { revokeLink } from "../../api.ts";
import type { IconName } from "../../looks/icons.ts";
import { Button } from "../../parts/button.tsx";
import { ConfirmDialog } from "../../parts/dialog.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Flag } from "../../parts/place.tsx";
import { StatusLine } from "../../parts/said.tsx";
import { Tag } from "../../parts/tag.tsx";
import { inOrder, stateOfLink } from "../../views/links.ts";
import { t } from "../../words/words.ts";
import { dateTimeIn } from "../../words/zoned.ts";
import { CopyButton } from "./copy-button.tsx";
import { isGuests, nameOfLink } from "./link-name.ts";
import { MakeLinkDialog } from "./make-link.tsx";
import { Trouble } from "./trouble.tsx";
import { useAct } from "./use-act.ts";

type Change = (links: MeetingLink[]) => MeetingLink[];

/** "Links": who comes by which, to be copied, revoked and made. */
export function Links({
  meeting,
  links,
  zone,
  now,
  changed,
}: {
  meeting: BookedMeeting;
  links: readonly MeetingLink[];
  zone: string;
  now: number;
  changed: (change: Change) => void;
}) {
  const [said, say] = useState<string>();
  const [revoking, askToRevoke] = useState<MeetingLink>();
  const [isMaking, make] = useState(false);
  const isOver = meeting.phase === "ended";
  const revoke = useAct(
    (link: MeetingLink) => revokeLink(meeting.id, link.id),
    (_done, link) => {
      changed((all) => all.map((one) => (one.id === link.id ? { ...one, revokedAt: Date.now() } : one)));
      say(t("book.linkRevokedNow", { name: nameOfLink(link) }));
    },
  );

  return (
    <section className="card form" aria-labelledby="links">
      <header className="links-head">
        <h2 id="links">{t("book.links")}</h2>
        {isOver ? null : (
          <Button size="small" icon="plus" onClick={() => make(true)}>
            {t("book.linkMake")}
          </Button>
        )}
      </header>
      <p className="soft">{t("book.linksHint")}</p>
      <StatusLine>{said}</StatusLine>
      <Trouble refusal={revoke.refusal} />
      <ul className="links" aria-labelledby="links">
        {inOrder(links, now).map((link) => (
          <LinkRow key={link.id} link={link} zone={zone} now={now} isOver={isOver} revoke={() => askToRevoke(link)} />
        ))}
      </ul>
      {revoking === undefined ? null : (
        <ConfirmDialog
          title={t("book.linkRevokeAsk", { name: nameOfLink(revoking) })}
          confirm={t("book.linkRevoke")}
          onConfirm={() => revoke.run(revoking)}
          onClose={() => askToRevoke(undefined)}
        >
          <p>{t("book.linkRevokeHint")}</p>
        </ConfirmDialog>
      )}
      {isMaking ? (
        <MakeLinkDialog
          meeting={meeting}
          zone={zone}
          made={(link) => {
            changed((all) => [...all, link]);
            say(t("book.linkMade", { name: nameOfLink(link) }));
            make(false);
          }}
          onClose={() => make(false)}
        />
      ) : null}
    </section>
  );
}

function iconOf({ role, kind }: MeetingLink): IconName {
  if (role === "chair") return "crown-simple";
  if (role === "watcher") return "eye";
  return kind === "class" ? "projector-screen" : "user";
}

function LinkRow({
  link,
  zone,
  now,
  isOver,
  revoke,
}: {
  link: MeetingLink;
  zone: string;
  now: number;
  isOver: boolean;
  revoke: () => void;
}) {
  const name = nameOfLink(link);
  const state = stateOfLink(link, now);
  const works = state === "works" && !isOver;
  return (
    <li className="link" data-over={works ? undefined : true}>
      <span className="link__icon">
        <Icon name={iconOf(link)} />
      </span>
      <div className="link__words">
        <strong>
          {name} {link.school === null ? null : <Flag country={link.school.country} />}
        </strong>
        <span className="link__address cut">{link.link}</span>
        <span className="soft small">
          <Expiry link={link} zone={zone} />
          {isGuests(link) ? ` · ${t("book.linkGuestsHint")}` : null}
        </span>
      </div>
      <div className="link__acts">
        {works ? (
          <>
            <CopyButton size="small" text={link.link} name={t("book.linkCopyName", { name })} />
            <Button size="small" look="danger" aria-label={t("book.linkRevokeName", { name })} onClick={revoke}>
              {t("book.linkRevoke")}
            </Button>
          </>
        ) : (
          <Tag tone="bad">{t(state === "expired" ? "book.linkExpired" : "book.linkRevoked")}</Tag>
        )}
      </div>
    </li>
  );
}

function Expiry({ link, zone }: { link: MeetingLink; zone: string }) {
  if (link.revokedAt !== null) return t("book.linkRevokedAt", { date: dateTimeIn(link.revokedAt, zone) });
  if (link.expiresAt === null) return t("book.linkForever");
  return t("book.linkExpires", { date: dateTimeIn(link.expiresAt, zone) });
}
