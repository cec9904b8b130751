/**
 * A support service's worklist of 5,000 report cards with 40,000 entries: first pages, later pages, filters, words, one
 * country and all. Compared with reading one row by its key.
 */
import type { ReportList } from "../../protocol/reports/desk.ts";
import { reportRows } from "../../server/reports/deskList.ts";
import type { Pool } from "../../storage/pool.ts";
import { type Group, percentiles, quick } from "../measure.ts";
import { startDatabase } from "../world.ts";

const projects = quick ? 500 : 5_000;
const entriesEach = 8;
const rounds = quick ? 5 : 30;

const group: Group = {
  name: "reportCard",
  async run(say) {
    const database = await startDatabase();
    try {
      await fill(database.pool);
      const keyReads: number[] = [];
      const pages: number[] = [];
      for (let round = 0; round < rounds + 2; round += 1) {
        const isWarm = round >= 2;
        for (const ask of asked(database.pool)) await taken(ask, isWarm ? pages : []);
        for (let n = 0; n < 5; n += 1) await taken(() => byKey(database.pool, round * 5 + n), isWarm ? keyReads : []);
      }
      const against = { name: "a row by its key", samples: keyReads };
      const note = `${projects} report cards, ${projects * entriesEach} entries`;
      for (const figure of percentiles("reportcard.worklist", pages, { against, note })) say(figure);
    } finally {
      await database.end();
    }
  },
};
export default group;

async function taken(work: () => Promise<unknown>, samples: number[]): Promise<void> {
  const began = performance.now();
  await work();
  samples.push(performance.now() - began);
}

const byKey = (pool: Pool, n: number) => pool.query("select id, title from projects where id = $1", [`p${n}`]);

/** What a desk asks for in a day's work. */
function asked(pool: Pool): (() => Promise<unknown>)[] {
  const page = (countries: string[] | null, given: ReportList & { after?: string } = {}) =>
    reportRows(pool, { countries, speaksFor: [countries?.[0] ?? ""], asked: given, now: Date.now() });
  return [
    () => page(["PT"]),
    () => page(["FI"]),
    () => page(null),
    () => page(["PT"], { waiting: "yes" }),
    () => page(["PT"], { silent: "yes" }),
    () => page(null, { state: "finalSent" }),
    () => page(["PT"], { unread: "yes" }),
    () => page(["PT"], { words: "rios 42" }),
    () => page(null, { words: "ποτάμια" }),
    () => page(["PT"], { label: "none", year: String(new Date().getUTCFullYear()) }),
    async () => page(["PT"], { after: (await page(["PT"])).next ?? "" }),
  ];
}

/** Every project is of Portugal and one of six other countries; cards were opened in the last 200 days. */
async function fill(pool: Pool): Promise<void> {
  const countries = "(array['PT', 'FI', 'GR', 'BG', 'PL', 'IT', 'MT'])";
  await pool.query(
    `insert into schools (id, name, town, country, state)
     select 's' || n, (array['Escola', 'Koulu', 'Σχολείο', 'Училище', 'Szkoła', 'Scuola', 'Skola'])[1 + n % 7] || ' ' || n,
       'Town ' || n % 500, ${countries}[1 + n % 7], 'validated' from generate_series(0, $1 * 4) n`,
    [projects],
  );
  await pool.query(
    `insert into projects (id, slug, title, state, scope, activated_at, start_date, end_date)
     select 'p' || n, 'p' || n, (array['Rios', 'Joet', 'Ποτάμια', 'Реки'])[1 + n % 4] || ' ' || n, 'active', 'european',
       now() - (n % 200) * interval '1 day', (now() - (n % 200) * interval '1 day')::date, (now() + interval '90 days')::date
     from generate_series(0, $1 - 1) n`,
    [projects],
  );
  await pool.query(
    `insert into project_schools (project_id, school_id, country, founder, service_state)
     select 'p' || n, 's' || n * 7 % ($1 * 4), 'PT', true, 'approved' from generate_series(0, $1 - 1) n
     union all
     select 'p' || n, 's' || (n * 7 + 1 + n % 6) % ($1 * 4), ${countries}[2 + n % 6], true, 'approved'
     from generate_series(0, $1 - 1) n
     on conflict do nothing`,
    [projects],
  );
  await pool.query(
    `insert into report_cards (project_id, opened_at) select 'p' || n, now() - (n % 200) * interval '1 day'
     from generate_series(0, $1 - 1) n on conflict do nothing`,
    [projects],
  );
  await pool.query(
    `insert into report_entries (id, project_id, kind, state, readers, body, day, made_at, shared_at, changed_at,
       question_since, question_country)
     select 'e' || n || '-' || k, 'p' || n, case when k = 0 and n % 10 = 0 then 'final' when k = 1 then 'question' else 'activity' end,
       'shared', case when k = 2 then 'partners' else 'services' end,
       jsonb_build_object('title', 'Entry ' || k, 'pupils', jsonb_build_array(jsonb_build_object('count', 20 + n % 30))),
       (at)::date, at, at, at, case when k = 1 and n % 20 = 0 then at end, case when k = 1 and n % 20 = 0 then 'PT' end
     from generate_series(0, $1 - 1) n, generate_series(0, $2 - 1) k,
       lateral (select now() - (n % 90 + k * 9) * interval '1 day' as at) as moment`,
    [projects, entriesEach],
  );
  await pool.query(
    `insert into report_reviews (entry_id, country, at)
     select id, 'PT', now() from report_entries where readers = 'services' and right(id, 1) in ('3', '4', '5', '6', '7')`,
  );
  await pool.query(
    `update report_cards c set entries = $1, pupils = 40, last_shared_at = n.at, question_since = n.asked,
       final_at = n.final, service_entries = n.shown, service_pupils = 40, service_shared_at = n.at
     from (select project_id, max(shared_at) as at, min(question_since) as asked, count(*) filter (where readers = 'services') as shown,
             max(shared_at) filter (where kind = 'final') as final from report_entries group by 1) n
     where c.project_id = n.project_id`,
    [entriesEach],
  );
  await pool.query("vacuum analyze");
}
