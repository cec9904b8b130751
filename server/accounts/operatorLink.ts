/** The way back in for an operator without password and mail: whoever can run a command here runs this server anyway. */
import { inTransaction, type Pool } from "../../storage/pool.ts";
import { findByEmail } from "./accounts.ts";
import { keepAct } from "./acts.ts";
import { linkOfToken, makeFurtherLink } from "./invitations.ts";
import { takeAwayIn } from "./secondFactor.ts";

/**
 * A one-time link by which the operator with this address chooses a new password; the old one works until then.
 * Undefined where no operator has it: nobody else gets in this way. `withoutSecondFactor`: theirs is lost, and taken away.
 */
export async function operatorLink(
  pool: Pool,
  email: string,
  origin: string,
  { withoutSecondFactor = false }: { withoutSecondFactor?: boolean } = {},
): Promise<{ name: string; link: string; expiresAt: number } | undefined> {
  return inTransaction(pool, async (db) => {
    const account = await findByEmail(db, email.trim().toLowerCase());
    if (!account?.actor.operator || account.endedAt !== null) return undefined;
    if (withoutSecondFactor) await takeAwayIn(db, null, account, origin);
    const { token, expiresAt } = await makeFurtherLink(db, "password", account.id);
    await keepAct(db, "linkRenewed", null, account.id);
    return { name: account.name, link: linkOfToken(origin, token), expiresAt };
  });
}
