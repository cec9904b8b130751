import { expect } from "chai";
import type { EntryBody } from "../../../protocol/reports/entries.ts";
import { prefilled } from "../../../server/reports/prefill.ts";
import { type ActiveSpace, openSpace } from "../../support/activeSpace.ts";
import { type FrontDoor, openFrontDoor } from "../../support/frontDoor.ts";

const now = Date.UTC(2026, 10, 24, 9);

describe("an interim or final entry from the database", function () {
  this.timeout(60_000);
  let front: FrontDoor;
  let space: ActiveSpace;

  before(async () => {
    front = await openFrontDoor();
    space = await openSpace(front);
    const { pool } = front;
    await pool.query("insert into report_cards (project_id) values ($1) on conflict do nothing", [space.id]);
    await pool.query(
      "update projects set activated_at = '2026-01-10T10:00:00Z', start_date = '2026-02-01', end_date = '2026-12-31'",
    );
    await pool.query(
      `insert into report_plan (id, project_id, position, kind, words, target, made_at, removed_at)
       values ('films', $1, 1, 'result', 'Films', 4, now(), null), ('gone', $1, 2, 'aim', 'Gone', null, now(), now())`,
      [space.id],
    );
    await pool.query(
      `insert into meetings (id, code, title, starts_at, length_minutes, settings, chair_account, project_id, phase)
       values ('meeting-1', 'abc-def', 'Our rivers', now(), 45, '{"recorded":true}', $1, $2, 'ended')`,
      [space.ana.id, space.id],
    );
  });
  after(() => front.close());
  beforeEach(() => front.pool.query("delete from report_entries"));

  async function entry(id: string, day: string, body: Partial<EntryBody>, more: object = {}): Promise<void> {
    const row = { kind: "activity", state: "shared", readers: "services", counts: null, meeting: null, ...more };
    await front.pool.query(
      `insert into report_entries (id, project_id, kind, state, readers, body, counts, meeting_id, day, made_at, shared_at, changed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9::date, case when $4 = 'shared' then $9::date end, $9::date)`,
      [id, space.id, row.kind, row.state, row.readers, body, row.counts, row.meeting, day],
    );
  }

  it("carries nothing of what was shared with the partners only, of drafts, or of what was removed", async () => {
    await entry("a", "2026-03-01", { title: "Otters", difficulties: "Rain" });
    await entry("b", "2026-03-02", { title: "Quarrel", difficulties: "Between us" }, { readers: "partners" });
    await entry("c", "2026-03-03", { title: "Draft" }, { state: "draft" });
    await entry("d", "2026-03-04", { title: "Gone" });
    await front.pool.query("update report_entries set removed_at = now() where id = 'd'");
    const body = await prefilled(front.pool, space, "final", now);
    expect(body).to.include({ fromDay: "2026-02-01", toDay: "2026-11-24" });
    expect(body).to.include({ done: "2026-03-01: Otters", difficulties: "2026-03-01: Rain" });
  });

  it("counts a meeting with the others and calls it as it is called", async () => {
    const counts = {
      ...{ openedAt: 0, lengthMs: 1, adults: 2, pupils: 9, classes: 0, turns: 1, spokeMs: 1, messages: 0 },
      schools: [{ school: space.schools.oulu, adults: 1, pupils: 9, classes: 0, turns: 1, spokeMs: 1 }],
    };
    await entry("m", "2026-04-01", {}, { kind: "meeting", counts, meeting: "meeting-1" });
    const plan = [
      { item: "films", amount: 2 },
      { item: "gone", amount: 7 },
    ];
    await entry("a", "2026-04-02", { title: "Film", plan });
    const body = await prefilled(front.pool, space, "interim", now);
    expect(body.done).to.equal("2026-04-01: Our rivers\n2026-04-02: Film");
    expect(body.pupils).to.deep.equal([{ school: space.schools.oulu, ageMin: null, ageMax: null, count: 9 }]);
    expect(body.plan).to.deep.equal([{ item: "films", amount: 2 }]);
  });

  it("begins an interim entry where the last one ended", async () => {
    await entry("a", "2026-03-01", { title: "Otters" });
    await entry("i", "2026-05-05", { title: "Half", toDay: "2026-04-30" }, { kind: "interim" });
    await entry("b", "2026-06-01", { title: "Beavers" });
    const body = await prefilled(front.pool, space, "interim", now);
    expect(body).to.include({ fromDay: "2026-05-01", done: "2026-06-01: Beavers" });
  });

  it("is empty where there is no report card", async () => {
    expect(await prefilled(front.pool, { id: "nowhere" }, "final", now)).to.deep.equal({});
  });
});
