/**
 * A plan proposed from what a project's form says of its aims and expected results, pure. Its teachers keep, change or leave
 * out each line; nothing of it is kept before they have.
 */
import { mostPlanItems, type PlanCounted, type PlanItem } from "../../protocol/reports/card.ts";

export type ProposedLine = Pick<PlanItem, "kind" | "words" | "target" | "counted">;

/** The registered form, as far as it says what is to be done. */
export interface PlannedForm {
  readonly aims: string;
  readonly expectedResults: string;
}

const longestWords = 200;

/** One line for each line, bullet or sentence. */
export function proposedPlan({ aims, expectedResults }: PlannedForm): ProposedLine[] {
  const lines = [
    ...linesIn(aims).map((words) => ({ kind: "aim" as const, words })),
    ...linesIn(expectedResults).map((words) => ({ kind: "result" as const, words })),
  ];
  const seen = new Set<string>();
  const once = lines.filter(({ words }) => {
    const key = words.toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
  return once.slice(0, mostPlanItems).map(({ kind, words }) => ({ kind, words: cut(words), ...targetIn(words) }));
}

/** `- `, `• `, `3. `, `a) ` before what is meant. */
const bullet = /^\s*(?:[-–—*•·▪◦‣>+]+|\(?(?:\d{1,2}|\p{L})[.)])\s+/u;

function linesIn(text: string): string[] {
  return text
    .split(/\r?\n|(?<=[.!?;])\s+(?=[\p{Lu}\p{N}])|\s+[•▪◦‣]\s+|;\s+/u)
    .map((line) => tidy(line.replace(bullet, "")))
    .filter((line) => /\p{L}{2}/u.test(line));
}

const tidy = (line: string): string =>
  line
    .replace(/[\p{Cc}\p{Cs}]/gu, " ")
    .replace(/\s+/g, " ")
    .replace(/[\s.;,]+$/, "")
    .trim();

function cut(words: string): string {
  if (words.length <= longestWords) return words;
  const short = words.slice(0, longestWords - 2);
  return `${short.slice(0, short.lastIndexOf(" ") || undefined).toWellFormed()} …`;
}

const numberWords: Readonly<Record<string, number>> = {
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11 },
  ...{ twelve: 12, fifteen: 15, twenty: 20, thirty: 30, forty: 40, fifty: 50, hundred: 100 },
};

/** What the TwinSpace counts itself, by how the words for it begin in some of the languages that forms are written in. */
const countedWords: readonly (readonly [PlanCounted, RegExp])[] = [
  [
    "meetings",
    /^(?:(?:video-?|online-?)?meeting|video-?conf|(?:video-?)?calls?$|réunion|reuni|encontr|rencontre|treffen|kokou|tapaami)/u,
  ],
  ["pages", /^(?:(?:web-?)?pages?$|página|pagin[ae]$|seiten?$|sivu)/u],
  [
    "materials",
    /^(?:materials?$|photos?$|pictures?$|videos?$|films?$|documents?$|presentations?$|posters?$|fotos?$|kuva)/u,
  ],
];
/** A number of these says who takes part, how long or how old, not how many there will be of what is made. */
const otherUnits =
  /^(?:%|percent|years?|months?|weeks?|days?|hours?|lessons?|minutes?|countr|schools?|partners?|classes$|class$|languages?|pupils?|students?|teachers?|children|sides?$|of$|another|other$|or$|and$|to$)/u;
/** After these it is a date or an age. */
const beforeOthers =
  /^(?:age|aged|ages|grade|year|years|class|since|until|before|after|by|no|each|every|than|\p{Sc})$/u;

/** The first number that counts something, and by what the TwinSpace can count it. */
function targetIn(words: string): Pick<ProposedLine, "target" | "counted"> {
  const tokens = words.toLowerCase().match(/\d+(?:[.,:/–-]\d+)*\p{L}*|\p{L}[\p{L}\p{M}'’-]*|%|\p{Sc}/gu) ?? [];
  const numbers = tokens.flatMap((token, n) => {
    const target = numberIn(token);
    const [before = "", next = ""] = [tokens[n - 1], tokens[n + 1]];
    if (target === undefined || otherUnits.test(next) || beforeOthers.test(before)) return [];
    const counted = countedIn(tokens.slice(n + 1, n + 4));
    return next === "" && n > 0 ? [] : [{ target, counted }];
  });
  const found = numbers.find(({ counted }) => counted !== undefined) ?? numbers[0];
  return { target: found?.target ?? null, counted: found?.counted ?? "entries" };
}

/** No date, no decimal, no year. */
function numberIn(token: string): number | undefined {
  const number = /^\d{1,4}$/.test(token) ? Number(token) : numberWords[token];
  if (number === undefined || number < 1 || number > 1_000) return undefined;
  return number;
}

const countedIn = (tokens: readonly string[]): PlanCounted | undefined =>
  tokens.flatMap((token) => countedWords.find(([, pattern]) => pattern.test(token))?.[0] ?? [])[0];
