/**
 * A TwinSpace with 10,000 pages, 50,000 materials, 5,000 threads and 300 pupils, over http: what its members open every day
 * and what they look for, as a teacher and as a pupil; against asking who one is in the same run.
 */
import { type Figure, type Group, percentiles, quick, round } from "../measure.ts";
import { fill, large, type Reader, readers, slug } from "../twinspace/world.ts";
import { startBenchServer, startDatabase } from "../world.ts";

const rounds = quick ? 4 : 40;
const searchRounds = quick ? 2 : 12;
const warm = 2;

const at = `/api/spaces/${slug}`;
const dayMs = 86_400_000;
const day = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);

/** What a page of the client asks for at once, one after the other here; what is opened differs from round to round. */
const opened: Readonly<Record<string, (n: number) => string[]>> = {
  home: () => [at, `${at}/news`, `${at}/updates`, `${at}/calendar/list?from=${day(0)}&back=false&most=8`],
  tree: (n) => [n % 2 ? `${at}/pages` : `${at}/pages?parent=g0-${n % 10}`],
  page: (n) => [`${at}/pages/g0-${shown(n)}`],
  folder: (n) => [`${at}/materials?folder=${["top", "all", ...[1, 2, 3].map((m) => `d0-${folder(n * m)}`)][n % 5]}`],
  month: (n) => [`${at}/calendar?from=${day(30 * (n % 12) - 180)}&to=${day(30 * (n % 12) - 138)}`],
};

/** A page that pupils see too: neither it nor one above it is a draft or for teachers. */
function shown(n: number): number {
  const wanted = (n * 7_919) % large.pages;
  return isShown(wanted) ? wanted : shown(n + 97);
}
const isShown = (page: number): boolean =>
  page % 50 !== 3 && (page < 10 || (page % 7 !== 0 && isShown(Math.floor(page / 10) - 1)));
const folder = (n: number): number => (n * 37) % large.folders;

/** In every text, in some, in few, in none; begun, and of two kinds together. */
const sought = {
  common: ["water", "river", "escola", "ποτάμι", "river escola", "musica ποταμι", "ri", "water river"],
  rare: [
    "kingfisher",
    "otter",
    "γεφύρι",
    "kingf",
    "nobodywrotethis",
    "otter bridge",
    "water kingfisher",
    "jarvi otter",
  ],
} as const;

const group: Group = {
  name: "twinspace",
  async run(say) {
    const database = await startDatabase();
    try {
      const began = performance.now();
      await fill(database.pool);
      const people = await readers(database.pool);
      const note = `${large.pages} pages, ${large.materials} materials, made in ${seconds(began)} s`;
      const server = await startBenchServer(database);
      try {
        await measureOpening(new Asking(server.url), people, note, say);
        await measureSearching(new Asking(server.url), people, note, say);
      } finally {
        await server.close();
      }
    } finally {
      await database.end();
    }
  },
};
export default group;

type People = Readonly<Record<Reader["kind"], readonly Reader[]>>;
type Say = (figure: Figure) => void;

const kinds = ["teacher", "pupil"] as const;
const seconds = (began: number): number => Math.round((performance.now() - began) / 1000);
const personOf = (people: People, kind: Reader["kind"], n: number): Reader => {
  const of = people[kind];
  const person = of[n % of.length];
  if (!person) throw new Error(`There is no ${kind}`);
  return person;
};

async function measureOpening(asking: Asking, people: People, note: string, say: Say): Promise<void> {
  const series = new Series();
  for (let n = 0; n < rounds + warm; n += 1) {
    for (const [side, kind] of kinds.entries()) {
      const person = personOf(people, kind, n);
      for (const [what, paths] of Object.entries(opened)) {
        const me = await asking.ask(person, "/api/me");
        const tookMs: number[] = [];
        for (const path of paths(n + side * 1_001)) tookMs.push(await asking.ask(person, path));
        const together = tookMs.reduce((sum, ms) => sum + ms, 0);
        if (n >= warm) series.add({ me: [me], [what]: [together], [kind]: tookMs, all: tookMs });
      }
    }
  }
  asking.tellSlowest();
  const against = { name: "asking who one is", samples: series.of("me") };
  for (const what of [...Object.keys(opened), ...kinds]) {
    for (const figure of percentiles(`twinspace.open.${what}`, series.of(what), { against, note })) say(figure);
  }
  for (const figure of percentiles("twinspace.open", series.of("all"), { against, note })) say(figure);
}

async function measureSearching(asking: Asking, people: People, note: string, say: Say): Promise<void> {
  const series = new Series();
  let person = 0;
  for (let n = 0; n < searchRounds + 1; n += 1) {
    for (const [how, words] of Object.entries(sought)) {
      for (const typed of words) {
        for (const kind of kinds) {
          const reader = personOf(people, kind, person++);
          const me = await asking.ask(reader, "/api/me");
          const tookMs = await asking.ask(reader, `${at}/search?words=${encodeURIComponent(typed)}`);
          if (n > 0) series.add({ me: [me], [how]: [tookMs], all: [tookMs] });
        }
      }
    }
  }
  asking.tellSlowest();
  const against = { name: "asking who one is", samples: series.of("me") };
  for (const how of Object.keys(sought)) {
    for (const figure of percentiles(`twinspace.search.${how}`, series.of(how), { against, note })) say(figure);
  }
  for (const figure of percentiles("twinspace.search", series.of("all"), { against, note })) say(figure);
}

/** Samples by name. */
class Series {
  readonly #samples = new Map<string, number[]>();

  add(taken: Readonly<Record<string, readonly number[]>>): void {
    for (const [name, samples] of Object.entries(taken)) this.#samples.set(name, [...this.of(name), ...samples]);
  }

  of = (name: string): readonly number[] => this.#samples.get(name) ?? [];
}

/** Over one connection at a time, as a browser that waits for each answer. */
class Asking {
  readonly #url: string;
  readonly #slowest = new Map<string, number>();

  constructor(url: string) {
    this.#url = url;
  }

  /** How long it took, in milliseconds, until the whole answer was here. */
  async ask({ kind, cookie }: Reader, path: string): Promise<number> {
    const began = performance.now();
    const answer = await fetch(this.#url + path, { headers: { cookie } });
    const text = await answer.text();
    const tookMs = performance.now() - began;
    if (answer.status !== 200) throw new Error(`${answer.status} for a ${kind} at ${path}: ${text}`);
    const name = `${kind} ${decodeURIComponent(path)} (${Math.round(text.length / 1000)} kB)`;
    this.#slowest.set(name, Math.max(tookMs, this.#slowest.get(name) ?? 0));
    return tookMs;
  }

  tellSlowest(): void {
    const worst = [...this.#slowest].sort(([, a], [, b]) => b - a).slice(0, 8);
    process.stderr.write(`${worst.map(([name, ms]) => `  ${round(ms)} ms  ${name}`).join("\n")}\n`);
  }
}
