import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect } from "chai";
import type { DeskReport, ReportRow } from "../../../protocol/reports/desk.ts";
import { materialPath } from "../../../server/twinspace/materials/parts.ts";
import { type ActiveSpace, openSpace } from "../../support/activeSpace.ts";
import { deskPerson } from "../../support/desks.ts";
import { aveiro, type FrontDoor, openFrontDoor, oulu, type Person } from "../../support/frontDoor.ts";
import { good, schoolOf } from "../../support/projects.ts";
import { givenEntry, openCard } from "../../support/reports.ts";

const day = 86_400_000;

describe("Report cards on a desk", function () {
  this.timeout(30_000);
  let front: FrontDoor;
  let rivers: ActiveSpace;
  let paula: Person;
  let matti: Person;
  let carla: Person;
  let now: number;

  before(async () => {
    front = await openFrontDoor();
    rivers = await openSpace(front);
    paula = await deskPerson(front, "Paula", "PT");
    matti = await deskPerson(front, "Matti", "FI");
    carla = await deskPerson(front, "Carla", null);
  });
  after(() => front?.close());
  beforeEach(async () => {
    now = Date.now();
    front.clock.now = now;
    for (const table of ["report_entries", "report_comments", "report_reminders", "mails"]) {
      await front.pool.query(`delete from ${table}`);
    }
    await front.pool.query("delete from projects where id <> $1", [rivers.id]);
    await openCard(front.pool, rivers.id, now - 9 * day);
    await front.pool.query("update projects set state = 'active', closed_at = null");
  });

  /** Another project of these schools, with a card. */
  const project = async (slug: string, schools: readonly string[], openedAt = now - 9 * day, title = slug) => {
    await front.pool.query(
      `insert into projects (id, slug, title, summary, state, scope, created_by, activated_at)
       values ($1, $1, $2, '', 'active', 'european', $3, to_timestamp($4::float8 / 1000))`,
      [slug, title, rivers.ana.id, openedAt],
    );
    for (const school of schools) {
      await front.pool.query(
        `insert into project_schools (project_id, school_id, country, founder, service_state)
         select $1, id, country, true, 'approved' from schools where id = $2`,
        [slug, school],
      );
    }
    await front.pool.query(
      `insert into project_members (project_id, account_id, school_id, role, state, agreed)
       values ($1, $2, $3, 'founder', 'accepted', true)`,
      [slug, rivers.ana.id, rivers.schools.aveiro],
    );
    await openCard(front.pool, slug, openedAt);
  };
  const both = () => [rivers.schools.aveiro, rivers.schools.oulu];
  const entry = (of: string, more: object = {}) =>
    givenEntry(front.pool, {
      ...{ project: of, author: rivers.ana.id, school: rivers.schools.aveiro, at: now - day },
      ...more,
    });
  const listed = async (by: Person, query = ""): Promise<ReportRow[]> =>
    good(await by.browser.get(`/api/desk/reports${query}`)).rows;
  const titles = (rows: readonly ReportRow[]) => rows.map(({ title }) => title);
  const read = async (by: Person, of = rivers.id): Promise<DeskReport> =>
    good(await by.browser.get(`/api/desk/reports/${of}`));

  it("come with what waits first, the oldest question before others, then with what is silent longest", async () => {
    await project("quiet", both(), now - 80 * day);
    await project("quieter", both(), now - 90 * day);
    await project("asks", both());
    await project("asked-long-ago", both());
    await entry("asks", { asks: "PT", at: now - 2 * day });
    await entry("asked-long-ago", { asks: "PT", at: now - 4 * day });
    await entry(rivers.id, { at: now - day });
    const rows = await listed(paula);
    expect(titles(rows)).to.deep.equal(["asked-long-ago", "asks", "quieter", "quiet", "Two rivers"]);
    expect(rows.map(({ next }) => next)).to.deep.equal(["answer", "answer", "remind", "remind", "read"]);
    expect(rows[2]).to.include({ silent: true, silentDays: 90, questionSince: null });
    expect(rows[4]).to.deep.include({
      ...{ entries: 1, unread: 1, silentDays: 1, state: "open" },
      ownSchools: [{ name: aveiro.name, country: "PT" }],
      partners: [{ name: oulu.name, country: "FI" }],
    });
    // What is asked of Portugal does not wait for Finland.
    expect((await listed(matti, "?waiting=yes")).length).to.equal(0);
    expect(titles(await listed(carla, "?waiting=yes"))).to.deep.equal(["asked-long-ago", "asks"]);
  });

  it("are only those with a school of one's own country; the central service finds all", async () => {
    await project("at-home", [rivers.schools.oulu]);
    expect(titles(await listed(paula))).to.deep.equal(["Two rivers"]);
    expect(titles(await listed(matti))).to.have.members(["Two rivers", "at-home"]);
    expect(titles(await listed(carla))).to.have.members(["Two rivers", "at-home"]);
    expect(titles(await listed(carla, "?country=PT"))).to.deep.equal(["Two rivers"]);
    expect((await paula.browser.get("/api/desk/reports?country=FI")).status).to.equal(403);
    expect((await paula.browser.get("/api/desk/reports/at-home")).status).to.equal(404);
    const forbidden = await paula.browser.post("/api/desk/reports/read", { projects: [rivers.id, "at-home"] });
    expect([forbidden.status, forbidden.body.fields]).to.deep.equal([404, ["projects.1"]]);
    expect((await rivers.ana.browser.get("/api/desk/reports")).status).to.equal(403);
    expect((await rivers.ana.browser.get(`/api/desk/reports/${rivers.id}`)).status).to.equal(403);
  });

  it("do not count a school that its country has not let in", async () => {
    const elena = await deskPerson(front, "Elena", "ES");
    const teacher = await front.person("teacher", "Eva", { name: "CEIP Zamora", town: "Zamora", country: "ES" });
    await front.pool.query(
      `insert into project_schools (project_id, school_id, country, founder, service_state)
       values ($1, $2, 'ES', false, 'pending')`,
      [rivers.id, await schoolOf(teacher)],
    );
    expect(await listed(elena)).to.deep.equal([]);
    expect((await elena.browser.get(`/api/desk/reports/${rivers.id}`)).status).to.equal(404);
    await front.pool.query("update project_schools set service_state = 'approved' where country = 'ES'");
    expect(titles(await listed(elena))).to.deep.equal(["Two rivers"]);
    await front.pool.query("delete from project_schools where country = 'ES'");
  });

  it("show what was shared with the services, and neither name nor count anything else", async () => {
    const shown = await entry(rivers.id, { body: { title: "Shown", pupils: [{ ...oneCount(12) }] } });
    await entry(rivers.id, { state: "draft", body: { title: "Draft" } });
    await entry(rivers.id, {
      readers: "partners",
      body: { title: "Among us", pupils: [{ ...oneCount(99) }] },
      at: now,
    });
    await entry(rivers.id, { removed: true, body: { title: "Gone" } });
    for (const service of [paula, matti, carla]) {
      const report = await read(service);
      expect(report.entries.map(({ id }) => id)).to.deep.equal([shown]);
      expect(report.card).to.include({ entries: 1, drafts: 0, pupils: 12, lastSharedAt: now - day });
      expect(good(await service.browser.get(`/api/desk/reports/${rivers.id}/glance`)).entries.count).to.equal(1);
      const text = JSON.stringify(report);
      for (const word of ["Draft", "Among us", "Gone"]) expect(text).not.to.include(word);
      expect((await listed(service))[0]).to.include({ entries: 1, pupils: 12, unread: 1, silentDays: 1 });
    }
  });

  const oneCount = (count: number) => ({ school: rivers.schools.aveiro, ageMin: 12, ageMax: 13, count });

  it("are marked as read one entry at a time, or several cards at once, and back for ten minutes", async () => {
    await project("other", both());
    const first = await entry(rivers.id);
    await entry(rivers.id);
    await entry("other");
    const unread = async (by: Person) => (await listed(by)).map((row) => row.unread).reduce((a, b) => a + b, 0);
    good(await paula.browser.send("PUT", `/api/desk/reports/${rivers.id}/entries/${first}/read`));
    expect(await unread(paula)).to.equal(2);
    expect(await unread(matti)).to.equal(3);
    expect((await read(paula)).entries.filter(({ readBy }) => readBy.length > 0)).to.have.length(1);
    const marked = good(await paula.browser.post("/api/desk/reports/read", { projects: [rivers.id, "other"] }));
    expect(marked.count).to.equal(2);
    expect(await unread(paula)).to.equal(0);
    const again = good(await paula.browser.post("/api/desk/reports/read", { projects: [rivers.id, "other"] }));
    expect(again).to.deep.equal({ count: 0, undo: null, undoUntil: null });
    front.clock.now += 60_000;
    good(await paula.browser.post("/api/desk/reports/unread", { projects: [rivers.id, "other"], at: marked.undo }));
    expect(await unread(paula)).to.equal(3);
    good(await paula.browser.send("PUT", `/api/desk/reports/${rivers.id}/entries/${first}/read`));
    good(await paula.browser.delete(`/api/desk/reports/${rivers.id}/entries/${first}/read`));
    expect(await unread(paula)).to.equal(3);
    front.clock.now += 11 * 60_000;
    const late = await paula.browser.post("/api/desk/reports/unread", { projects: ["other"], at: marked.undo });
    expect(late.body.refused).to.equal("report.tooLate");
  });

  it("change their state by being read, and are to be read again when they are sent again", async () => {
    const id = await entry(rivers.id, { kind: "final", at: now - 2 * day });
    expect((await listed(paula))[0]?.state).to.equal("finalSent");
    good(await paula.browser.post("/api/desk/reports/read", { projects: [rivers.id] }));
    expect((await listed(paula))[0]).to.include({ state: "finalRead", unread: 0, silent: false, next: "open" });
    front.clock.now += day;
    await front.pool.query("update report_entries set shared_at = to_timestamp($2::float8 / 1000) where id = $1", [
      id,
      front.clock.now,
    ]);
    await entry(rivers.id, { at: front.clock.now });
    expect((await listed(paula))[0]).to.include({ state: "finalSent", unread: 2 });
    good(await paula.browser.post("/api/desk/reports/read", { projects: [rivers.id] }));
    expect((await listed(paula))[0]).to.include({ state: "finalRead", unread: 0 });
  });

  it("are narrowed down by state, silence, questions, labels, school year and words", async () => {
    await project("sea", both(), now - 70 * day, "Öölandi rannik");
    await entry(rivers.id, { kind: "final", asks: "PT" });
    await front.pool.query(
      `insert into awards (id, code, project_id, school_id) values ('award', '23456789CD', 'sea', $1)`,
      [rivers.schools.aveiro],
    );
    const found = async (query: string) => titles(await listed(paula, query));
    expect(await found("?silent=yes")).to.deep.equal(["Öölandi rannik"]);
    expect(await found("?waiting=yes")).to.deep.equal(["Two rivers"]);
    expect(await found("?unread=yes")).to.deep.equal(["Two rivers"]);
    expect(await found("?state=finalSent")).to.deep.equal(["Two rivers"]);
    expect(await found("?state=open")).to.deep.equal(["Öölandi rannik"]);
    expect(await found("?words=oolandi")).to.deep.equal(["Öölandi rannik"]);
    expect(await found(`?words=${encodeURIComponent("oulun rannik")}`)).to.deep.equal(["Öölandi rannik"]);
    expect(await found("?label=etwinning")).to.deep.equal(["Öölandi rannik"]);
    expect(await found("?label=granted")).to.deep.equal([]);
    expect(await found("?label=none")).to.have.length(2);
    expect(await found(`?year=${new Date(now).getUTCFullYear() + 2}`)).to.have.length(2);
    expect(await found("?year=2019")).to.deep.equal([]);
    await front.pool.query("delete from awards where id = 'award'");
  });

  it("come in pages without a row twice or left out", async () => {
    for (let n = 0; n < 120; n += 1) await project(`many-${n}`, both(), now - (n % 7) * day);
    const all: string[] = [];
    let next: string | null = "";
    for (let pages = 0; next !== null && pages < 5; pages += 1) {
      const page = good(await paula.browser.get(`/api/desk/reports${next === "" ? "" : `?after=${next}`}`));
      expect(page.total).to.equal(121);
      all.push(...page.rows.map(({ id }: ReportRow) => id));
      next = page.next;
    }
    expect(all).to.have.length(121);
    expect(new Set(all).size).to.equal(121);
    const file = await paula.browser.get("/api/desk/reports.csv");
    expect(file.text.trim().split("\r\n")).to.have.length(122);
  });

  it("are saved for a spreadsheet without a formula in it", async () => {
    await project("evil", both(), now - 70 * day, "=1+1");
    const file = await paula.browser.get("/api/desk/reports.csv?silent=yes");
    expect(file.headers.get("content-type")).to.include("text/csv");
    expect(file.text).to.include(`"'=1+1","${aveiro.name}","${oulu.name}","FI PT","open","70"`);
  });

  it("that are silent are reminded of by letter, at most once in two weeks", async () => {
    await project("quiet", both(), now - 80 * day);
    const ask = async () =>
      good(await paula.browser.post("/api/desk/reports/remind", { projects: ["quiet", rivers.id] }));
    expect(await ask()).to.deep.equal({ reminded: 1, left: 1 });
    expect(await ask()).to.deep.equal({ reminded: 0, left: 2 });
    const { rows } = await front.pool.query("select to_address, text from mails where kind = 'reportServiceReminds'");
    expect(rows).to.have.length(1);
    expect(rows[0].text).to.include("80 days");
    expect((await listed(paula, "?silent=yes"))[0]).to.include({ next: "open", remindedAt: now });
    expect((await listed(matti, "?silent=yes"))[0]).to.include({ next: "remind", remindedAt: null });
    front.clock.now += 14 * day;
    expect((await ask()).reminded).to.equal(1);
  });

  it("are counted among what waits on the desk", async () => {
    await entry(rivers.id, { asks: "PT", at: now - 4 * day });
    const question = async (by: Person) => {
      const { waiting } = good(await by.browser.get("/api/desk"));
      return waiting.find(({ kind }: { kind: string }) => kind === "question");
    };
    expect(await question(paula)).to.deep.equal({ kind: "question", count: 1, oldest: now - 4 * day });
    expect(await question(matti)).to.deep.equal({ kind: "question", count: 0, oldest: null });
    expect((await question(carla)).count).to.equal(1);
  });

  it("show a picture only while everybody on it may be shown in public", async () => {
    const pupil = await rivers.pupil("Kingfisher", "oulu");
    await front.pool.query(
      `insert into materials (id, project_id, kind, name, type, bytes, author, created_at, changed_at, shows)
       values ('pic', $1, 'image', 'River.png', 'image/png', 5, $2, now(), now(), 'people')`,
      [rivers.id, `account:${rivers.ana.id}`],
    );
    await front.pool.query("insert into material_people (material_id, pupil_id) values ('pic', $1)", [pupil.id]);
    const path = materialPath(front.materialsFolder, rivers.id, "pic");
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, "hello");
    const evidence = [{ kind: "material" as const, id: "pic" }];
    const shared = await entry(rivers.id, { body: { title: "Shown", evidence } });
    const among = await entry(rivers.id, { readers: "partners", body: { evidence } });
    const file = (of: string) => paula.browser.get(`/api/desk/reports/${rivers.id}/entries/${of}/materials/pic`);
    expect((await file(shared)).status).to.equal(404);
    const [piece] = (await read(paula)).entries[0]?.evidence ?? [];
    expect(piece).to.deep.include({ path: null, image: null, heldBack: { schools: [oulu.name] } });
    expect(JSON.stringify(piece)).not.to.include("Kingfisher");
    await front.pool.query("update materials set shows = 'nobody' where id = 'pic'");
    const answer = await file(shared);
    expect([answer.status, answer.text]).to.deep.equal([200, "hello"]);
    expect(answer.headers.get("content-security-policy")).to.include("sandbox");
    expect((await file(among)).status).to.equal(404);
    expect(
      (await matti.browser.get(`/api/desk/reports/${rivers.id}/entries/${shared}/materials/other`)).status,
    ).to.equal(404);
    await front.pool.query("update materials set hidden_at = now() where id = 'pic'");
    expect((await file(shared)).status).to.equal(404);
  });

  it("are counted by school year and country", async () => {
    await entry(rivers.id, { body: { pupils: [{ ...oneCount(12) }] } });
    await entry(rivers.id, { kind: "final" });
    await entry(rivers.id, { readers: "partners", body: { pupils: [{ ...oneCount(99) }] } });
    const { rows } = good(await carla.browser.get("/api/desk/report-figures"));
    const thisYear = rows.filter(({ entries }: { entries: number }) => entries > 0);
    expect(thisYear.map(({ country }: { country: string }) => country)).to.deep.equal(["FI", "PT"]);
    expect(thisYear[1]).to.include({ projects: 1, activeCards: 1, entries: 2, pupils: 12, finals: 1 });
    const own = good(await paula.browser.get("/api/desk/report-figures"));
    expect(new Set(own.rows.map(({ country }: { country: string }) => country))).to.deep.equal(new Set(["PT"]));
    expect((await paula.browser.get("/api/desk/report-figures?country=FI")).status).to.equal(403);
    const file = await carla.browser.get("/api/desk/report-figures.csv");
    expect(file.text).to.include('"PT","1","1","2"');
  });
});
