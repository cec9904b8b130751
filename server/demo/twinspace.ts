/**
 * What the demo's TwinSpace begins with: two pupils of each school with login cards, pages, talk, dates and a report card, each
 * by the same functions as a person's clicks. Cards are new at every start, as when a teacher prints them again.
 */

import { emptyText, type TextNode } from "../../domain/text/schema.ts";
import { keptText, stepBetween } from "../../domain/text/steps.ts";
import type { Id } from "../../protocol/ids.ts";
import { NewItem } from "../../protocol/twinspace/calendar.ts";
import type { LoginCard, NewPupil } from "../../protocol/twinspace/pupils.ts";
import type { Secrets } from "../../storage/secrets.ts";
import type { Identified } from "../http/route.ts";
import { newId } from "../ids.ts";
import { addItems } from "../twinspace/calendar/items.ts";
import { type Space, spaceFor } from "../twinspace/insider.ts";
import { makePage } from "../twinspace/pages/changing.ts";
import { takeSteps } from "../twinspace/pages/texts.ts";
import { publishPage } from "../twinspace/publishing/deciding.ts";
import { renewCards } from "../twinspace/pupils/cards.ts";
import { makePupils } from "../twinspace/pupils/making.ts";
import { writeMessage } from "../twinspace/talk/chat.ts";
import { openDiscussion } from "../twinspace/talk/forum.ts";
import { reply, startThread } from "../twinspace/talk/threads.ts";
import { writeUpdate } from "../twinspace/talk/updates.ts";
import { demoCaller } from "./people.ts";
import { type DemoParts, must } from "./registry.ts";
import { addDemoReport } from "./report.ts";

export interface DemoPupil {
  readonly alias: string;
  readonly school: string;
  readonly code: string;
  readonly word: string;
}

const classes: Readonly<Record<string, readonly NewPupil[]>> = {
  "ana@aveiro.demo": [
    { name: "Inês Martins", alias: "Otter 7", picture: "fish", year: "6B" },
    { name: "Duarte Lopes", alias: "Boat 12", picture: "boat", year: "6B" },
  ],
  "mikko@oulu.demo": [
    { name: "Aino Korhonen", alias: "Star 4", picture: "star", year: "6A" },
    { name: "Eetu Laine", alias: "Tree 9", picture: "tree", year: "6A" },
  ],
};

/** Answers with what stands on the pupils' cards, for who started the demo. */
export async function addDemoTwinSpace(
  { pool, origin }: DemoParts,
  secrets: Secrets,
  project: Id,
  now: number,
): Promise<DemoPupil[]> {
  const parts = { pool, secrets, now: () => now, tell: () => {} };
  const who = async (email: string): Promise<Identified> => ({ caller: await demoCaller(pool, email), place: null });
  const pupils: DemoPupil[] = [];
  for (const [email, wanted] of Object.entries(classes)) {
    const teacher = await who(email);
    const secret = { kind: "word", language: "en" } as const;
    const { rows } = await pool.query<{ id: Id }>(
      "select id from pupils where project_id = $1 and alias = any($2) and state in ('active', 'locked') order by alias",
      [project, wanted.map(({ alias }) => alias)],
    );
    const cards =
      rows.length > 0
        ? await renewCards(parts, teacher, project, { pupils: rows.map(({ id }) => id), secret }, origin)
        : await makePupils(parts, teacher, project, { pupils: [...wanted], secret }, origin);
    const school = teacher.caller ? await schoolOf(pool, teacher.caller.actor.schools[0]?.id ?? "") : "";
    pupils.push(...must(cards, `${email} could not make cards`).cards.map((card) => shown(card, school)));
  }
  const { rowCount } = await pool.query("select from pages where project_id = $1 limit 1", [project]);
  if (rowCount === 0) {
    const ana = must(await spaceFor(pool, "space.read", await who("ana@aveiro.demo"), project, now), "Ana's TwinSpace");
    const mikko = must(await spaceFor(pool, "space.read", await who("mikko@oulu.demo"), project, now), "Mikko's");
    await addPages(parts, ana, now);
    await addTalk(parts, ana, mikko, now);
    await addDates(parts, ana, now);
    await addDemoReport({ pool, origin, secrets, now }, ana, mikko);
  }
  return pupils;
}

const shown = ({ alias, code, secret }: LoginCard, school: string): DemoPupil => ({
  ...{ alias, school, code },
  word: secret.kind === "word" ? secret.word : "",
});

async function schoolOf(pool: DemoParts["pool"], id: Id): Promise<string> {
  const { rows } = await pool.query<{ name: string }>("select name from schools where id = $1", [id]);
  return rows[0]?.name ?? "";
}

type Parts = Parameters<typeof makePage>[0];

const words = (type: "paragraph" | "heading", text: string): TextNode => ({
  ...{ type, content: [{ type: "text", text }] },
  ...(type === "heading" ? { attrs: { level: 2 } } : {}),
});

async function addPages(parts: Parts, ana: Space, now: number): Promise<void> {
  const visible = { view: "visitors", edit: "members", state: "shown" } as const;
  const plan = await addPage(parts, ana, { title: "Our year with two rivers", parent: null, ...visible }, now, [
    words(
      "paragraph",
      "In Aveiro the Vouga meets the sea, in Oulu the Oulujoki does. We look at both for a whole year.",
    ),
    words("heading", "What we do every month"),
    words("paragraph", "One measuring day at each river, then a meeting in which both classes tell what they found."),
  ]);
  await addPage(parts, ana, { title: "How we measure", parent: plan, ...visible }, now, [
    words(
      "paragraph",
      "Always at the same place, at ten in the morning: temperature, salt, ice, and every bird we see.",
    ),
  ]);
  must(await publishPage(parts, ana, plan, 1), "A page of the demo could not be published");
  const staffroom = { view: "teachers", edit: "teachers", state: "shown" } as const;
  await addPage(parts, ana, { title: "Notes for teachers", parent: null, ...staffroom }, now, [
    words("paragraph", "Who brings the thermometers in January? Only teachers see this page."),
  ]);
}

/** Makes it and writes its text, as one step. */
async function addPage(
  parts: Parts,
  space: Space,
  page: Parameters<typeof makePage>[2],
  now: number,
  content: readonly TextNode[],
): Promise<Id> {
  const { id } = must(await makePage(parts, space, page), "A page of the demo");
  const step = stepBetween(keptText(emptyText), keptText({ type: "doc", content }));
  if (!step) throw new Error("A page of the demo says nothing");
  const writing = { page: id, author: space.me.author, now, stretchBegins: async () => {} };
  must(await takeSteps(parts.pool, writing, { version: 0, steps: [step], clientId: `demo-${newId()}` }), "Its text");
  return id;
}

async function addTalk({ pool }: Parts, ana: Space, mikko: Space, now: number): Promise<void> {
  await writeUpdate(pool, mikko, { words: "The Oulujoki has its first ice. Who guesses how thick it is?" }, now);
  const talk = await openDiscussion(
    pool,
    ana,
    { title: "What lives in our rivers", words: "Tell each other what you saw, and where." },
    now,
  );
  const question = { title: "Has anybody seen an otter?", words: "We look every Monday before school." };
  const thread = must(await startThread(pool, ana, talk.id, question, now), "A thread of the demo");
  must(await reply(pool, mikko, thread.id, "Tracks in the snow, yes. The otter itself, not yet.", now), "An answer");
  must(await writeMessage(pool, ana, "Good morning from Aveiro!", now), "A line of the chat");
}

const dayMs = 86_400_000;

async function addDates({ pool }: Parts, ana: Space, now: number): Promise<void> {
  const day = (days: number) => new Date(now + days * dayMs).toISOString().slice(0, 10);
  for (const item of [
    {
      ...{ kind: "activity", title: "Measuring day at both rivers", place: "Vouga and Oulujoki" },
      time: { shape: "hours", start: `${day(6)}T10:00`, end: `${day(6)}T12:00`, timeZone: "Europe/Lisbon" },
    },
    { kind: "deadline", title: "Drawings for the book", time: { shape: "days", first: day(20), last: day(20) } },
    {
      ...{ kind: "holiday", title: "Christmas holidays", school: ana.me.school },
      time: { shape: "days", first: day(26), last: day(40) },
    },
  ] satisfies NewItem[]) {
    must(await addItems(pool, ana, NewItem.parse(item), now), "A date of the demo");
  }
}
