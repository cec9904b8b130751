/** What can be shown for each criterion: entries that have its tag and were shared with the services, and what they show. */
import { fileState } from "../../domain/qualityLabels/heldBack.ts";
import type { Id } from "../../protocol/ids.ts";
import type { CandidateEntry, Candidates, EvidenceChoice } from "../../protocol/qualityLabels/applications.ts";
import type { FrozenRubric } from "../../protocol/qualityLabels/frozen.ts";
import type { EntryBody, Evidence } from "../../protocol/reports/entries.ts";
import type { Queryable } from "../../storage/pool.ts";
import { evidenceShown } from "../reports/evidence.ts";
import type { Space } from "../twinspace/insider.ts";
import { peopleOf } from "../twinspace/names.ts";
import { missingConsents } from "../twinspace/pupils/consents.ts";
import { evidenceState, type Gathered, gather } from "./gathering.ts";

/** Nobody ticks among more. The newest come first. */
const mostEntries = 200;
const beginningLength = 240;

export async function candidatesFor(
  db: Queryable,
  { project, me }: Space,
  rubric: FrozenRubric,
  now: number,
): Promise<Candidates> {
  const codes = rubric.criteria.map(({ code }) => code);
  const { rows } = await db.query<{ id: Id; evidence: Evidence[] }>(
    `select id, coalesce(body -> 'evidence', '[]') as evidence from report_entries
     where project_id = $1 and removed_at is null and state = 'shared' and readers = 'services' and body -> 'criteria' ?| $2
     order by day desc, id desc limit ${mostEntries}`,
    [project.id, codes],
  );
  const evidence = rows.flatMap((row) => row.evidence);
  const gathered = await gather(db, project.id, { entries: rows.map(({ id }) => id), evidence });
  const show = await evidenceShown(db, project, evidence, { side: "partner", me }, now);
  const held = await heldMaterials(db, gathered, now);
  const entries = rows.flatMap(({ id }) => gathered.entries.get(id) ?? []);
  const people = await peopleOf(
    db,
    project.id,
    entries.flatMap(({ author }) => author ?? []),
  );
  const choice = (entry: Id, piece: Evidence): EvidenceChoice => {
    const state = evidenceState(gathered, piece);
    const heldBack = piece.kind === "material" && held.has(piece.id);
    return { shown: show(entry, piece), why: state === "there" ? null : state, heldBack };
  };
  return {
    entries: entries.map(
      ({ id, kind, day, author, body, meeting }): CandidateEntry => ({
        ...{ id, kind, day, criteria: body.criteria },
        title: body.title || (meeting === null ? "" : (gathered.meetings.get(meeting)?.title ?? "")),
        author: author === null ? null : (people.get(author) ?? null),
        beginning: beginningOf(body),
        evidence: body.evidence.map((piece) => choice(id, piece)),
      }),
    ),
    notShared: await notShared(db, project.id, codes),
  };
}

/** Pictures, films and sounds that reviewers would not see now. */
async function heldMaterials(db: Queryable, { materials }: Gathered, now: number): Promise<ReadonlySet<Id>> {
  const files = [...materials.values()].flatMap((one) => (one.kind === "link" ? [] : [{ ...one, kind: one.kind }]));
  const pupils = [...new Set(files.flatMap((file) => file.pupils))];
  const missing = new Set(pupils.length === 0 ? [] : await missingConsents(db, pupils, "imagePublic", now));
  const held = files.filter(({ kind, shows, pupils }) => {
    return fileState({ kind, erased: false, said: { shows, pupils } }, missing) !== "shown";
  });
  return new Set(held.map(({ id }) => id));
}

function beginningOf({ done, learned, collaboration, shownWhere, difficulties }: EntryBody): string {
  const text = [done, learned, collaboration, shownWhere, difficulties].find((words) => words.trim() !== "") ?? "";
  const plain = text.replace(/\s+/g, " ").trim();
  if (plain.length <= beginningLength) return plain;
  const cut = plain.slice(0, beginningLength);
  return `${cut.slice(0, cut.lastIndexOf(" ") > 0 ? cut.lastIndexOf(" ") : undefined).toWellFormed()}…`;
}

/** Tagged, but drafts or shared with the partners alone. */
async function notShared(db: Queryable, project: Id, codes: readonly string[]): Promise<Candidates["notShared"]> {
  const { rows } = await db.query<Candidates["notShared"][number]>(
    `select c.code as criterion, count(*)::int as entries
     from unnest($2::text[]) as c (code) join report_entries e on e.body -> 'criteria' ? c.code
     where e.project_id = $1 and e.removed_at is null and not (e.state = 'shared' and e.readers = 'services')
     group by c.code order by c.code`,
    [project, codes],
  );
  return rows;
}
