/** The demo's schools and accounts: names that are invented, one password that everybody may know. */
import type { AccountRole } from "../../protocol/http/accounts.ts";
import type { Id } from "../../protocol/ids.ts";
import { inTransaction, type Pool } from "../../storage/pool.ts";
import { addAccount, findByEmail } from "../accounts/accounts.ts";
import { hashPassword } from "../accounts/passwords.ts";
import { schoolOfName } from "../accounts/schools.ts";
import { newId } from "../ids.ts";

export const demoPassword = "twinlight-demo";

const aveiro = { name: "Escola de Aveiro", town: "Aveiro", country: "PT" };
const oulu = { name: "Oulun koulu", town: "Oulu", country: "FI" };

interface DemoPerson {
  email: string;
  name: string;
  role: AccountRole;
  school?: typeof aveiro;
  country?: string;
  timeZone: string;
}

export const demoPeople: readonly DemoPerson[] = [
  { email: "ana@aveiro.demo", name: "Ana", role: "teacher", school: aveiro, timeZone: "Europe/Lisbon" },
  { email: "mikko@oulu.demo", name: "Mikko", role: "teacher", school: oulu, timeZone: "Europe/Helsinki" },
  { email: "lead.pt@demo", name: "Lead PT", role: "lead", school: aveiro, timeZone: "Europe/Lisbon" },
  { email: "lead.fi@demo", name: "Lead FI", role: "lead", school: oulu, timeZone: "Europe/Helsinki" },
  { email: "nss.pt@demo", name: "Support service PT", role: "support", country: "PT", timeZone: "Europe/Lisbon" },
  { email: "nss.fi@demo", name: "Support service FI", role: "support", country: "FI", timeZone: "Europe/Helsinki" },
  { email: "ambassador@demo", name: "Ambassador", role: "ambassador", school: oulu, timeZone: "Europe/Helsinki" },
  { email: "operator@demo", name: "Operator", role: "operator", timeZone: "UTC" },
];

export interface Teacher {
  account: Id;
  school: Id;
}

/** Makes everybody who is not there yet; answers with the two teachers. */
export async function addDemoPeople(pool: Pool): Promise<{ ana: Teacher; mikko: Teacher }> {
  const passwordHash = await hashPassword(demoPassword);
  for (const { school, country = null, ...person } of demoPeople) {
    await inTransaction(pool, async (db) => {
      const at = school ? (await schoolOfName(db, school)).id : null;
      await addAccount(db, { id: newId(), ...person, school: at, country, passwordHash });
    });
  }
  return { ana: await teacher(pool, "ana@aveiro.demo"), mikko: await teacher(pool, "mikko@oulu.demo") };
}

async function teacher(pool: Pool, email: string): Promise<Teacher> {
  const account = await findByEmail(pool, email);
  if (!account?.school) throw new Error(`The demo's teacher ${email} is not there`);
  return { account: account.id, school: account.school.id };
}
