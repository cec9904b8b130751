/** Pages over http: who sees and writes what, steps that are taken or refused, history, and what hostile people try. */
import { expect } from "chai";
import type { SpaceRole } from "../../../domain/permissions.ts";
import { type PageFacts, seesPage } from "../../../domain/twinspace/page.ts";
import { pagesFound } from "../../../server/twinspace/pages/finding.ts";
import { settleTexts } from "../../../server/twinspace/pages/texts.ts";
import { type ActiveSpace, openSpace } from "../../support/activeSpace.ts";
import { type Browser, type FrontDoor, openFrontDoor } from "../../support/frontDoor.ts";

const minuteMs = 60_000;
const roles: readonly SpaceRole[] = [
  ...(["founder", "teacherAdmin", "teacher", "expert", "observer", "pupilAdmin", "pupil", "visitor"] as const),
];

describe("pages of a TwinSpace", () => {
  let front: FrontDoor;
  let space: ActiveSpace;
  let other: ActiveSpace;
  let pupil: { id: string; browser: Browser };
  let pupilAdmin: { id: string; browser: Browser };
  let visitor: { id: string; browser: Browser };

  before(async () => {
    front = await openFrontDoor();
    space = await openSpace(front);
    other = await openSpace(front, "three-hills");
    pupil = await space.pupil("Otter", "aveiro");
    pupilAdmin = await space.pupil("Heron", "oulu");
    await front.pool.query("update pupils set role = 'pupilAdmin' where id = $1", [pupilAdmin.id]);
    visitor = await space.visitor("A parent");
  });
  after(() => front.close());

  const at = (page = "") => `/api/spaces/${space.id}/pages${page && `/${page}`}`;
  const insert = (pos: number, text: string) => ({
    ...{ stepType: "replace", from: pos, to: pos },
    slice: { content: [{ type: "text", text }] },
  });
  const send = (version: number, ...steps: object[]) => ({ version, steps, clientId: "a-test-client" });
  const make = async (browser: Browser, settings: object = {}): Promise<string> => {
    const body = { title: "Rivers", parent: null, view: "members", edit: "teachers", state: "shown", ...settings };
    const answer = await browser.post(at(), body);
    expect(answer.status, answer.text).to.equal(200);
    return answer.body.id;
  };
  const textOf = async (browser: Browser, page: string): Promise<string> =>
    JSON.stringify((await browser.get(at(page))).body.doc);
  const listed = async (browser: Browser): Promise<string[]> =>
    (await browser.get(at())).body.pages.map(({ id }: { id: string }) => id);

  describe("making and finding", () => {
    it("gives a new page an empty text, and its maker every right to it", async () => {
      const page = await make(space.rui.browser, { edit: "author", state: "draft" });
      const { body } = await space.rui.browser.get(at(page));
      expect(body).to.deep.include({ title: "Rivers", version: 0, above: [], parent: null, state: "draft" });
      expect(body.doc).to.deep.equal({ type: "doc", content: [{ type: "paragraph" }] });
      expect(body.acts).to.deep.equal({
        ...{ write: true, settings: true, arrange: false, remove: true, hide: true, addSubPage: true, history: true },
      });
    });

    it("shows a draft to its author, who may edit it and pupil admins, and to nobody else", async () => {
      const page = await make(space.rui.browser, { edit: "teachers", state: "draft" });
      const own = await make(space.rui.browser, { edit: "author", state: "draft" });
      const seen = async (browser: Browser) => (await listed(browser)).filter((id) => id === page || id === own).length;
      expect(await seen(space.rui.browser)).to.equal(2);
      expect(await seen(space.ana.browser)).to.equal(2);
      expect(await seen(pupilAdmin.browser)).to.equal(2);
      expect(await seen(pupil.browser)).to.equal(0);
      expect((await pupil.browser.get(at(page))).status).to.equal(404);
    });

    it("keeps the staffroom from pupils and visitors, with everything below it", async () => {
      const staffroom = await make(space.ana.browser, { view: "teachers" });
      const below = await make(space.ana.browser, { view: "visitors", parent: staffroom });
      for (const { browser } of [pupil, pupilAdmin, visitor]) {
        expect(await listed(browser)).to.not.include.members([staffroom]);
        expect(await listed(browser)).to.not.include.members([below]);
        expect((await browser.get(at(below))).status).to.equal(404);
        expect((await browser.get(`${at(below)}/steps?after=0`)).status).to.equal(404);
        expect((await browser.get(`${at()}?parent=${staffroom}`)).status).to.equal(404);
      }
      expect(await listed(space.rui.browser)).to.include.members([staffroom, below]);
      const { body } = await space.rui.browser.get(at(below));
      expect(body.above).to.deep.equal([{ id: staffroom, title: "Rivers" }]);
    });

    it("shows visitors only what is for them", async () => {
      const forMembers = await make(space.ana.browser);
      const forVisitors = await make(space.ana.browser, { view: "visitors" });
      expect(await listed(visitor.browser))
        .to.include(forVisitors)
        .and.not.include(forMembers);
      expect((await visitor.browser.get(at(forVisitors))).body.acts.write).to.equal(false);
      expect((await visitor.browser.post(`${at(forVisitors)}/steps`, send(0, insert(1, "x")))).status).to.equal(403);
    });

    it("goes four deep and no deeper", async () => {
      let parent: string | null = null;
      for (let depth = 1; depth <= 4; depth += 1) parent = await make(space.ana.browser, { parent });
      const body = { title: "Too deep", parent, view: "members", edit: "members" };
      const answer = await space.ana.browser.post(at(), body);
      expect(answer.body.refused).to.equal("page.tooDeep");
    });

    it("lets nobody give a page to a circle that they are not in", async () => {
      const body = { title: "Secret", parent: null, view: "teachers", edit: "author" };
      const answer = await pupilAdmin.browser.post(at(), body);
      expect(answer.status).to.equal(400);
      expect(answer.body.fields).to.deep.equal(["view"]);
      expect((await pupil.browser.post(at(), { ...body, view: "members" })).status).to.equal(403);
    });

    it("knows no page by another project's address", async () => {
      const page = await make(space.ana.browser);
      for (const path of [page, `${page}/steps?after=0`, `${page}/history`, `${page}/versions/0`]) {
        expect((await other.ana.browser.get(`/api/spaces/${other.id}/pages/${path}`)).status, path).to.equal(404);
        expect((await other.ana.browser.get(at(path))).status, path).to.equal(404);
      }
      const elsewhere = `/api/spaces/${other.id}/pages/${page}`;
      expect((await other.ana.browser.post(`${elsewhere}/steps`, send(0, insert(1, "x")))).status).to.equal(404);
      expect((await other.ana.browser.delete(elsewhere)).status).to.equal(404);
      const body = { title: "Below", parent: page, view: "members", edit: "members" };
      expect((await other.ana.browser.post(`/api/spaces/${other.id}/pages`, body)).status).to.equal(404);
    });
  });

  describe("the database's own rule", () => {
    it("is the rule of the house, for every setting, role and pages above", async () => {
      const { pool } = front;
      const own = await openSpace(front, "every-setting");
      const facts: (PageFacts & { id: string; parent: string | null })[] = [];
      for (const view of ["teachers", "members", "visitors"] as const)
        for (const edit of ["author", "teachers", "members"] as const)
          for (const state of ["draft", "shown", "archived"] as const)
            for (const author of ["account:me", "account:other"])
              for (const removed of [false, true]) {
                const parent = facts.length % 3 === 0 ? null : (facts[Math.floor(facts.length / 3)]?.id ?? null);
                facts.push({ id: `every-${facts.length}`, parent, view, edit, state, author, removed, hidden: false });
              }
      await pool.query(
        `insert into pages (id, project_id, parent_id, position, title, view, edit, state, author, made_at, changed_at, removed_at)
         select f.id, $2, f.parent, 1, 'A page', f.view, f.edit, f.state, f.author, now(), now(),
           case when f.removed then now() end
         from jsonb_to_recordset($1::jsonb) as f (id text, parent text, view text, edit text, state text, author text, removed boolean)`,
        [JSON.stringify(facts), own.id],
      );
      const byId = new Map(facts.map((one) => [one.id, one]));
      const aboveOf = (one: { parent: string | null }): PageFacts[] => {
        const parent = one.parent === null ? undefined : byId.get(one.parent);
        return parent ? [parent, ...aboveOf(parent)] : [];
      };
      for (const role of roles) {
        const { rows } = await pool.query<{ id: string; alone: boolean; through: boolean }>(
          `select id, page_seen(p, 'account:me', $1) as alone, page_seen_through(p, 'account:me', $1) as through
           from pages p where project_id = $2`,
          [role, own.id],
        );
        expect(rows).to.have.length(facts.length);
        const seen = await pool.query<{ id: string }>("select pages_seen($1, 'account:me', $2) as id", [own.id, role]);
        const through = rows.filter((row) => row.through).map(({ id }) => id);
        expect(seen.rows.map(({ id }) => id)).to.have.members(through);
        for (const { id, alone, through } of rows) {
          const one = byId.get(id);
          if (!one) throw new Error("A page came from nowhere");
          const reader = { author: "account:me", role };
          expect(alone, `${role} ${JSON.stringify(one)}`).to.equal(seesPage(reader, one, []));
          expect(through, `${role} ${JSON.stringify(one)}`).to.equal(seesPage(reader, one, aboveOf(one)));
        }
      }
    });
  });

  describe("a very large tree", () => {
    it("is told by its parents, a page of the list at a time", async () => {
      const large = await openSpace(front, "large-tree");
      await front.pool.query(
        `insert into pages (id, project_id, position, title, view, edit, state, author, made_at, changed_at)
         select 'large-' || n, 'large-tree', n, 'Page ' || n, 'members', 'teachers', 'shown', 'account:x', now(), now()
         from generate_series(1, 650) as n`,
      );
      await front.pool.query("update pages set parent_id = 'large-1' where id in ('large-2', 'large-3')");
      const found: { id: string; subPages: number }[] = [];
      let after = "";
      do {
        const { body } = await large.ana.browser.get(`/api/spaces/large-tree/pages${after && `?after=${after}`}`);
        expect(body.whole).to.equal(false);
        found.push(...body.pages);
        after = body.after ?? "";
      } while (after);
      expect(new Set(found.map(({ id }) => id)).size).to.equal(648);
      expect(found[0]).to.deep.include({ id: "large-1", subPages: 2 });
      const { body } = await large.ana.browser.get("/api/spaces/large-tree/pages?parent=large-1");
      expect(body.pages.map(({ id }: { id: string }) => id)).to.deep.equal(["large-2", "large-3"]);
    });
  });

  describe("writing", () => {
    it("takes steps at the newest version, and tells who comes late what they missed", async () => {
      const page = await make(space.ana.browser);
      const first = await space.ana.browser.post(`${at(page)}/steps`, send(0, insert(1, "Douro"), insert(6, "!")));
      expect(first.body).to.deep.equal({ taken: true, version: 2 });
      const late = await space.mikko.browser.post(`${at(page)}/steps`, send(0, insert(1, "Oulujoki")));
      expect(late.body).to.deep.include({ taken: false, version: 2, more: false });
      expect(late.body.steps.map(({ clientId }: { clientId: string }) => clientId)).to.deep.equal([
        "a-test-client",
        "a-test-client",
      ]);
      expect((await space.mikko.browser.get(`${at(page)}/steps?after=1`)).body.steps).to.have.length(1);
      expect(await textOf(space.mikko.browser, page)).to.contain("Douro!");
    });

    it("takes one of two who write at the very same moment", async () => {
      const page = await make(space.ana.browser);
      const answers = await Promise.all(
        [space.ana, space.mikko, space.rui].map(({ browser }) =>
          browser.post(`${at(page)}/steps`, send(0, insert(1, "x"))),
        ),
      );
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200]);
      expect(answers.filter(({ body }) => body.taken)).to.have.length(1);
      expect((await space.ana.browser.get(at(page))).body.version).to.equal(1);
    });

    it("lets a pupil write where members may, and nowhere else", async () => {
      const open = await make(space.ana.browser, { edit: "members" });
      const forTeachers = await make(space.ana.browser, { edit: "teachers" });
      expect((await pupil.browser.post(`${at(open)}/steps`, send(0, insert(1, "x")))).body.taken).to.equal(true);
      for (const { browser } of [pupil, pupilAdmin]) {
        const no = await browser.post(`${at(forTeachers)}/steps`, send(0, insert(1, "x")));
        expect(no.status).to.equal(403);
        expect((await browser.patch(at(forTeachers), { edit: "members" })).status).to.equal(403);
        expect((await browser.patch(at(forTeachers), { title: "Mine" })).status).to.equal(403);
        expect((await browser.delete(at(forTeachers))).status).to.equal(403);
      }
      expect((await pupil.browser.patch(at(open), { title: "By a pupil" })).status).to.equal(200);
      expect((await pupil.browser.patch(at(open), { view: "visitors" })).status).to.equal(403);
      expect((await space.ana.browser.get(at(forTeachers))).body.version).to.equal(0);
    });

    it("refuses what does not fit a text, and nothing of it is kept", async () => {
      const page = await make(space.ana.browser);
      const linked = (href: string) => ({
        ...{ stepType: "replace", from: 1, to: 1 },
        slice: { content: [{ type: "text", text: "here", marks: [{ type: "link", attrs: { href } }] }] },
      });
      const block = (node: object) => ({ stepType: "replace", from: 0, to: 0, slice: { content: [node] } });
      const hostile = [
        linked("javascript:alert(1)"),
        linked("JaVaScRiPt:alert(1)"),
        linked("data:text/html,<script>1</script>"),
        linked("https://bank.example@evil.example"),
        linked("https://evil.example/\u202egnp.exe"),
        block({ type: "script", content: [{ type: "text", text: "alert(1)" }] }),
        block({ type: "image", attrs: { material: "../../etc/passwd", alt: "" } }),
        block({ type: "image", attrs: { material: "https://evil.example/x.png", alt: "" } }),
        block({ type: "image" }),
        block({ type: "heading", attrs: { level: 1 }, content: [{ type: "text", text: "x" }] }),
        block({ type: "bulletList" }),
        block({ type: "text", text: "no paragraph around it" }),
        insert(0, "outside of a paragraph"),
        insert(999, "behind the end"),
        insert(1, "a nul \0 character"),
        insert(1, "half a character \ud83d"),
        { stepType: "replace", from: 2, to: 1 },
        { stepType: "attr", pos: 0, attr: "onclick", value: "alert(1)" },
        { stepType: "addMark", mark: { type: "onclick" }, from: 0, to: 1 },
      ];
      for (const step of hostile) {
        const answer = await space.ana.browser.post(`${at(page)}/steps`, send(0, insert(1, "fits "), step));
        expect(answer.body.refused, JSON.stringify(step)).to.be.oneOf(["text.misfits", "request.malformed"]);
      }
      const odd = [
        { stepType: "docAttr", attr: "x", value: 1 },
        { stepType: "replace", from: -1, to: 1 },
        { stepType: "replace", from: 1.5, to: 2 },
        { stepType: "replace", from: 1, to: 1, by: "somebody else" },
      ];
      for (const step of odd) {
        const answer = await space.ana.browser.post(`${at(page)}/steps`, send(0, step));
        expect(answer.body.refused, JSON.stringify(step)).to.equal("request.malformed");
      }
      expect((await space.ana.browser.get(at(page))).body).to.deep.include({ version: 0 });
      expect(front.logged()).to.not.contain("A request failed");
    });

    it("takes a long text at once, and refuses one that is too long", async () => {
      const page = await make(space.ana.browser);
      const long = await space.ana.browser.post(`${at(page)}/steps`, send(0, insert(1, "Rivers! ".repeat(20_000))));
      expect(long.body).to.deep.equal({ taken: true, version: 1 });
      const tooLong = await space.ana.browser.post(`${at(page)}/steps`, send(1, insert(1, "Rivers! ".repeat(6_000))));
      expect(tooLong.status).to.equal(413);
      expect(tooLong.body.refused).to.equal("text.tooLong");
      const huge = await space.ana.browser.post(`${at(page)}/steps`, send(1, insert(1, "x".repeat(2_100_000))));
      expect(huge.body.refused).to.equal("command.tooLarge");
    });

    it("reads no large body of who may not write", async () => {
      const nobody = front.browser();
      const answer = await nobody.post(`${at("any")}/steps`, send(0, insert(1, "x".repeat(100_000))));
      expect(answer.status).to.equal(401);
    });

    it("stays as it is in a closed project, in the archive, and while it is removed", async () => {
      const page = await make(space.ana.browser);
      const write = () => space.ana.browser.post(`${at(page)}/steps`, send(0, insert(1, "x")));
      expect((await space.ana.browser.post(`${at(page)}/archive`)).body.state).to.equal("archived");
      expect((await write()).body.refused).to.equal("page.archived");
      expect((await space.ana.browser.patch(at(page), { title: "Other" })).body.refused).to.equal("page.archived");
      expect((await space.ana.browser.post(`${at(page)}/unarchive`)).body.state).to.equal("shown");
      expect((await space.ana.browser.delete(at(page))).status).to.equal(204);
      expect((await write()).status).to.equal(404);
      expect((await space.rui.browser.post(`${at(page)}/restore`)).status).to.equal(403);
      const removed = await space.ana.browser.get(`/api/spaces/${space.id}/removed-pages`);
      expect(removed.body.pages.map(({ id }: { id: string }) => id)).to.include(page);
      expect((await space.ana.browser.post(`${at(page)}/restore`)).status).to.equal(200);
      await front.pool.query("update projects set state = 'closed' where id = $1", [space.id]);
      expect((await write()).body.refused).to.equal("space.readOnly");
      expect((await space.ana.browser.get(at(page))).body.acts.write).to.equal(false);
      await front.pool.query("update projects set state = 'active' where id = $1", [space.id]);
      expect((await write()).body.taken).to.equal(true);
    });

    it("keeps both titles when two give one at once", async () => {
      const page = await make(space.ana.browser);
      expect((await space.ana.browser.patch(at(page), { title: "Douro", titleWas: "Rivers" })).status).to.equal(200);
      const late = await space.mikko.browser.patch(at(page), { title: "Oulujoki", titleWas: "Rivers" });
      expect(late.body).to.deep.include({ refused: "page.titleChanged" });
      expect(late.body.current.title).to.equal("Douro");
    });

    it("leaves the words of a hidden page out for everybody but teachers", async () => {
      const page = await make(space.ana.browser, { edit: "members" });
      await space.ana.browser.post(`${at(page)}/steps`, send(0, insert(1, "unkind words")));
      await settleTexts(front.pool, front.clock.now, 0);
      await front.pool.query("update pages set hidden_at = now(), hidden_reason = 'Unkind' where id = $1", [page]);
      for (const { browser } of [pupil, pupilAdmin]) {
        const { body, text } = await browser.get(at(page));
        expect(text).to.not.contain("unkind").and.not.contain("Rivers").and.not.contain("Unkind");
        expect(body.hidden).to.deep.equal({ reason: null });
        expect((await browser.get(`${at(page)}/steps?after=0`)).status).to.equal(403);
        expect((await browser.get(`${at(page)}/history`)).status).to.equal(403);
        expect((await browser.post(`${at(page)}/steps`, send(1, insert(1, "x")))).status).to.equal(403);
      }
      expect((await space.rui.browser.get(at(page))).body.hidden).to.deep.equal({ reason: "Unkind" });
    });
  });

  describe("history", () => {
    it("groups what was written by who and when, shows it, and brings it back by one more change", async () => {
      const page = await make(space.ana.browser, { edit: "members" });
      await space.ana.browser.post(`${at(page)}/steps`, send(0, insert(1, "A good text")));
      front.clock.now += minuteMs;
      await space.ana.browser.post(`${at(page)}/steps`, send(1, insert(1, "Once more. ")));
      front.clock.now += 5 * minuteMs;
      const erase = { stepType: "replace", from: 0, to: 24, slice: { content: [{ type: "paragraph" }] } };
      const erased = await pupil.browser.post(`${at(page)}/steps`, send(2, erase));
      expect(erased.body.taken, erased.text).to.equal(true);
      const { body } = await space.rui.browser.get(`${at(page)}/history`);
      expect(
        body.changes.map(({ by, version }: { by: { name: string }[]; version: number }) => [by[0]?.name, version]),
      ).to.deep.equal([
        ["Otter", 3],
        ["Ana of two rivers", 2],
      ]);
      const old = await space.rui.browser.get(`${at(page)}/versions/2`);
      expect(JSON.stringify(old.body.doc)).to.contain("Once more. A good text");
      const restored = await space.rui.browser.post(`${at(page)}/versions/2/restore`);
      expect(restored.body).to.deep.equal({ version: 4 });
      expect(await textOf(pupil.browser, page)).to.contain("Once more. A good text");
      const after = await space.rui.browser.get(`${at(page)}/history`);
      expect(after.body.changes[0]).to.deep.include({ kind: "restored", restored: 2, version: 4 });
      expect((await space.rui.browser.get(`${at(page)}/versions/5`)).status).to.equal(404);
    });

    it("tells who only reads nothing of what was taken out before they came", async () => {
      const page = await make(space.ana.browser, { view: "visitors" });
      await space.ana.browser.post(`${at(page)}/steps`, send(0, insert(1, "A name by mistake")));
      await space.ana.browser.post(`${at(page)}/steps`, send(1, { stepType: "replace", from: 1, to: 18 }));
      front.clock.now += 11 * minuteMs;
      await space.ana.browser.post(`${at(page)}/steps`, send(2, insert(1, "A text")));
      for (const browser of [visitor.browser, pupil.browser]) {
        const past = await browser.get(`${at(page)}/steps?after=0`);
        expect(past.body).to.deep.equal({ version: 3, steps: [], more: false, anew: true });
        expect((await browser.get(`${at(page)}/steps?after=2`)).body.steps).to.have.length(1);
        expect((await browser.get(`${at(page)}/history`)).status).to.equal(403);
        expect((await browser.get(`${at(page)}/versions/1`)).status).to.equal(403);
      }
      expect((await space.rui.browser.get(`${at(page)}/steps?after=0`)).body.steps).to.have.length(3);
    });

    it("finds any version among many", async () => {
      const page = await make(space.ana.browser);
      for (let sent = 0; sent < 330; sent += 30) {
        const steps = Array.from({ length: 30 }, (_, n) => insert(1 + sent + n, String((sent + n) % 10)));
        await space.ana.browser.post(`${at(page)}/steps`, send(sent, ...steps));
      }
      const { rows } = await front.pool.query("select version from page_snapshots where page_id = $1 order by 1", [
        page,
      ]);
      expect(rows).to.have.length(4);
      for (const version of [0, 1, 99, 100, 120, 121, 250, 330]) {
        const { body } = await space.ana.browser.get(`${at(page)}/versions/${version}`);
        const [{ content = [] }] = body.doc.content;
        expect(content.map(({ text }: { text: string }) => text).join("")).to.have.length(version);
      }
    });
  });

  describe("moving", () => {
    it("puts a page in front of another, below it, and never below itself", async () => {
      const [a, b, c] = [await make(space.ana.browser), await make(space.ana.browser), await make(space.ana.browser)];
      const order = async () => (await listed(space.ana.browser)).filter((id) => [a, b, c].includes(id));
      await space.ana.browser.post(`${at(c)}/place`, { parent: null, before: a });
      expect(await order()).to.deep.equal([c, a, b]);
      await space.ana.browser.post(`${at(b)}/place`, { parent: c, before: null });
      expect(await order()).to.deep.equal([c, b, a]);
      const circle = await space.ana.browser.post(`${at(c)}/place`, { parent: b, before: null });
      expect(circle.status).to.equal(400);
      expect((await space.rui.browser.post(`${at(c)}/place`, { parent: null, before: null })).status).to.equal(403);
    });
  });

  describe("finding by words", () => {
    it("finds pages that one may see, by title and text, without accents", async () => {
      const own = await openSpace(front, "search-space");
      const reader = await own.pupil("Finder", "aveiro");
      const path = "/api/spaces/search-space/pages";
      const made = async (title: string, view: string) => {
        const body = { title, parent: null, view, edit: "teachers", state: "shown" };
        const { id } = (await own.ana.browser.post(path, body)).body;
        await own.ana.browser.post(
          `${path}/${id}/steps`,
          send(0, insert(1, "We measured São João at 100% of its depth")),
        );
        return id as string;
      };
      const open = await made("Rios", "members");
      await made("Notas", "teachers");
      expect(await settleTexts(front.pool, front.clock.now, 0)).to.be.greaterThan(1);
      const search = (author: string, role: SpaceRole, words: string) => searchAs(own.id, author, role, words);
      const found = await search(`pupil:${reader.id}`, "pupil", "joao sao");
      expect(found.map(({ id }) => id)).to.deep.equal([open]);
      expect(found[0]?.excerpt).to.contain("São João");
      expect(await search(`account:${own.ana.id}`, "founder", "measured")).to.have.length(2);
      expect(await search(`account:${own.ana.id}`, "founder", "%%% nothing")).to.have.length(0);
    });

    it("finds the same among very many, whether the word is in most of them or in few", async () => {
      const own = await openSpace(front, "search-many");
      // Every page below the first ten is below one of them; every seventh is for teachers, some are drafts, archived, hidden.
      await front.pool.query(
        `insert into pages (id, project_id, parent_id, position, title, view, edit, state, author, made_at, changed_at, hidden_at, words)
         select 'many-' || n, $1, case when n >= 10 then 'many-' || n % 10 end, n,
           case when n % 90 = 0 then 'Common title ' else 'Page ' end || n,
           case when n % 7 = 1 then 'teachers' when n % 3 = 0 then 'visitors' else 'members' end,
           'teachers', case when n % 11 = 3 then 'archived' when n % 13 = 5 then 'draft' else 'shown' end, 'account:x',
           now(), now() - n * interval '1 minute', case when n % 17 = 4 then now() end,
           'common' || case when n % 50 = 0 then ' middling' else '' end || case when n in (14, 690) then ' rare' else '' end
         from generate_series(0, 699) as n`,
        [own.id],
      );
      const expected = async (author: string, role: SpaceRole, word: string) => {
        const { rows } = await front.pool.query<{ id: string }>(
          `select p.id from pages p where project_id = $1 and hidden_at is null and page_seen_through(p, $2, $3)
             and lower(title || ' ' || words) like '%' || $4 || '%'
           order by state = 'archived', lower(title) like '%' || $4 || '%' desc, changed_at desc, id limit 20`,
          [own.id, author, role, word],
        );
        return rows.map(({ id }) => id);
      };
      for (const role of roles) {
        for (const word of ["common", "middling", "rare", "mm"]) {
          const author = role === "visitor" ? "visitor:x" : "account:y";
          const found = await searchAs(own.id, author, role, word);
          const ids = await expected(author, role, word);
          expect(ids, `${role} ${word}`).not.to.have.length(0);
          expect(
            found.map(({ id }) => id),
            `${role} ${word}`,
          ).to.deep.equal(ids);
        }
      }
    });

    const searchAs = (id: string, author: string, role: SpaceRole, words: string) => {
      const project = { id } as Parameters<typeof pagesFound>[1]["project"]; // only its id is asked for
      const me = { author, role } as Parameters<typeof pagesFound>[1]["me"]; // only these two
      return pagesFound(front.pool, { project, me }, words, 20);
    };
  });
});
