import { expect } from "chai";
import fc from "fast-check";
import { type CardFacts, cardState, dueDays, silentDays } from "../../../domain/reports/card.ts";
import {
  cardFacts,
  cardFactsColumns,
  cardStateSql,
  finalDueSql,
  interimDueSql,
  silentDaysSql,
} from "../../../server/reports/stateSql.ts";
import { openPool, type Pool } from "../../../storage/pool.ts";
import { freshDatabase } from "../../support/database.ts";

const first = Date.UTC(2026, 0, 1);
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** Moments close enough to each other that every order of them happens. */
const moment = fc.integer({ min: 0, max: 800 * 24 }).map((hours) => first + hours * 3_600_000);
const maybe = fc.option(moment, { freq: 2 });
const day = fc.option(moment.map(dayOf), { freq: 3 });
const given = fc.record({
  ...{ startDay: day, endDay: day, activatedAt: moment, today: moment.map(dayOf), now: moment },
  state: fc.constantFrom("active", "suspended", "closed", "archived"),
  ...{ interimAt: maybe, interimReadAt: maybe, finalAt: maybe, finalReadAt: maybe, lastSharedAt: maybe },
});
type Given = typeof given extends fc.Arbitrary<infer G> ? G : never;

interface Row extends CardFacts {
  readonly state: string;
  readonly interimDue: string | null;
  readonly finalDue: string;
  readonly silent: number;
}

describe("the state of a report card in SQL", () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let pool: Pool;

  before(async () => {
    database = await freshDatabase();
    pool = openPool(database.url, 1);
  });
  after(async () => {
    await pool.end();
    await database.drop();
  });

  /** What the database says of these facts, as rows that are nowhere kept. */
  async function asked(facts: Given): Promise<Row | undefined> {
    const at = (index: number) => `to_timestamp($${index}::float8 / 1000)`;
    const { rows } = await pool.query<Row>(
      `with p as (select $1::date as start_date, $2::date as end_date, ${at(3)} as activated_at, $4::text as state),
         c as (select ${at(3)} as opened_at, ${at(5)} as interim_at, ${at(6)} as interim_read_at, ${at(7)} as final_at,
           ${at(8)} as final_read_at, ${at(9)} as last_shared_at)
       select ${cardFactsColumns}, ${cardStateSql("$10::date")} as state, ${interimDueSql}::text as "interimDue",
         ${finalDueSql}::text as "finalDue", ${silentDaysSql(at(11))} as silent
       from p, c`,
      [
        ...[facts.startDay, facts.endDay, facts.activatedAt, facts.state, facts.interimAt, facts.interimReadAt],
        ...[facts.finalAt, facts.finalReadAt, facts.lastSharedAt, facts.today, facts.now],
      ],
    );
    return rows[0];
  }

  it("is the one that the rules say, for any facts", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(given, async (facts) => {
        const row = await asked(facts);
        const known: CardFacts = {
          ...{ startDay: facts.startDay, endDay: facts.endDay, approvedDay: dayOf(facts.activatedAt) },
          isOver: facts.state === "closed" || facts.state === "archived",
          ...{ interimAt: facts.interimAt, interimReadAt: facts.interimReadAt },
          ...{ finalAt: facts.finalAt, finalReadAt: facts.finalReadAt },
        };
        const state = cardState(known, facts.today);
        seen.add(state);
        expect(row).to.deep.equal({
          ...known,
          ...{ state, ...dueDays(known), silent: silentDays(facts.lastSharedAt, facts.activatedAt, facts.now) },
        });
      }),
      { numRuns: 800 },
    );
    expect(seen.size).to.equal(8);
  });

  it("has no facts of a project without a report card", async () => {
    expect(await cardFacts(pool, "nowhere")).to.equal(undefined);
  });

  it("reads the facts of one project", async () => {
    await pool.query(
      `insert into projects (id, slug, title, state, activated_at, start_date, end_date)
       values ('p', 'p', 'Rivers', 'active', '2026-03-01T23:30:00Z', '2026-02-01', '2026-12-24')`,
    );
    await pool.query("insert into report_cards (project_id, opened_at, final_at) values ('p', now(), to_timestamp(9))");
    expect(await cardFacts(pool, "p")).to.deep.equal({
      ...{ startDay: "2026-02-01", endDay: "2026-12-24", approvedDay: "2026-03-01", isOver: false },
      ...{ interimAt: null, interimReadAt: null, finalAt: 9_000, finalReadAt: null },
    });
  });
});
