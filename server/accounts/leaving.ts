/** My own data, and the end of my account. What somebody made stays; who they were is erased. */
import { BeforeLeaving, EndMyAccount } from "../../protocol/http/leaving.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { inTransaction, type Pool, type Queryable } from "../../storage/pool.ts";
import { BodyAnswer, type RefusedFields, type Route, route } from "../http/route.ts";
import { eraseNamesIn } from "../meetings/comers.ts";
import { takeAccountOut } from "../qualityLabels/erasing.ts";
import { endApplications } from "../qualityLabels/mine.ts";
import { endAccount, findAccount, lockOperators } from "./accounts.ts";
import { keepAct } from "./acts.ts";
import { myRecord } from "./myRecord.ts";
import { fitsPassword } from "./passwords.ts";
import type { AccountsParts } from "./routes.ts";
import { endSessions } from "./sessions.ts";
import { unlessBusy } from "./unlessBusy.ts";

const hourMs = 3_600_000;

export function leavingRoutes({ pool, ended }: AccountsParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/me/record",
      summary: "Everything that is kept about me, as one file",
      action: "account.export",
      limit: { times: 20, perMs: hourMs, per: "account" },
      async handle({ caller }) {
        const record = await myRecord(pool, caller.id);
        return new BodyAnswer(`${JSON.stringify(record, null, 2)}\n`, "application/json", "twinlight-about-me.json");
      },
    }),
    route({
      method: "get",
      path: "/api/me/leaving",
      summary: "What I have to hand over before I can end my account",
      action: "account.leave",
      limit: { times: 120, perMs: hourMs, per: "account" },
      answer: BeforeLeaving,
      async handle({ caller }) {
        const account = await findAccount(pool, caller.id);
        const operators = await inTransaction(pool, lockOperators);
        return {
          lastOperator: operators.includes(caller.id) && operators.length === 1,
          projects: await leftWithoutFounder(pool, caller.id),
          hasPassword: account?.passwordHash !== null,
        };
      },
    }),
    route({
      method: "post",
      path: "/api/me/end",
      summary: "End my account",
      action: "account.leave",
      limit: { times: 10, perMs: hourMs / 4, per: "account" },
      body: EndMyAccount,
      handle: ({ caller }, { body }) =>
        unlessBusy(async (): Promise<RefusedFields | undefined> => {
          const account = await findAccount(pool, caller.id);
          const hash = account?.passwordHash ?? null;
          if (hash !== null && !(await fitsPassword(hash, body.password))) {
            return { refused: "account.wrong", fields: ["password"] };
          }
          const refused = await endMine(pool, caller.id);
          if (refused) return refused;
          ended?.(caller.id);
          return undefined;
        }),
    }),
  ];
}

async function leftWithoutFounder(db: Queryable, account: Id): Promise<{ slug: string; title: string }[]> {
  const { rows } = await db.query<{ slug: string; title: string }>(
    `select p.slug, p.title from project_members m join projects p on p.id = m.project_id
     where m.account_id = $1 and m.role = 'founder' and m.state = 'accepted' and p.state in ('active', 'suspended')
       and not exists (select from project_members o join accounts a on a.id = o.account_id
         where o.project_id = p.id and o.account_id <> $1 and o.role = 'founder' and o.state = 'accepted' and a.ended_at is null)
     order by p.title`,
    [account],
  );
  return rows;
}

/** Where names stand that are shown without looking who somebody is. */
const nobodysName = "Somebody who is not here any more";

async function endMine(pool: Pool, id: Id): Promise<Refused | undefined> {
  return inTransaction(pool, async (db): Promise<Refused | undefined> => {
    const operators = await lockOperators(db);
    if (operators.includes(id) && operators.length === 1) return { refused: "account.lastOperator" };
    // Of two founders who go at once the second one is the last.
    await db.query(
      `select from projects where id in (select project_id from project_members
         where account_id = $1 and role = 'founder' and state = 'accepted') order by id for update`,
      [id],
    );
    if ((await leftWithoutFounder(db, id)).length > 0) return { refused: "account.lastFounder" };
    if (!(await endAccount(db, id))) return { refused: "account.signedOut" };
    await eraseNamesIn(db, [`account:${id}`]);
    await takeAccountOut(db, { id, name: (await nameOf(db, id)) ?? "" });
    await db.query(
      `update accounts set name = $2, email = lower('ended-' || id || '@invalid'), password_hash = null, available = false,
         erased_at = now() where id = $1`,
      [id, nobodysName],
    );
    await db.query(
      "update project_members set state = 'left', at = now() where account_id = $1 and state in ('invited', 'accepted')",
      [id],
    );
    await db.query(
      "update memberships set state = 'ended' where account_id = $1 and state not in ('refused', 'ended')",
      [id],
    );
    await db.query(
      `update mails set to_address = 'erased@invalid', facts = '{}', text = '', html = '', subject = '',
         state = case when state = 'waiting' then 'failed' else state end
       where account_id = $1 and state not in ('queued', 'sending')`,
      [id],
    );
    await endApplications(db, id);
    for (const [table, column] of theirOwn) await db.query(`delete from ${table} where ${column} = $1`, [id]);
    await endSessions(db, id);
    await keepAct(db, "ended", id, id);
    return undefined;
  });
}

async function nameOf(db: Queryable, id: Id): Promise<string | undefined> {
  const { rows } = await db.query<{ name: string }>("select name from accounts where id = $1", [id]);
  return rows[0]?.name;
}

/** What is of use to nobody else. */
const theirOwn = [
  ["second_factors", "account_id"],
  ["identities", "account_id"],
  ["support_staff", "account_id"],
  ["ambassadors", "account_id"],
  ["contacts", "from_account"],
  ["contacts", "to_account"],
  ["notices", "author"],
  ["saved_searches", "account"],
  ["news_choices", "account_id"],
  ["news_readers", "account_id"],
  ["calendar_feeds", "account_id"],
  ["conversation_copies", "account_id"],
  ["conversation_people", "account_id"],
] as const;
