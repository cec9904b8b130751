/** Who may write in an entry of a report card, pure. Every teacher of the project reads them all. */
import type { EntryKind, EntryReaders } from "../../protocol/reports/entries.ts";
import type { ProjectState } from "../projects/project.ts";

export interface EntryFacts {
  readonly kind: EntryKind;
  /** `account:<id>`; null: the meeting wrote it. */
  readonly author: string | null;
}
export interface EntryWriter {
  readonly author: string;
  /** A founder or teacher-admin. */
  readonly isAdmin: boolean;
}
export interface EntryProject {
  readonly state: ProjectState;
  readonly closedAt: number | null;
}

/** Of these every partner writes a part. */
const everybodys: ReadonlySet<EntryKind> = new Set(["meeting", "interim", "final"]);
/** So long after a project was closed its final entry is still written. */
export const finalAfterClosingMs = 365 * 86_400_000;

/** Whether entries of this kind are written at all now: a project ends before its final report. */
export function isWritable(kind: EntryKind, { state, closedAt }: EntryProject, now: number): boolean {
  if (state === "active") return true;
  return kind === "final" && state === "closed" && closedAt !== null && now < closedAt + finalAfterClosingMs;
}

export const mayWriteEntry = ({ kind, author }: EntryFacts, writer: EntryWriter): boolean =>
  writer.isAdmin || everybodys.has(kind) || author === writer.author;

/** What several have written in is taken away by its author, or by an administrator. */
export const mayRemoveEntry = ({ author }: EntryFacts, writer: EntryWriter): boolean =>
  writer.isAdmin || author === writer.author;

/** So long it can be taken back even if a service has read it. */
const takeBackWithinMs = 10 * 60_000;

/** @param isRead a support service has read or answered it */
export const mayUnshare = (
  { readers, sharedAt }: { readonly readers: EntryReaders; readonly sharedAt: number | null },
  isRead: boolean,
  now: number,
): boolean => readers === "partners" || !isRead || (sharedAt !== null && now < sharedAt + takeBackWithinMs);
