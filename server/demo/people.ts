/** The demo's accounts: names that are invented, one password that everybody may know. */
import type { AccountRole } from "../../protocol/http/accounts.ts";
import { inTransaction, type Pool } from "../../storage/pool.ts";
import { addAccount, findAccount, findByEmail } from "../accounts/accounts.ts";
import { hashPassword } from "../accounts/passwords.ts";
import type { Caller } from "../http/route.ts";
import { newId } from "../ids.ts";
import { appointAmbassador } from "../registry/standing.ts";

export const demoPassword = "twinlight-demo";

interface DemoPerson {
  email: string;
  name: string;
  /** What the account is from the beginning; teachers and leads become it by their school's registration. */
  role: AccountRole;
  country?: string;
  language: string;
  timeZone: string;
  /** For the table that is printed. */
  about: string;
}

const portugal = { language: "pt", timeZone: "Europe/Lisbon" } as const;
const finland = { language: "fi", timeZone: "Europe/Helsinki" } as const;
const english = { language: "en", timeZone: "UTC" } as const;

export const demoPeople: readonly DemoPerson[] = [
  { email: "ana@aveiro.demo", name: "Ana", role: "teacher", ...portugal, about: "teacher, Escola de Aveiro" },
  { email: "mikko@oulu.demo", name: "Mikko", role: "teacher", ...finland, about: "teacher, Oulun koulu" },
  { email: "lead.pt@demo", name: "Lead PT", role: "lead", ...portugal, about: "lead, Escola de Aveiro" },
  { email: "lead.fi@demo", name: "Lead FI", role: "lead", ...finland, about: "lead, Oulun koulu" },
  ...(["PT", "FI"] as const).map((country) => ({
    email: `nss.${country.toLowerCase()}@demo`,
    name: `Support service ${country}`,
    role: "support" as const,
    country,
    ...(country === "PT" ? portugal : finland),
    about: `support service, ${country}`,
  })),
  { email: "css@demo", name: "Central support service", role: "support", ...english, about: "support service, all" },
  { email: "ambassador@demo", name: "Ambassador", role: "ambassador", ...finland, about: "ambassador, Oulun koulu" },
  { email: "operator@demo", name: "Operator", role: "operator", ...english, about: "operator" },
  { email: "joao@madeira.demo", name: "João", role: "teacher", ...portugal, about: "teacher whose school waits, PT" },
  {
    ...{ email: "eleni@volos.demo", name: "Ελένη", role: "teacher", language: "el", timeZone: "Europe/Athens" },
    about: "teacher whose school waits, GR",
  },
  {
    ...{ email: "georgi@plovdiv.demo", name: "Георги", role: "teacher", language: "bg", timeZone: "Europe/Sofia" },
    about: "teacher whose school waits, BG",
  },
  { email: "rita@aveiro.demo", name: "Rita", role: "teacher", ...portugal, about: "teacher who owes evidence, PT" },
];

/** Makes everybody who is not there yet. Where they work, and whether that is confirmed, is the registry's. */
export async function addDemoPeople(pool: Pool): Promise<void> {
  const passwordHash = await hashPassword(demoPassword);
  for (const { email, name, role, country = null, language, timeZone } of demoPeople) {
    await inTransaction(pool, async (db) => {
      const id = newId();
      const bare = role === "operator" || role === "support" ? role : "teacher";
      const account = { id, email, name, role: bare, school: null, country, passwordHash, timeZone } as const;
      if (!(await addAccount(db, account))) return;
      await db.query("update accounts set language = $2, email_confirmed_at = now() where id = $1", [id, language]);
    });
  }
}

/** Whoever has this address, as a request of theirs would come: what they are by now. */
export async function demoCaller(pool: Pool, email: string): Promise<Caller> {
  const found = await findByEmail(pool, email);
  const account = found && (await findAccount(pool, found.id));
  if (!account) throw new Error(`The demo's ${email} is not there`);
  const { id, name, actor, timeZone, language } = account;
  return { id, name, email, actor, timeZone, language, session: Buffer.alloc(0), owesSecondFactor: false };
}

/** Once the ambassador works at their school: an ambassador is one of its country. */
export async function appointDemoAmbassador(pool: Pool): Promise<void> {
  const { id } = await demoCaller(pool, "ambassador@demo");
  await inTransaction(pool, async (db) => {
    await appointAmbassador(db, id, null);
    await db.query("update ambassadors set regions = '{FI-14}', languages = '{fi,en}' where account_id = $1", [id]);
  });
}
