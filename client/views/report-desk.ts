/** The worklist of report cards, without drawing it: what narrows it stands in the address, its order in this tab. */
import type { CardState } from "../../protocol/reports/card.ts";
import type { LabelFilter, ReportRow } from "../../protocol/reports/desk.ts";
import type { ReportFilter, ShownReports } from "../api/report-desk.ts";
import type { IconName } from "../looks/icons.ts";
import type { Tone } from "../parts/tag.tsx";
import { t } from "../words/words.ts";

export const looks: Readonly<Record<CardState, { tone: Tone; icon: IconName }>> = {
  open: { tone: "good", icon: "check" },
  interimDue: { tone: "attention", icon: "clock" },
  interimSent: { tone: "plain", icon: "paper-plane-right-fill" },
  interimRead: { tone: "good", icon: "check" },
  finalDue: { tone: "attention", icon: "clock" },
  finalSent: { tone: "plain", icon: "paper-plane-right-fill" },
  finalRead: { tone: "good", icon: "check-circle" },
  closed: { tone: "plain", icon: "archive" },
};
// Object.keys forgets the table's own keys.
const states = Object.keys(looks) as CardState[];

export const shownChoices: readonly ShownReports[] = ["all", "waiting", "silent", "unread", ...states];
export const labelChoices: readonly LabelFilter[] = ["none", "etwinning", "applied", "granted"];

/** As the address says it; what is not known there narrows nothing. */
export function filterOf(search: string): { filter: ReportFilter; words: string } {
  const given = new URLSearchParams(search);
  const [show, label, country, year] = ["show", "label", "country", "year"].map((name) => given.get(name) ?? "");
  return {
    filter: {
      show: shownChoices.find((one) => one === show) ?? "all",
      label: labelChoices.find((one) => one === label) ?? "",
      country: /^[A-Z]{2}$/.test(country ?? "") ? (country ?? "") : "",
      year: /^20\d{2}$/.test(year ?? "") ? (year ?? "") : "",
    },
    words: (given.get("words") ?? "").slice(0, 120),
  };
}

export function searchOf({ show, label, country, year }: ReportFilter, words: string): string {
  const asked = { show: show === "all" ? "" : show, label, country, year, words: words.trim() };
  const search = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== "")).toString();
  return search === "" ? "" : `?${search}`;
}

/** What stands in the column of states: what is to be done, before how far the card is. */
export function stateOfRow({ questionSince, state, silent }: Pick<ReportRow, "questionSince" | "state" | "silent">): {
  tone: Tone;
  icon: IconName;
  words: string;
} {
  if (questionSince !== null) return { tone: "waiting", icon: "megaphone", words: t("deskReports.show.waiting") };
  if (silent) return { tone: "bad", icon: "hourglass", words: t("deskReports.show.silent") };
  return { ...looks[state], words: t(`deskReports.state.${state}`) };
}

/** The school years that can be asked for, the newest first: each by the year in which it begins. */
export function schoolYears(now: number, count = 6): number[] {
  const newest = new Date(now - 8 * 30.5 * 86_400_000).getUTCFullYear();
  return Array.from({ length: count }, (_, back) => newest - back);
}

const orderKey = "report cards in order";

/** What the list showed last, for the ways from one card to the next. */
export interface ShownList {
  readonly slugs: readonly string[];
  readonly search: string;
}

export function keepShown(storage: Storage, list: ShownList): void {
  try {
    storage.setItem(orderKey, JSON.stringify(list));
  } catch {
    // Without it there is only the way back.
  }
}

export function readShown(storage: Storage): ShownList {
  try {
    const kept: unknown = JSON.parse(storage.getItem(orderKey) ?? "null");
    if (typeof kept === "object" && kept !== null && "slugs" in kept && "search" in kept) {
      const { slugs, search } = kept;
      if (Array.isArray(slugs) && typeof search === "string") return { slugs: slugs.map(String), search };
    }
  } catch {
    // Somebody else's.
  }
  return { slugs: [], search: "" };
}

export const deskReportPath = (slug: string): string => `/desk/reports/${encodeURIComponent(slug)}`;
