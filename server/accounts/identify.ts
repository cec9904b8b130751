/** Who makes a request, by the one session cookie: an account, or a pupil or visitor with a place in one TwinSpace. */
import type { IncomingHttpHeaders } from "node:http";
import { nobody } from "../../domain/permissions.ts";
import type { Queryable } from "../../storage/pool.ts";
import { readCookie } from "../http/cookies.ts";
import { type Identified, type PlaceCaller, unidentified } from "../http/route.ts";
import { accountOfSession, sessionCookie } from "./sessions.ts";
import { hashOfToken } from "./tokens.ts";

/**
 * Asked of the database every time, so that a session or place which was ended is ended at once. `requireSecondFactor`:
 * operators and support services without one are nobody in particular until they have set it up.
 */
export async function identify(
  db: Queryable,
  request: { headers: IncomingHttpHeaders },
  https: boolean,
  requireSecondFactor = false,
): Promise<Identified> {
  const token = readCookie(request.headers, sessionCookie, https);
  if (!token) return unidentified;
  const hash = hashOfToken(token);
  const caller = await accountOfSession(db, hash, requireSecondFactor);
  if (caller) return { caller, place: null };
  return { caller: null, place: await placeOfSession(db, hash) };
}

type PlaceFound = Omit<PlaceCaller, "actor"> & { role: "pupil" | "pupilAdmin" | "visitor"; school: string | null };

/** A pupil's place counts while the project is active, a visitor's until it expires. */
async function placeOfSession(db: Queryable, hash: Buffer): Promise<PlaceCaller | null> {
  const { rows } = await db.query<PlaceFound>(
    `select case when u.id is null then 'visitor' else 'pupil' end as kind, coalesce(u.id, v.id) as id,
       coalesce(u.alias, v.name) as name, u.picture, coalesce(u.role, 'visitor') as role, u.school_id as school,
       jsonb_build_object('id', p.id, 'slug', p.slug, 'title', p.title) as project, s.token_hash as session
     from sessions s left join pupils u on u.id = s.pupil_id left join visitors v on v.id = s.visitor_id
       join projects p on p.id = coalesce(u.project_id, v.project_id)
     where s.token_hash = $1 and s.expires_at > now()
       and (u.state = 'active' and p.state = 'active'
         or v.revoked_at is null and v.expires_at > now() and p.state in ('active', 'closed', 'archived'))`,
    [hash],
  );
  const row = rows[0];
  if (!row) return null;
  const { role, school, ...found } = row;
  return { ...found, actor: { ...nobody, place: { id: found.id, project: found.project.id, role, school } } };
}
