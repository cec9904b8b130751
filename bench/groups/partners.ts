/**
 * The search for partners among 200,000 schools on the embedded database: words in five languages, with typing errors and
 * without, with filters and without; against reading one school by its key in the same run.
 */
import { searchPartners } from "../../server/partners/search.ts";
import { type Group, percentiles, quick, round } from "../measure.ts";
import { type BenchDatabase, startDatabase } from "../world.ts";

const schools = quick ? 20_000 : 200_000;
const rounds = quick ? 3 : 12;

/** By language: what schools are called, syllables that their towns are made of, what they say of themselves. */
const tongues = [
  {
    tag: "pt",
    country: "PT",
    kinds: "Escola Básica de|Escola Secundária de|Agrupamento de Escolas de|Colégio de",
    first: "São |Vila |Monte |Santa |Ponte |Rio ",
    middle: "Avei|Coim|Bra|Gui|Évo|Setú|Leiri|Viseu|Lamego|Tavi|Chaves|Olhã",
    last: "ro|bra|ga|marães|ra|bal|a|do Norte|da Serra|do Mar|inho|ão",
    told: "Trabalhamos com rios, música e ciência. As crianças gostam de contar histórias.",
  },
  {
    tag: "fi",
    country: "FI",
    kinds: "Ala-aste|Yläkoulu|Lukio|Normaalikoulu|Koulu",
    first: "Iso|Pikku|Ylä|Ala|Uusi|Vanha",
    middle: "kuusa|lehto|järve|nurme|haapa|salo|vuori|metsä|pelto|koski|niemi|ranta",
    last: "la|mäki|kylä|lahti|saari|korpi|suo|harju|joki|hovi|kangas|nen",
    told: "Tutkimme jokia, metsiä ja musiikkia. Oppilaat kirjoittavat ja rakentavat.",
  },
  {
    tag: "el",
    country: "GR",
    kinds: "Δημοτικό Σχολείο|Γυμνάσιο|Λύκειο|Νηπιαγωγείο",
    first: "Άνω |Κάτω |Νέα |Παλαιό |Άγιος |Μεγάλη ",
    middle: "Βόλ|Λάρισ|Καλαμά|Τρίπολ|Χαλκίδ|Ναύπλι|Πρέβεζ|Ξάνθ|Δράμ|Σέρρ|Κοζάν|Ρόδ",
    last: "ος|α|τα|η|ιο|ες|ού|ων|ινα|άδα|όνι|ία",
    told: "Μελετάμε τη θάλασσα, τα ποτάμια και τη μουσική. Τα παιδιά γράφουν ιστορίες.",
  },
  {
    tag: "bg",
    country: "BG",
    kinds: "Основно училище|Средно училище|Гимназия|Детска градина",
    first: "Горна |Долна |Стара |Нова |Велико |Бяла ",
    middle: "Плов|Бург|Русе|Видин|Шум|Габр|Пазар|Ловеч|Сили|Монта|Ямб|Хаск",
    last: "див|ас|ово|ско|ен|ица|джик|стра|на|ол|град|поле",
    told: "Изучаваме реките, музиката и природата. Децата разказват истории.",
  },
  {
    tag: "de",
    country: "DE",
    kinds: "Grundschule|Gymnasium|Realschule|Gesamtschule|Berufsschule",
    first: "Ober|Unter|Neu|Alt|Groß|Klein",
    middle: "leip|wald|brück|hein|bären|stein|mühl|linden|königs|fried|roten|schön",
    last: "zig|heim|furt|burg|dorf|bach|stadt|hausen|feld|berg|rode|tal",
    told: "Wir bauen Brücken, machen Musik und erforschen Flüsse. Die Kinder erzählen Geschichten.",
  },
] as const;

/** What is typed: whole words, parts, other forms, letters swapped, missing, doubled or without their accents. */
const typed: readonly Record<string, string>[] = [
  ...["Escola de Aveiro", "escola basica sao coimbra", "Aveirro", "Gumarães", "crianca musica", "Monte Evora"],
  ...["Koulu Isokuusamäki", "kuusamaki", "Vanhajarvela", "Pikkulehotkylä", "joki metsä", "Normaalikuolu"],
  ...["Δημοτικό Σχολείο Βόλος", "βολος γυμνασιο", "Δημωτικό Λάρισα", "Καλαμτά", "Volos", "ποτάμι θάλασσα"],
  ...["Основно училище Пловдив", "пловдив", "Пловдвив", "Бургсс", "Plovdiv", "реки музика"],
  ...["Grundschule Oberleipzig", "Gimnasium Neuwaldheim", "Klienbrückdorf", "grosssteinburg", "Brücken Musik", "Musik"],
]
  .map((words): Record<string, string> => ({ words }))
  .concat([
    { words: "Musik", country: "DE" },
    { words: "escola", country: "PT", subject: "music" },
    { words: "Gymnasium", language: "de" },
    { country: "FI", subject: "music", language: "fi" },
    { subject: "history", language: "en" },
    { country: "GR" },
    {},
  ]);

const group: Group = {
  name: "partners",
  async run(say) {
    const database = await startDatabase();
    try {
      const filledMs = await fill(database);
      const seeker = { id: "nobody", schools: ["s1"] };
      const searches: number[] = [];
      const reads: number[] = [];
      const slowest = new Map<string, number>();
      let found = 0;
      for (let n = 0; n < rounds; n++) {
        for (const query of typed) {
          const began = performance.now();
          const answer = await searchPartners(database.pool, seeker, query);
          const tookMs = performance.now() - began;
          if (!("partners" in answer)) throw new Error(`The search was refused: ${JSON.stringify(query)}`);
          // The first round warms connections, caches and dictionaries.
          if (n > 0) {
            searches.push(tookMs);
            slowest.set(JSON.stringify(query), Math.max(tookMs, slowest.get(JSON.stringify(query)) ?? 0));
            if (answer.partners.length > 0) found += 1;
          }
          const id = `s${1 + ((n * 7919 + searches.length * 104_729) % schools)}`;
          const beganRead = performance.now();
          await database.pool.query("select name, town, country from schools where id = $1", [id]);
          reads.push(performance.now() - beganRead);
        }
      }
      const worst = [...slowest].sort(([, a], [, b]) => b - a).slice(0, 6);
      process.stderr.write(`${worst.map(([query, ms]) => `  ${round(ms)} ms  ${query}`).join("\n")}\n`);
      const note = `${schools} schools, made in ${Math.round(filledMs / 1000)} s; ${Math.round((found * 100) / searches.length)} % found somebody`;
      const against = { name: "reading one school by its key:", samples: reads };
      for (const figure of percentiles("partner.search", searches, { against, note })) say(figure);
    } finally {
      await database.end();
    }
  },
};
export default group;

/** By SQL alone. The triggers are left out and what they keep is made at once, as after an import. */
async function fill({ pool }: BenchDatabase): Promise<number> {
  const began = performance.now();
  await pool.query("alter table schools disable trigger user; alter table memberships disable trigger user");
  for (const [at, { tag, country, kinds, first, middle, last, told }] of tongues.entries()) {
    await pool.query(
      `insert into schools (id, name, town, country, main_language, languages, subjects, age_min, age_max, description,
         available)
       select 's' || n, $3::text[][1 + n % cardinality($3::text[])] || ' ' || town, town, $1, $2, array[$2, 'en'],
         array[(array['music', 'history', 'art', 'biology', 'geography'])[1 + n / 7 % 5],
               (array['physics', 'drama', 'economics', 'chemistry'])[1 + n / 11 % 4]],
         3 + n % 9, 12 + n % 8, $7, true
       from (select n, $4::text[][1 + n / 5 % cardinality($4::text[])] || $5::text[][1 + n / 31 % cardinality($5::text[])]
               || $6::text[][1 + n / 373 % cardinality($6::text[])]
               || case when n % 3 = 0 then '' else ' ' || (n / 4500) end as town
             from generate_series($8::int, $9::int, 5) as n) made`.replaceAll(
        /\$([3-6])::text\[\]\[/g,
        "($$$1::text[])[",
      ),
      [country, tag, ...[kinds, first, middle, last].map((text) => text.split("|")), told, at + 1, schools],
    );
  }
  await pool.query(
    `insert into accounts (id, email, name, available, languages, subjects)
     select 'a' || n, 'a' || n || '@bench.test', 'Teacher ' || n, true, '{en}', '{music}'
     from generate_series(1, $1::int, 2) n`,
    [schools],
  );
  await pool.query(
    `insert into memberships (id, account_id, school_id, state)
     select 'm' || n, 'a' || n, 's' || n, 'active' from generate_series(1, $1::int, 2) n`,
    [schools],
  );
  await pool.query("analyze");
  const { rows: indexes } = await pool.query<{ name: string; made: string }>(
    `select indexname as name, indexdef as made from pg_indexes
     where indexname in ('partner_entries_search', 'search_words_near')`,
  );
  for (const { name } of indexes) await pool.query(`drop index ${name}`);
  for (let from = 0; from < schools; from += 20_000) {
    await pool.query("select refresh_partners(array(select 's' || n from generate_series($1::int, $2::int) n))", [
      from + 1,
      from + 20_000,
    ]);
  }
  for (const { made } of indexes) await pool.query(made);
  await pool.query("alter table schools enable trigger user; alter table memberships enable trigger user");
  // One statement each: neither runs in a transaction.
  await pool.query("vacuum analyze partner_entries");
  await pool.query("vacuum analyze search_words");
  await pool.query("analyze");
  return performance.now() - began;
}
