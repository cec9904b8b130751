/** How something that somebody said is shown to one reader. */
import type { Id } from "../../../protocol/ids.ts";
import type { Hidden } from "../../../protocol/twinspace/hidden.ts";
import type { Said } from "../../../protocol/twinspace/said.ts";
import type { Person } from "../../../protocol/twinspace/space.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { isAdmin, isTeacher, type Space } from "../insider.ts";
import { peopleOf } from "../names.ts";

export interface SaidRow {
  readonly id: Id;
  readonly at: number;
  readonly author: string;
  readonly words: string;
  readonly editedAt: number | null;
  readonly hiddenAt: number | null;
  readonly hiddenReason: string | null;
}

/** For the `select` of a SaidRow from a table called `t`. */
export const hiddenColumns = `t.hidden_at as "hiddenAt", t.hidden_reason as "hiddenReason"`;
export const saidColumns = `t.id, t.at, t.author, t.words, t.edited_at as "editedAt", ${hiddenColumns}`;

/** `now` of the database, of a moment in milliseconds that is the parameter of this number. */
export const atParam = (n: number): string => `to_timestamp($${n}::float8 / 1000)`;

/** What of its words this reader gets: those of something hidden are for teachers alone. */
export function asRead(
  me: Space["me"],
  { hiddenAt, hiddenReason }: Pick<SaidRow, "hiddenAt" | "hiddenReason">,
  words: string,
): { words: string; hidden: Hidden | null } {
  if (hiddenAt === null) return { words, hidden: null };
  return isTeacher(me) ? { words, hidden: { reason: hiddenReason ?? "" } } : { words: "", hidden: { reason: null } };
}

/** Adds to each row what every reader is shown of it. */
export async function asSaid<R extends SaidRow>(
  db: Queryable,
  { project, me }: Space,
  rows: readonly R[],
): Promise<(Omit<R, keyof SaidRow> & Said)[]> {
  const people = await peopleOf(
    db,
    project.id,
    rows.map(({ author }) => author),
  );
  const isOpen = project.state === "active";
  return rows.map(({ id, at, author, words, editedAt, hiddenAt, hiddenReason, ...more }) => {
    const isMine = author === me.author;
    return {
      ...more,
      ...{ id, at, editedAt },
      ...asRead(me, { hiddenAt, hiddenReason }, words),
      author: personOf(people, author),
      mayEdit: isOpen && isMine && hiddenAt === null,
      mayRemove: isOpen && (isMine || isAdmin(me)),
    };
  });
}

function personOf(people: ReadonlyMap<string, Person>, author: string): Person {
  const person = people.get(author);
  if (!person) throw new Error("Who said something is nobody");
  return person;
}
