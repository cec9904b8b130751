/**
 * A support service's worklist with 5,000 projects waiting, 20,000 schools and as many people beside them: first pages,
 * later pages, words, one country and all. Compared with reading one row by its key.
 */
import type { Worklist } from "../../protocol/http/desk.ts";
import { countWaiting, worklist } from "../../server/registry/desk/worklist.ts";
import type { Pool } from "../../storage/pool.ts";
import { type Group, percentiles, quick } from "../measure.ts";
import { startDatabase } from "../world.ts";

const projects = quick ? 500 : 5_000;
const rounds = quick ? 5 : 40;

const group: Group = {
  name: "desk",
  async run(say) {
    const database = await startDatabase();
    try {
      await fill(database.pool);
      const keyReads: number[] = [];
      const pages: number[] = [];
      const counts: number[] = [];
      for (let round = 0; round < rounds + 2; round += 1) {
        const isWarm = round >= 2;
        for (const ask of asked(database.pool)) await taken(ask, isWarm ? pages : []);
        await taken(() => countWaiting(database.pool, ["PT"]), isWarm ? counts : []);
        for (let n = 0; n < 5; n += 1) await taken(() => byKey(database.pool, round * 5 + n), isWarm ? keyReads : []);
      }
      const against = { name: "a row by its key", samples: keyReads };
      const note = `${projects} projects waiting`;
      for (const figure of percentiles("desk.worklist", pages, { against, note })) say(figure);
      for (const figure of percentiles("desk.counts", counts, { against, note })) say(figure);
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
  const page = (countries: string[] | null, more: Partial<Worklist>) => () =>
    worklist(pool, countries, { shelf: "waiting", ...more });
  return [
    page(["PT"], {}),
    page(["PT"], { kind: "project" }),
    page(null, {}),
    page(null, { kind: "project" }),
    page(["PT"], { words: "rios 42" }),
    page(null, { kind: "project", words: "ποτάμια" }),
    page(["MT"], {}),
    page(["PT"], { shelf: "decided" }),
    page(null, { shelf: "decided", words: "escola 7" }),
    async () => {
      const first = await worklist(pool, ["PT"], { shelf: "waiting", kind: "project" });
      return worklist(pool, ["PT"], { shelf: "waiting", kind: "project", after: first.next ?? undefined });
    },
  ];
}

/** Every project is of Portugal and one of six other countries. */
async function fill(pool: Pool): Promise<void> {
  const countries = "(array['PT', 'FI', 'GR', 'BG', 'PL', 'IT', 'MT'])";
  await pool.query(
    `insert into schools (id, name, town, country, state, created_at, state_at)
     select 's' || n, (array['Escola', 'Koulu', 'Σχολείο', 'Училище', 'Szkoła', 'Scuola', 'Skola'])[1 + n % 7] || ' ' || n,
       'Town ' || n % 500, ${countries}[1 + n % 7], case when n % 20 = 0 then 'submitted' else 'validated' end,
       now() - n * interval '1 hour', now() - n * interval '1 minute'
     from generate_series(0, $1 * 4) n`,
    [projects],
  );
  await pool.query(
    "insert into accounts (id, email, name) select 'a' || n, 'a' || n || '@x.test', 'Ana ' || n from generate_series(0, $1 * 4) n",
    [projects],
  );
  await pool.query(
    `insert into memberships (id, account_id, school_id, state, state_at)
     select 'm' || n, 'a' || n, 's' || n, case when n % 20 = 1 then 'asked' else 'active' end, now() - n * interval '1 minute'
     from generate_series(0, $1 * 4) n`,
    [projects],
  );
  await pool.query(
    `insert into projects (id, slug, title, state, state_at, created_by)
     select 'p' || n, 'p' || n, (array['Rios', 'Joet', 'Ποτάμια', 'Реки'])[1 + n % 4] || ' ' || n, 'awaitingService',
       now() - n * interval '3 minutes', 'a' || n
     from generate_series(0, $1 - 1) n`,
    [projects],
  );
  await pool.query(
    `insert into project_schools (project_id, school_id, country, founder)
     select 'p' || n, 's' || n * 7 % ($1 * 4), 'PT', true from generate_series(0, $1 - 1) n
     union all
     select 'p' || n, 's' || (n * 7 + 1 + n % 6) % ($1 * 4), ${countries}[2 + n % 6], true
     from generate_series(0, $1 - 1) n
     on conflict do nothing`,
    [projects],
  );
  await pool.query("vacuum analyze");
}
