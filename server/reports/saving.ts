/** Saving what somebody has changed in an entry. Of one that is shared already its readers see it at once. */
import { fieldsOf, missingFor, textFields } from "../../domain/reports/fields.ts";
import { type ChangedFields, isSame, saveFields } from "../../domain/reports/saving.ts";
import type { ListName } from "../../protocol/http/lists.ts";
import type { Id } from "../../protocol/ids.ts";
import type { EntryBody, EntryField, Evidence, SaveEntry } from "../../protocol/reports/entries.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { Secrets } from "../../storage/secrets.ts";
import type { RefusedFields } from "../http/route.ts";
import type { ProjectRow } from "../projects/rows.ts";
import { unknownCodes } from "../registry/lists.ts";
import type { Space } from "../twinspace/insider.ts";
import { pageTitles } from "../twinspace/pages/finding.ts";
import { evidenceShown, replaysNamed } from "./evidence.ts";
import { pupilNames } from "./naming.ts";
import { linesAmong } from "./plan.ts";
import type { EntryRow } from "./rows.ts";
import { entryDay, sameEntry } from "./writing.ts";

/** `conflicts`: fields that somebody else had changed meanwhile (`by`: the author); theirs stay. */
export interface Saved {
  readonly row: EntryRow;
  readonly changed: readonly EntryField[];
  readonly conflicts: readonly { readonly field: EntryField; readonly by: string }[];
}

/** @param now milliseconds since 1970 */
export async function saveEntry(
  db: Queryable,
  secrets: Secrets,
  space: Space,
  row: EntryRow,
  { base, changes, sure = false }: SaveEntry,
  now: number,
): Promise<Saved | RefusedFields> {
  const { first, more } = fieldsOf(row.kind);
  const others = fieldsIn(changes).filter((field) => !first.includes(field) && !more.includes(field));
  // A version that is not there yet was before nobody's eyes.
  if (base > row.version) others.push(...fieldsIn(changes));
  if (others.length > 0) return { refused: "request.malformed", fields: others };
  const { entry, changed, conflicts } = saveFields(row, { base, changes }, space.me.author);
  if (changed.length === 0) return { row, changed, conflicts };
  const wrong = (await wrongIn(db, space, row.body, entry.body)) ?? (await unfitToShare());
  if (wrong) return wrong;
  const day = entryDay(entry.body, row.kind === "meeting" ? row.day : new Date(row.madeAt).toISOString().slice(0, 10));
  await db.query(
    `update report_entries set body = $2, version = $3, field_versions = $4, day = $5,
       changed_at = to_timestamp($6::float8 / 1000) where id = $1`,
    [row.id, entry.body, entry.version, entry.fieldVersions, day, now],
  );
  return { row: await sameEntry(db, row), changed, conflicts };

  /** What is shared stays whole, and names no pupil it did not name before. */
  async function unfitToShare(): Promise<RefusedFields | undefined> {
    if (row.state !== "shared") return undefined;
    const unfit = incomplete(row.kind, entry.body);
    if (unfit || sure) return unfit;
    const before = new Set(await fieldsNaming(db, secrets, space, row.body, now));
    const fields = (await fieldsNaming(db, secrets, space, entry.body, now)).filter((field) => !before.has(field));
    return fields.length > 0 ? { refused: "entry.namesPupil", fields } : undefined;
  }
}

// The keys of a partial body, which TypeScript widens to strings.
const fieldsIn = (changes: ChangedFields): EntryField[] => Object.keys(changes) as EntryField[];

/** Why it cannot be shared as it is. */
export function incomplete(kind: EntryRow["kind"], body: EntryBody): RefusedFields | undefined {
  const missing = missingFor(kind, body);
  if (missing.length > 0) return { refused: "entry.incomplete", fields: missing };
  const { fromDay, toDay } = body;
  const isTurned = fromDay !== null && toDay !== null && toDay < fromDay;
  return isTurned ? { refused: "entry.daysTurned", fields: ["toDay"] } : undefined;
}

/** Which fields seem to name a pupil: what people wrote, and what their evidence is called. */
export async function fieldsNaming(
  db: Queryable,
  secrets: Secrets,
  { project, me }: Space,
  body: EntryBody,
  now: number,
): Promise<EntryField[]> {
  const namesPupil = await pupilNames(db, secrets, project, me.school);
  const show = await evidenceShown(db, project, body.evidence, { side: "partner", me }, now);
  const called = body.evidence.map((piece) => show("", piece).title).join("\n");
  return [
    ...textFields.filter((field) => namesPupil(body[field])),
    ...(namesPupil(called) ? (["evidence"] as const) : []),
  ];
}

const codeLists: Readonly<Partial<Record<EntryField, ListName>>> = {
  subjects: "subject",
  tools: "tool",
  criteria: "criterion",
};

/** What names something that is not there, or not of this project. What stood there before may stay, whatever became of it. */
async function wrongIn(
  db: Queryable,
  space: Space,
  before: EntryBody,
  after: EntryBody,
): Promise<RefusedFields | undefined> {
  const wrong: EntryField[] = [];
  for (const field of ["subjects", "tools", "criteria"] as const) {
    const list = codeLists[field];
    const added = after[field].filter((code) => !before[field].includes(code));
    if (list && (await unknownCodes(db, list, added)).length > 0) wrong.push(field);
  }
  for (const field of ["pupils", "teachers"] as const) {
    const known = new Set([...schoolsOf(space.project), ...before[field].map(({ school }) => school)]);
    if (after[field].some(({ school }) => !known.has(school))) wrong.push(field);
  }
  const items = after.plan.map(({ item }) => item);
  const lines = await linesAmong(db, space.project.id, items);
  if (new Set(items).size < items.length || items.some((item) => !lines.has(item))) wrong.push("plan");
  if (wrong.length > 0) return { refused: "request.malformed", fields: wrong };
  const added = after.evidence.filter((piece) => !before.evidence.some((one) => isSame(one, piece)));
  return (await areThere(db, space, added)) ? undefined : { refused: "entry.evidenceUnknown", fields: ["evidence"] };
}

const schoolsOf = ({ schools }: ProjectRow): Id[] => schools.map(({ school }) => school);

/** Whether all of it is of this project, and to be seen by who shows it. */
async function areThere(db: Queryable, { project, me }: Space, pieces: readonly Evidence[]): Promise<boolean> {
  const ids = (kind: Evidence["kind"]) => [
    ...new Set(pieces.flatMap((piece) => (piece.kind === kind && "id" in piece ? [piece.id] : []))),
  ];
  const materials = ids("material");
  const pages = ids("page");
  const meetings = [...new Set(pieces.flatMap((piece) => (piece.kind === "moment" ? [piece.meeting] : [])))];
  const { rows } = await db.query<{ count: number }>(
    `select count(*) from materials
     where project_id = $1 and id = any($2) and removed_at is null and hidden_at is null`,
    [project.id, materials],
  );
  if (rows[0]?.count !== materials.length) return false;
  if (pages.length > 0 && (await pageTitles(db, project.id, me, pages)).size < pages.length) return false;
  const replays = await replaysNamed(db, project.id, meetings);
  return meetings.every((meeting) => replays.get(meeting)?.recorded);
}
