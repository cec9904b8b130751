/** Who forgot the password asks for a link by letter. The answer is the same whoever asks, and takes as long. */
import { setTimeout as wait } from "node:timers/promises";
import { AskForPasswordLink } from "../../protocol/http/mail.ts";
import { inTransaction, type Pool } from "../../storage/pool.ts";
import { type Route, route } from "../http/route.ts";
import { findByEmail } from "./accounts.ts";
import { linkOfToken, makeFurtherLink } from "./invitations.ts";
import { writePasswordLink } from "./linkLetters.ts";

/**
 * Every answer comes after this long, so that its time does not tell whether there is such an account. Longer than the
 * work takes on a server that is not overloaded.
 */
const answerAfterMs = 400;

const minuteMs = 60_000;

export function passwordLinkRoutes({ pool }: { pool: Pool }): Route[] {
  return [
    route({
      method: "post",
      path: "/api/password-link",
      summary: "Have a link for a new password sent to an account's address; the answer is the same without an account",
      action: "password.ask",
      // A school that comes back after the holidays asks from one network. To one address a few letters an hour are
      // written (server/mail/letters.ts).
      limit: { times: 60, perMs: 15 * minuteMs, per: "network" },
      body: AskForPasswordLink,
      async handle({ origin }, { body }) {
        await Promise.all([sendLink(pool, body.email, origin), wait(answerAfterMs)]);
        return undefined;
      },
    }),
  ];
}

/** The password that there is goes on working: whoever asks may be somebody else. */
async function sendLink(pool: Pool, email: string, origin: string): Promise<void> {
  await inTransaction(pool, async (db) => {
    const account = await findByEmail(db, email);
    if (!account || account.endedAt !== null) return;
    const { token, expiresAt } = await makeFurtherLink(db, "password", account.id);
    await writePasswordLink(db, account, linkOfToken(origin, token), expiresAt);
  });
}
