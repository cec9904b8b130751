/** A place in a meeting, given out as a random ticket; the database keeps only its hash. */
import { createHash, randomBytes } from "node:crypto";
import type { Id } from "../../protocol/ids.ts";
import type { Pool } from "../../storage/pool.ts";

/** Long enough for a day of meetings; a browser that is gone longer asks for a new one. */
const ticketHours = 18;

export interface Place {
  meeting: Id;
  seat: Id;
}

/** 24 random bytes, 32 characters. */
export const newSecret = (): string => randomBytes(24).toString("base64url");
export const hashOf = (secret: string): Buffer => createHash("sha256").update(secret).digest();

/** A new ticket for a seat; older ones of the same seat are no longer good. */
export async function giveTicket(pool: Pool, { meeting, seat }: Place): Promise<string> {
  const ticket = newSecret();
  await pool.query(
    `with old as (delete from tickets where (meeting_id = $2 and seat_id = $3) or expires_at < now())
     insert into tickets (token_hash, meeting_id, seat_id, expires_at)
     values ($1, $2, $3, now() + make_interval(hours => $4))`,
    [hashOf(ticket), meeting, seat, ticketHours],
  );
  return ticket;
}

export async function placeOfTicket(pool: Pool, ticket: string): Promise<Place | undefined> {
  const { rows } = await pool.query<Place>(
    "select meeting_id as meeting, seat_id as seat from tickets where token_hash = $1 and expires_at > now()",
    [hashOf(ticket)],
  );
  return rows[0];
}
