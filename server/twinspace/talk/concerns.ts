/**
 * Concerns: told by anybody in a TwinSpace, read by the safeguarding leads of their own school. Nothing in the TwinSpace
 * tells that there is one, and whoever it is about never reads it.
 */
import * as z from "zod";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import type {
  Concern,
  ConcernAbout,
  ConcernEvidence,
  ConcernReaders,
  Concerns,
  RaiseConcern,
} from "../../../protocol/twinspace/concerns.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { cursorOf, keyOf } from "../../http/cursor.ts";
import { type Caller, isRefused, type RefusedFields } from "../../http/route.ts";
import { newId } from "../../ids.ts";
import { writeLetter } from "../../mail/letters.ts";
import type { ProjectRow } from "../../projects/rows.ts";
import { mailEvidence } from "../correspondence/reading.ts";
import type { Insider, Space } from "../insider.ts";
import { peopleOf } from "../names.ts";
import { evidenceOf, finds } from "./things.ts";

const pageLength = 20;
/** Where a school has no lead: so many of its staff, those who were validated first. */
const mostInstead = 2;
/** A letter says only that something waits; a second one so soon would say nothing more. */
const oneLetterPer = "10 minutes";

interface Reader {
  readonly account: Id;
  readonly name: string;
  readonly to: string;
  readonly language: string;
}

interface Reading {
  readonly school: { readonly id: Id; readonly name: string };
  readonly lead: boolean;
  readonly readers: readonly Reader[];
}

/** Who would read it. */
export async function whoReads(db: Queryable, space: Space, about: ConcernAbout): Promise<ConcernReaders | Refused> {
  const evidence = await evidenceFor(db, space, about);
  if (isRefused(evidence)) return evidence;
  const { school, lead, readers } = await readingOf(db, space, evidence.author);
  return { lead, school: school.name, names: readers.map(({ name }) => name) };
}

/** Keeps it with how things read now, and lets its readers know that something waits. In the caller's transaction. */
export async function raiseConcern(
  db: Queryable,
  space: Space,
  { about, category, words }: RaiseConcern,
  origin: string,
  now: number,
): Promise<Refused | undefined> {
  const evidence = await evidenceFor(db, space, about);
  if (isRefused(evidence)) return evidence;
  const { school, readers } = await readingOf(db, space, evidence.author);
  const id = newId();
  await db.query(
    `insert into concerns (id, project_id, school_id, about_kind, about_id, about_author, reporter, category, words,
       evidence, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, to_timestamp($11::float8 / 1000))`,
    [
      ...[id, space.project.id, school.id, about.kind, about.id, evidence.author, space.me.author, category, words],
      ...[JSON.stringify(evidence), now],
    ],
  );
  for (const reader of readers) {
    await db.query("insert into concern_readers (concern_id, account_id) values ($1, $2)", [id, reader.account]);
    await tellReader(db, reader, origin);
  }
  return undefined;
}

async function tellReader(db: Queryable, { account, name, to, language }: Reader, origin: string): Promise<void> {
  const { rowCount } = await db.query(
    `select from mails where account_id = $1 and kind = 'spaceConcern' and created_at > now() - $2::interval limit 1`,
    [account, oneLetterPer],
  );
  if (rowCount) return;
  const facts = { name, link: `${origin}/safeguarding` };
  await writeLetter(db, { account, to, language, kind: "spaceConcern", facts });
}

/** What it is about, as it reads now. Of what they cannot find themselves nothing is told. */
async function evidenceFor(
  db: Queryable,
  { project, me }: Space,
  about: ConcernAbout,
): Promise<ConcernEvidence | Refused> {
  const evidence =
    about.kind === "person"
      ? (await isHere(db, project.id, about.id)) && { title: "", words: "", author: about.id, thread: null }
      : about.kind === "mail"
        ? await mailEvidence(db, project.id, me.id, about.id)
        : finds(me, about.kind) && (await evidenceOf(db, project.id, { kind: about.kind, id: about.id }));
  if (!evidence) return { refused: "thing.unknown" };
  const name = (await peopleOf(db, project.id, [evidence.author])).get(evidence.author)?.name ?? "";
  return { ...evidence, name };
}

/** Somebody of this project, now or before. */
async function isHere(db: Queryable, project: Id, author: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from (
       select 'account:' || account_id as author from project_members where project_id = $1
       union all select 'pupil:' || id from pupils where project_id = $1
       union all select 'visitor:' || id from visitors where project_id = $1
     ) here where author = $2`,
    [project, author],
  );
  return (rowCount ?? 0) > 0;
}

/**
 * The leads of the reporter's school but whom it is about; without any, its staff who were validated first; where nobody
 * works there either, the same of the project's other schools. With no readers at all it waits for the school's first lead.
 */
async function readingOf(db: Queryable, { project, me }: Space, aboutWhom: string): Promise<Reading> {
  const own = me.school ?? (await schoolOfInviter(db, project.id, me)) ?? schoolIds(project)[0];
  const schools = [...new Set([own, ...schoolIds(project)])].filter((id) => id !== undefined);
  for (const id of schools) {
    const readers = await staffOf(db, id, [aboutWhom]);
    const leads = readers.filter(({ lead }) => lead);
    const instead = readers.filter(({ account }) => `account:${account}` !== me.author).slice(0, mostInstead);
    const chosen = leads.length > 0 ? leads : instead;
    const school = { id, name: await nameOfSchool(db, id) };
    if (chosen.length > 0) return { school, lead: leads.length > 0, readers: chosen };
  }
  const id = schools[0];
  if (id === undefined) throw new Error("A project has no school");
  return { school: { id, name: await nameOfSchool(db, id) }, lead: false, readers: [] };
}

const schoolIds = ({ schools }: ProjectRow): Id[] => schools.map(({ school }) => school);

/** Of a visitor: the school of whoever invited them. */
async function schoolOfInviter(db: Queryable, project: Id, me: Insider): Promise<Id | undefined> {
  if (me.kind !== "visitor") return undefined;
  const { rows } = await db.query<{ school: Id | null }>(
    `select m.school_id as school from visitors v join project_members m on m.account_id = v.invited_by
     where v.id = $1 and m.project_id = $2`,
    [me.id, project],
  );
  return rows[0]?.school ?? undefined;
}

async function staffOf(
  db: Queryable,
  school: Id,
  without: readonly string[],
): Promise<(Reader & { readonly lead: boolean })[]> {
  const { rows } = await db.query<Reader & { lead: boolean }>(
    `select a.id as account, a.name, a.email as "to", a.language, m.lead
     from memberships m join accounts a on a.id = m.account_id
     where m.school_id = $1 and m.state = 'active' and a.ended_at is null and 'account:' || a.id <> all($2)
     order by m.lead desc, m.state_at, m.id limit 20`,
    [school, without],
  );
  return rows;
}

async function nameOfSchool(db: Queryable, id: Id): Promise<string> {
  const { rows } = await db.query<{ name: string }>("select name from schools where id = $1", [id]);
  return rows[0]?.name ?? "";
}

const Key = z.tuple([z.int(), z.string()]);

type ConcernRow = Omit<Concern, "reporter"> & { readonly reporter: string; readonly projectId: Id | null };

/**
 * The open ones of the schools whose lead somebody is, and what came to them because there was none; the newest first.
 * Never what is about themselves.
 */
export async function concernsFor(
  db: Queryable,
  caller: Caller,
  after: string | undefined,
): Promise<Concerns | RefusedFields> {
  const key = after === undefined ? [null, null] : keyOf(after, Key);
  if (key === undefined) return { refused: "request.malformed", fields: ["after"] };
  const { schools } = caller.actor;
  const { rows } = await db.query<ConcernRow>(
    `select c.id, c.created_at as at, c.project_id as "projectId", c.reporter, c.category, c.words, c.evidence,
       case when p.id is not null then jsonb_build_object('slug', p.slug, 'title', p.title, 'mine',
         exists (select from project_members m where m.project_id = p.id and m.account_id = $4 and m.state = 'accepted')) end as project,
       jsonb_build_object('id', s.id, 'name', s.name, 'country', s.country) as school,
       jsonb_build_object('kind', c.about_kind, 'id', c.about_id) as about
     from concerns c join schools s on s.id = c.school_id left join projects p on p.id = c.project_id
     where c.state = 'open' and c.about_author is distinct from $1
       and (c.school_id = any($2) or (c.school_id = any($3) and exists (
         select from concern_readers r where r.account_id = $4 and r.concern_id = c.id)))
       and ($5::bigint is null or (c.created_at, c.id) < (to_timestamp($5 / 1000.0), $6))
     order by c.created_at desc, c.id desc limit ${pageLength + 1}`,
    [
      `account:${caller.id}`,
      schools.filter(({ lead }) => lead).map(({ id }) => id),
      schools.map(({ id }) => id),
      caller.id,
      ...key,
    ],
  );
  const shown = rows.slice(0, pageLength);
  const last = rows.length > pageLength ? shown.at(-1) : undefined;
  const concerns: Concern[] = [];
  for (const { projectId, reporter, ...row } of shown) {
    const person = (await peopleOf(db, projectId ?? "", [reporter])).get(reporter);
    if (!person) throw new Error("Who raised a concern is nobody");
    concerns.push({ ...row, reporter: person });
  }
  return { concerns, next: last ? cursorOf([last.at, last.id]) : null };
}
