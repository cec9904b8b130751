/** Pages that somebody may see: by their words, by what they show, by their ids. For what stands beside pages. */
import type { Id } from "../../../protocol/ids.ts";
import type { FoundPage } from "../../../protocol/twinspace/pages.ts";
import type { Queryable } from "../../../storage/pool.ts";
import type { Insider, Space } from "../insider.ts";

type Reader = Pick<Insider, "author" | "role">;

const mostWords = 8;
const excerptLength = 160;

/** Words that hold together: what is not one is nothing to look for. */
const wordsIn = (typed: string): string[] =>
  typed
    .replace(/[\p{Cc}\p{Cs}]/gu, " ")
    .split(/\s+/)
    .filter((word) => word !== "")
    .slice(0, mostWords);

/**
 * Those that have all of the words in title or text, titles first, then what was changed last. What is archived comes after
 * the others; what is hidden is not found, not even by who may read it.
 */
export async function pagesFound(db: Queryable, space: Space, words: string, limit: number): Promise<FoundPage[]> {
  const sought = wordsIn(words);
  if (sought.length === 0) return [];
  // A word that is in most texts is found among a few of them; looking at all that have it takes as long as reading them.
  const few = await foundAmongNewest(db, space, sought, limit);
  const rows = few.length < limit ? await foundAmongAll(db, space, sought, limit) : few;
  return rows.map(({ id, title, words: text }) => ({ id, title, excerpt: excerptOf(text, sought) }));
}

interface FoundRow {
  readonly id: Id;
  readonly title: string;
  readonly words: string;
}

/** `$1`, `$2` and `$3` are the project, who reads and their role; `$4` is the limit, the words come behind. */
function asking({ project, me }: Space, sought: readonly string[], limit: number) {
  const values = [project.id, me.author, me.role, limit, ...sought];
  const patterns = sought.map((_, n) => `'%' || btrim(search_latin(search_text($${n + 5}))) || '%'`);
  const all = (column: string) => patterns.map((pattern) => `${column} like ${pattern}`).join(" and ");
  return { values, all };
}

const mayBeFound = "p.project_id = $1 and p.hidden_at is null and page_seen(p, $2, $3)";
const newest = 500;
/** `offset 0`: their texts are looked into when nothing else is left of them to be asked. */
const seenByVisitor = "(select * from pages where id = any (array(select pages_seen($1, $2, $3))) offset 0)";

/** Of the first of these, in their order. What is above a page is looked at last: it takes a look at several rows each. */
const seenOf = (candidates: string): string => `
  select c.id from (${candidates}) c join pages p on p.id = c.id where page_seen_through(p, $2, $3)
  order by c.changed_at desc, c.id limit $4`;

/** Titles of all pages, texts of those that were changed last; complete when there are as many as the limit. */
async function foundAmongNewest(
  db: Queryable,
  space: Space,
  sought: readonly string[],
  limit: number,
): Promise<FoundRow[]> {
  const { values, all } = asking(space, sought, limit);
  const { rows } = await db.query<FoundRow>(
    `with by_title as (${seenOf(`
       select p.id, p.changed_at from pages p where ${mayBeFound} and p.state <> 'archived' and ${all("p.find_title")}
       order by p.changed_at desc, p.id offset 0`)}
     ), by_text as (${seenOf(`
       select l.id, l.changed_at from (
         select p.id, p.changed_at, p.find_words from pages p where ${mayBeFound} and p.state <> 'archived'
         order by p.changed_at desc, p.id limit ${newest}
       ) l where ${all("l.find_words")} and l.id not in (select id from by_title) order by l.changed_at desc, l.id offset 0`)}
     ), found as (
       select id, true as titled from by_title union all select id, false from by_text
     )
     select p.id, p.title, p.words from found f join pages p on p.id = f.id
     order by f.titled desc, p.changed_at desc, p.id limit $4`,
    values,
  );
  return rows;
}

/** Visitors see so few that these are collected first. */
async function foundAmongAll(
  db: Queryable,
  space: Space,
  sought: readonly string[],
  limit: number,
): Promise<FoundRow[]> {
  const { values, all } = asking(space, sought, limit);
  const isVisitor = space.me.role === "visitor";
  const { rows } = await db.query<FoundRow>(
    `with found as (
       select p.id, row_number() over (order by p.state = 'archived', (${all("p.find_title")}) desc, p.changed_at desc, p.id) as n
       from ${isVisitor ? seenByVisitor : "pages"} p where ${mayBeFound} and ${all("p.find_words")}
     ), seen as (
       select f.id, f.n from (select * from found order by n offset 0) f join pages p on p.id = f.id
       where ${isVisitor ? "true" : "page_seen_through(p, $2, $3)"} order by f.n limit $4
     )
     select p.id, p.title, p.words from seen s join pages p on p.id = s.id order by s.n`,
    values,
  );
  return rows;
}

/** Around the first of the words that stands there as it was typed; otherwise the beginning. */
function excerptOf(text: string, sought: readonly string[]): string {
  const plain = text.replace(/\s+/g, " ").trim();
  const lower = plain.toLowerCase();
  const first = Math.min(...sought.map((word) => lower.indexOf(word.toLowerCase())).filter((at) => at >= 0));
  const from = Number.isFinite(first) ? Math.max(0, first - excerptLength / 3) : 0;
  const start = from === 0 ? 0 : plain.indexOf(" ", from) + 1 || from;
  const cut = plain.slice(start, start + excerptLength);
  const end = start + excerptLength < plain.length ? cut.slice(0, cut.lastIndexOf(" ") || undefined) : cut;
  return `${start > 0 ? "… " : ""}${end.toWellFormed()}${start + end.length < plain.length ? " …" : ""}`;
}

/** The titles of those among them that they may see. */
export async function pageTitles(
  db: Queryable,
  project: Id,
  reader: Reader,
  pages: readonly Id[],
): Promise<ReadonlyMap<Id, string>> {
  const { rows } = await db.query<{ id: Id; title: string }>(
    `select p.id, p.title from pages p
     where p.project_id = $1 and p.id = any ($4) and p.hidden_at is null and page_seen_through(p, $2, $3)`,
    [project, reader.author, reader.role, pages],
  );
  return new Map(rows.map(({ id, title }) => [id, title]));
}

/** The pages that show one of these materials and that they may see, as they were when somebody stopped writing last. */
export async function pagesWithMaterials(
  db: Queryable,
  project: Id,
  reader: Reader,
  materials: readonly Id[],
): Promise<{ id: Id; title: string; materials: Id[] }[]> {
  const { rows } = await db.query<{ id: Id; title: string; materials: Id[] }>(
    `select p.id, p.title, p.materials from pages p
     where p.project_id = $1 and p.materials && $4 and p.hidden_at is null and page_seen_through(p, $2, $3)
     order by p.changed_at desc limit 500`,
    [project, reader.author, reader.role, materials],
  );
  return rows;
}
