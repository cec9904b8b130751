/** A project leaves as one file and comes in elsewhere; what hostile files can do (nothing); who may. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { expect } from "chai";
import sharp from "sharp";
import yauzl from "yauzl";
import { ZipFile } from "yazl";
import { Exported } from "../../../protocol/twinspace/exported.ts";
import { makeExport, sweepExports, waitingExports } from "../../../server/twinspace/leaving/exports.ts";
import { settleTexts } from "../../../server/twinspace/pages/texts.ts";
import { type ActiveSpace, openSpace } from "../../support/activeSpace.ts";
import { eventually } from "../../support/eventually.ts";
import { type Browser, type FrontDoor, openFrontDoor } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";
import { cookiesOf, upload } from "../../support/uploading.ts";

const mega = 1_000_000;
const roster = "Aino Rostername";

/** What a zip holds, by its entries. */
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

async function zipOf(entries: Iterable<readonly [string, Buffer | string]>, mode = 0o100644): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, bytes] of entries) zip.addBuffer(Buffer.from(bytes), name, { mode });
  zip.end();
  return buffer(zip.outputStream);
}

describe("a project that leaves", function () {
  this.timeout(60_000);
  let front: FrontDoor;
  let other: FrontDoor;
  let space: ActiveSpace;
  let pupil: Awaited<ReturnType<ActiveSpace["pupil"]>>;
  let entries: Map<string, Buffer>;
  let zip: Buffer;
  let exported: Exported;
  const picture = () =>
    sharp({ create: { width: 640, height: 400, channels: 3, background: "#2a6f97" } })
      .png()
      .toBuffer();
  const at = () => `/api/spaces/${space.id}`;
  const parts = (door: FrontDoor) => ({
    ...{ pool: door.pool, now: () => door.clock.now, tell: () => {} },
    ...{ materialsFolder: door.materialsFolder, exportsFolder: door.exportsFolder },
  });

  async function made(door = front, faults: unknown[] = []): Promise<void> {
    for (const id of await waitingExports(door.pool, door.clock.now)) {
      await makeExport(parts(door), id, "https://here.test", (fault) => void faults.push(fault));
    }
  }

  async function sendZip(bytes: Buffer, browser: Browser, door: FrontDoor, project: string) {
    const response = await fetch(`${door.url}/api/spaces/${project}/imports`, {
      method: "POST",
      headers: { "content-type": "application/zip", cookie: cookiesOf(browser) },
      body: new Uint8Array(bytes),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
  }

  before(async () => {
    front = await openFrontDoor({
      materialLimits: { quotaBytes: 30 * mega, fileBytes: 6 * mega, imageBytes: 2 * mega },
    });
    other = await openFrontDoor({
      materialLimits: { quotaBytes: 30 * mega, fileBytes: 6 * mega, imageBytes: 2 * mega },
    });
    space = await openSpace(front);
    pupil = await space.pupil("Kingfisher", "oulu");
    await front.pool.query("update pupils set roster_name = $1", [front.secrets.seal(roster, `roster:${pupil.id}`)]);
    const ana = space.ana.browser;
    const image = await upload(ana, front.url, space.id, "river.png", await picture());
    const text = await upload(
      pupil.browser,
      front.url,
      space.id,
      "<script>alert(1)</script> notes.html",
      Buffer.from("<script>alert(1)</script>"),
    );
    good(await ana.patch(`${at()}/materials/${image.material}`, { alt: "A river", licence: "ccBy", credit: "Ana" }));
    const secret = await upload(ana, front.url, space.id, "secret.txt", Buffer.from("hidden words of a file"));
    good(await ana.post(`${at()}/hide`, { kind: "material", id: secret.material, reason: "A test" }));
    const page = good(
      await ana.post(`${at()}/pages`, {
        title: "Otters <script>",
        parent: null,
        view: "visitors",
        edit: "teachers",
        state: "shown",
      }),
    );
    const below = good(
      await ana.post(`${at()}/pages`, {
        title: "Below",
        parent: page.id,
        view: "members",
        edit: "teachers",
        state: "draft",
      }),
    );
    const gone = good(
      await ana.post(`${at()}/pages`, {
        title: "Removed page",
        parent: null,
        view: "members",
        edit: "teachers",
        state: "shown",
      }),
    );
    good(await ana.delete(`${at()}/pages/${gone.id}`));
    const doc = {
      type: "doc",
      content: [
        { type: "paragraph", content: [{ type: "text", text: "Otters swim <script>alert(1)</script>" }] },
        { type: "image", attrs: { material: image.material, alt: "A river", caption: "" } },
        { type: "file", attrs: { material: text.material, title: "" } },
      ],
    };
    await front.pool.query("update page_texts set doc = $2 where page_id = $1", [page.id, JSON.stringify(doc)]);
    expect(below.id).to.be.a("string");
    const discussion = good(await ana.post(`${at()}/forum/discussions`, { title: "Animals", words: "" }));
    const thread = good(
      await ana.post(`${at()}/forum/discussions/${discussion.id}/threads`, {
        title: "Who lives there?",
        words: "Tell us.",
      }),
    );
    good(await pupil.browser.post(`${at()}/forum/threads/${thread.id}/posts`, { words: "We saw two otters." }));
    good(await ana.post(`${at()}/updates`, { words: "We began.", materials: [image.material] }));
    good(await ana.post(`${at()}/bulletin`, { words: "Between us teachers." }));
    good(await pupil.browser.post(`${at()}/chat/messages`, { words: "Hello Aveiro" }));
    const date = {
      kind: "activity",
      title: "River day",
      time: { shape: "days", first: "2027-03-01", last: "2027-03-02" },
    };
    good(await ana.post(`${at()}/calendar/items`, date));
    const holiday = { ...date, kind: "holiday", title: "Spring", school: space.schools.aveiro };
    good(await ana.post(`${at()}/calendar/items`, holiday));
    await settleTexts(front.pool, front.clock.now + 60_000);
    await front.pool.query(
      `insert into meetings (id, code, title, starts_at, length_minutes, settings, chair_account, project_id, phase, opened_at, ended_at)
       values ('held', 'held-one', 'First meeting', now(), 45,
         '{"capacity":1,"next":"byQueue","recorded":false}', $1, $2, 'ended', now() - interval '45 minutes', now())`,
      [space.ana.id, space.id],
    );
  });

  after(async () => {
    await front?.close();
    await other?.close();
  });

  it("is one zip, made by a job, and told to who asked", async () => {
    expect((await space.ana.browser.post(`${at()}/exports`, {})).status).to.equal(204);
    expect((await space.ana.browser.post(`${at()}/exports`, {})).body.refused).to.equal("export.underWay");
    const faults: unknown[] = [];
    await made(front, faults);
    expect(faults).to.deep.equal([]);
    const { exports } = good(await space.ana.browser.get(`${at()}/leaving`));
    expect(exports).to.have.length(1);
    expect(exports[0]).to.include({ state: "ready", percent: 100 });
    const response = await fetch(`${front.url}${at()}/exports/${exports[0].id}/file`, {
      headers: { cookie: cookiesOf(space.ana.browser) },
    });
    expect(response.headers.get("content-disposition")).to.match(/^attachment/);
    zip = Buffer.from(await response.arrayBuffer());
    const path = join(tmpdir(), `leaving-${process.pid}.zip`);
    await writeFile(path, zip);
    entries = await unzipped(path);
    const letters = await front.pool.query("select to_address from mails where kind = 'spaceExportReady'");
    expect(letters.rows).to.deep.equal([{ to_address: space.ana.email }]);
  });

  it("holds everything in the published shape", () => {
    exported = Exported.parse(JSON.parse(entries.get("project.json")?.toString() ?? ""));
    expect(exported.pages.map(({ title }) => title)).to.deep.equal(["Otters <script>", "Below"]);
    expect(exported.discussions.map(({ title }) => title)).to.deep.equal(["Animals"]);
    expect(exported.posts.map(({ words }) => words)).to.deep.equal(["We saw two otters."]);
    expect(exported.calendar.map(({ title }) => title)).to.have.members(["River day", "Spring"]);
    expect(exported.meetings).to.have.length(1);
    expect(exported.meetings[0]).to.include({ title: "First meeting", lengthMinutes: 45, adults: 0 });
    const author = exported.posts[0]?.author;
    expect(exported.people.find(({ id }) => id === author)).to.include({ kind: "pupil", name: "Kingfisher" });
  });

  it("says of what is hidden only that it is, and nothing of what was removed", () => {
    const hidden = exported.materials.filter((one) => one.hidden);
    expect(hidden).to.have.length(1);
    expect(hidden[0]).to.include({ name: "", file: null, sha256: null });
    const all = Buffer.concat([...entries.values()]).toString("latin1");
    expect(all).to.not.include("hidden words of a file");
    expect(all).to.not.include("secret.txt");
    expect(all).to.not.include("Removed page");
  });

  it("names no pupil by the roster and no address anywhere", () => {
    for (const [name, bytes] of entries) {
      const whole = `${name} ${bytes.toString("utf8")}`;
      expect(whole).to.not.include(roster);
      expect(whole).to.not.include("Rostername");
      expect(whole).to.not.match(/@\w+\.test/);
    }
  });

  it("can be read without a server, and nothing in it runs", () => {
    const index = entries.get("index.html")?.toString() ?? "";
    expect(index).to.include("calendar.html");
    const html = [...entries].filter(([name]) => name.endsWith(".html") && !name.startsWith("files/"));
    expect(html.length).to.be.greaterThan(8);
    for (const [name, bytes] of html) expect(bytes.toString(), name).to.not.match(/<script/i);
    const page = html.find(([, bytes]) => bytes.toString().includes("Otters swim"))?.[1].toString() ?? "";
    const [, source = ""] = /<img src="([^"]+)"/.exec(page) ?? [];
    expect(entries.has(decodeURIComponent(source.replace("../", "")))).to.equal(true);
    for (const name of entries.keys()) expect(name).to.not.match(/\.\.|^\/|\.html\.html|files\/.*\.html$/);
  });

  it("comes into an empty TwinSpace with the same pages, files, dates and forum", async () => {
    const there = await openSpace(other, "new-rivers");
    const atThere = "/api/spaces/new-rivers";
    const looked = await sendZip(zip, there.ana.browser, other, "new-rivers");
    expect(looked.status, JSON.stringify(looked.body)).to.equal(200);
    expect(looked.body.summary).to.include({
      title: "Two rivers",
      pages: 2,
      materials: 2,
      calendar: 2,
      threads: 1,
      meetings: 1,
    });
    good(await there.ana.browser.post(`${atThere}/imports/${looked.body.id}/take`, {}));
    await eventually(async () => {
      const { imported } = good(await there.ana.browser.get(`${atThere}/leaving`));
      expect(imported.why).to.equal(null);
      return imported.state === "done";
    });
    const again = await openAgain(there);
    expect(again.pages.map(({ title, view, state }) => ({ title, view, state }))).to.deep.equal(
      exported.pages.map(({ title, view, state }) => ({ title, view, state })),
    );
    const kept = exported.materials.filter(({ hidden }) => !hidden);
    expect(
      again.materials.map(({ name, sha256, alt, licence }) => ({ name, sha256, alt, licence })),
    ).to.have.deep.members(kept.map(({ name, sha256, alt, licence }) => ({ name, sha256, alt, licence })));
    expect(again.calendar.map(({ title }) => title)).to.have.members(["River day", "Spring", "First meeting"]);
    expect(again.calendar.find(({ title }) => title === "Spring")).to.include({
      kind: "holiday",
      school: "Escola de Aveiro",
    });
    expect(again.threads.map(({ title }) => title)).to.deep.equal(["Who lives there?"]);
    expect(again.posts.map(({ words }) => words)).to.deep.equal(["A pupil of Oulun koulu:\n\nWe saw two otters."]);
    expect(JSON.stringify(again)).to.not.include("Kingfisher");
    const pages = good(await there.ana.browser.get(`${atThere}/pages`));
    expect(pages.pages.map(({ title }: { title: string }) => title)).to.include("Otters <script>");
    good(await there.ana.browser.get(`${atThere}/materials`));
    good(await there.ana.browser.get(`${atThere}/updates`));
    good(await there.ana.browser.get(`${atThere}/calendar?from=2027-03-01&to=2027-03-31`));
    const into = await sendZip(zip, there.ana.browser, other, "new-rivers");
    expect(into.body.refused).to.equal("import.notEmpty");
  });

  async function openAgain(there: ActiveSpace): Promise<Exported> {
    good(await there.ana.browser.post(`/api/spaces/${there.id}/exports`, {}));
    await made(other);
    const { exports } = good(await there.ana.browser.get(`/api/spaces/${there.id}/leaving`));
    const found = await unzipped(join(other.exportsFolder, `${exports[0].id}.zip`));
    return Exported.parse(JSON.parse(found.get("project.json")?.toString() ?? ""));
  }

  describe("a hostile file", () => {
    let empty: ActiveSpace;
    const changed = (name: string, bytes: Buffer | string): [string, Buffer | string][] =>
      [...entries].map(([entry, was]) => [entry, entry === name ? bytes : was]);
    const projectWith = (change: (project: Exported) => unknown) => {
      const project = structuredClone(exported);
      change(project);
      return zipOf(changed("project.json", JSON.stringify(project)));
    };
    const refusalOf = async (bytes: Buffer) => (await sendZip(bytes, empty.ana.browser, other, empty.id)).body.refused;

    /** Looked through without a refusal, and then taken. */
    async function takenAs(bytes: Buffer) {
      const looked = await sendZip(bytes, empty.ana.browser, other, empty.id);
      if (looked.status !== 200) return looked.body.refused;
      good(await empty.ana.browser.post(`/api/spaces/${empty.id}/imports/${looked.body.id}/take`, {}));
      let refused = null;
      await eventually(async () => {
        const { imported } = good(await empty.ana.browser.get(`/api/spaces/${empty.id}/leaving`));
        refused = imported.why;
        return imported.state === "failed";
      });
      return refused;
    }

    before(async () => {
      empty = await openSpace(other, "empty-rivers");
    });

    afterEach(async () => {
      const { mayImport } = good(await empty.ana.browser.get(`/api/spaces/${empty.id}/leaving`));
      expect(mayImport, "nothing of it is there").to.equal("yes");
      const files = await readdir(join(other.materialsFolder, empty.id)).catch(() => []);
      expect(files).to.deep.equal([]);
    });

    it("that is no zip is refused", async () => {
      expect(await refusalOf(Buffer.from("This is no zip"))).to.equal("import.notAZip");
      expect(await refusalOf(Buffer.alloc(0))).to.equal("import.notAZip");
      expect(await refusalOf(zip.subarray(0, zip.length - 30))).to.equal("import.notAZip");
    });

    it("whose names lead out of it is refused", async () => {
      const out = await zipOf([["AA/evil.txt", "evil"], ...entries]);
      const evil = Buffer.from(out.toString("latin1").replaceAll("AA/evil.txt", "../evil.txt".slice(0, 11)), "latin1");
      expect(await refusalOf(evil)).to.equal("import.unsafe");
    });

    it("with a link in it is refused", async () => {
      expect(await refusalOf(await zipOf(entries, 0o120777))).to.equal("import.unsafe");
    });

    it("that bursts is refused before it is unpacked", async () => {
      const bomb = await zipOf([["files/bomb", Buffer.alloc(25 * mega)], ...entries]);
      expect(bomb.length).to.be.lessThan(mega);
      expect(await refusalOf(bomb)).to.equal("import.unsafe");
    });

    it("with a file that is not what it says is refused, and leaves nothing behind", async () => {
      const file = exported.materials.find(({ kind }) => kind === "image")?.file ?? "";
      expect(await takenAs(await zipOf(changed(file, "another one")))).to.equal("import.damaged");
    });

    it("with a huge or strange description is refused", async () => {
      expect(await refusalOf(await zipOf(changed("project.json", `{"a":"${"x".repeat(49 * mega)}"}`)))).to.be.oneOf([
        ...["import.otherFormat", "import.unsafe"],
      ]);
      expect(await refusalOf(await projectWith((one) => Object.assign(one, { extra: 1 })))).to.equal(
        "import.otherFormat",
      );
      expect(await refusalOf(await projectWith((one) => Object.assign(one, { version: 2 })))).to.equal(
        "import.otherFormat",
      );
      const link = { kind: "link", link: "javascript:alert(1)", file: null };
      expect(await refusalOf(await projectWith((one) => Object.assign(one.materials[0] ?? {}, link)))).to.equal(
        "import.otherFormat",
      );
      const dates = (one: Exported) => Object.assign(one.calendar[0] ?? {}, { startsAt: 8e15, endsAt: 8e15 });
      expect(await takenAs(await projectWith(dates))).to.equal("import.otherFormat");
    });

    it("with a text that is none of ours is refused", async () => {
      const text = exported.pages[0]?.text ?? "";
      const script = { type: "doc", content: [{ type: "html", attrs: { html: "<script>alert(1)</script>" } }] };
      expect(await refusalOf(await zipOf(changed(text, JSON.stringify(script))))).to.equal("import.damaged");
      const link = [{ type: "link", attrs: { href: "javascript:alert(1)" } }];
      const linked = {
        type: "doc",
        content: [{ type: "paragraph", content: [{ type: "text", text: "Look", marks: link }] }],
      };
      expect(await refusalOf(await zipOf(changed(text, JSON.stringify(linked))))).to.equal("import.damaged");
    });
  });

  describe("who may", () => {
    it("export: founders and teacher-admins; nobody else learns that there is one", async () => {
      const { exports } = good(await space.ana.browser.get(`${at()}/leaving`));
      const file = `${at()}/exports/${exports[0].id}/file`;
      const visitor = await space.visitor("Somebody's mother");
      const css = await front.person("support", "Central Service", null);
      const outsider = await front.person("teacher", "Olga Outsider");
      const statuses: Record<string, number[]> = {};
      const tried = { founder: space.mikko.browser, teacher: space.rui.browser, pupil: pupil.browser };
      for (const [name, browser] of Object.entries({
        ...tried,
        visitor: visitor.browser,
        outsider: outsider.browser,
      })) {
        statuses[name] = [(await browser.get(file)).status, (await browser.get(`${at()}/leaving`)).status];
      }
      expect(css.id).to.be.a("string");
      expect(statuses).to.deep.equal({
        ...{ founder: [200, 200], teacher: [403, 403], pupil: [403, 403], visitor: [403, 403], outsider: [404, 404] },
      });
      const elsewhere = await openSpace(front, "other-rivers");
      expect(
        (await elsewhere.ana.browser.get(`/api/spaces/other-rivers/exports/${exports[0].id}/file`)).status,
      ).to.equal(404);
    });

    it("import: founders only", async () => {
      const there = await openSpace(other, "their-rivers");
      expect((await sendZip(zip, there.rui.browser, other, there.id)).body.refused).to.equal("account.notAllowed");
    });
  });

  describe("an export that cannot be made", () => {
    it("is said to have failed, and nothing of it is offered", async () => {
      front.clock.now += 1_000;
      const [first] = await readdir(join(front.materialsFolder, space.id));
      const path = join(front.materialsFolder, space.id, first ?? "");
      const bytes = await readFile(path);
      const { rm } = await import("node:fs/promises");
      for (const name of await readdir(join(front.materialsFolder, space.id))) {
        if (!name.includes(".")) await rm(join(front.materialsFolder, space.id, name));
      }
      good(await space.ana.browser.post(`${at()}/exports`, {}));
      const faults: unknown[] = [];
      await made(front, faults);
      expect(faults).to.have.length(1);
      const { exports } = good(await space.ana.browser.get(`${at()}/leaving`));
      expect(exports[0].state).to.equal("failed");
      expect((await space.ana.browser.get(`${at()}/exports/${exports[0].id}/file`)).status).to.equal(404);
      expect((await readdir(front.exportsFolder)).filter((name) => name.endsWith(".part"))).to.deep.equal([]);
      await writeFile(path, bytes);
    });

    it("is taken over when whoever made it was killed", async () => {
      const there = await openSpace(front, "killed-rivers");
      good(await there.ana.browser.post("/api/spaces/killed-rivers/exports", {}));
      await front.pool.query(
        "update space_exports set state = 'running', tries = 1 where project_id = 'killed-rivers'",
      );
      expect(await waitingExports(front.pool, front.clock.now)).to.deep.equal([]);
      front.clock.now += 61_000;
      await made();
      const { exports } = good(await there.ana.browser.get("/api/spaces/killed-rivers/leaving"));
      expect(exports[0].state).to.equal("ready");
    });

    it("waits for the next process when this one is stopped", async () => {
      const there = await openSpace(front, "stopped-rivers");
      good(await there.ana.browser.post("/api/spaces/stopped-rivers/exports", {}));
      const [id = ""] = await waitingExports(front.pool, front.clock.now);
      const faults: unknown[] = [];
      await makeExport(parts(front), id, "https://here.test", (fault) => void faults.push(fault), AbortSignal.abort());
      expect(faults).to.deep.equal([]);
      expect(await waitingExports(front.pool, front.clock.now)).to.deep.equal([id]);
      await made();
      const { exports } = good(await there.ana.browser.get("/api/spaces/stopped-rivers/leaving"));
      expect(exports[0].state).to.equal("ready");
    });

    it("is gone after a week", async () => {
      const later = front.clock.now + 8 * 86_400_000;
      await sweepExports(parts(front), later);
      expect((await readdir(front.exportsFolder)).filter((name) => /zip$/.test(name))).to.deep.equal([]);
    });
  });
});
