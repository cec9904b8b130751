/** What a desk shows of its things, without drawing it. */
import type { DeskAct, DeskItem, DeskKind, DeskRef } from "../../protocol/http/desk.ts";
import type { Tone } from "../parts/tag.tsx";
import { isWordKey, t, type WordKey } from "../words/words.ts";

const dayMs = 86_400_000;

/** "4 days", "less than a day". */
export function ageInWords(since: number, now: number): string {
  const days = Math.max(0, Math.floor((now - since) / dayMs));
  return days === 0 ? t("desk.ageToday") : t("desk.age", { days });
}

export const keyOfItem = ({ kind, id, country }: DeskRef): string => `${kind}/${id}/${country}`;

/** The thing that an address's fragment names, or null. */
export function itemOfHash(hash: string): DeskRef | null {
  const [kind, id, country] = hash.replace(/^#/, "").split("/");
  const isKind = (text: string | undefined): text is DeskKind =>
    text === "school" || text === "person" || text === "project";
  if (!isKind(kind) || !id || !country || !/^[A-Za-z0-9_-]{1,48}$/.test(id) || !/^[A-Z]{2}$/.test(country)) return null;
  return { kind, id, country };
}

const tones: Readonly<Record<string, Tone>> = {
  ...{ submitted: "attention", asked: "attention", pending: "attention" },
  ...{ validated: "good", active: "good", approved: "good" },
  ...{ refused: "bad", suspended: "bad", ended: "plain", returned: "waiting", evidenceWanted: "waiting" },
};

/** The state of a thing as a tag. */
export function stateOfItem({ state, evidence }: Pick<DeskItem, "state" | "evidence">): { tone: Tone; words: string } {
  if (evidence) return { tone: "attention", words: t("desk.state.evidence") };
  return { tone: tones[state] ?? "plain", words: wordsFor(`desk.state.${state}`, "desk.state.other") };
}

/** What was done, as history tells it. */
export const actInWords = (act: string): string => wordsFor(`desk.acts.${act}`, "desk.acts.other");

function wordsFor(key: string, otherwise: WordKey): string {
  // A state or an act that is newer than these words has no sentence of its own.
  return t((isWordKey(key) ? key : otherwise) as "desk.state.other");
}

/** What stands on the button for a decision. */
export function decisionInWords(kind: DeskKind, act: DeskAct): string {
  if (act === "accept") return t(kind === "project" ? "desk.act.approve" : "desk.act.validate");
  return t(`desk.act.${act}`);
}

/** These are explained to whom they are about; the others are done at once. */
export type Explained = Exclude<DeskAct, "accept" | "restore">;
export const isExplained = (act: DeskAct): act is Explained => act !== "accept" && act !== "restore";
