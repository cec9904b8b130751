import { expect } from "chai";
import type { EntryView, Evidence, ShownEvidence } from "../../../protocol/reports/entries.ts";
import { deskPerson } from "../../support/desks.ts";
import { aveiro, type Browser, type FrontDoor, openFrontDoor, type Person } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";
import { openCard } from "../../support/reports.ts";
import { openTalk, type Talkers } from "../../support/talkers.ts";

describe("The evidence of an entry", function () {
  this.timeout(60_000);
  let front: FrontDoor;
  let talk: Talkers;
  let ana: Browser;
  let paula: Person;

  before(async () => {
    front = await openFrontDoor();
    talk = await openTalk(front);
    const other = await openTalk(front, "other-lakes");
    ana = talk.ana.browser;
    paula = await deskPerson(front, "Paula", "PT");
    await openCard(front.pool, talk.id, front.clock.now - 86_400_000);
    for (const [id, project, kind, shows] of [
      ["river", talk.id, "image", "nobody"],
      ["class", talk.id, "image", "people"],
      ["voices", talk.id, "sound", "unknown"],
      ["text", talk.id, "file", "unknown"],
      ["gone", talk.id, "file", "unknown"],
      ["theirs", other.id, "image", "nobody"],
    ]) {
      await front.pool.query(
        `insert into materials (id, project_id, kind, name, type, alt, sizes, author, created_at, changed_at, shows)
         values ($1, $2, $3, $1 || '.bin', 'x/y', 'What it shows', '{320}', $4, now(), now(), $5)`,
        [id, project, kind, `account:${talk.ana.id}`, shows],
      );
    }
    await front.pool.query("update materials set removed_at = now() where id = 'gone'");
    await front.pool.query("insert into material_people (material_id, pupil_id) values ('class', $1)", [talk.pupil.id]);
    for (const [id, project, author, state] of [
      ["page", talk.id, talk.ana.id, "shown"],
      ["draft", talk.id, talk.mikko.id, "draft"],
      ["page-theirs", other.id, talk.ana.id, "shown"],
    ]) {
      await front.pool.query(
        `insert into pages (id, project_id, position, title, view, edit, state, author, made_at, changed_at)
         values ($1, $2, 1, 'Our ' || $1, 'members', 'author', $4, $3, now(), now())`,
        [id, project, `account:${author}`, state],
      );
    }
    for (const [id, project, phase, recorded] of [
      ["held", talk.id, "ended", true],
      ["unrecorded", talk.id, "ended", false],
      ["coming", talk.id, "booked", true],
      ["held-there", other.id, "ended", true],
    ]) {
      await front.pool.query(
        `insert into meetings (id, code, title, starts_at, length_minutes, settings, chair_account, project_id, phase)
         values ($1, $1 || '-code', 'What lives here?', now(), 45, jsonb_build_object('recorded', $5::boolean), $3, $2, $4)`,
        [id, project, talk.ana.id, phase, recorded],
      );
    }
  });
  after(() => front?.close());

  const at = (path: string) => talk.at(`report/entries${path}`);
  const moment = (meeting: string, atMs = 75_900): Evidence => ({ kind: "moment", meeting, atMs, words: "" });
  const withEvidence = async (...evidence: Evidence[]) => {
    const { entry } = good(await ana.post(at(""), { kind: "activity" }));
    const changes = { title: "River day", done: "We looked.", evidence };
    return { id: entry.id as string, saved: await ana.patch(at(`/${entry.id}`), { base: 1, changes }) };
  };
  const toService = async (id: string): Promise<ShownEvidence[]> => {
    good(await ana.post(at(`/${id}/share`), { readers: "services" }));
    const { entries } = good(await paula.browser.get("/api/desk/reports/two-rivers"));
    return entries.find((entry: EntryView) => entry.id === id)?.evidence ?? [];
  };

  it("leads its teachers to materials, pages, a second of a replay, and links", async () => {
    const { saved } = await withEvidence(
      { kind: "material", id: "river" },
      { kind: "page", id: "page" },
      moment("held"),
      { kind: "link", link: "https://rivers.test/film", words: "Our film" },
    );
    const { evidence } = good(saved).entry;
    expect(evidence.map(({ title, path }: ShownEvidence) => [title, path])).to.deep.equal([
      ["river.bin", "/twinspace/two-rivers/materials/river"],
      ["Our page", "/twinspace/two-rivers/pages/page"],
      ["What lives here?", "/r/held-code?t=75"],
      ["Our film", "https://rivers.test/film"],
    ]);
    expect(evidence[0].image).to.deep.equal({
      ...{ src: "/api/spaces/two-rivers/materials/river/file", alt: "What it shows", sizes: [320] },
    });
  });

  it("is of this project, there, and to be seen by who shows it", async () => {
    for (const piece of [
      { kind: "material", id: "theirs" },
      { kind: "material", id: "gone" },
      { kind: "material", id: "none" },
      { kind: "page", id: "page-theirs" },
      { kind: "page", id: "none" },
      moment("held-there"),
      moment("unrecorded"),
      moment("coming"),
      moment("none"),
    ] as Evidence[]) {
      const { saved } = await withEvidence({ kind: "material", id: "river" }, piece);
      expect(saved.body.refused, JSON.stringify(piece)).to.equal("entry.evidenceUnknown");
      expect(saved.body.fields).to.deep.equal(["evidence"]);
    }
  });

  it("stays named when it is gone, without a way to it, and keeps nobody from saving", async () => {
    const { id } = await withEvidence({ kind: "material", id: "river" }, { kind: "page", id: "page" });
    await front.pool.query("update materials set removed_at = now() where id = 'river'");
    await front.pool.query("update pages set removed_at = now() where id = 'page'");
    const { entry } = good(await ana.get(at(`/${id}`)));
    for (const piece of entry.evidence) expect(piece).to.include({ path: null, image: null, heldBack: null });
    const more = [...entry.body.evidence, { kind: "material", id: "text" }];
    good(await ana.patch(at(`/${id}`), { base: entry.version, changes: { evidence: more } }));
    await front.pool.query("update materials set removed_at = null where id = 'river'");
    await front.pool.query("update pages set removed_at = null where id = 'page'");
  });

  it("leads a support service to nothing inside of the TwinSpace, and shows it who may be seen", async () => {
    const { id } = await withEvidence(
      ...(["river", "class", "voices", "text"] as const).map((id) => ({ kind: "material" as const, id })),
      { kind: "page", id: "page" },
      moment("held"),
      { kind: "link", link: "https://rivers.test/film", words: "" },
    );
    const file = (material: string) => `/api/desk/reports/two-rivers/entries/${id}/materials/${material}`;
    const school = { schools: [aveiro.name] };
    const shown = await toService(id);
    expect(shown.map(({ title, path, heldBack }) => [title, path, heldBack])).to.deep.equal([
      ["river.bin", file("river"), null],
      ["", null, school],
      ["", null, school],
      ["text.bin", file("text"), null],
      ["Our page", null, null],
      ["What lives here?", null, null],
      ["https://rivers.test/film", "https://rivers.test/film", null],
    ]);
    await front.pool.query(
      "insert into consents (pupil_id, kind, given, recorded_at) values ($1, 'imagePublic', 'yes', now())",
      [talk.pupil.id],
    );
    expect((await toService(id))[1]).to.include({ title: "class.bin", path: file("class"), heldBack: null });
    await front.pool.query("update consents set given = 'withdrawn'");
    expect((await toService(id))[1]).to.deep.include({ title: "", path: null, heldBack: school });
    await front.pool.query(
      `insert into published_pages (page_id, project_id, slug, state, title, doc, version, published_at, at)
       values ('page', $1, 'our-page', 'public', 'Our page', '{"type":"doc","content":[]}', 1, now(), now())`,
      [talk.id],
    );
    expect((await toService(id))[4]?.path).to.equal("/p/two-rivers/our-page");
    await front.pool.query("update meetings set replay_audience = 'link' where id = 'held'");
    expect((await toService(id))[5]?.path).to.equal("/r/held-code?t=75");
  });

  it("is not called by a pupil's name when it is shared", async () => {
    await front.pool.query("update materials set name = 'Kingfisher two-rivers.png' where id = 'river'");
    const { id } = await withEvidence({ kind: "material", id: "river" });
    const answer = await ana.post(at(`/${id}/share`), { readers: "services" });
    expect([answer.body.refused, answer.body.fields]).to.deep.equal(["entry.namesPupil", ["evidence"]]);
  });
});
