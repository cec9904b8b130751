/**
 * Labels: the eTwinning Label is issued to every school of an approved project. One of any kind is looked up by its code and
 * taken back with a reason.
 */
import { randomInt } from "node:crypto";
import { labelChances, labelCodeOf, labelSigns, readLabelCode } from "../../domain/projects/labelCode.ts";
import type { AwardKind, LabelSchool, RevokedReason } from "../../protocol/http/labels.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import { newId } from "../ids.ts";

export interface IssuedLabel {
  readonly school: Id;
  readonly code: string;
}

/**
 * Issues the label to every school of the project that has none yet: its founders, and schools that were added and approved
 * since. Nothing is issued twice, and one that was taken back is not given again. A project of one school alone has no
 * label. Runs in the caller's transaction.
 *
 * @param now milliseconds since 1970
 * @returns what is new
 */
export async function issueLabel(db: Queryable, project: { id: Id }, now: number): Promise<IssuedLabel[]> {
  const { rows } = await db.query<{ school: Id; labelled: boolean }>(
    `select s.school_id as school,
       exists (select from awards a where a.project_id = s.project_id and a.school_id = s.school_id
               and a.kind = 'etwinningLabel') as labelled
     from project_schools s
     where s.project_id = $1 and (s.founder or s.service_state = 'approved')
     group by s.project_id, s.school_id order by s.school_id`,
    [project.id],
  );
  if (rows.length < 2) return [];
  const issued: IssuedLabel[] = [];
  for (const { school, labelled } of rows) {
    const award = { kind: "etwinningLabel", project: project.id, school } as const;
    const code = labelled ? null : await issueAward(db, award, now);
    if (code !== null) issued.push({ school, code });
  }
  return issued;
}

export interface NewAward {
  readonly kind: AwardKind;
  readonly project: Id;
  readonly school: Id;
  /** Of a Quality Label: who holds it, what they applied with, whether their name may stand on it. */
  readonly holder?: { readonly account: Id; readonly application: Id; readonly named: boolean };
}

/** The code, or null when it was issued before, or by somebody else meanwhile. A code that is taken is drawn again. */
export async function issueAward(db: Queryable, award: NewAward, now: number): Promise<string | null> {
  const { kind, project, school, holder } = award;
  for (;;) {
    const code = newCode();
    const { rows } = await db.query<{ taken: boolean; issued: boolean }>(
      `with made as (
         insert into awards (id, kind, code, project_id, school_id, account_id, application_id, named, issued_at)
         values ($1, $3, $2, $4, $5, $6, $7, $8, to_timestamp($9::double precision / 1000)) on conflict do nothing returning 1)
       select exists (select from made) as issued, exists (select from awards where code = $2) as taken`,
      [
        ...[newId(), code, kind, project, school],
        ...[holder?.account ?? null, holder?.application ?? null, holder?.named ?? false, now],
      ],
    );
    if (rows[0]?.issued) return code;
    if (!rows[0]?.taken) return null;
  }
}

function newCode(): string {
  return labelCodeOf(Array.from({ length: labelChances }, () => randomInt(labelSigns.length)));
}

export interface FoundLabel {
  readonly id: Id;
  readonly kind: AwardKind;
  /** Null for a school's own; `name` null where they did not agree to be named, or are gone. */
  readonly holder: { readonly name: string | null } | null;
  readonly code: string;
  readonly statusIndex: number;
  readonly issuedAt: number;
  readonly revokedAt: number | null;
  readonly reason: RevokedReason | null;
  readonly school: LabelSchool;
  readonly partners: readonly LabelSchool[];
  readonly project: { readonly slug: string; readonly title: string; readonly open: boolean };
  readonly issuedBy: readonly { readonly name: string; readonly country: string | null }[];
}

/** The label with this code, however it was typed; undefined when there is none. */
export async function findLabel(db: Queryable, typed: string): Promise<FoundLabel | undefined> {
  const code = readLabelCode(typed);
  if (code === null) return undefined;
  const { rows } = await db.query<FoundLabel>(labelByCode, [code]);
  return rows[0];
}

/**
 * Each country's own support service stands behind its schools' approval; where there is none, the central one. A Quality Label
 * is given by that of the holder's school alone.
 */
const labelByCode = `
  with label as (select * from awards where code = $1),
  taking as (
    select s.*, ps.founder from label l
    join project_schools ps on ps.project_id = l.project_id and (ps.founder or ps.service_state = 'approved')
    join schools s on s.id = ps.school_id)
  select l.id, l.kind, case when l.kind = 'qualityLabel' then jsonb_build_object('name',
      (select a.name from accounts a where a.id = l.account_id and l.named and a.ended_at is null)) end as holder, l.code, l.status_index as "statusIndex", l.issued_at as "issuedAt", l.revoked_at as "revokedAt",
    l.revoked_reason as reason,
    jsonb_build_object('name', h.name, 'town', h.town, 'country', h.country) as school,
    coalesce((select jsonb_agg(jsonb_build_object('name', t.name, 'town', t.town, 'country', t.country)
                               order by t.founder desc, t.name, t.id)
              from taking t where t.id <> l.school_id), '[]') as partners,
    jsonb_build_object('slug', p.slug, 'title', p.title, 'open', p.state in ('active', 'closed', 'archived')) as project,
    (select jsonb_agg(distinct jsonb_build_object('name', v.name, 'country', v.country))
     from (select country from taking where founder and l.kind = 'etwinningLabel' union select h.country) c
     join lateral (select name, country from support_services where country = c.country or country is null
                   order by country nulls last limit 1) v on true) as "issuedBy"
  from label l join projects p on p.id = l.project_id join schools h on h.id = l.school_id`;

/**
 * Takes a label back. The reason is for everybody; the note is kept for the support services.
 *
 * @returns false when it was taken back before
 */
export async function revokeLabel(
  db: Queryable,
  label: Id,
  { reason, note, by, now }: { reason: RevokedReason; note: string; by: Id; now: number },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update awards set revoked_at = to_timestamp($2::double precision / 1000), revoked_reason = $3, revoked_by = $4
     where id = $1 and revoked_at is null`,
    [label, now, reason, by],
  );
  if (rowCount === 0) return false;
  await db.query(
    "insert into registry_acts (by_account, kind, object_id, act, note) values ($1, 'award', $2, 'revoked', $3)",
    [by, label, note],
  );
  return true;
}

/** Which bits of a published list are set, counted from its first; null when no label has got that far. */
export async function revokedIn(db: Queryable, from: number, bits: number): Promise<number[] | null> {
  const { rows } = await db.query<{ reached: boolean; revoked: number[] }>(
    `select exists (select from awards where status_index >= $1) or $1 = 0 as reached,
       coalesce((select array_agg(status_index - $1 order by status_index) from awards
                 where revoked_at is not null and status_index >= $1 and status_index < $1 + $2), '{}') as revoked`,
    [from, bits],
  );
  return rows[0]?.reached ? rows[0].revoked : null;
}
