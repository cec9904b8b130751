import type { SeatKind } from "../../protocol/meeting.ts";

/** A person as the parts draw them: already chosen and named by the views, nothing here decides. */
export interface ShownPerson {
  /** The seat. */
  id: string;
  /** As it is to be read; never "You" (see `you`). */
  name: string;
  you?: boolean;
  kind?: SeatKind | "unknown";
  /** ISO 3166 of the school's country. */
  country?: string | undefined;
  school?: string | undefined;
  town?: string | undefined;
  /** Address of a still they allowed (`blob:` or same origin). */
  still?: string | undefined;
  /** A drawn face they chose, 1 to 8. */
  face?: number | undefined;
}

/** "MK" for "Matti K.", "A" for "Ana": at most two letters, by characters as people see them. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s.-]+/u).filter((word) => /\p{L}|\p{N}/u.test(word));
  const first = words[0];
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return [first, last]
    .map((word) => (word === undefined ? "" : (Array.from(word)[0] ?? "")))
    .join("")
    .toLocaleUpperCase();
}

/** One of the six quiet grounds behind initials, the same for the same seat; it means nothing. */
export function groundOf(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997;
  return (sum % 6) + 1;
}
