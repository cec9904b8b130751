/** Applying for a Quality Label over http: who may, what is copied, and that nothing changes the copy but consent and erasure. */
import { createHash } from "node:crypto";
import { readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import sharp from "sharp";
import { newId } from "../../../server/ids.ts";
import { sweepCopies } from "../../../server/qualityLabels/freezing.ts";
import { sweepMaterials } from "../../../server/twinspace/materials/sweeping.ts";
import { purgeAfterMs, sweepPupils } from "../../../server/twinspace/pupils/ending.ts";
import { type ActiveSpace, openSpace } from "../../support/activeSpace.ts";
import { type Browser, type FrontDoor, openFrontDoor } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";
import { cookiesOf, upload } from "../../support/uploading.ts";

const dayMs = 86_400_000;
const codes = ["collaboration", "technology", "pedagogy", "curriculum", "results", "online", "ict", "safety"].map(
  (name) => `ql-2023.${name}`,
);
const [online = "", ict = "", safety = ""] = codes.slice(5);
const yes = { plan: true, finished: true, contributed: true, together: true, protected: true };
const answers = Object.fromEntries(codes.map((code) => [code, `What we did for ${code}.`]));

describe("applying for a Quality Label", function () {
  this.timeout(60_000);
  let front: FrontDoor;
  let opened = 0;

  before(async () => {
    front = await openFrontDoor();
  });
  after(() => front.close());

  const nameOf = (first: string, space: ActiveSpace) => `${first} of ${space.id.replaceAll("-", " ")}`;
  const fresh = () => {
    opened += 1;
    return openSpace(front, `rivers-${opened}`);
  };
  const at = (space: ActiveSpace, rest = "") => `/api/spaces/${space.id}/quality-label${rest}`;

  const picture = async (space: ActiveSpace, name: string, said: object): Promise<string> => {
    const bytes = await sharp({ create: { width: 800, height: 500, channels: 3, background: "#2a6f97" } })
      .jpeg()
      .toBuffer();
    const { answer, material } = await upload(space.ana.browser, front.url, space.id, name, bytes);
    if (material === null) throw new Error(answer.text);
    good(await space.ana.browser.patch(`/api/spaces/${space.id}/materials/${material}`, said));
    return material;
  };

  const page = async (space: ActiveSpace, content: object[], settings: object = {}): Promise<string> => {
    const { id } = good(
      await space.ana.browser.post(`/api/spaces/${space.id}/pages`, {
        ...{ title: "Our river", parent: null, view: "members", edit: "teachers", state: "shown", ...settings },
      }),
    );
    for (const table of ["page_texts", "page_snapshots"]) {
      const doc = JSON.stringify({ type: "doc", content });
      await front.pool.query(`update ${table} set doc = $2 where page_id = $1`, [id, doc]);
    }
    return id;
  };
  const paragraph = (text: string) => ({ type: "paragraph", content: [{ type: "text", text }] });

  /** Shared with the services, unless it is said otherwise. */
  const entry = async (space: ActiveSpace, body: object, settings: { readers?: string; state?: string } = {}) => {
    const id = newId();
    const { readers = "services", state = "shared" } = settings;
    await front.pool.query(
      `insert into report_entries (id, project_id, kind, state, readers, author, school_id, body, day, made_at, shared_at, changed_at)
       values ($1, $2, 'activity', $3, $4, $5, $6, $7, '2026-11-02', now(), case when $3 = 'shared' then now() end, now())`,
      [id, space.id, state, readers, `account:${space.mikko.id}`, space.schools.oulu, JSON.stringify(body)],
    );
    return id;
  };

  interface Prepared {
    readonly space: ActiveSpace;
    readonly entry: string;
    readonly picture: string;
    readonly page: string;
    readonly pupil: string;
    readonly base: number;
  }

  /** A draft of Ana's with everything in it, ready to be sent. */
  const prepared = async (given?: ActiveSpace): Promise<Prepared> => {
    const space = given ?? (await fresh());
    const { id: pupil } = await space.pupil("Kingfisher", "oulu");
    await consents(pupil, "yes");
    const shown = await picture(space, "class at the river.jpg", { shows: "people", people: [pupil], alt: "A class" });
    const text = await page(space, [
      paragraph("We counted otters."),
      { type: "image", attrs: { material: shown, alt: "A class at the river", caption: "Us, counting" } },
    ]);
    const told = await entry(space, {
      ...{ title: "A day at the river", done: "We counted.", question: "May we?", criteria: codes },
      evidence: [
        { kind: "material", id: shown },
        { kind: "page", id: text },
        { kind: "link", link: "https://example.org/otters", words: "A list of otters" },
      ],
    });
    good(await space.ana.browser.post(at(space)));
    const chosen = {
      [online]: [{ entry: told, evidence: null }],
      [ict]: [{ entry: told, evidence: { kind: "material", id: shown } }],
      [safety]: [
        { entry: told, evidence: { kind: "page", id: text } },
        { entry: told, evidence: { kind: "link", link: "https://example.org/otters", words: "A list of otters" } },
      ],
    };
    const saved = await save(space, { gate: yes, answers, chosen });
    return { space, entry: told, picture: shown, page: text, pupil, base: saved.application.version };
  };
  const save = async (space: ActiveSpace, changes: object, base = 0, browser = space.ana.browser) =>
    good(await browser.patch(at(space), { base, changes }));
  const consents = (pupil: string, given: string) =>
    front.pool.query(
      `insert into consents (pupil_id, kind, given) values ($1, 'imagePublic', $2)
       on conflict (pupil_id, kind) do update set given = excluded.given`,
      [pupil, given],
    );
  const send = async (ready: Prepared) =>
    good(await ready.space.ana.browser.post(at(ready.space, "/submit"), { base: ready.base }));
  const sent = async (given?: ActiveSpace) => {
    const ready = await prepared(given);
    const { space, base } = ready;
    const view = good(await space.ana.browser.post(at(space, "/submit"), { base }));
    expect(view.application.state).to.equal("submitted");
    return { ...ready, id: view.application.id as string };
  };
  const copyOf = async (space: ActiveSpace, id: string) =>
    good(await space.ana.browser.get(at(space, `/applications/${id}/copy`))).copy;
  const fileStatus = async (browser: Browser, path: string) =>
    (await fetch(front.url + path, { headers: { cookie: cookiesOf(browser) } })).status;

  /** Everything that is kept of a copy, byte for byte. */
  const kept = async (id: string) => {
    const { rows } = await front.pool.query(
      "select frozen::text as frozen, criteria::text as criteria from label_applications where id = $1",
      [id],
    );
    const { rows: files } = await front.pool.query(
      "select f::text as line from label_application_files f where application_id = $1 order by key",
      [id],
    );
    const folder = join(front.applicationsFolder, id);
    const names = (await readdir(folder).catch((): string[] => [])).sort();
    const hashes = [];
    for (const name of names) {
      hashes.push([
        name,
        createHash("sha256")
          .update(await readFile(join(folder, name)))
          .digest("hex"),
      ]);
    }
    return { ...rows[0], files: files.map(({ line }) => line), hashes };
  };

  describe("who may", () => {
    it("is nobody in a national project, and it says so before anything is begun", async () => {
      const space = await fresh();
      await front.pool.query("update projects set scope = 'national' where id = $1", [space.id]);
      const view = good(await space.ana.browser.get(at(space)));
      expect(view).to.deep.include({ scope: "national", obstacles: ["onlyEuropean"], mayBegin: false });
      const refused = await space.ana.browser.post(at(space));
      expect(refused.body).to.include({ refused: "label.onlyEuropean" });
      expect(refused.status).to.equal(403);
    });

    it("is nobody in a project that became a national one after the draft was begun", async () => {
      const ready = await prepared();
      await front.pool.query("update projects set scope = 'national' where id = $1", [ready.space.id]);
      const refused = await ready.space.ana.browser.post(at(ready.space, "/submit"), { base: ready.base });
      expect(refused.body).to.include({ refused: "label.onlyEuropean" });
      expect(await readdir(front.applicationsFolder).catch(() => [])).to.not.include(ready.entry);
    });

    it("is every teacher of the project, each with an application of their own that the others do not see", async () => {
      const { space, id } = await sent();
      for (const { browser } of [space.mikko, space.rui]) {
        const view = good(await browser.get(at(space)));
        expect(view.application).to.equal(null);
        expect(view.mayBegin).to.equal(true);
        for (const rest of [`/applications/${id}`, `/applications/${id}/copy`]) {
          expect((await browser.get(at(space, rest))).status).to.equal(404);
        }
        expect((await browser.get(at(space, "/preview"))).status).to.equal(404);
        expect((await browser.post(at(space, "/withdraw"))).status).to.equal(404);
      }
      const { files } = await copyOf(space, id);
      expect(await fileStatus(space.ana.browser, files[0].path)).to.equal(200);
      expect(await fileStatus(space.mikko.browser, files[0].path)).to.equal(404);
    });

    it("is no pupil, no visitor and no stranger", async () => {
      const space = await fresh();
      const pupil = await space.pupil("Otter", "aveiro");
      const visitor = await space.visitor("A mother");
      expect((await pupil.browser.post(at(space))).status).to.equal(403);
      expect((await visitor.browser.get(at(space))).status).to.equal(403);
      expect((await front.browser().get(at(space))).status).to.equal(401);
      const other = await fresh();
      expect((await other.ana.browser.get(at(space))).status).to.equal(404);
    });

    it("may a year after the project was closed, and not later", async () => {
      const ready = await prepared();
      const close = (days: number) =>
        front.pool.query(
          `update projects set state = 'closed', closed_at = to_timestamp($2::float8 / 1000) where id = $1`,
          [ready.space.id, front.clock.now - days * dayMs],
        );
      await close(400);
      const late = await ready.space.ana.browser.post(at(ready.space, "/submit"), { base: ready.base });
      expect(late.body).to.include({ refused: "label.tooLate" });
      await close(300);
      expect((await send(ready)).application.state).to.equal("submitted");
    });
  });

  describe("a draft", () => {
    it("is saved field by field, and two windows do not overwrite each other", async () => {
      const space = await fresh();
      good(await space.ana.browser.post(at(space)));
      const first = await save(space, { answers: { [online]: "From the first window" } });
      expect(first).to.deep.include({ conflicts: [] });
      const second = await save(space, { answers: { [online]: "From the second", [ict]: "Only here" } }, 0);
      expect(second.conflicts).to.deep.equal([`answers.${online}`]);
      expect(second.application.body.answers).to.include({ [online]: "From the first window", [ict]: "Only here" });
      const again = await save(space, { answers: { [online]: "From the second" } }, second.application.version);
      expect(again.conflicts).to.deep.equal([]);
      expect(again.application.body.answers[online]).to.equal("From the second");
      // The same words again are no change and no conflict.
      const same = await save(space, { answers: { [online]: "From the second" } }, 0);
      expect(same.conflicts).to.deep.equal([]);
      expect(same.application.version).to.equal(again.application.version);
    });

    it("takes nothing for a criterion that today's rubric does not have", async () => {
      const space = await fresh();
      good(await space.ana.browser.post(at(space)));
      const refused = await space.ana.browser.patch(at(space), {
        base: 0,
        changes: { answers: { "ql-2014.ict": "x" } },
      });
      expect(refused.body).to.deep.include({ refused: "request.malformed", fields: ["answers.ql-2014.ict"] });
    });

    it("is begun once, however often it is begun", async () => {
      const space = await fresh();
      const begun = await Promise.all([1, 2, 3].map(() => space.ana.browser.post(at(space))));
      expect(new Set(begun.map((one) => good(one).application.id)).size).to.equal(1);
    });

    it("says what is missing, and is not sent without it", async () => {
      const space = await fresh();
      const { application } = good(await space.ana.browser.post(at(space)));
      expect(application.missing.map(({ obstacle }: { obstacle: string }) => obstacle)).to.deep.equal([
        "gateOpen",
        "answerMissing",
        "nothingChosen",
      ]);
      const refused = await space.ana.browser.post(at(space, "/submit"), { base: 0 });
      expect(refused.body).to.include({ refused: "label.gateOpen" });
      const saved = await save(space, { gate: { ...yes, together: false }, answers });
      const no = await space.ana.browser.post(at(space, "/submit"), { base: saved.application.version });
      expect(no.body).to.deep.include({ refused: "label.gateNo", fields: ["together"] });
    });

    it("is thrown away by its applicant", async () => {
      const space = await fresh();
      good(await space.ana.browser.post(at(space)));
      expect(good(await space.ana.browser.delete(at(space))).application).to.equal(null);
      expect((await space.ana.browser.delete(at(space))).status).to.equal(404);
    });
  });

  describe("what can be shown", () => {
    it("comes from entries that were shared with the services and have the criterion", async () => {
      const space = await fresh();
      good(await space.ana.browser.post(at(space)));
      const shared = await entry(space, { title: "Shared", criteria: [online], evidence: [] });
      await entry(space, { title: "For us", criteria: [online], evidence: [] }, { readers: "partners" });
      await entry(space, { title: "A draft", criteria: [online, ict], evidence: [] }, { state: "draft" });
      await entry(space, { title: "Without", criteria: [], evidence: [] });
      const found = good(await space.ana.browser.get(at(space, "/candidates")));
      expect(found.entries.map(({ id }: { id: string }) => id)).to.deep.equal([shared]);
      expect(found.notShared).to.deep.equal([
        { criterion: ict, entries: 1 },
        { criterion: online, entries: 2 },
      ]);
    });

    it("is nothing that was shared with the partners alone, even if somebody asks for it by its id", async () => {
      const { space, base } = await prepared();
      const hidden = await entry(
        space,
        { title: "For us", done: "A secret", criteria: codes },
        { readers: "partners" },
      );
      const saved = await save(space, { chosen: { [online]: [{ entry: hidden, evidence: null }] } }, base);
      expect(saved.application.missing).to.deep.equal([{ obstacle: "nothingChosen", about: [online] }]);
      const { copy } = good(await space.ana.browser.get(at(space, "/preview")));
      expect(JSON.stringify(copy)).to.not.include("A secret");
      const refused = await space.ana.browser.post(at(space, "/submit"), { base: saved.application.version });
      expect(refused.body).to.deep.include({ refused: "label.nothingChosen", fields: [online] });
    });

    it("is no page for teachers alone and no draft of a page", async () => {
      const space = await fresh();
      good(await space.ana.browser.post(at(space)));
      const [staff, open] = [
        await page(space, [paragraph("Us")], { view: "teachers" }),
        await page(space, [paragraph("All")]),
      ];
      const evidence = [staff, open].map((id) => ({ kind: "page", id }));
      await entry(space, { title: "Pages", criteria: [online], evidence });
      const found = good(await space.ana.browser.get(at(space, "/candidates")));
      expect(found.entries[0].evidence.map(({ why }: { why: string | null }) => why)).to.deep.equal(["notOpen", null]);
    });

    it("is never what an entry asked the service, and names nobody in what is kept", async () => {
      const { space, id } = await sent();
      const { frozen } = await kept(id);
      expect(frozen)
        .to.not.include("May we?")
        .and.not.include(nameOf("Mikko", space))
        .and.not.include(nameOf("Ana", space));
      expect(frozen).to.not.include("Kingfisher");
      const copy = await copyOf(space, id);
      expect(copy.applicant.name).to.equal(nameOf("Ana", space));
      expect(copy.entries[0].author.name).to.equal(nameOf("Mikko", space));
    });
  });

  describe("what is sent", () => {
    it("is what the preview showed, but for where its files come from", async () => {
      const ready = await prepared();
      const { space } = ready;
      const { copy: before } = good(await space.ana.browser.get(at(space, "/preview")));
      const { application } = await send(ready);
      const after = await copyOf(space, application.id);
      const keys = (copy: typeof before) => copy.files.map(({ key }: { key: string }) => key);
      let text = JSON.stringify({ ...after, submittedAt: null, files: [] });
      keys(after).forEach((key: string, n: number) => {
        text = text.replaceAll(key, keys(before)[n]);
      });
      expect(JSON.parse(text)).to.deep.equal({ ...before, files: [] });
      expect(after.files.map(({ name, state, alt }: Record<string, string>) => ({ name, state, alt }))).to.deep.equal(
        before.files.map(({ name, state, alt }: Record<string, string>) => ({ name, state, alt })),
      );
      expect(await fileStatus(space.ana.browser, before.files[0].path)).to.equal(200);
      expect(await fileStatus(space.ana.browser, `${after.files[0].path}?size=320`)).to.equal(200);
    });

    it("never changes: not with its entry, its page, its file, its project, its criteria or its applicant's name", async () => {
      const { space, id, entry, page, picture } = await sent();
      const before = await kept(id);
      expect(before.hashes.length, "a picture and its smaller one").to.equal(2);
      await front.pool.query("update report_entries set body = body || $2, version = 9 where id = $1", [
        entry,
        JSON.stringify({ title: "Another day", done: "Something else" }),
      ]);
      await front.pool.query("update report_entries set removed_at = now() where id = $1", [entry]);
      const other = JSON.stringify({ type: "doc", content: [paragraph("Not a word of otters.")] });
      await front.pool.query("update page_texts set doc = $2, version = version where page_id = $1", [page, other]);
      await front.pool.query("update pages set title = 'Another river', words = '', view = 'teachers' where id = $1", [
        page,
      ]);
      await front.pool.query(
        "update projects set title = 'Two lakes', aims = 'Lakes', languages = '{fi}' where id = $1",
        [space.id],
      );
      await front.pool.query("update list_entries set facts = facts || '{\"leastPoints\": 5}' where code = $1", [
        online,
      ]);
      await front.pool.query("update accounts set name = 'Ana the Renamed' where id = $1", [space.ana.id]);
      good(await space.ana.browser.delete(`/api/spaces/${space.id}/materials/${picture}`));
      await front.pool.query("update materials set removed_at = now() - interval '9 days' where id = $1", [picture]);
      await sweepMaterials(front, front.clock.now);
      // No row speaks of it any more, and its file was last written long ago.
      const folder = join(front.materialsFolder, space.id);
      for (const name of await readdir(folder)) await utimes(join(folder, name), 1, 1);
      await sweepMaterials(front, front.clock.now);
      expect(await readdir(folder)).to.not.include(picture);
      await sweepCopies(front, front.clock.now + dayMs);

      expect(await kept(id)).to.deep.equal(before);
      const copy = await copyOf(space, id);
      expect(copy.project.title).to.equal("Two rivers");
      expect(copy.applicant.name).to.equal("Ana the Renamed");
      expect(copy.pages[0].title).to.equal("Our river");
      expect(copy.rubric.criteria.find(({ code }: { code: string }) => code === online).leastPoints).to.equal(2);
      expect(await fileStatus(space.ana.browser, copy.files[0].path)).to.equal(200);
      await front.pool.query("update list_entries set facts = facts || '{\"leastPoints\": 2}' where code = $1", [
        online,
      ]);
    });

    it("shows a picture only while everybody on it may be shown, and then not even its name", async () => {
      const { space, id, pupil } = await sent();
      const before = await kept(id);
      const [{ path }] = (await copyOf(space, id)).files;
      await consents(pupil, "withdrawn");
      const copy = await copyOf(space, id);
      expect(copy.files[0]).to.deep.include({ state: "keptBack", name: "", alt: "", caption: "", path: null });
      expect(copy.files[0].schools).to.have.length(1);
      expect(JSON.stringify(copy)).to.not.include("counting").and.not.include("class at the river");
      expect(await fileStatus(space.ana.browser, path)).to.equal(404);
      expect(await kept(id), "what is kept is as it was").to.deep.equal(before);
      await consents(pupil, "yes");
      expect(await fileStatus(space.ana.browser, path)).to.equal(200);
    });

    it("shows it neither once somebody else is named on it who may not be shown", async () => {
      const { space, id, picture } = await sent();
      const { id: heron } = await space.pupil("Heron", "aveiro");
      await front.pool.query("insert into material_people (material_id, pupil_id) values ($1, $2)", [picture, heron]);
      expect((await copyOf(space, id)).files[0].state).to.equal("keptBack");
    });

    it("does not show a picture with a pupil who was erased, whatever their consent said", async () => {
      const { space, id, pupil } = await sent();
      const [{ path }] = (await copyOf(space, id)).files;
      await front.pool.query(
        "update pupils set state = 'ended', ended_at = now(), purge_after = to_timestamp($2::float8 / 1000) where id = $1",
        [pupil, front.clock.now + purgeAfterMs],
      );
      expect((await copyOf(space, id)).files[0].state).to.equal("shown");
      await sweepPupils(front.pool, front.clock.now + purgeAfterMs + 1);
      expect((await copyOf(space, id)).files[0]).to.deep.include({
        state: "erased",
        name: "",
        path: null,
        schools: [],
      });
      expect(await fileStatus(space.ana.browser, path)).to.equal(404);
    });

    it("is there once, however often the button was pressed, and a letter tells the service once", async () => {
      const { space, base } = await prepared();
      await front.pool.query("update support_services set email = 'desk@pt.test' where kind = 'css'");
      const letters = async () =>
        (await front.pool.query("select from mails where kind = 'qualityLabelSubmitted'")).rowCount ?? 0;
      const before = await letters();
      const pressed = await Promise.all([1, 2, 3].map(() => space.ana.browser.post(at(space, "/submit"), { base })));
      for (const answer of pressed) expect(good(answer).application.state).to.equal("submitted");
      const { id } = good(pressed[0] as (typeof pressed)[number]).application;
      expect((await kept(id)).hashes.length).to.equal(2);
      expect((await letters()) - before).to.equal(1);
      const { rows } = await front.pool.query("select subject, text from mails where kind = 'qualityLabelSubmitted'");
      expect(JSON.stringify(rows)).to.not.include(nameOf("Ana", space));
    });

    it("is not sent when it was changed in another window meanwhile", async () => {
      const { space, base } = await prepared();
      await save(space, { answers: { [online]: "Something else" } }, base);
      const refused = await space.ana.browser.post(at(space, "/submit"), { base });
      expect(refused.body).to.include({ refused: "label.changed" });
    });

    it("is not changed by saving, and not begun anew beside it", async () => {
      const { space, base, id } = await sent();
      const refused = await space.ana.browser.patch(at(space), { base, changes: { answers: { [online]: "Later" } } });
      expect(refused.body).to.include({ refused: "label.sent" });
      expect(good(await space.ana.browser.post(at(space))).application.id).to.equal(id);
    });

    it("leaves a draft and no files where the disk or the database fails, and is sent the next time", async () => {
      const ready = await prepared();
      const { space, base } = ready;
      await front.pool.query(
        `create function no_room() returns trigger language plpgsql as $$ begin raise 'No room'; end $$`,
      );
      await front.pool.query(
        "create trigger no_room before insert on label_application_files for each row execute function no_room()",
      );
      const failed = await space.ana.browser.post(at(space, "/submit"), { base });
      await front.pool.query("drop function no_room cascade");
      expect(failed.status).to.equal(500);
      const { application } = good(await space.ana.browser.get(at(space)));
      expect(application).to.deep.include({ state: "draft", version: base });
      expect(await kept(application.id)).to.deep.equal({ frozen: null, criteria: null, files: [], hashes: [] });
      expect((await send(ready)).application.state).to.equal("submitted");
    });

    it("is a draft where a file was lost before it was copied", async () => {
      const { space, base, picture } = await prepared();
      const { unlink } = await import("node:fs/promises");
      await unlink(join(front.materialsFolder, space.id, picture));
      const refused = await space.ana.browser.post(at(space, "/submit"), { base });
      expect(refused.body).to.include({ refused: "label.changed" });
      expect(good(await space.ana.browser.get(at(space))).application.state).to.equal("draft");
    });

    it("has what was copied and never sent swept, but not what may still be on its way", async () => {
      const { id } = await sent();
      const folder = join(front.applicationsFolder, id);
      const before = (await readdir(folder)).sort();
      await writeFile(join(folder, "left-over"), "Half a picture");
      await sweepCopies(front, Date.now());
      expect(await readdir(folder)).to.include("left-over");
      await sweepCopies(front, Date.now() + dayMs);
      expect((await readdir(folder)).sort()).to.deep.equal(before);
    });
  });

  describe("afterwards", () => {
    it("is taken back by its applicant: the copy goes, the texts stay for the next one", async () => {
      const { space, id } = await sent();
      const view = good(await space.ana.browser.post(at(space, "/withdraw")));
      expect(view.application).to.deep.include({ state: "withdrawn" });
      expect(view.mayBegin).to.equal(true);
      expect(await kept(id)).to.deep.equal({ frozen: null, criteria: null, files: [], hashes: [] });
      const again = good(await space.ana.browser.post(at(space))).application;
      expect(again).to.deep.include({ state: "draft", attempt: 1 });
      expect(again.body.answers).to.deep.equal(answers);
      expect(again.body.gate.plan).to.equal(null);
    });

    it("says what was decided, without a reviewer's name, and takes the texts over to apply again", async () => {
      const { space, id } = await sent();
      const points = codes.map((code) => ({ criterion: code, points: code === online ? 1 : 4 }));
      for (const { criterion, points: given } of points) {
        await front.pool.query(
          "insert into label_scores (application_id, reviewer, criterion, points, remark, at) values ($1, $2, $3, $4, $5, now())",
          [id, space.mikko.id, criterion, given, criterion === online ? "Did they meet?" : ""],
        );
      }
      await front.pool.query(
        `update label_applications set state = 'notGranted', review_began_at = now(), decided_at = now(), decided_by = $2,
           feedback = 'Show what pupils did together.' where id = $1`,
        [id, space.mikko.id],
      );
      const view = good(await space.ana.browser.get(at(space)));
      expect(view.application.judged.feedback).to.equal("Show what pupils did together.");
      expect(
        view.application.judged.criteria.find(({ criterion }: { criterion: string }) => criterion === online),
      ).to.deep.equal({ criterion: online, points: 1, remarks: ["Did they meet?"] });
      expect(JSON.stringify(view.application.judged)).to.not.include(nameOf("Mikko", space));
      const next = good(await space.ana.browser.post(at(space)));
      expect(next.application).to.deep.include({ state: "draft", attempt: 2 });
      expect(next.application.body.answers).to.deep.equal(answers);
      expect(next.earlier.map(({ state }: { state: string }) => state)).to.deep.equal(["notGranted"]);
      const earlier = good(await space.ana.browser.get(at(space, `/applications/${id}`)));
      expect(earlier.judged.feedback).to.equal("Show what pupils did together.");
      const mine = good(await space.ana.browser.get("/api/me/quality-labels")).applications;
      expect(mine.map(({ state, attempt }: Record<string, unknown>) => [state, attempt])).to.deep.equal([
        ["draft", 2],
        ["notGranted", 1],
      ]);
    });

    it("counts four in a school year by one teacher, and a fifth from the first of September", async () => {
      const space = await fresh();
      const school = space.schools.aveiro;
      const sentAs = async (state: string, reviewed: boolean, days: number) => {
        const project = await fresh();
        await front.pool.query(
          `insert into label_applications (id, account_id, school_id, project_id, country, rubric, state, begun_at, changed_at,
             submitted_at, frozen, criteria, review_began_at)
           values ($1, $2, $3, $4, 'PT', 'ql-2023', $5, now(), now(), to_timestamp($6::float8 / 1000), '{}', '{}',
             case when $7 then now() end)`,
          [newId(), space.ana.id, school, project.id, state, front.clock.now - days * dayMs, reviewed],
        );
      };
      await sentAs("submitted", false, 0);
      await sentAs("withdrawn", false, 0);
      await sentAs("withdrawn", true, 0);
      await sentAs("inReview", true, 400);
      expect(good(await space.ana.browser.get(at(space))).year).to.include({ sent: 2, most: 4 });
      await sentAs("inReview", true, 0);
      const ready = await prepared(space);
      await sentAs("inReview", true, 0);
      const view = good(await space.ana.browser.get(at(space)));
      expect(view.application.missing[0]).to.deep.equal({ obstacle: "yearFull", about: [] });
      const refused = await space.ana.browser.post(at(space, "/submit"), { base: ready.base });
      expect(refused.body).to.include({ refused: "label.yearFull" });
      const before = front.clock.now;
      const [year = ""] = view.year.to.split("-");
      front.clock.now = Date.parse(`${year}-09-01T12:00:00.000Z`);
      try {
        await front.pool.query("update sessions set expires_at = to_timestamp($1::float8 / 1000)", [
          front.clock.now + dayMs,
        ]);
        const next = good(await space.ana.browser.get(at(space)));
        expect(next.year).to.deep.include({ from: `${year}-09-01`, sent: 0 });
        expect(next.obstacles).to.deep.equal([]);
      } finally {
        front.clock.now = before;
      }
    });

    it("ends with its applicant's account: drafts are gone, what waits is taken back, nothing names them", async () => {
      const { space, id } = await sent();
      const draft = await fresh();
      await front.pool.query(
        `insert into project_members (project_id, account_id, school_id, role, state, agreed) values ($1, $2, $3, 'teacher', 'accepted', true)`,
        [draft.id, space.ana.id, space.schools.aveiro],
      );
      good(await space.ana.browser.post(at(draft)));
      await front.pool.query("update accounts set password_hash = null where id = $1", [space.ana.id]);
      good(await space.ana.browser.post("/api/me/end", { password: "" }));
      const { rows } = await front.pool.query("select id, state from label_applications where account_id = $1", [
        space.ana.id,
      ]);
      expect(rows).to.deep.equal([{ id, state: "withdrawn" }]);
      const left = await kept(id);
      expect({ frozen: left.frozen, files: left.files }).to.deep.equal({ frozen: null, files: [] });
      await sweepCopies(front, Date.now() + dayMs);
      expect((await kept(id)).hashes).to.deep.equal([]);
    });
  });
});
