/**
 * The demo's world: schools, their people, support services, the project "Two rivers", an open meeting of it and one that
 * has ended. Written through the same functions and commands as a person's clicks; on a folder that is kept it is found
 * again and left as it is.
 */
import type { Logger } from "pino";
import { defaultSettings } from "../../domain/meeting/state.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Pool } from "../../storage/pool.ts";
import type { Secrets } from "../../storage/secrets.ts";
import { isRefused } from "../http/route.ts";
import { newId } from "../ids.ts";
import { type Booking, bookMeeting, findMeetingByCode, linksExpireAt } from "../meetings/booking.ts";
import { Hosts } from "../meetings/hosts.ts";
import { addLink } from "../meetings/links.ts";
import { playMeeting } from "./ended.ts";
import { addDemoPartnership, projectSlug } from "./partnership.ts";
import { addDemoPeople, demoCaller, demoPassword, demoPeople } from "./people.ts";
import { addDemoRegistry, type DemoParts } from "./registry.ts";
import { addDemoTwinSpace, type DemoPupil } from "./twinspace.ts";

export const openCode = "two-rivers";
export const endedCode = "two-rivers-1";
const dayMs = 86_400_000;

/** Answers with its pupils' cards, which are new at every start. */
export async function makeDemoWorld(
  parts: DemoParts,
  secrets: Secrets,
  hosts: Hosts,
  logger: Logger,
): Promise<DemoPupil[]> {
  const { pool } = parts;
  await addDemoPeople(pool);
  await addDemoRegistry(parts);
  const project = await addDemoPartnership(parts);
  const [ana, mikko] = [await teacher(pool, "ana@aveiro.demo"), await teacher(pool, "mikko@oulu.demo")];
  if (!(await findMeetingByCode(pool, endedCode))) await makeEnded(pool, { ...ana, project }, mikko, logger);
  if (!(await findMeetingByCode(pool, openCode))) {
    const booking = { ...twoRivers, code: openCode, lengthMinutes: 90 };
    const id = await book(pool, { ...ana, project }, booking, Date.now());
    const host = await hosts.of(id);
    await host?.system({ type: "meeting.open" });
  }
  return addDemoTwinSpace(parts, secrets, project, Date.now());
}

interface Teacher {
  account: Id;
  school: Id;
}

async function teacher(pool: Pool, email: string): Promise<Teacher> {
  const { id, actor } = await demoCaller(pool, email);
  const [school] = actor.schools;
  if (!school) throw new Error(`The demo's ${email} works at no school`);
  return { account: id, school: school.id };
}

const twoRivers: Omit<Booking, "code" | "title"> & { title: string } = {
  title: "Two rivers",
  start: "now",
  timeZone: "Europe/Lisbon",
  lengthMinutes: 60,
  language: "en",
  maxSeats: 300,
  floor: { next: "byQueue", capacity: 1, turnLimitMs: null },
  recorded: true,
  lobby: true,
  graceMs: defaultSettings.graceMs,
};

interface Chair extends Teacher {
  project: Id;
}

async function makeEnded(pool: Pool, ana: Chair, mikko: Teacher, logger: Logger): Promise<void> {
  const clock = { now: Date.now() - dayMs };
  const title = "What lives in our river?";
  const id = await book(pool, ana, { ...twoRivers, title, code: endedCode, lobby: false }, clock.now);
  const hosts = new Hosts({ pool, now: () => clock.now, newId, logger, joined: () => {}, parted: () => {} });
  const host = await hosts.of(id);
  if (!host) throw new Error("The demo's meeting was just booked");
  const pupil = { kind: "pupil", role: "participant" } as const;
  await playMeeting(host, clock, {
    ana: { name: "Ana", identity: `account:${ana.account}`, kind: "adult", school: ana.school, role: "chair" },
    mikko: {
      name: "Mikko",
      identity: `account:${mikko.account}`,
      kind: "adult",
      school: mikko.school,
      role: "participant",
    },
    aino: { name: "Aino K.", identity: "guest:demo-aino", school: mikko.school, ...pupil },
    ines: { name: "Inês M.", identity: "guest:demo-ines", school: ana.school, ...pupil },
    class6a: { name: "Class 6A", identity: "guest:demo-6a", kind: "class", school: mikko.school, role: "participant" },
  });
  await hosts.close();
}

async function book(pool: Pool, { account, school, project }: Chair, booking: Booking, now: number) {
  const meeting = await bookMeeting(pool, { id: account, school, project }, booking, now);
  if (isRefused(meeting)) throw new Error(`The demo's meeting could not be booked: ${meeting.refused}`);
  // Whoever tries the demo comes as a guest, by the code; to other meetings of a project nobody does.
  const guest = { role: "participant", kind: null, schoolId: null } as const;
  const expiresAt = linksExpireAt(meeting);
  await addLink(pool, meeting.id, { ...guest, key: meeting.code, expiresAt });
  await addLink(pool, meeting.id, { ...guest, role: "watcher", expiresAt });
  return meeting.id;
}

/** What whoever started the demo is told: who they can be and where to go. */
export function demoTable(url: string, pupils: readonly DemoPupil[]): string {
  const width = Math.max(...demoPeople.map(({ email }) => email.length));
  const people = demoPeople.map(({ email, about }) => `  ${email.padEnd(width)}  ${about}`);
  return [
    `Accounts, all with the password ${demoPassword}`,
    ...people,
    `Pupils, who sign in at ${url}/pupil`,
    ...pupils.map(({ alias, school, code, word }) => `  ${code}  word "${word}"  ${alias}, ${school}`),
    "Meetings",
    `  ${url}/m/${openCode}    open, led by Ana: sign in as ana@aveiro.demo to lead, or come as a guest`,
    `  ${url}/r/${endedCode}  ended: its replay, for Ana and Mikko`,
    "The portal",
    `  ${url}/projects/${projectSlug}  the project of Ana and Mikko, approved by both support services`,
    `  ${url}/twinspace/${projectSlug}  its TwinSpace: as Ana, Mikko or one of the pupils`,
    `  ${url}/p/${projectSlug}           what it publishes`,
    `  ${url}/labels               check its eTwinning Label`,
    `  ${url}/desk                 what waits: sign in as nss.pt@demo, nss.fi@demo or css@demo`,
    `  ${url}/partners             find a partner: sign in as a teacher`,
    `  ${url}/help                 the guide`,
  ].join("\n");
}
