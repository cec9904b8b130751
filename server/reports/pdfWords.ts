/** What a printed report card says by itself. Everything else in it is what teachers and services wrote, or a number. */
import type { CardState } from "../../protocol/reports/card.ts";
import type { CommentKind } from "../../protocol/reports/comments.ts";
import type { EntryField, EntryKind } from "../../protocol/reports/entries.ts";

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
const month = new Intl.DateTimeFormat("en-GB", { month: "short", year: "2-digit", timeZone: "UTC" });
const countries = new Intl.DisplayNames("en", { type: "region" });
const list = new Intl.ListFormat("en", { type: "conjunction" });
const number = new Intl.NumberFormat("en");

export const say = {
  maker: "Twinlight",
  report: "Report card",
  schools: "The schools",
  period: "Period",
  state: "State",
  labels: "Labels",
  read: "Read by",
  made: "Made on",
  address: "Address",
  glance: "At a glance",
  whoWrote: (count: number) =>
    count === 1 ? "Who wrote the one entry" : `Who wrote the ${number.format(count)} entries`,
  lead: (school: string, count: number, all: number) =>
    `${school} wrote ${number.format(count)} of ${number.format(all)} entries.`,
  whoSpoke: "Who spoke in meetings",
  months: "Month by month",
  byMeetings: "Written by meetings",
  others: "Others",
  plan: "Planned and done",
  criteria: "Evidence for the Quality Label",
  pupilsOf: "Pupils who took part",
  entries: "Entries",
  noEntries: "Nothing stands in it yet.",
  comments: "Questions and answers",
  school: "School",
  adults: "Adults",
  pupils: "Pupils",
  turns: "Turns",
  spoke: "Spoke",
  unknownSchool: "School not known",
  byMeeting: "Written by the meeting itself",
  untitled: "Without a title",
  partnersOnly: "For the partners only",
  draft: "Draft",
  seen: "To be seen",
  tookPart: "Who took part",
  planned: "For the plan",
  criteriaOf: "Criteria",
  waits: "The question waits for an answer.",
  heldBack: (schools: readonly string[]) =>
    schools.length === 0
      ? "Kept back: not everybody on it may be shown outside."
      : `Kept back: not everybody on it may be shown outside. Ask ${list.format(schools)}.`,
  gone: "It is not there any more",
  unset: "(Written in letters that cannot be printed here. It is to be read at the address below.)",
  unsetName: "(A name in letters that cannot be printed here)",
  school_: (country: string) => `A school in ${country}`,
  leftOut: (count: number) =>
    count === 1
      ? "One older entry is left out, because a printed report card has an end. It is to be read at the address below."
      : `${number.format(count)} older entries are left out, because a printed report card has an end. They are to be read at the address below.`,
  picturesLeftOut: (count: number) =>
    count === 1 ? "One picture is not printed." : `${number.format(count)} pictures are not printed.`,
  of: (done: number, planned: number) => `${number.format(done)} of ${number.format(planned)}`,
  amount: (words: string, amount: number) => (amount > 0 ? `${words}: ${number.format(amount)}` : words),
  pupilsCounted: (count: number, school: string, ages: string) =>
    `${number.format(count)} ${count === 1 ? "pupil" : "pupils"} of ${school}${ages === "" ? "" : `, ${ages}`}`,
  teachersCounted: (count: number, school: string) =>
    `${number.format(count)} ${count === 1 ? "teacher" : "teachers"} of ${school}`,
  ages: (from: number | null, to: number | null) => {
    const [low, high] = [from ?? to, to ?? from];
    if (low === null || high === null) return "";
    return low === high ? `${low} years old` : `${low} to ${high} years old`;
  },
  minutes: (ms: number) => `${number.format(Math.round(ms / 60_000))} min`,
  meeting: (minutes: number, adults: number, pupils: number, turns: number) =>
    `${number.format(minutes)} ${minutes === 1 ? "minute" : "minutes"}, ${number.format(adults)} ${
      adults === 1 ? "adult" : "adults"
    }, ${number.format(pupils)} ${pupils === 1 ? "pupil" : "pupils"}, ${number.format(turns)} ${
      turns === 1 ? "turn" : "turns"
    }`,
  incidents: (count: number) => (count === 0 ? "No incident" : `${count} ${count === 1 ? "incident" : "incidents"}`),
  consents: (checked: boolean) =>
    checked ? "Consents were looked at before anything was shown" : "Consents were not looked at",
  due: (until: string) => `by ${until}`,
  done: "done",
  by: (who: string, school: string) => [who, school].filter((one) => one !== "").join(", "),
  number: (value: number) => number.format(value),
  list: (names: readonly string[]) => list.format(names),
  country: (code: string) => countries.of(code) ?? code,
  day: (text: string) => day.format(Date.parse(`${text}T00:00:00Z`)),
  date: (ms: number) => day.format(ms),
  month: (text: string) => month.format(Date.parse(`${text}-01T00:00:00Z`)),
  days: (from: string, to: string) =>
    from === to
      ? say.day(from)
      : day
          .formatRange(Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`))
          // The narrow spaces that Intl sets have no glyph.
          .replace(/\p{Z}/gu, " "),
  readers: {
    teachers: "the teachers of the project; it may show pupils, so keep it among you",
    services: "a support service: only what was shared with it",
    public: "everybody",
  },
} as const;

export const kindNames: Readonly<Record<EntryKind, string>> = {
  activity: "Activity",
  meeting: "Meeting",
  milestone: "Milestone",
  difficulty: "Difficulty",
  change: "Change of plan",
  result: "Result",
  dissemination: "Shown to others",
  question: "Question",
  interim: "Interim entry",
  final: "Final entry",
};

/** Fields of text, in the order in which they are printed. */
export const fieldNames = {
  done: "What was done",
  communication: "How the partners spoke with each other",
  collaboration: "How the pupils worked together",
  curriculum: "How it belongs to the curriculum",
  learned: "What was learned",
  difficulties: "Difficulties",
  question: "Question to the support service",
  safeguarding: "Safeguarding",
  shownWhere: "Where it was shown",
  audience: "To whom",
  nextSteps: "Next steps",
} as const satisfies Partial<Record<EntryField, string>>;

export const commentNames: Readonly<Record<CommentKind, string>> = {
  praise: "Praise",
  advice: "Advice",
  question: "Question",
  action: "To do",
  answer: "Answer",
};

export const stateNames: Readonly<Record<CardState, string>> = {
  open: "Being written",
  interimDue: "The interim entry is due",
  interimSent: "The interim entry is sent",
  interimRead: "The interim entry was read",
  finalDue: "The final entry is due",
  finalSent: "The final entry is sent",
  finalRead: "The final entry was read",
  closed: "Closed",
};
