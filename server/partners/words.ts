/** From what somebody typed to what the index is asked: every word in all of its forms, and as what it was perhaps meant. */
import { nearestTo } from "../../domain/registry/spelling.ts";
import type { Queryable } from "../../storage/pool.ts";

/** More words than these do not make a search any narrower. */
const mostWords = 8;

export interface ReadWords {
  /** A tsquery as text; null when nothing was typed that says anything. */
  query: string | null;
  /** What nothing is called by, and as what it was read. */
  readAs: { word: string; as: string[] }[];
}

interface Word {
  word: string;
  latin: string;
  passes: boolean;
  stems: string[];
  codes: string[];
  /** Known words that are the same in Latin letters. */
  same: string[];
  begins: boolean;
  near: { word: string; latin: string }[];
}

/**
 * `search_near` is asked only where nothing else is known of a word, for it costs most. The words it finds are few, and
 * looked through here.
 */
const readWord = `
  select w.word, w.latin, w.passes, w.stems, w.codes, w.same, w.begins,
    case when w.codes = '{}' and w.same = '{}' and not w.begins and length(w.word) > 3
      then (select coalesce(jsonb_agg(near), '[]') from search_near(w.latin) as near) else '[]' end as near
  from (
    select typed.word, typed.n, l.latin, search_passes(typed.word) as passes, f.stems,
      array(select distinct code from search_labels where word = any(f.stems || typed.word)) as codes,
      array(select word from search_words where latin = l.latin limit 20) as same,
      exists (select from search_words where word >= typed.word and word < typed.word || chr(1114111)) as begins
    from (select word, min(n) as n from search_words_in($1) with ordinality as one (word, n)
          group by word order by min(n) limit ${mostWords}) typed
    cross join lateral (select search_latin(typed.word) as latin) l
    cross join lateral (select search_stems(typed.word) as stems) f
    offset 0
  ) w
  order by w.n`;

/** What was typed, as a query on partner_entries.search: every word must be met, each in one of its forms. */
export async function readWords(db: Queryable, typed: string): Promise<ReadWords> {
  const { rows } = await db.query<Word>(readWord, [typed.replace(/[\p{Cc}\p{Cs}]/gu, " ")]);
  const telling = rows.filter(({ passes }) => !passes);
  const words = telling.length > 0 ? telling : rows;
  const readAs: ReadWords["readAs"] = [];
  const parts = words.map((word) => {
    const near = nearestTo(word.latin, word.near).map((one) => one.word);
    if (near.length > 0) readAs.push({ word: asWritten(word.word), as: near.map(asWritten) });
    return formsOf(word, near);
  });
  return { query: parts.length === 0 ? null : parts.join(" & "), readAs };
}

/** The index knows one sigma only. */
const asWritten = (word: string): string => word.replace(/σ$/, "ς");

/** As it is written, in every language's form, begun with, as what it stands for, in other letters, as what was meant. */
function formsOf({ word, stems, codes, same, begins }: Word, near: readonly string[]): string {
  const forms = new Set([word, ...stems, ...codes, ...same, ...near].map(quoted));
  // Part of a word finds the whole one; a word that is known means itself.
  if (begins && !same.includes(word) && word.length > 2) forms.add(`${quoted(word)}:*`);
  return `(${[...forms].join(" | ")})`;
}

/** One lexeme of a tsquery, whatever stands in it. */
export const quoted = (lexeme: string): string => `'${lexeme.replace(/\\/g, "\\\\").replace(/'/g, "''")}'`;
