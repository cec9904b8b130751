/** The TwinSpaces that somebody with an account is in now, and who they are there. */
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import { findAccount } from "../accounts/accounts.ts";
import { findProjects } from "../projects/rows.ts";
import { memberOf, roleIn } from "../projects/sight.ts";
import type { Space } from "./insider.ts";

const mostSpaces = 200;

/**
 * As `spaceFor` would let them in one by one. `between`: only those where others did something in that time, in milliseconds
 * since 1970.
 */
export async function spacesOfAccount(
  db: Queryable,
  account: Id,
  now: number,
  between?: { since: number; until: number },
): Promise<Space[]> {
  const { rows } = await db.query<{ id: Id }>(
    `select m.project_id as id from project_members m
     where m.account_id = $1 and m.state = 'accepted' and ($3::float8 is null or exists (select from space_news n
       where n.project_id = m.project_id and n.at > to_timestamp($3 / 1000) and n.at <= to_timestamp($4::float8 / 1000)
         and n.author <> $2))
     order by m.at desc limit ${mostSpaces}`,
    [account, `account:${account}`, between?.since ?? null, between?.until ?? null],
  );
  if (rows.length === 0) return [];
  const found = await findAccount(db, account);
  if (!found || found.endedAt !== null) return [];
  const projects = await findProjects(
    db,
    rows.map(({ id }) => id),
    now,
  );
  return projects.flatMap((project) => {
    const role = roleIn(project, found.actor);
    if (role === null || project.activatedAt === null || project.state === "suspended") return [];
    const school = memberOf(project, account)?.school ?? null;
    const me = { author: `account:${account}`, kind: "account", id: account, role, school, name: found.name } as const;
    return [{ project, me }];
  });
}
