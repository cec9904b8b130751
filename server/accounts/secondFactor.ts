/** Somebody's second factor: setting it up, taking its codes, switching it off. */
import { encode } from "uqr";
import type { MySecondFactor, NewSecondFactor, RecoveryCodes } from "../../protocol/http/secondFactor.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { inTransaction, type Pool, type Queryable } from "../../storage/pool.ts";
import type { Secrets } from "../../storage/secrets.ts";
import type { RefusedFields } from "../http/route.ts";
import { writeLetter } from "../mail/letters.ts";
import type { Account } from "./accounts.ts";
import { keepAct } from "./acts.ts";
import { makeRecoveryCodes, plainCode, spendRecoveryCode } from "./recoveryCodes.ts";
import { newTotpSecret, stepOfCode, totpAddress } from "./totp.ts";

/** What it stands on. `now` is the clock that codes are looked at by, in milliseconds since 1970. */
export interface SecondFactorParts {
  readonly pool: Pool;
  readonly secrets: Secrets;
  now(): number;
}

const about = (account: Id) => `secondFactor:${account}`;

export async function mySecondFactor(db: Queryable, { id, passwordHash }: Account): Promise<MySecondFactor> {
  const { rows } = await db.query<{ isOn: boolean; codesLeft: number }>(
    `select confirmed_at is not null as "isOn",
       (select count(*) from recovery_codes r where r.account_id = f.account_id and used_at is null) as "codesLeft"
     from second_factors f where account_id = $1`,
    [id],
  );
  const { isOn = false, codesLeft = 0 } = rows[0] ?? {};
  return { state: isOn ? "on" : "off", codesLeft, hasPassword: passwordHash !== null };
}

/** A new secret, which counts for nothing until it is confirmed. Asked again, another one takes its place. */
export async function beginSecondFactor(
  { pool, secrets }: SecondFactorParts,
  { id, email }: Pick<Account, "id" | "email">,
): Promise<NewSecondFactor | Refused> {
  const secret = newTotpSecret();
  const { rowCount } = await pool.query(
    `insert into second_factors (account_id, secret) values ($1, $2)
     on conflict (account_id) do update set secret = excluded.secret, created_at = now(), last_step = null
       where second_factors.confirmed_at is null`,
    [id, secrets.seal(secret, about(id))],
  );
  if (rowCount !== 1) return { refused: "factor.on" };
  const address = totpAddress(secret, email);
  return { secret, address, qr: qrOf(address) };
}

function qrOf(text: string): string[] {
  const { data } = encode(text, { ecc: "M", border: 0 });
  return data.map((row) => row.map((isDark) => (isDark ? "1" : "0")).join(""));
}

/** The app shows what it should: from now on it is asked for. */
export async function confirmSecondFactor(
  { pool, secrets, now }: SecondFactorParts,
  account: Account,
  code: string,
  origin: string,
): Promise<RecoveryCodes | RefusedFields> {
  return inTransaction(pool, async (db) => {
    const { rows } = await db.query<{ secret: Buffer; isOn: boolean }>(
      `select secret, confirmed_at is not null as "isOn" from second_factors where account_id = $1 for update`,
      [account.id],
    );
    const row = rows[0];
    if (!row) return { refused: "factor.none" };
    if (row.isOn) return { refused: "factor.on" };
    const step = stepOfCode(secrets.open(row.secret, about(account.id)), plainCode(code), now());
    if (step === null) return { refused: "factor.wrong", fields: ["code"] };
    await db.query("update second_factors set confirmed_at = now(), last_step = $2 where account_id = $1", [
      account.id,
      step,
    ]);
    const codes = await makeRecoveryCodes(db, secrets, account.id);
    await keepAct(db, "secondFactorSetUp", account.id, account.id);
    await tell(db, account, "set up", origin);
    return { codes };
  });
}

/**
 * Takes a code of the app, or a recovery code in its place. A step is taken once, and none before it any more: of two
 * browsers that send the same code at the same time one gets in.
 */
export async function takeCode(
  db: Queryable,
  { secrets, now }: Omit<SecondFactorParts, "pool">,
  account: Id,
  typed: string,
): Promise<"taken" | RefusedFields> {
  const { rows } = await db.query<{ secret: Buffer }>(
    "select secret from second_factors where account_id = $1 and confirmed_at is not null",
    [account],
  );
  const row = rows[0];
  if (!row) return { refused: "factor.none" };
  const code = plainCode(typed);
  if (!/^\d{6}$/.test(code)) {
    if (!(await spendRecoveryCode(db, secrets, account, code))) return wrong;
    await keepAct(db, "recoveryCodeUsed", account, account);
    return "taken";
  }
  const step = stepOfCode(secrets.open(row.secret, about(account)), code, now());
  if (step === null) return wrong;
  const { rowCount } = await db.query(
    `update second_factors set last_step = $2
     where account_id = $1 and confirmed_at is not null and (last_step is null or last_step < $2)`,
    [account, step],
  );
  return rowCount === 1 ? "taken" : { refused: "factor.used", fields: ["code"] };
}

const wrong: RefusedFields = { refused: "factor.wrong", fields: ["code"] };

/** By the owner, who has shown password and code. */
export async function switchOff(pool: Pool, account: Account, origin: string): Promise<void> {
  await inTransaction(pool, async (db) => {
    if (!(await removeSecondFactor(db, account.id))) return;
    await keepAct(db, "secondFactorSwitchedOff", account.id, account.id);
    await tell(db, account, "removed", origin);
  });
}

/** By the operator, for somebody who has lost it. False when there was none. */
export const takeAway = (pool: Pool, by: Id, account: Account, origin: string): Promise<boolean> =>
  inTransaction(pool, (db) => takeAwayIn(db, by, account, origin));

/** As `takeAway`, in the caller's transaction. `by` is null where the machine's own command line asks. */
export async function takeAwayIn(db: Queryable, by: Id | null, account: Account, origin: string): Promise<boolean> {
  if (!(await removeSecondFactor(db, account.id))) return false;
  await keepAct(db, "secondFactorTakenAway", by, account.id);
  await tell(db, account, "removed", origin);
  return true;
}

async function removeSecondFactor(db: Queryable, account: Id): Promise<boolean> {
  const { rows } = await db.query<{ wasOn: boolean }>(
    `delete from second_factors where account_id = $1 returning confirmed_at is not null as "wasOn"`,
    [account],
  );
  return rows[0]?.wasOn ?? false;
}

export async function renewRecoveryCodes(
  { pool, secrets }: SecondFactorParts,
  account: Account,
  origin: string,
): Promise<RecoveryCodes> {
  return inTransaction(pool, async (db) => {
    const codes = await makeRecoveryCodes(db, secrets, account.id);
    await keepAct(db, "recoveryCodesRenewed", account.id, account.id);
    await tell(db, account, "new recovery codes", origin);
    return { codes };
  });
}

/** Whoever did it, the owner hears of it. */
async function tell(db: Queryable, { id, name, email, language }: Account, change: string, origin: string) {
  const facts = { name, change, link: `${origin}/account` };
  await writeLetter(db, { to: email, account: id, language, kind: "secondFactorChanged", facts });
}
