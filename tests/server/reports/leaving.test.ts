/** A report card leaves with its project and comes in elsewhere; a meeting's own entry names nobody on the way. */
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { expect } from "chai";
import { pino } from "pino";
import yauzl from "yauzl";
import { ZipFile } from "yazl";
import { emptyBody } from "../../../protocol/reports/entries.ts";
import { Exported } from "../../../protocol/twinspace/exported.ts";
import type { ExportedEntry } from "../../../protocol/twinspace/exportedReport.ts";
import { newId } from "../../../server/ids.ts";
import { afterwardsFor } from "../../../server/meetings/afterwards.ts";
import { Hosts } from "../../../server/meetings/hosts.ts";
import { seatRoutes } from "../../../server/meetings/seats.ts";
import { makeExport, waitingExports } from "../../../server/twinspace/leaving/exports.ts";
import type { Pool } from "../../../storage/pool.ts";
import { type ActiveSpace, openSpace } from "../../support/activeSpace.ts";
import { deskPerson } from "../../support/desks.ts";
import { eventually } from "../../support/eventually.ts";
import { type Browser, type FrontDoor, goodPassword, openFrontDoor } from "../../support/frontDoor.ts";
import { Listener } from "../../support/meetings.ts";
import { good } from "../../support/projects.ts";
import { givenEntry, openCard } from "../../support/reports.ts";
import { cookiesOf, upload } from "../../support/uploading.ts";

async function unzipped(path: string): Promise<Map<string, Buffer>> {
  const zip = await promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open)(path, {
    lazyEntries: true,
    autoClose: false,
  });
  const found = new Map<string, Buffer>();
  await new Promise<void>((ok, no) => {
    zip.on("error", no);
    zip.on("end", ok);
    zip.on("entry", (entry: yauzl.Entry) => {
      zip.openReadStream(entry, (fault, stream) => {
        if (fault) return no(fault);
        buffer(stream).then((bytes) => {
          found.set(entry.fileName, bytes);
          zip.readEntry();
        }, no);
      });
    });
    zip.readEntry();
  });
  zip.close();
  return found;
}

async function zipOf(entries: Iterable<readonly [string, Buffer | string]>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, bytes] of entries) zip.addBuffer(Buffer.from(bytes), name);
  zip.end();
  return buffer(zip.outputStream);
}

/** Everything of an entry that does not depend on what things are called in the file, and on whose it is. */
const lasting = ({ id, author, body, meeting, ...entry }: ExportedEntry) => {
  const { evidence, plan, done, title, ...rest } = body;
  const kinds = evidence.map((piece) => piece.kind);
  const counts = meeting?.counts;
  return { ...entry, ...rest, counts, kinds, plan: plan.map(({ amount }) => amount), written: author !== null };
};

describe("A report card that leaves with its project", function () {
  this.timeout(120_000);
  let front: FrontDoor;
  let other: FrontDoor;
  let hosts: Hosts;
  let space: ActiveSpace;
  let material: string;
  let page: string;
  let entries: Map<string, Buffer>;
  let exported: Exported;
  const folder = mkdtempSync(join(tmpdir(), "twinlight-report-leaving-"));
  const at = () => `/api/spaces/${space.id}`;

  async function exportOf(door: FrontDoor, { id, ana }: ActiveSpace): Promise<Map<string, Buffer>> {
    good(await ana.browser.post(`/api/spaces/${id}/exports`, {}));
    const parts = {
      ...{ pool: door.pool, now: () => door.clock.now, tell: () => {} },
      ...{ materialsFolder: door.materialsFolder, exportsFolder: door.exportsFolder },
    };
    for (const one of await waitingExports(door.pool, door.clock.now)) {
      await makeExport(parts, one, "https://here.test", (fault) => {
        throw fault;
      });
    }
    const { exports } = good(await ana.browser.get(`/api/spaces/${id}/leaving`));
    expect(exports[0].state).to.equal("ready");
    return unzipped(join(door.exportsFolder, `${exports[0].id}.zip`));
  }
  const projectOf = (found: ReadonlyMap<string, Buffer>): Exported =>
    Exported.parse(JSON.parse(found.get("project.json")?.toString() ?? ""));

  async function send(bytes: Buffer, { id, ana }: ActiveSpace) {
    const response = await fetch(`${other.url}/api/spaces/${id}/imports`, {
      method: "POST",
      headers: { "content-type": "application/zip", cookie: cookiesOf(ana.browser) },
      body: new Uint8Array(bytes),
    });
    return JSON.parse(await response.text());
  }
  /** Why it was refused, or null when all of it came. */
  async function taken(bytes: Buffer, into: ActiveSpace): Promise<string | null> {
    const looked = await send(bytes, into);
    if (looked.refused) return looked.refused;
    good(await into.ana.browser.post(`/api/spaces/${into.id}/imports/${looked.id}/take`, {}));
    let why: string | null | undefined;
    await eventually(async () => {
      const { rows } = await other.pool.query("select state, refused from space_imports where id = $1", [looked.id]);
      why = rows[0].refused;
      return rows[0].state !== "running";
    });
    return why ?? null;
  }
  const changed = (change: (project: Exported) => unknown): Promise<Buffer> => {
    const project = structuredClone(exported);
    change(project);
    return zipOf([...entries].map(([name, was]) => [name, name === "project.json" ? JSON.stringify(project) : was]));
  };
  async function emptySpace(slug: string): Promise<ActiveSpace> {
    const there = await openSpace(other, slug);
    await openCard(other.pool, slug, other.clock.now);
    return there;
  }

  async function comes(browser: Browser, { id, code }: { id: string; code: string }, name: string): Promise<string> {
    const { seat } = good(await browser.post(`/api/meetings/${code}/seats`, { name }));
    await (await hosts.of(id))?.attach(seat, new Listener());
    return seat;
  }

  before(async () => {
    front = await openFrontDoor({
      routes: (pool: Pool) => {
        hosts = new Hosts({
          ...{ pool, newId, now: () => front.clock.now, logger: pino({ level: "silent" }), parted: () => {} },
          joined: (host) =>
            afterwardsFor(
              host,
              { pool, now: () => front.clock.now, materialsFolder: folder, tell: () => {} },
              (cause) => {
                throw cause;
              },
            ),
        });
        return seatRoutes({ pool, hosts, newId, now: () => front.clock.now, routerRtpCapabilities: () => ({}) });
      },
    });
    other = await openFrontDoor();
    space = await openSpace(front);
    await openCard(front.pool, space.id, front.clock.now - 20 * 86_400_000);
    const ana = space.ana.browser;
    material = (await upload(ana, front.url, space.id, "river.txt", Buffer.from("A river"))).material ?? "";
    const newPage = { title: "Otters", parent: null, view: "members", edit: "teachers", state: "shown" };
    page = good(await ana.post(`${at()}/pages`, newPage)).id;
    const line = { kind: "result", words: "A book of otters", target: 2, counted: "entries" };
    const { plan } = await planned(line);
    await aMeeting();
    const activity = await givenEntry(front.pool, {
      ...{ project: space.id, author: space.mikko.id, school: space.schools.oulu, at: front.clock.now - 86_400_000 },
      body: {
        ...{ title: "River day <b>", done: "We counted otters.", toDay: "2026-11-20" },
        pupils: [{ school: space.schools.oulu, ageMin: 11, ageMax: 12, count: 23 }],
        teachers: [{ school: space.schools.aveiro, count: 2 }],
        plan: [{ item: plan, amount: 1 }],
        evidence: [
          { kind: "material", id: material },
          { kind: "page", id: page },
          { kind: "link", link: "https://example.org/otters", words: "Otters" },
        ],
      },
    });
    await givenEntry(front.pool, {
      ...{ project: space.id, author: space.ana.id, kind: "difficulty", state: "draft", readers: "partners" },
      ...{ at: front.clock.now - 3_600_000, body: { title: "The line is slow", difficulties: "Often." } },
    });
    await givenEntry(front.pool, {
      ...{ project: space.id, author: space.ana.id, at: front.clock.now, removed: true },
      body: { title: "Removed entry", done: "Nothing" },
    });
    const paula = await deskPerson(front, "Paula Praiser", "PT");
    await front.pool.query(
      `insert into report_comments (id, project_id, entry_id, side, country, by_account, kind, words, readers, at)
       values ('c1', $1, $2, 'service', 'PT', $3, 'praise', 'Well counted', 'partners', now()),
         ('c2', $1, $2, 'service', 'PT', $3, 'advice', 'Between services', 'services', now()),
         ('c3', $1, null, 'partner', null, $4, 'answer', 'Thank you all', 'partners', now())`,
      [space.id, activity, paula.id, space.mikko.id],
    );
    entries = await exportOf(front, space);
    exported = projectOf(entries);
    // What comes is not from the future there.
    other.clock.now = front.clock.now + 60_000;
  });

  async function planned(line: object): Promise<{ plan: string }> {
    const { items } = good(await space.ana.browser.send("PUT", `${at()}/report/plan`, { items: [line], base: [] }));
    return { plan: items[0].id };
  }

  /** Held by adults and a pupil whose names are nobody else's. */
  async function aMeeting(): Promise<void> {
    const booking = { title: "What lives in our river?", start: "now", timeZone: "UTC", lobby: false, recorded: false };
    const { meeting } = good(await space.ana.browser.post("/api/bookings", { ...booking, project: space.id }));
    const seat = await comes(space.ana.browser, meeting, "Zanzibar Chairwoman");
    await comes(space.mikko.browser, meeting, "Quetzal Guestman");
    // A pupil who has left since: of members who are there the export says their alias.
    const left = await space.pupil("Xylophonist", "oulu");
    const pupil = await comes(left.browser, meeting, "Xylophonist");
    const host = await hosts.of(meeting.id);
    await host?.command(pupil, { type: "floor.raiseHand" });
    front.clock.now += 20_000;
    await host?.command(pupil, { type: "floor.finishTurn" });
    await host?.command(pupil, { type: "chat.sendMessage", id: "message-1", text: "Verbatim otters!" });
    await host?.command(seat, { type: "meeting.end" });
    await eventually(async () => (await front.pool.query("select from report_entries")).rowCount === 1);
    await front.pool.query("update pupils set state = 'ended' where id = $1", [left.id]);
  }

  after(async () => {
    await hosts?.close();
    await front?.close();
    await other?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("is in the file: plan, entries with drafts, what the services said to the partners", () => {
    expect(exported.reportPlan).to.have.length(1);
    expect(exported.reportEntries.map(({ kind, state }) => `${kind} ${state}`)).to.have.members([
      ...["meeting shared", "activity shared", "difficulty draft"],
    ]);
    const activity = exported.reportEntries.find(({ kind }) => kind === "activity");
    expect(activity?.body.pupils).to.deep.equal([{ school: "Oulun koulu", ageMin: 11, ageMax: 12, count: 23 }]);
    expect(activity?.body.evidence.slice(0, 2)).to.deep.equal([
      { kind: "material", material },
      { kind: "page", page },
    ]);
    expect(exported.reportComments.map(({ words }) => words)).to.deep.equal(["Well counted", "Thank you all"]);
    const all = Buffer.concat([...entries.values()]).toString();
    expect(all).not.to.match(/Between services|Removed entry|Paula Praiser/);
  });

  it("can be read in a browser, with what people typed as text", () => {
    const sheet = entries.get("report.html")?.toString() ?? "";
    for (const text of ["A book of otters", "River day &lt;b&gt;", "Well counted", "Written by the meeting itself"]) {
      expect(sheet).to.include(text);
    }
    const [, file = ""] = /href="(files\/[^"]+)"/.exec(sheet) ?? [];
    expect(entries.has(decodeURIComponent(file))).to.equal(true);
    expect(sheet).to.include(`pages/${page}.html`);
    expect(sheet).not.to.match(/<b>|<script/);
    expect(entries.get("index.html")?.toString()).to.include("report.html");
  });

  it("names nobody who sat in a meeting, anywhere in the whole file", () => {
    const meeting = exported.reportEntries.find(({ kind }) => kind === "meeting");
    expect(meeting?.author).to.equal(null);
    expect(meeting?.meeting?.counts).to.include({ adults: 2, pupils: 1, turns: 1, messages: 1 });
    for (const [name, bytes] of entries) {
      expect(`${name} ${bytes.toString()}`, name).not.to.match(
        /Zanzibar|Chairwoman|Quetzal|Guestman|Xylophonist|Verbatim/,
      );
    }
  });

  it("comes in as the same card: entries, plan, evidence and numbers", async () => {
    const there = await emptySpace("new-rivers");
    const looked = await send(await zipOf(entries), there);
    expect(looked.summary.reportEntries).to.equal(3);
    expect(await taken(await zipOf(entries), there)).to.equal(null);
    const again = projectOf(await exportOf(other, there));
    const sorted = (project: Exported) =>
      project.reportEntries.map(lasting).toSorted((a, b) => a.kind.localeCompare(b.kind));
    expect(sorted(again)).to.deep.equal(
      sorted(exported).map((entry) =>
        // Whose it was stands where people of this kind write the most.
        entry.kind === "difficulty"
          ? { ...entry, difficulties: again.reportEntries.find(isDifficulty)?.body.difficulties }
          : entry,
      ),
    );
    expect(again.reportEntries.find(isDifficulty)?.body.difficulties).to.match(/^Ana of two rivers, .*:\n\nOften\.$/);
    expect(again.reportPlan.map(({ id, ...line }) => line)).to.deep.equal(
      exported.reportPlan.map(({ id, ...line }) => line),
    );
    const activity = again.reportEntries.find(({ kind }) => kind === "activity");
    expect(activity?.body.title).to.equal("River day <b>");
    expect(activity?.body.done).to.match(/^Mikko of two rivers, Oulun koulu:\n\nWe counted otters\.$/);
    const [file, sheet] = activity?.body.evidence ?? [];
    expect(again.materials.map(({ id }) => ({ kind: "material", material: id }))).to.deep.include(file);
    expect(again.pages.map(({ id }) => ({ kind: "page", page: id }))).to.deep.include(sheet);
    const meeting = again.reportEntries.find(({ kind }) => kind === "meeting");
    expect(meeting).to.include({ author: null });
    expect(meeting?.body.title).to.equal("What lives in our river?");
    const card = good(await there.ana.browser.get("/api/spaces/new-rivers/report")).card;
    expect(card).to.include({ entries: 2, drafts: 1, pupils: 23, isPublic: false, questionSince: null });
    const { items } = good(await there.ana.browser.get("/api/spaces/new-rivers/report")).plan;
    expect(items[0]).to.include({ words: "A book of otters", actual: 1, entries: 1 });
    const shown = good(await there.ana.browser.get("/api/spaces/new-rivers/report/entries")).entries;
    expect(shown).to.have.length(3);
    expect((await send(await zipOf(entries), there)).refused).to.equal("import.notEmpty");
  });

  const isDifficulty = ({ kind }: ExportedEntry): boolean => kind === "difficulty";

  it("lets no file speak for a support service: its comments come as the founder's words", async () => {
    const { rows } = await other.pool.query(
      "select side, country, kind, by_account, words from report_comments where project_id = 'new-rivers' order by at, words",
    );
    expect(rows.map(({ side, country, kind }) => ({ side, country, kind }))).to.deep.equal([
      { side: "partner", country: null, kind: "answer" },
      { side: "partner", country: null, kind: "answer" },
    ]);
    expect(rows.map(({ words }) => words).join("\n")).to.match(/, praise, \d{4}-\d\d-\d\d:\n\nWell counted/);
  });

  it("does not come where there is a plan or a written entry already", async () => {
    const there = await emptySpace("begun-rivers");
    await givenEntry(other.pool, { project: there.id, author: there.ana.id, at: other.clock.now });
    expect(await taken(await zipOf(entries), there)).to.equal("import.notEmpty");
  });

  it("comes without what is not here: schools by their name in the words, files from before without a card", async () => {
    const there = await emptySpace("strange-rivers");
    const strange = await changed((project) => {
      for (const { body, meeting } of project.reportEntries) {
        for (const count of [...body.pupils, ...(meeting?.counts.schools ?? [])]) count.school = "Skola Strange";
        body.subjects = ["no-such-subject"];
        body.evidence = body.evidence.filter(({ kind }) => kind !== "page");
        body.evidence.push({ kind: "page", page: "gone" }, { kind: "moment", meeting: "Rivers", words: "An otter" });
      }
    });
    expect(await taken(strange, there)).to.equal(null);
    const again = projectOf(await exportOf(other, there));
    const activity = again.reportEntries.find(({ kind }) => kind === "activity")?.body;
    expect(activity?.done).to.match(/We counted otters\.\n\nSkola Strange: 23 pupils\nRivers: An otter$/);
    expect(activity).to.deep.include({ pupils: [], subjects: [] });
    expect(activity?.evidence.map(({ kind }) => kind)).to.deep.equal(["material", "link"]);
    const counts = again.reportEntries.find(({ kind }) => kind === "meeting")?.meeting?.counts;
    expect(counts?.schools).to.deep.equal([
      { school: null, adults: 2, pupils: 1, classes: 0, turns: 1, spokeMs: 20_000 },
    ]);

    const older = await emptySpace("older-rivers");
    const { reportPlan, reportEntries, reportComments, ...before } = exported;
    const withIt = [...entries].map(([name, was]) => [name, name === "project.json" ? JSON.stringify(before) : was]);
    expect(reportPlan.length + reportEntries.length + reportComments.length).to.be.greaterThan(0);
    expect(await taken(await zipOf(withIt as [string, Buffer | string][]), older)).to.equal(null); // Pairs, which map() forgets.
  });

  describe("in a hostile file", () => {
    let empty: ActiveSpace;
    before(async () => {
      empty = await emptySpace("empty-rivers");
    });
    afterEach(async () => {
      const { rows } = await other.pool.query(
        `select (select count(*) from report_entries where project_id = $1)::int
           + (select count(*) from report_plan where project_id = $1)::int
           + (select count(*) from pages where project_id = $1)::int as count`,
        [empty.id],
      );
      expect(rows[0].count, "nothing of it is there").to.equal(0);
    });
    const entryOf = (project: Exported, kind: string): ExportedEntry => {
      const entry = project.reportEntries.find((one) => one.kind === kind);
      if (!entry) throw new Error(`No ${kind}`);
      return entry;
    };
    const tricks: Record<string, (project: Exported) => unknown> = {
      "a link that acts": (project) =>
        entryOf(project, "activity").body.evidence.push({ kind: "link", link: "javascript:alert(1)", words: "" }),
      "a place that acts": (project) =>
        Object.assign(entryOf(project, "activity").body, { shownLink: "data:text/html,x" }),
      "a field more": (project) => Object.assign(entryOf(project, "activity"), { question_since: 1 }),
      "a name among the numbers": (project) =>
        Object.assign(entryOf(project, "meeting").meeting?.counts ?? {}, { names: ["Aino"] }),
      "a text without an end": (project) =>
        Object.assign(entryOf(project, "activity").body, { done: "x".repeat(4_001) }),
      "numbers below nothing": (project) =>
        Object.assign(entryOf(project, "activity").body.pupils[0] ?? {}, { count: -1 }),
      "more pupils than there are": (project) =>
        Object.assign(entryOf(project, "activity").body.pupils[0] ?? {}, { count: 1_000_000 }),
      "a day that is none": (project) => Object.assign(entryOf(project, "activity"), { day: "2026-13-45" }),
      "a day of no calendar": (project) => Object.assign(entryOf(project, "activity").body, { toDay: "2026-02-31" }),
      "an entry twice": (project) => project.reportEntries.push(entryOf(project, "activity")),
      "a meeting that somebody wrote": (project) =>
        Object.assign(entryOf(project, "meeting"), { author: project.people[0]?.id }),
      "a teacher's entry that nobody wrote": (project) => Object.assign(entryOf(project, "activity"), { author: null }),
      "a shared entry that says nothing": (project) => Object.assign(entryOf(project, "activity").body, { title: "" }),
      "an entry that was never shared": (project) => Object.assign(entryOf(project, "activity"), { sharedAt: null }),
      "a comment about nothing": (project) => Object.assign(project.reportComments[0] ?? {}, { entry: "gone" }),
      "a plan without an end": (project) => {
        const [line] = exported.reportPlan;
        if (!line) throw new Error("No plan");
        for (let n = 0; n < 60; n += 1) project.reportPlan.push({ ...line, id: `line${n}` });
      },
    };
    for (const [name, trick] of Object.entries(tricks)) {
      it(`${name} is refused, and nothing comes`, async () => {
        expect(await taken(await changed(trick), empty)).to.equal("import.otherFormat");
      });
    }
  });

  it("of two thousand entries is taken while others are served, and leaves so", async () => {
    const there = await emptySpace("long-rivers");
    const activity = exported.reportEntries.find(({ kind }) => kind === "activity");
    if (!activity) throw new Error("No activity");
    const long = await changed((project) => {
      project.reportEntries = Array.from({ length: 2_000 }, (_, n) => ({
        ...activity,
        id: `e${n}`,
        body: { ...emptyBody, ...activity.body, done: `We counted ${n} otters. ${"Otters swim. ".repeat(150)}` },
      }));
      project.reportComments = [];
    });
    const turns = await turnsDuring(async () => expect(await taken(long, there)).to.equal(null));
    expect(turns, "turns of the event loop while it came in").to.be.greaterThan(40);
    let found = new Map<string, Buffer>();
    const leaving = await turnsDuring(async () => {
      found = await exportOf(other, there);
    });
    expect(leaving, "turns of the event loop while it left").to.be.greaterThan(40);
    expect(projectOf(found).reportEntries).to.have.length(2_000);
    expect(
      (await other.pool.query("select entries from report_cards where project_id = $1", [there.id])).rows,
    ).to.deep.equal([{ entries: 2_000 }]);
  });

  async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
    let turns = 0;
    let isOver = false;
    const turn = () => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    await work();
    isOver = true;
    return turns;
  }

  it("is among what is kept about who wrote in it, and names them no more once their account has ended", async () => {
    const record = good(await space.mikko.browser.get("/api/me/record"));
    expect(record.reportEntries).to.have.length(1);
    expect(record.reportEntries[0].body.done).to.equal("We counted otters.");
    expect(record.reportComments.map(({ words }: { words: string }) => words)).to.deep.equal(["Thank you all"]);
    good(await space.mikko.browser.post("/api/me/end", { password: goodPassword }));
    front.clock.now += 60_000;
    const found = await exportOf(front, space);
    const report = `${JSON.stringify(projectOf(found))}${found.get("report.html")}`;
    expect(report).to.include("We counted otters.");
    expect(report).not.to.include("Mikko");
    const shown = (await space.ana.browser.get(`${at()}/report/entries`)).text;
    expect(shown).to.include("We counted otters.");
    expect(shown).not.to.include("Mikko");
  });
});
