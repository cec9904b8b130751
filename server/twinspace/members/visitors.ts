/**
 * Visitors: parents, heads, inspectors, let in by a link until a day. Whoever holds the link is the visitor, so it stands
 * behind a `#`, and only its SHA-256 is kept.
 */
import { encode } from "uqr";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import type { InviteVisitor, Visitor, VisitorLink } from "../../../protocol/twinspace/members.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { beginPlaceSession } from "../../accounts/sessions.ts";
import { hashOfToken, newToken } from "../../accounts/tokens.ts";
import type { Caller, Cookies, RefusedFields } from "../../http/route.ts";
import { newId } from "../../ids.ts";
import { writeLetter } from "../../mail/letters.ts";
import type { Space } from "../insider.ts";

const dayMs = 86_400_000;
const longestDays = 400;
const mostVisitors = 2_000;

const columns = `v.id, v.name, v.relation, v.email, coalesce(a.name, '') as "invitedBy", v.expires_at as "expiresAt",
  v.seen_at as "seenAt", case when v.revoked_at is not null then 'revoked'
    when v.expires_at <= to_timestamp($2::float8 / 1000) then 'expired' else 'open' end as state`;
const from = "visitors v left join accounts a on a.id = v.invited_by";

/** Who can come in first, then by name. */
export async function listVisitors(db: Queryable, { project }: Space, now: number): Promise<Visitor[]> {
  const { rows } = await db.query<Visitor>(
    `select ${columns} from ${from} where v.project_id = $1
     order by v.revoked_at is not null or v.expires_at <= to_timestamp($2::float8 / 1000), lower(v.name), v.id
     limit ${mostVisitors}`,
    [project.id, now],
  );
  return rows;
}

interface Letting {
  readonly now: number;
  readonly origin: string;
  /** Of who lets them in; the letter is in it. */
  readonly language: string;
}

/** The last moment of that day everywhere in Europe; undefined for a day that is over or too far away. */
function endOf(day: string, now: number): number | undefined {
  const ends = Date.parse(`${day}T23:59:59.000Z`);
  return ends > now && ends <= now + (longestDays + 1) * dayMs ? ends : undefined;
}

export async function inviteVisitor(
  db: Queryable,
  space: Space,
  { name, relation, email = null, until }: InviteVisitor,
  letting: Letting,
): Promise<VisitorLink | RefusedFields> {
  const { project, me } = space;
  const expiresAt = endOf(until, letting.now);
  if (expiresAt === undefined) return { refused: "visitor.badDay", fields: ["until"] };
  const { rows } = await db.query<{ count: number }>("select count(*) from visitors where project_id = $1", [
    project.id,
  ]);
  if ((rows[0]?.count ?? 0) >= mostVisitors) return { refused: "visitor.tooMany" };
  const id = newId();
  const token = newToken();
  await db.query(
    `insert into visitors (id, project_id, name, email, relation, token_hash, invited_by, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8::float8 / 1000), to_timestamp($9::float8 / 1000))`,
    [id, project.id, name, email, relation, hashOfToken(token), me.id, letting.now, expiresAt],
  );
  return handOver(db, space, id, token, letting);
}

/** A new link for the same visitor; the one before opens nothing any more, and whoever is in by it is out. */
export async function renewVisitor(
  db: Queryable,
  space: Space,
  visitor: Id,
  until: string,
  letting: Letting,
): Promise<VisitorLink | RefusedFields> {
  const expiresAt = endOf(until, letting.now);
  if (expiresAt === undefined) return { refused: "visitor.badDay", fields: ["until"] };
  const token = newToken();
  const { rowCount } = await db.query(
    `update visitors set token_hash = $3, expires_at = to_timestamp($4::float8 / 1000), revoked_at = null
     where id = $1 and project_id = $2`,
    [visitor, space.project.id, hashOfToken(token), expiresAt],
  );
  if (rowCount !== 1) return { refused: "request.notFound" };
  await db.query("delete from sessions where visitor_id = $1", [visitor]);
  return handOver(db, space, visitor, token, letting);
}

/** Ends a visit at once. */
export async function revokeVisitor(
  db: Queryable,
  { project }: Space,
  visitor: Id,
  now: number,
): Promise<Refused | undefined> {
  const { rowCount } = await db.query(
    `update visitors set revoked_at = coalesce(revoked_at, to_timestamp($3::float8 / 1000)) where id = $1 and project_id = $2`,
    [visitor, project.id, now],
  );
  if (rowCount !== 1) return { refused: "request.notFound" };
  await db.query("delete from sessions where visitor_id = $1", [visitor]);
  return undefined;
}

async function handOver(
  db: Queryable,
  { project, me }: Space,
  id: Id,
  token: string,
  { now, origin, language }: Letting,
): Promise<VisitorLink | RefusedFields> {
  const { rows } = await db.query<Visitor>(`select ${columns} from ${from} where v.id = $1`, [id, now]);
  const [visitor] = rows;
  if (!visitor) return { refused: "request.notFound" };
  const link = `${origin}/visit#k=${token}`;
  if (visitor.email !== null) {
    const until = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(visitor.expiresAt);
    const facts = { name: visitor.name, project: project.title, person: me.name, until, link };
    await writeLetter(db, { to: visitor.email, language, kind: "spaceVisit", facts });
  }
  const { data } = encode(link, { ecc: "M", border: 0 });
  return { visitor, link, code: data.map((row) => row.map((dark) => (dark ? "1" : "0")).join("")) };
}

export const lettingBy = (caller: Caller, now: number, origin: string): Letting => ({
  ...{ now, origin },
  language: caller.language,
});

/** The visitor's link for a session in this browser; the project it leads to. */
export async function beginVisit(
  db: Queryable,
  token: string,
  cookies: Cookies,
  now: number,
): Promise<{ project: string } | Refused> {
  const { rows } = await db.query<{ id: Id; project: string }>(
    `update visitors v set seen_at = to_timestamp($2::float8 / 1000) from projects p
     where p.id = v.project_id and v.token_hash = $1 and v.revoked_at is null and v.expires_at > to_timestamp($2::float8 / 1000)
       and p.state in ('active', 'closed', 'archived')
     returning v.id, p.slug as project`,
    [hashOfToken(token), now],
  );
  const [visitor] = rows;
  if (!visitor) return { refused: "visit.invalid" };
  await beginPlaceSession(db, { visitor: visitor.id }, cookies);
  return { project: visitor.project };
}
