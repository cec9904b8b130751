/** The demo's project "Two rivers": registered by Ana, agreed to by Mikko, approved at both desks; and what is only begun. */
import { fieldsOfStep, formSteps } from "../../domain/projects/form.ts";
import type { FieldChange } from "../../protocol/http/projects.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Pool } from "../../storage/pool.ts";
import { actOnContact, askContact } from "../partners/contacts.ts";
import { writeNotice } from "../partners/notices.ts";
import { changeProfile } from "../partners/profile.ts";
import { choosePartner } from "../projects/members.ts";
import { agree, changeForm, startProject } from "../projects/projects.ts";
import { findProject } from "../projects/rows.ts";
import { demoCaller } from "./people.ts";
import { type DemoParts, decide, must } from "./registry.ts";

export const projectSlug = "two-rivers";
const ana = "ana@aveiro.demo";
const mikko = "mikko@oulu.demo";

type Values = Partial<Record<FieldChange["field"], FieldChange["value"]>>;

const dayMs = 86_400_000;
const dayFrom = (now: number, days: number) => new Date(now + days * dayMs).toISOString().slice(0, 10);

const twoRivers = (now: number): Values => ({
  title: "Two rivers",
  summary: "The Vouga and the Oulujoki meet: two classes measure, draw and compare the rivers at their doors.",
  description:
    "A class from Aveiro and a class from Oulu look at their rivers through one school year. They measure temperature, ice and salt, count birds, and tell each other what they found in meetings every second week.",
  aims: "Pupils plan and carry out their own measurements, explain them in English to somebody who was not there, and listen.",
  workProcess:
    "September: we get to know each other. October to March: a measuring day every month and a meeting after it. April: both classes write one book together. May: we read it aloud to our parents.",
  expectedResults: "A book of two rivers in three languages, a table of measurements, and replays of our best talks.",
  languages: ["en", "pt", "fi"],
  subjects: ["biology", "geography", "art"],
  competences: ["science", "languages", "digital"],
  tools: ["videoMeeting", "pictures", "maps"],
  pupilNumber: 44,
  ageMin: 11,
  ageMax: 13,
  startDate: dayFrom(now, -60),
  endDate: dayFrom(now, 200),
});

/** Answers with the id of "Two rivers"; on a folder that is kept it is found again and left as it is. */
export async function addDemoPartnership(parts: DemoParts): Promise<Id> {
  const found = await projectId(parts.pool);
  if (found) return found;
  await becomeContacts(parts);
  const id = await begin(parts, ana, twoRivers(Date.now()));
  const partner = await demoCaller(parts.pool, mikko);
  must(
    await choosePartner(parts.pool, await acting(parts, ana), id, { account: partner.id }),
    "Mikko could not be chosen",
  );
  for (const email of [ana, mikko]) {
    const version = (await findProject(parts.pool, id, Date.now()))?.version ?? 0;
    must(await agree(parts.pool, await acting(parts, email), id, version), `${email} could not agree`);
  }
  await decide(parts, "nss.pt@demo", { kind: "project", id, country: "PT" });
  await decide(parts, "nss.fi@demo", { kind: "project", id, country: "FI" });
  await addBegun(parts);
  return id;
}

async function projectId(pool: Pool): Promise<Id | undefined> {
  const { rows } = await pool.query<{ id: Id }>("select id from projects where slug = $1", [projectSlug]);
  return rows[0]?.id;
}

const acting = async ({ pool, origin }: DemoParts, email: string) => ({
  caller: await demoCaller(pool, email),
  now: Date.now(),
  origin,
});

/** Partners find each other first: each says that they are available, one asks, the other accepts. */
async function becomeContacts({ pool, origin }: DemoParts): Promise<void> {
  const [one, other] = [await demoCaller(pool, ana), await demoCaller(pool, mikko)];
  const profile = { available: true, subjects: ["biology"], wantedCountries: [] };
  const bio = "I teach biology, and I like to work with classes far away.";
  must(await changeProfile(pool, one.id, { ...profile, bio, languages: ["pt", "en"] }), "Ana's profile");
  must(await changeProfile(pool, other.id, { ...profile, bio, languages: ["fi", "en"] }), "Mikko's profile");
  const note = "Our schools both stand at a river. Shall we do something together?";
  must(await askContact(pool, one, { to: other.id, note }, origin), "Ana could not ask Mikko");
  must(await actOnContact(pool, other, one.id, "accept", origin), "Mikko could not accept");
}

/** Starts a draft and writes these fields. */
async function begin(parts: DemoParts, email: string, values: Values): Promise<Id> {
  const who = await acting(parts, email);
  const school = who.caller.actor.schools[0]?.id ?? "";
  const id = must(await startProject(parts.pool, who, { school, origin: "foundHere" }), `${email} could not begin`);
  const changes = formSteps
    .flatMap((step) => fieldsOfStep[step])
    .filter((field) => values[field] !== undefined)
    // Each value is of its field's own shape, as written above.
    .map((field) => ({ field, value: values[field], base: 0 }) as FieldChange);
  must(await changeForm(parts.pool, who, id, changes), `${email} could not write the form`);
  return id;
}

/** A draft of Mikko's, and a notice by which Ana looks for a further partner. */
async function addBegun(parts: DemoParts): Promise<void> {
  await begin(parts, mikko, {
    title: "Light in the north, light in the south",
    summary: "How long is your day? Two classes write down when they need a lamp.",
    languages: ["en"],
  });
  const notice = await writeNotice(parts.pool, await demoCaller(parts.pool, ana), {
    kind: "looking",
    title: "Who sings about water?",
    body: "Our choir of 25 pupils looks for a class that sings too. We would like to learn one song of yours about a river or the sea, and teach you one of ours.",
    ages: { min: 10, max: 14 },
    ...{ subjects: ["music"], languages: ["en", "pt"], countriesWanted: [], startWanted: null, days: 60 },
  });
  must(notice, "Ana could not write her notice");
}
