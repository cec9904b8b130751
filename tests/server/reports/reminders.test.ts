import { expect } from "chai";
import type { Id } from "../../../protocol/ids.ts";
import { refreshCard } from "../../../server/reports/cards.ts";
import { remind } from "../../../server/reports/reminders.ts";
import { type ActiveSpace, openSpace } from "../../support/activeSpace.ts";
import { type FrontDoor, openFrontDoor } from "../../support/frontDoor.ts";

const dayMs = 86_400_000;
const start = Date.UTC(2026, 8, 1, 9);
const origin = "https://twinlight.test";

interface Letter {
  readonly kind: string;
  readonly account: Id;
  readonly facts: { readonly [fact: string]: string | number };
  readonly text: string;
}

describe("Reminders of a report card", function () {
  this.timeout(60_000);
  let front: FrontDoor;
  let space: ActiveSpace;
  let made = 0;

  before(async () => {
    front = await openFrontDoor();
    space = await openSpace(front);
    await space.pupil("Kingfisher", "oulu");
    await front.pool.query("insert into report_cards (project_id) values ($1) on conflict do nothing", [space.id]);
  });
  after(() => front.close());
  /** Approved on the first of September, a year long, and nothing written yet. */
  beforeEach(async () => {
    const { pool } = front;
    await pool.query("delete from report_entries");
    await pool.query("delete from mails");
    await pool.query("delete from news_choices");
    const at = new Date(start).toISOString();
    await pool.query(
      `update projects set state = 'active', activated_at = $2, state_at = $2, closed_at = null,
         start_date = '2026-09-01', end_date = '2027-08-31' where id = $1`,
      [space.id, at],
    );
    await pool.query(
      "update report_cards set opened_at = $2, reminded_at = null, due_told = null where project_id = $1",
      [space.id, at],
    );
    await refreshCard(pool, space.id);
  });

  const onDay = (days: number) => remind({ pool: front.pool, origin, now: start + days * dayMs });
  async function letters(): Promise<Letter[]> {
    const { rows } = await front.pool.query<Letter>(
      "select kind, account_id as account, facts, text from mails where kind like 'report%' order by created_at, account_id",
    );
    return rows;
  }
  const kinds = async () => (await letters()).map(({ kind }) => kind);
  const toEverybody = <T>(kind: T) => [kind, kind, kind];
  async function share(days: number, kind = "activity"): Promise<void> {
    made += 1;
    const at = new Date(start + days * dayMs).toISOString();
    await front.pool.query(
      `insert into report_entries (id, project_id, kind, state, readers, day, made_at, shared_at, changed_at)
       values ($1, $2, $3, 'shared', 'services', $4::timestamptz::date, $4, $4, $4)`,
      [`entry-${made}`, space.id, kind, at],
    );
    await refreshCard(front.pool, space.id);
  }

  it("come when nothing was shared for sixty days, to every teacher with a role in the project", async () => {
    await onDay(59);
    expect(await kinds()).to.deep.equal([]);
    await onDay(60);
    const written = await letters();
    expect(written.map(({ kind }) => kind)).to.deep.equal(toEverybody("reportSilent"));
    expect(written.map(({ account }) => account)).to.have.members([space.ana.id, space.mikko.id, space.rui.id]);
    expect(written[0]?.facts).to.include({
      ...{ project: "Two rivers", days: 60, link: `${origin}/twinspace/${space.id}/report` },
    });
    expect(written[0]?.text).not.to.contain("Kingfisher");
  });

  it("are not told twice for the same silence, and again after sixty days more", async () => {
    for (const days of [60, 60, 61, 90, 119]) await onDay(days);
    expect(await kinds()).to.have.length(3);
    await onDay(120);
    expect(await kinds()).to.have.length(6);
    expect((await letters()).at(-1)?.facts.days).to.equal(120);
  });

  it("are told once by however many processes at the same moment", async () => {
    const told = await Promise.all(Array.from({ length: 6 }, () => onDay(60)));
    expect(told.reduce((sum, count) => sum + count, 0)).to.equal(1);
    expect(await kinds()).to.have.length(3);
  });

  it("begin to count anew with every entry that is shared", async () => {
    await share(50);
    await onDay(109);
    expect(await kinds()).to.deep.equal([]);
    await onDay(110);
    expect(await kinds()).to.deep.equal(toEverybody("reportSilent"));
    expect((await letters())[0]?.facts.days).to.equal(60);
  });

  it("say that an interim entry is due, once, and the final one, once", async () => {
    await share(180);
    await onDay(182);
    const written = await letters();
    expect(written.map(({ kind }) => kind)).to.deep.equal(toEverybody("reportDue"));
    expect(written[0]?.facts).to.include({ what: "interim", day: "2027-03-02" });
    await onDay(183);
    await share(200);
    await share(250);
    await share(300);
    await share(350);
    await onDay(355);
    expect(await kinds()).to.have.length(3);
    await onDay(364);
    expect((await letters()).slice(3).map(({ facts }) => facts.what)).to.deep.equal(toEverybody("final"));
    await onDay(365);
    expect(await kinds()).to.have.length(6);
  });

  it("write one letter where silence and what is due come together", async () => {
    await onDay(182);
    expect(await kinds()).to.deep.equal(toEverybody("reportDue"));
    await onDay(183);
    expect(await kinds()).to.have.length(3);
  });

  it("ask for no interim entry where one was sent, and for nothing once the final one was", async () => {
    await share(180, "interim");
    await onDay(183);
    expect(await kinds()).to.deep.equal([]);
    await share(200, "final");
    await onDay(500);
    expect(await kinds()).to.deep.equal([]);
  });

  it("ask a closed project for its final entry alone", async () => {
    await front.pool.query("update projects set state = 'closed', closed_at = $2 where id = $1", [
      space.id,
      new Date(start + 100 * dayMs).toISOString(),
    ]);
    await onDay(101);
    expect((await letters()).map(({ facts }) => facts.what)).to.deep.equal(toEverybody("final"));
    await onDay(400);
    expect(await kinds()).to.have.length(3);
  });

  it("leave a suspended or archived project alone, and do not hold the pause against it", async () => {
    const becomes = (state: string, days: number) =>
      front.pool.query("update projects set state = $2, state_at = $3 where id = $1", [
        ...[space.id, state, new Date(start + days * dayMs).toISOString()],
      ]);
    for (const state of ["suspended", "archived"]) {
      await becomes(state, 10);
      await onDay(400);
    }
    await becomes("active", 150);
    await onDay(170);
    expect(await kinds()).to.deep.equal([]);
  });

  it("end by the link in them, and only they", async () => {
    await onDay(60);
    const letter = (await letters()).find(({ account }) => account === space.rui.id);
    const link = new URL(String(letter?.facts.stopLink));
    expect(link.pathname + link.search).to.equal("/news/stop?of=report");
    const answer = await front.browser().post("/api/news/stop", { token: link.hash.slice(3), subject: "report" });
    expect(answer.status).to.equal(200 + 4);
    const choices = (await space.rui.browser.get("/api/news/choices")).body;
    expect(choices).to.include({ report: "never", dates: "daily" });
    await onDay(120);
    const again = (await letters()).slice(3).map(({ account }) => account);
    expect(again).to.have.members([space.ana.id, space.mikko.id]);
  });

  it("are not sent to who has left the project", async () => {
    await front.pool.query("update project_members set state = 'left' where account_id = $1", [space.rui.id]);
    try {
      await onDay(60);
      expect((await letters()).map(({ account }) => account)).to.have.members([space.ana.id, space.mikko.id]);
    } finally {
      await front.pool.query("update project_members set state = 'accepted' where account_id = $1", [space.rui.id]);
    }
  });
});
