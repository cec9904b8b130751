/** Commands a second through the whole host (decide, append, fold), one meeting and 50 at once, on the embedded database. */
import { isRefused } from "../../domain/meeting/draft.ts";
import type { Hosts } from "../../server/meetings/hosts.ts";
import { bookedMeeting, hostsOn, newId } from "../../tests/support/meetings.ts";
import { type Group, round } from "../measure.ts";
import { type BenchDatabase, startDatabase } from "../world.ts";

const forMs = 4_000;

const group: Group = {
  name: "log",
  async run(say) {
    const database = await startDatabase();
    const hosts = hostsOn(database.pool);
    try {
      const bare = await bareInserts(database);
      for (const meetings of [1, 50]) {
        const perSecond = await commands(database, hosts, meetings);
        say({
          name: meetings === 1 ? "log.append.one" : "log.append.fifty",
          value: Math.round(perSecond),
          unit: "commands/s",
          ratio: round(perSecond / bare),
          against: `${Math.round(bare)} bare one-row inserts/s, one after the other`,
          n: Math.round((perSecond * forMs) / 1000),
          note: `${meetings} meeting${meetings > 1 ? "s at once" : ""}`,
        });
      }
    } finally {
      await hosts.close();
      await database.end();
    }
  },
};
export default group;

/** The plain baseline: one client, one row at a time, flushed each time. */
async function bareInserts({ pool }: BenchDatabase): Promise<number> {
  await pool.query("create table bare (id int primary key, event jsonb)");
  const client = await pool.connect();
  try {
    return await during(async (index) => {
      await client.query("insert into bare values ($1, $2)", [index, { type: "reaction.shown", seat: "x" }]);
    });
  } finally {
    client.release();
  }
}

async function commands({ pool }: BenchDatabase, hosts: Hosts, count: number): Promise<number> {
  const seats = await Promise.all(
    Array.from({ length: count }, async () => {
      const { id } = await bookedMeeting(pool, { lobby: false });
      const host = await hosts.of(id);
      if (!host) throw new Error("The meeting was just booked");
      await host.system({ type: "meeting.open" });
      const seat = newId();
      const person = {
        seat,
        identity: `guest:${seat}`,
        kind: "adult",
        vouched: true,
        school: null,
        role: "chair",
      } as const;
      await host.system({ type: "seat.arrive", ...person, name: newId() });
      return { host, seat };
    }),
  );
  const rates = await Promise.all(
    seats.map(({ host, seat }) =>
      during(async () => {
        const answer = await host.command(seat, { type: "reaction.show", reaction: "applause" });
        if (isRefused(answer)) throw new Error(answer.refused);
      }),
    ),
  );
  return rates.reduce((sum, rate) => sum + rate, 0);
}

/** How often a second, one after the other. */
async function during(work: (index: number) => Promise<void>): Promise<number> {
  const began = performance.now();
  let done = 0;
  while (performance.now() - began < forMs) {
    await work(done);
    done += 1;
  }
  return (done * 1000) / (performance.now() - began);
}
