/** The report card of a project that leaves, drafts too. Schools by their names; of meetings numbers and nobody's name. */
import type { Id } from "../../../protocol/ids.ts";
import { type EntryBody, type Evidence, emptyBody } from "../../../protocol/reports/entries.ts";
import type { MeetingCounts } from "../../../protocol/reports/meetingCounts.ts";
import type {
  ExportedComment,
  ExportedEntry,
  ExportedEvidence,
  ExportedPlanLine,
} from "../../../protocol/twinspace/exportedReport.ts";
import { type Gathered, rowsOf } from "./gathering.ts";

export const planLinesOf = (gathered: Gathered): AsyncGenerator<ExportedPlanLine> =>
  rowsOf<ExportedPlanLine>(
    gathered,
    `select id, kind, words, target, counted from report_plan
     where project_id = $1 and removed_at is null order by position, id`,
    [gathered.project],
  );

type Row = Pick<
  ExportedEntry,
  "id" | "kind" | "state" | "readers" | "author" | "day" | "madeAt" | "sharedAt" | "changedAt"
> & {
  readonly body: Partial<EntryBody>;
  readonly counts: MeetingCounts | null;
  readonly title: string | null;
};

/** In the order of their days. */
export async function* entriesOf(gathered: Gathered): AsyncGenerator<ExportedEntry> {
  const known = await namesOf(gathered);
  const sql = `select e.id, e.kind, e.state, e.readers, e.author, e.day::text as day, e.made_at as "madeAt", e.shared_at as "sharedAt",
      e.changed_at as "changedAt", e.body, e.counts, m.title
    from report_entries e left join meetings m on m.id = e.meeting_id
    where e.project_id = $1 and e.removed_at is null order by e.day, e.id`;
  for await (const { body, counts, title, author, ...row } of rowsOf<Row>(gathered, sql, [gathered.project])) {
    const whole = { ...emptyBody, ...body };
    yield {
      ...row,
      // Its meeting wrote it: nobody was looked up.
      author: author === null ? null : gathered.people.get(author).id,
      body: {
        ...whole,
        pupils: whole.pupils.map((count) => ({ ...count, school: known.school(count.school) })),
        teachers: whole.teachers.map((count) => ({ ...count, school: known.school(count.school) })),
        plan: whole.plan.filter(({ item }) => known.plan.has(item)),
        evidence: whole.evidence.map((piece) => evidenceOf(piece, known)),
      },
      meeting: counts && { title: title ?? "", counts: countsOf(counts, known) },
    };
  }
}

interface Names {
  school(id: Id): string;
  readonly meetings: ReadonlyMap<Id, string>;
  readonly plan: ReadonlySet<Id>;
}

/** What ids stand for that mean nothing elsewhere. Of a school that is no more: nothing. */
async function namesOf({ db, project }: Gathered): Promise<Names> {
  const schools = await db.query<{ id: Id; name: string }>(
    `select id, name from schools where id in (
       select school_id from project_schools where project_id = $1
       union select s ->> 'school' from report_entries e, jsonb_array_elements(e.counts -> 'schools') s where e.project_id = $1
       union select s ->> 'school' from report_entries e, jsonb_array_elements(e.body -> 'pupils') s where e.project_id = $1
       union select s ->> 'school' from report_entries e, jsonb_array_elements(e.body -> 'teachers') s where e.project_id = $1)`,
    [project],
  );
  const meetings = await db.query<{ id: Id; title: string }>("select id, title from meetings where project_id = $1", [
    project,
  ]);
  const plan = await db.query<{ id: Id }>("select id from report_plan where project_id = $1 and removed_at is null", [
    project,
  ]);
  const called = new Map(schools.rows.map(({ id, name }) => [id, name]));
  return {
    school: (id) => called.get(id) ?? "",
    meetings: new Map(meetings.rows.map(({ id, title }) => [id, title])),
    plan: new Set(plan.rows.map(({ id }) => id)),
  };
}

function countsOf(counts: MeetingCounts, names: Names) {
  const schools = counts.schools.map((one) => ({ ...one, school: one.school && (names.school(one.school) || null) }));
  return { ...counts, schools };
}

function evidenceOf(piece: Evidence, { meetings }: Names): ExportedEvidence {
  switch (piece.kind) {
    case "material":
      return { kind: "material", material: piece.id };
    case "page":
      return { kind: "page", page: piece.id };
    case "moment":
      return { kind: "moment", meeting: meetings.get(piece.meeting) ?? "", words: piece.words };
    case "link":
      return piece;
  }
}

/** What its partners read of it; a service is called as it is called now. */
export const commentsOf = (gathered: Gathered): AsyncGenerator<ExportedComment> =>
  rowsOf<ExportedComment>(
    gathered,
    `select c.entry_id as entry, c.side, case c.side when 'service' then coalesce(v.name, '')
         else coalesce(case when a.erased_at is null then a.name end, '') end as by,
       c.kind, c.words, c.at, c.due_day::text as "dueDay", c.done_at as "doneAt"
     from report_comments c left join report_entries e on e.id = c.entry_id
       left join support_services v on v.country is not distinct from c.country
       left join accounts a on a.id = c.by_account
     where c.project_id = $1 and c.removed_at is null and c.readers = 'partners' and e.removed_at is null
     order by c.at, c.id`,
    [gathered.project],
  );
