/** Registering by e-mail: whoever reads the letter chooses a password by its link. */
import type { Registrant } from "../../protocol/http/registry.ts";
import { inTransaction, type Pool } from "../../storage/pool.ts";
import { findByEmail } from "../accounts/accounts.ts";
import { linkOfToken, makeFurtherLink, makeRegistrationLink } from "../accounts/invitations.ts";
import { writeLetter } from "../mail/letters.ts";

/**
 * Writes the letter. There is one in any case, so that whoever asks learns nothing about who has an account here; how many
 * one address gets, `writeLetter` sees to. Links that somebody was given before go on working: otherwise anybody could
 * close them.
 */
export async function beginRegistration(pool: Pool, registered: Registrant, origin: string): Promise<void> {
  const { email, name, language } = registered;
  await inTransaction(pool, async (db) => {
    const known = await findByEmail(db, email);
    if (!known || known.endedAt !== null) {
      const { token } = await makeRegistrationLink(db, registered);
      const facts = { name, link: linkOfToken(origin, token) };
      return writeLetter(db, { to: email, language, kind: "registration", facts });
    }
    const to = { to: email, account: known.id, language: known.language };
    if (known.passwordHash !== null) {
      const facts = { name: known.name, link: `${origin}/`, passwordLink: `${origin}/forgotten` };
      return writeLetter(db, { ...to, kind: "registrationKnown", facts });
    }
    // Invited, and not answered yet: who reads letters to this address is who was invited.
    const { token } = await makeFurtherLink(db, "invitation", known.id);
    const facts = { name: known.name, link: linkOfToken(origin, token) };
    return writeLetter(db, { ...to, kind: "registration", facts });
  });
}
