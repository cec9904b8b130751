/** Ten codes to be kept on paper, each of which stands in for the second factor once. */
import { randomInt } from "node:crypto";
import { recoveryCodeCount } from "../../protocol/http/secondFactor.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { Secrets } from "../../storage/secrets.ts";

/** Without letters that are read as digits. */
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** 50 bits: far beyond what could be tried, and kept only as a keyed digest. */
const length = 10;

function newCode(): string {
  const code = Array.from({ length }, () => letters[randomInt(letters.length)]).join("");
  return `${code.slice(0, length / 2)}-${code.slice(length / 2)}`;
}

/** As it was given out, however it was typed. */
export const plainCode = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");

const digestOf = (secrets: Secrets, account: Id, code: string) =>
  secrets.digest(plainCode(code), `recoveryCode:${account}`);

/** Makes them anew; those before stop working. To be called in a transaction. */
export async function makeRecoveryCodes(db: Queryable, secrets: Secrets, account: Id): Promise<string[]> {
  const codes = new Set<string>();
  while (codes.size < recoveryCodeCount) codes.add(newCode());
  await db.query("delete from recovery_codes where account_id = $1", [account]);
  await db.query("insert into recovery_codes (account_id, code_hash) select $1, unnest($2::bytea[])", [
    account,
    [...codes].map((code) => digestOf(secrets, account, code)),
  ]);
  return [...codes];
}

/** Uses one up. False when it is none of theirs, or was used: of two at the same time one is taken. */
export async function spendRecoveryCode(db: Queryable, secrets: Secrets, account: Id, code: string): Promise<boolean> {
  const { rowCount } = await db.query(
    "update recovery_codes set used_at = now() where account_id = $1 and code_hash = $2 and used_at is null",
    [account, digestOf(secrets, account, code)],
  );
  return rowCount === 1;
}
