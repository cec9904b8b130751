/** What of a frozen copy may be shown now: what was said about a file when it was copied, and what has been said since. */
import type { Id } from "../../protocol/ids.ts";

export interface SaidOfFile {
  readonly shows: "nobody" | "people" | "unknown";
  /** The pupils who were named. */
  readonly pupils: readonly Id[];
}

/**
 * Who is on it, as far as anybody knows. `since`: what its source says now; null where that is not there any more. Who was
 * named once counts, and so does who is named since; what nobody knew then may be known by now.
 */
export function peopleOn(then: SaidOfFile, since: SaidOfFile | null): SaidOfFile {
  if (since === null) return then;
  const pupils = [...new Set([...then.pupils, ...since.pupils])];
  if (then.shows === "people" || since.shows === "people") return { shows: "people", pupils };
  return { shows: then.shows === "unknown" ? since.shows : then.shows, pupils };
}

export type FileState = "shown" | "keptBack" | "erased";

/**
 * Unknown counts as no, and so do people of whom nobody is named. Documents are shown: nobody is asked what they show.
 *
 * @param erased somebody who was on it was erased, or its bytes were for that
 * @param missing the pupils without the consent to be shown in public
 */
export function fileState(
  { kind, erased, said }: { kind: "image" | "video" | "sound" | "file"; erased: boolean; said: SaidOfFile },
  missing: ReadonlySet<Id>,
): FileState {
  if (erased) return "erased";
  if (kind === "file" || said.shows === "nobody") return "shown";
  if (said.shows === "unknown" || said.pupils.length === 0) return "keptBack";
  return said.pupils.some((pupil) => missing.has(pupil)) ? "keptBack" : "shown";
}
