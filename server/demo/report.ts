/**
 * What stands in the demo's report card: its plan, what both schools wrote, a question and the support service's answer, each by
 * the same functions as a person's clicks, and the entry of the meeting that has ended.
 */
import type { Id } from "../../protocol/ids.ts";
import type { EntryBody, WrittenKind } from "../../protocol/reports/entries.ts";
import { inTransaction } from "../../storage/pool.ts";
import type { Secrets } from "../../storage/secrets.ts";
import { beginEntry } from "../reports/beginning.ts";
import { lockCard } from "../reports/cards.ts";
import { writeOfService } from "../reports/commenting.ts";
import { writeMeetingEntry } from "../reports/meetingEntries.ts";
import { writePlan } from "../reports/plan.ts";
import { markRead } from "../reports/reviews.ts";
import { saveEntry } from "../reports/saving.ts";
import { shareEntry } from "../reports/sharing.ts";
import { onEntry } from "../reports/writing.ts";
import type { Space } from "../twinspace/insider.ts";
import { demoCaller } from "./people.ts";
import { type DemoParts, must } from "./registry.ts";

interface Telling extends DemoParts {
  readonly secrets: Secrets;
  readonly now: number;
}

const dayMs = 86_400_000;
const dayBefore = (now: number, days: number): string => new Date(now - days * dayMs).toISOString().slice(0, 10);

export async function addDemoReport(telling: Telling, ana: Space, mikko: Space): Promise<void> {
  const { pool, now } = telling;
  // It ended before this server began, and nobody was there to write of it.
  const { rows } = await pool.query<{ id: Id }>("select id from meetings where project_id = $1 and phase = 'ended'", [
    ana.project.id,
  ]);
  for (const { id } of rows) await inTransaction(pool, (db) => writeMeetingEntry(db, id, now));
  const plan = await inTransaction(pool, async (db) => {
    await lockCard(db, ana.project.id);
    return must(await writePlan(db, ana.project, { items: [...planned], base: [] }, now), "The demo's plan");
  });
  const line = (words: string): Id => plan.items.find((item) => item.words === words)?.id ?? "";
  const schools = [ana, mikko].map(({ me }) => me.school ?? "");
  const [aveiro = "", oulu = ""] = schools;
  await tell(telling, mikko, "activity", {
    title: "We measured both rivers on the same day",
    toDay: dayBefore(now, 9),
    done: "Aveiro: 13 °C and salty. Oulu: 0 °C under 40 cm of ice. Pupils compared the numbers in pairs.",
    pupils: [
      { school: aveiro, ageMin: 11, ageMax: 12, count: 22 },
      { school: oulu, ageMin: 11, ageMax: 12, count: 19 },
    ],
    learned: "To ask in English, and why salt keeps ice away. They wrote it in their own words afterwards.",
    collaboration: "Pairs of one pupil from each school shared one table of numbers.",
    plan: [{ item: line(measuring), amount: 1 }],
    criteria: ["ql-2023.collaboration", "ql-2023.online"],
  });
  await tell(telling, ana, "result", {
    title: "A song of two rivers",
    toDay: dayBefore(now, 4),
    done: "Four verses in four languages, recorded by both classes one after the other.",
    criteria: ["ql-2023.results"],
  });
  const question = await tell(telling, ana, "question", {
    title: "May we show the otter film to the town?",
    toDay: dayBefore(now, 2),
    question: "It shows the backs of pupils at the river. Two of them have no consent for public pictures.",
  });
  await answered(telling, ana, question);
}

const measuring = "Measuring days at both rivers";
const planned = [
  { kind: "aim", words: "Pupils know what lives in cold and in salty water", target: null, counted: "entries" },
  { kind: "result", words: measuring, target: 8, counted: "entries" },
  { kind: "result", words: "Meetings of both classes", target: 4, counted: "meetings" },
  { kind: "result", words: "Pages about what we found", target: 10, counted: "pages" },
  { kind: "result", words: "An exhibition in each town", target: 2, counted: "entries" },
] as const;

/** Begun, filled in, and shared with the support services. */
async function tell(
  { pool, secrets, origin, now }: Telling,
  space: Space,
  kind: WrittenKind,
  changes: Partial<EntryBody>,
): Promise<Id> {
  return inTransaction(pool, async (db) => {
    const { id } = must(await beginEntry(db, space, { kind }, now), "An entry of the demo could not be begun");
    const shared = await onEntry(db, space, id, "write", now, async (begun) => {
      const { row } = must(
        await saveEntry(db, secrets, space, begun, { base: begun.version, changes }, now),
        "An entry of the demo could not be written",
      );
      return shareEntry(db, secrets, space, row, { readers: "services" }, origin, now);
    });
    must(shared, "An entry of the demo could not be shared");
    return id;
  });
}

async function answered({ pool, now }: Telling, { project }: Space, entry: Id): Promise<void> {
  const { id: account } = await demoCaller(pool, "nss.pt@demo");
  const by = { side: "service", account, country: "PT" } as const;
  const said = { readers: "partners", dueDay: null, answers: null } as const;
  await inTransaction(pool, async (db) => {
    must(
      await writeOfService(db, project, by, { ...said, entry, kind: "answer", words: advice }, now),
      "The demo's question could not be answered",
    );
    must(
      await writeOfService(db, project, by, { ...said, entry: null, kind: "praise", words: praise }, now),
      "The demo's card could not be praised",
    );
    await markRead(db, project.id, { account, countries: ["PT"] }, now);
  });
}

const advice =
  "Yes, as soon as nobody can be told by their back, or those two have agreed. Cut that part, and it may go.";
const praise =
  "The shared table of numbers is a lovely idea. It would fit the Quality Label: show how the pupils used it.";
