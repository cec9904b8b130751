/** The report card of an export, as anybody reads it in a browser. */
import { escaped } from "../../../domain/text/html.ts";
import type {
  ExportedComment,
  ExportedCounts,
  ExportedEntry,
  ExportedEntryBody,
  ExportedEvidence,
} from "../../../protocol/twinspace/exportedReport.ts";
import { type Gathered, materialsOf, pagesOf } from "./gathering.ts";
import type { Files } from "./readable.ts";
import { commentsOf, entriesOf, planLinesOf } from "./reportGathering.ts";

const kinds: Readonly<Record<ExportedEntry["kind"], string>> = {
  activity: "Activity",
  meeting: "Meeting",
  milestone: "Milestone",
  difficulty: "Difficulty",
  change: "Change of plan",
  result: "Result",
  dissemination: "Dissemination",
  question: "Question to the support service",
  interim: "Interim entry",
  final: "Final entry",
};

/** What people wrote, in the order of the form. */
const texts = {
  done: "What was done",
  communication: "Communication",
  collaboration: "Collaboration of the pupils",
  curriculum: "Place in the curriculum",
  learned: "What was learned",
  difficulties: "Difficulties",
  question: "Question to the support service",
  safeguarding: "Safeguarding",
  shownWhere: "Shown where",
  audience: "Audience",
  nextSteps: "Next steps",
} as const satisfies Partial<Record<keyof ExportedEntryBody, string>>;

/** `by` says who somebody is, by their key. */
export async function* reportLines(
  gathered: Gathered,
  files: Files,
  by: (id: string) => string,
): AsyncGenerator<string> {
  const plan = new Map<string, string>();
  for await (const { id, words } of planLinesOf(gathered)) plan.set(id, words);
  if (plan.size > 0) {
    yield `<h2>Plan</h2><ul>${[...plan.values()].map((words) => `<li>${escaped(words)}</li>`).join("")}</ul>\n`;
  }
  const comments = Map.groupBy(await all(commentsOf(gathered)), ({ entry }) => entry);
  const named = await things(gathered);
  for await (const entry of entriesOf(gathered)) {
    yield `<article><h2>${entry.day} · ${kinds[entry.kind]}: ${escaped(entry.body.title || entry.meeting?.title || "")}</h2>`;
    yield `<p class="by">${entry.author === null ? "Written by the meeting itself" : by(entry.author)} · ${circleOf(entry)}</p>`;
    if (entry.meeting) yield countLines(entry.meeting.counts);
    yield bodyLines(entry.body, plan);
    yield `${entry.body.evidence.map((piece) => `<p>${evidenceLine(piece, files, named)}</p>`).join("")}`;
    yield `${(comments.get(entry.id) ?? []).map(commentLine).join("")}</article>\n`;
  }
  const about = comments.get(null) ?? [];
  if (about.length > 0) yield `<h2>About the report card</h2>${about.map(commentLine).join("")}\n`;
}

async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

/** What materials and pages are called, but for those that are hidden. */
async function things(gathered: Gathered): Promise<ReadonlyMap<string, string>> {
  const named = new Map<string, string>();
  for await (const { id, name } of materialsOf(gathered)) named.set(id, name);
  for await (const { id, title } of pagesOf(gathered)) named.set(id, title);
  return named;
}

const circleOf = ({ state, readers }: ExportedEntry): string =>
  state === "draft"
    ? "a draft"
    : readers === "services"
      ? "shared with the support services"
      : "shared with the partners";

const minutes = (ms: number): number => Math.round(ms / 60_000);

function countLines({ schools, ...sums }: ExportedCounts): string {
  const row = (
    name: string,
    { adults, pupils, classes, turns, spokeMs }: Omit<ExportedCounts["schools"][number], "school">,
  ) =>
    `<tr>${[escaped(name), adults, pupils, classes, turns, minutes(spokeMs)].map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  return `<p>${minutes(sums.lengthMs)} minutes, ${sums.messages} messages.</p>
<table><tr><th>School</th><th>Adults</th><th>Pupils</th><th>Classes</th><th>Turns</th><th>Minutes of speaking</th></tr>
${schools.map((one) => row(one.school ?? "(not known)", one)).join("")}${row("All", sums)}</table>\n`;
}

function bodyLines(body: ExportedEntryBody, plan: ReadonlyMap<string, string>): string {
  const line = (name: string, value: string) =>
    value === "" ? "" : `<p><strong>${name}:</strong> ${escaped(value)}</p>`;
  const days = [...new Set([body.fromDay, body.toDay])].filter((day) => day !== null).join(" – ");
  const ages = ({ ageMin, ageMax }: ExportedEntryBody["pupils"][number]) =>
    ageMin === null && ageMax === null ? "" : ` (${[ageMin, ageMax].filter((age) => age !== null).join("–")} years)`;
  const sum = (counts: readonly { count: number; school: string }[], more: (n: number) => string) =>
    counts.map(({ count, school }, n) => `${school}: ${count}${more(n)}`).join("; ");
  const written = Object.entries(texts).map(([field, name]) => {
    // The keys of the table above are fields of a text.
    const words = body[field as keyof typeof texts];
    return words === "" ? "" : `<h3>${name}</h3><p class="words">${escaped(words)}</p>`;
  });
  return [
    line("When", days),
    ...written,
    line(
      "Pupils",
      sum(body.pupils, (n) => (body.pupils[n] ? ages(body.pupils[n]) : "")),
    ),
    line(
      "Teachers",
      sum(body.teachers, () => ""),
    ),
    line("Subjects", body.subjects.join(", ")),
    line("Tools", body.tools.join(", ")),
    line("Criteria", body.criteria.join(", ")),
    line("Plan", body.plan.map(({ item, amount }) => `${plan.get(item) ?? ""} (${amount})`).join("; ")),
    line("Consents were looked at", body.consentsChecked === null ? "" : body.consentsChecked ? "yes" : "no"),
    line("Incidents", body.incidents === null ? "" : String(body.incidents)),
    line("Next date", body.nextDay ?? ""),
    body.shownLink === "" ? "" : `<p>${linkTo(body.shownLink, body.shownLink)}</p>`,
  ].join("\n");
}

const linkTo = (address: string, words: string): string =>
  `<a href="${escaped(address)}" rel="noopener noreferrer">${escaped(words)}</a>`;

function evidenceLine(piece: ExportedEvidence, files: Files, named: ReadonlyMap<string, string>): string {
  switch (piece.kind) {
    case "material": {
      const file = files.get(piece.material);
      const name = named.get(piece.material) ?? "";
      return file === undefined ? escaped(name) : linkTo(file.split("/").map(encodeURIComponent).join("/"), name);
    }
    case "page": {
      const title = named.get(piece.page) ?? "";
      return title === "" ? "" : linkTo(`pages/${piece.page}.html`, title);
    }
    case "moment":
      return escaped(piece.words || piece.meeting);
    case "link":
      return linkTo(piece.link, piece.words || piece.link);
  }
}

const commentLine = ({ by, kind, words, at }: ExportedComment): string =>
  `<blockquote><p class="words">${escaped(words)}</p><p class="by">${escaped(by)}, ${kind}, ${new Date(at).toISOString().slice(0, 10)}</p></blockquote>`;
