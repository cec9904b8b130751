/** What was done with accounts, for whoever asks later. */
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";

export type Act =
  | "firstOperator"
  | "invited"
  | "invitationAnswered"
  | "registered"
  | "linkRenewed"
  | "passwordReset"
  | "passwordChosen"
  | "passwordChanged"
  | "signedOutEverywhere"
  | "ended"
  | "schoolAdded"
  | "secondFactorSetUp"
  | "secondFactorSwitchedOff"
  | "secondFactorTakenAway"
  | "recoveryCodeUsed"
  | "recoveryCodesRenewed"
  | "identityLinked"
  | "identityUnlinked";

export async function keepAct(db: Queryable, act: Act, by: Id | null, account: Id | null): Promise<void> {
  await db.query("insert into account_acts (by_account, account_id, act) values ($1, $2, $3)", [by, account, act]);
}
