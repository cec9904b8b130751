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
export async function pagesFound(
  db: Queryable,
  { project, me }: Space,
  words: string,
  limit: number,
): Promise<FoundPage[]> {
  const sought = wordsIn(words);
  if (sought.length === 0) return [];
  const values: unknown[] = [project.id, me.author, me.role];
  const place = (value: unknown) => `$${values.push(value)}`;
  const asked = sought.map((word) => `'%' || btrim(search_latin(search_text(${place(word)}))) || '%'`);
  const all = (column: string) => asked.map((pattern) => `${column} like ${pattern}`).join(" and ");
  // What is above a page is looked at last, and only until there are enough: it takes a look at several rows each.
  const { rows } = await db.query<{ id: Id; title: string; words: string }>(
    `with found as (
       select p.id, row_number() over (order by p.state = 'archived', (${all("p.find_title")}) desc, p.changed_at desc, p.id) as n
       from pages p
       where p.project_id = $1 and p.hidden_at is null and page_seen(p, $2, $3) and ${all("p.find_words")}
     ), seen as (
       select f.id, f.n from (select * from found order by n offset 0) f join pages p on p.id = f.id
       where page_seen_through(p, $2, $3) order by f.n limit ${place(limit)}
     )
     select p.id, p.title, p.words from seen s join pages p on p.id = s.id order by s.n`,
    values,
  );
  return rows.map(({ id, title, words: text }) => ({ id, title, excerpt: excerptOf(text, sought) }));
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
