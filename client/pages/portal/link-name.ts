import type { MeetingLink } from "../../../protocol/http/meetings.ts";
import { t } from "../../words/words.ts";

/** Whom a link is for, as lists, buttons and questions name it: "Pupil, Escola de Aveiro", "Watcher", with its label. */
export function nameOfLink(link: MeetingLink): string {
  const whom = whomOf(link);
  return link.label === "" ? whom : t("book.linkLabelled", { whom, label: link.label });
}

/** The guests' link has no key: it is what a code that was read aloud opens. */
export const isGuests = ({ link }: MeetingLink): boolean => !link.includes("#");

function whomOf(link: MeetingLink): string {
  if (link.role === "chair") return t("book.linkChair");
  const school = link.school?.name;
  if (link.role === "watcher")
    return school === undefined ? t("book.linkWatcher") : t("book.linkWatcherOf", { school });
  if (isGuests(link)) return t("book.linkGuests");
  const kind = t(`kind.${link.kind ?? "unknown"}`);
  return school === undefined ? kind : t("book.linkParticipant", { kind, school });
}
