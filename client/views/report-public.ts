/** Entries of a public report, as the page that chooses them shows them. */
import type { PublishableEntry } from "../../protocol/reports/published.ts";
import { t } from "../words/words.ts";

export const titleOf = ({ title }: Pick<PublishableEntry, "title">): string => title || t("reportPublic.untitled");

export const isChoosable = ({ state }: Pick<PublishableEntry, "state">): boolean =>
  state === null || state === "withdrawn";

/** The public ones in another order: this one by one place up or down. */
export function moved(entries: readonly PublishableEntry[], id: string, by: -1 | 1): string[] {
  const order = entries.filter(({ state }) => state === "public").map((entry) => entry.id);
  const from = order.indexOf(id);
  if (from < 0) return order;
  order.splice(from, 1);
  order.splice(Math.max(0, from + by), 0, id);
  return order;
}
