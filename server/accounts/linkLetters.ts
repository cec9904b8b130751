/** One-time links as letters, beside being handed over: in the transaction that made the link. */
import type { Queryable } from "../../storage/pool.ts";
import { writeLetter } from "../mail/letters.ts";
import type { Account } from "./accounts.ts";

/** Whoever is invited gets their link by letter too. `link`: the whole address; `expiresAt` in ms since 1970. */
export const writeInvitation = (db: Queryable, account: Account, link: string, expiresAt: number): Promise<void> =>
  writeLetter(db, {
    ...addressed(account),
    kind: "invitation",
    facts: { name: account.name, link, days: unitsUntil(expiresAt, dayMs) },
  });

/** The operator took the password away; by this link there is a new one. */
export const writeReset = (db: Queryable, account: Account, link: string, expiresAt: number): Promise<void> =>
  writeLetter(db, {
    ...addressed(account),
    kind: "passwordReset",
    facts: { name: account.name, link, days: unitsUntil(expiresAt, dayMs) },
  });

/** They asked for it themselves; the password stays until it is answered. */
export const writePasswordLink = (db: Queryable, account: Account, link: string, expiresAt: number): Promise<void> =>
  writeLetter(db, {
    ...addressed(account),
    kind: "passwordLink",
    facts: { name: account.name, link, hours: unitsUntil(expiresAt, hourMs) },
  });

const addressed = ({ id, email, language }: Account) => ({ to: email, account: id, language });

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const unitsUntil = (at: number, unitMs: number): number => Math.max(1, Math.round((at - Date.now()) / unitMs));
