import { useState } from "react";
import type { BookedMeeting, MeetingLink } from "../../../protocol/http/meetings.ts";
import { calendarFileOf } from "../../api.ts";
import { ButtonLink } from "../../parts/button.tsx";
import { Select, TextArea } from "../../parts/field.tsx";
import { inOrder, plannedEnd, stateOfLink } from "../../views/links.ts";
import { t } from "../../words/words.ts";
import { fullSpanIn } from "../../words/zoned.ts";
import { CopyButton } from "./copy-button.tsx";
import { nameOfLink } from "./link-name.ts";

/** What is handed to others: a text for a mail and a calendar file, each with the one link of those it is for. */
export function GiveOut({
  meeting,
  links,
  now,
}: {
  meeting: BookedMeeting;
  links: readonly MeetingLink[];
  now: number;
}) {
  const working = inOrder(links, now).filter((link) => stateOfLink(link, now) === "works");
  const [chosen, choose] = useState<string>();
  const link =
    working.find(({ id }) => id === chosen) ?? working.find(({ role }) => role === "participant") ?? working[0];
  if (link === undefined) return null;
  // By the code alone comes who holds the guests' link, where there is one.
  const text = invitationFor(
    meeting,
    link,
    working.some((one) => !one.link.includes("#")),
  );
  return (
    <section className="card form" aria-labelledby="give-out">
      <h2 id="give-out">{t("book.giveOut")}</h2>
      <Select
        label={t("book.invitationFor")}
        hint={t("book.giveOutHint")}
        value={link.id}
        onChoose={choose}
        choices={working.map((one) => ({ value: one.id, label: nameOfLink(one) }))}
      />
      <TextArea label={t("book.invitation")} value={text} readOnly rows={text.split("\n").length + 1} />
      <div className="form__acts">
        <CopyButton text={text} label={t("book.copyText")} />
        <ButtonLink icon="calendar-blank" href={calendarFileOf(meeting.id, link.id)} download={`${meeting.code}.ics`}>
          {t("book.calendar")}
        </ButtonLink>
      </div>
    </section>
  );
}

/** The time is in the zone it was booked in, which is said with it: who reads this has no account that knows theirs. */
function invitationFor(meeting: BookedMeeting, { role, link }: MeetingLink, byCode: boolean): string {
  const { title, code, startsAt, timeZone } = meeting;
  const when = fullSpanIn(startsAt, plannedEnd(meeting), timeZone);
  const others = byCode
    ? t("book.invitationText", { title, when, link, origin: location.origin, code })
    : t("book.invitationTextByLink", { title, when, link });
  const text = role === "chair" ? t("book.invitationTextChair", { title, when, link }) : others;
  return meeting.recorded ? `${text}\n\n${t("book.recordedNote")}` : text;
}
