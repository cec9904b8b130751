/**
 * The demo's schools and who works there: sent by their own people, validated by their support services, with the same
 * functions as a person's clicks. Some still wait on the desks.
 */
import type { DeskRef } from "../../protocol/http/desk.ts";
import type { Place, SchoolForm } from "../../protocol/http/registry.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Pool } from "../../storage/pool.ts";
import { isRefused } from "../http/route.ts";
import { decideAll } from "../registry/desk/decide.ts";
import { askToJoin, myPlaceAt } from "../registry/memberships.ts";
import { registerSchool } from "../registry/schools.ts";
import { appointDemoAmbassador, demoCaller } from "./people.ts";

export interface DemoParts {
  readonly pool: Pool;
  /** This server's address, for links in letters. */
  readonly origin: string;
}

const teacher: Place = { staffRole: "teacher", lead: false };
const lead: Place = { staffRole: "deputyHead", lead: true };

const usual = {
  ...{ legalName: "", region: "", number: "", website: "", type: "comprehensive", subjects: [] },
  ...{ ageMin: 10, ageMax: 16, leadName: "", leadEmail: "", description: "", available: true },
} satisfies Partial<SchoolForm>;

const aveiro: SchoolForm = {
  ...usual,
  ...{ name: "Escola de Aveiro", legalName: "Agrupamento de Escolas da Ria", number: "160001" },
  ...{ country: "PT", region: "PT-01", address: "Rua do Canal 12", town: "Aveiro", postcode: "3800-001" },
  ...{ website: "https://escola.aveiro.example", languages: ["pt", "en"], subjects: ["biology", "geography", "music"] },
  ...{ pupilCount: 640, principalName: "Teresa Almeida", principalEmail: "direcao@aveiro.demo" },
  ...{ leadName: "Lead PT", leadEmail: "lead.pt@demo" },
  description: "A school beside the lagoon. Our classes like water, birds and singing.",
};
const oulu: SchoolForm = {
  ...usual,
  ...{ name: "Oulun koulu", legalName: "Oulun kaupunki, Oulun koulu", number: "04711" },
  ...{ country: "FI", region: "FI-14", address: "Koskikatu 3", town: "Oulu", postcode: "90100" },
  ...{ website: "https://koulu.oulu.example", languages: ["fi", "en"], subjects: ["biology", "geography", "art"] },
  ...{ pupilCount: 410, principalName: "Kaisa Niemi", principalEmail: "rehtori@oulu.demo" },
  ...{ leadName: "Lead FI", leadEmail: "lead.fi@demo" },
  description: "By the rapids, where the river meets the sea. Winter is long, and so are our science projects.",
};
const madeira: SchoolForm = {
  ...usual,
  ...{ name: "Escola Básica de São João", country: "PT", region: "PT-01", address: "Rua Dr. Renato Araújo 1" },
  ...{ town: "São João da Madeira", postcode: "3700-001", languages: ["pt"], pupilCount: 320 },
  ...{ principalName: "Conceição Magalhães", principalEmail: "direcao@madeira.demo" },
};
const volos: SchoolForm = {
  ...usual,
  ...{ name: "3ο Γυμνάσιο Βόλου", country: "GR", address: "Δημητριάδος 40", town: "Βόλος", postcode: "383 33" },
  ...{ type: "lowerSecondary", languages: ["el", "en"], pupilCount: 280, ageMin: 12, ageMax: 15 },
  ...{ principalName: "Ιωάννα Παππά", principalEmail: "mail@volos.demo" },
};
const plovdiv: SchoolForm = {
  ...usual,
  ...{ name: "СУ „Христо Ботев“", country: "BG", address: "бул. Марица 12", town: "Пловдив", postcode: "4000" },
  ...{ languages: ["bg", "en"], pupilCount: 720, principalName: "Мария Иванова", principalEmail: "mail@plovdiv.demo" },
};

/** Everything of the registry, unless Ana works at her school already. */
export async function addDemoRegistry(parts: DemoParts): Promise<void> {
  const { pool } = parts;
  if ((await demoCaller(pool, "ana@aveiro.demo")).actor.schools.length > 0) return;
  await describeServices(pool);
  for (const [form, first, service, others] of [
    [aveiro, "ana@aveiro.demo", "nss.pt@demo", [["lead.pt@demo", lead]]],
    [
      oulu,
      "mikko@oulu.demo",
      "nss.fi@demo",
      [
        ["lead.fi@demo", lead],
        ["ambassador@demo", teacher],
      ],
    ],
  ] as const) {
    const school = await send(parts, first, form);
    const { country } = form;
    await decide(parts, service, { kind: "school", id: school, country });
    await decide(parts, service, { kind: "person", id: await placeOf(pool, first, school), country });
    for (const [email, place] of others) {
      await ask(parts, email, school, place);
      await decide(parts, service, { kind: "person", id: await placeOf(pool, email, school), country });
    }
  }
  await appointDemoAmbassador(pool);
  await addWaiting(parts);
}

/** What waits on the desks: three schools in three scripts, and somebody who is asked for evidence. */
async function addWaiting(parts: DemoParts): Promise<void> {
  const { pool } = parts;
  await send(parts, "joao@madeira.demo", madeira);
  await send(parts, "eleni@volos.demo", volos);
  await send(parts, "georgi@plovdiv.demo", plovdiv);
  const school = (await demoCaller(pool, "ana@aveiro.demo")).actor.schools[0]?.id ?? "";
  await ask(parts, "rita@aveiro.demo", school, teacher);
  await decide(
    parts,
    "nss.pt@demo",
    { kind: "person", id: await placeOf(pool, "rita@aveiro.demo", school), country: "PT" },
    { act: "wantEvidence", reason: "Please send a certificate of employment of this school year." },
  );
}

async function send({ pool, origin }: DemoParts, email: string, form: SchoolForm): Promise<Id> {
  const sent = await registerSchool(
    pool,
    await demoCaller(pool, email),
    { form, place: teacher, isTrue: true },
    origin,
  );
  return must(sent, `${form.name} could not be registered`).school.id;
}

async function ask({ pool, origin }: DemoParts, email: string, school: Id, place: Place): Promise<void> {
  must(await askToJoin(pool, await demoCaller(pool, email), school, place, origin), `${email} could not ask to join`);
}

async function placeOf(pool: Pool, email: string, school: Id): Promise<Id> {
  const place = await myPlaceAt(pool, (await demoCaller(pool, email)).id, school);
  if (!place) throw new Error(`${email} has no place at the demo's school`);
  return place.id;
}

/** As somebody of a support service decides at their desk. */
export async function decide(
  { pool, origin }: DemoParts,
  service: string,
  item: DeskRef,
  decision: Parameters<typeof decideAll>[3] = { act: "accept" },
): Promise<void> {
  const { id: by, actor } = await demoCaller(pool, service);
  const decided = await decideAll(pool, { by, actor, origin, now: Date.now(), twoPersons: false }, [item], decision);
  must(decided, `${service} could not decide about a ${item.kind}`);
}

/** The demo's story is written so that nothing in it is refused. */
export function must<T>(answer: T, what: string): Exclude<T, { refused: string }> {
  if (isRefused(answer)) throw new Error(`${what}: ${JSON.stringify(answer)}`);
  return answer as Exclude<T, { refused: string }>; // What is no refusal is what is left of T.
}

async function describeServices(pool: Pool): Promise<void> {
  const services = [
    ["PT", "Serviço Nacional de Apoio", "nss.pt@demo", "https://apoio.pt.example", ["pt", "en"]],
    ["FI", "Kansallinen tukipalvelu", "nss.fi@demo", "https://tuki.fi.example", ["fi", "sv", "en"]],
    [null, "Central support service", "css@demo", "https://support.example", ["en"]],
  ] as const;
  for (const service of services) {
    await pool.query(
      `update support_services set name = $2, email = $3, website = $4, languages = $5
       where country is not distinct from $1`,
      [...service],
    );
  }
}
