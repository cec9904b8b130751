/** What one may write to people one is not in contact with: not to very many, and not the same to several. */
import type { Refused } from "../../protocol/refusals.ts";

export const mostFirstWordsADay = 20;
/** To so many others the same words may have gone before. */
export const mostTheSame = 2;

/** `today`: to how many one has written within a day; `same`: to how many others nearly these words within a month. */
export function mayWriteFirst({ today, same }: { today: number; same: number }): Refused | undefined {
  if (today >= mostFirstWordsADay) return { refused: "contact.tooMany" };
  if (same >= mostTheSame) return { refused: "contact.sameText" };
  return undefined;
}
