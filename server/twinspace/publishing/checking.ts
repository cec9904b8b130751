/** What a text would show if it were public now: what of it keeps it back, what is left out, what to think of. */
import { isShowable } from "../../../domain/twinspace/publishing.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { HeldMaterial, PublishWarning } from "../../../protocol/twinspace/publishing.ts";
import type { Person } from "../../../protocol/twinspace/space.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { peopleOf } from "../names.ts";
import { heldOf, missingOn, type ThingRow, thingsIn } from "./rows.ts";

export interface Checked {
  readonly held: HeldMaterial[];
  readonly warnings: PublishWarning[];
}

/** Several texts at once, each by the ids of its materials, in their order. */
export async function checkTexts(
  db: Queryable,
  project: Id,
  texts: readonly (readonly Id[])[],
  now: number,
): Promise<Checked[]> {
  const things = await thingsIn(db, project, [...new Set(texts.flat())]);
  const missing = await missingOn(db, things, now);
  const people = await namesOf(db, project, missing);
  const known = new Map(things.map((thing) => [thing.id, thing]));
  return texts.map((ids) => {
    const here = ids.flatMap((id) => known.get(id) ?? []);
    return {
      held: heldMaterials(here.filter(isShowable), missing, people),
      warnings: [
        ...here.flatMap(warningsOf),
        ...ids.filter((id) => !known.has(id)).map((id) => ({ id, name: "", about: "leftOut" as const })),
      ],
    };
  });
}

/** What of these keeps a page back, with the names of files and the aliases of pupils; roster names are never read. */
export function heldMaterials(
  things: readonly ThingRow[],
  missing: ReadonlySet<Id>,
  people: ReadonlyMap<string, Person>,
): HeldMaterial[] {
  return heldOf({ things }, missing).map(({ material, why, pupils }) => ({
    ...{ id: material, why, name: things.find(({ id }) => id === material)?.name ?? "" },
    people: pupils.flatMap((pupil) => people.get(`pupil:${pupil}`) ?? []),
  }));
}

export const namesOf = (db: Queryable, project: Id, pupils: ReadonlySet<Id>) =>
  peopleOf(
    db,
    project,
    [...pupils].map((pupil) => `pupil:${pupil}`),
  );

function warningsOf(thing: ThingRow): PublishWarning[] {
  const { id, kind, name, licence } = thing;
  if (!isShowable(thing)) return [{ id, name: thing.hidden ? "" : name, about: "leftOut" }];
  return [
    ...(licence === "unknown" ? [{ id, name, about: "licence" as const }] : []),
    ...(kind === "file" ? [{ id, name, about: "file" as const }] : []),
  ];
}
