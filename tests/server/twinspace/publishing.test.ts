/** Publishing over http: who decides, what is copied, whose consent is asked, and what hostile people put in (nothing comes of it). */
import { get } from "node:http";
import { expect } from "chai";
import sharp from "sharp";
import { themes } from "../../../server/publicPages/style.ts";
import { type ActiveSpace, openSpace } from "../../support/activeSpace.ts";
import { aveiro, type Browser, type FrontDoor, openFrontDoor, oulu, type Person } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";
import { upload } from "../../support/uploading.ts";

const aPicture = (background: string) =>
  sharp({ create: { width: 1600, height: 1000, channels: 3, background } })
    .jpeg()
    .toBuffer();
const paragraph = (text: string, marks: object[] = []) => ({
  type: "paragraph",
  content: [{ type: "text", text, ...(marks.length > 0 ? { marks } : {}) }],
});
const image = (material: string, caption = "") => ({ type: "image", attrs: { material, alt: "The river", caption } });
const document = (...content: object[]) => ({ type: "doc", content });

describe("publishing", function () {
  this.timeout(60_000);
  let front: FrontDoor;
  let space: ActiveSpace;
  let other: ActiveSpace;
  let stranger: Browser;
  let pupil: { id: string; browser: Browser };
  let picture: string;

  before(async () => {
    front = await openFrontDoor({ publicUrl: "https://twinlight.test" });
    space = await openSpace(front);
    other = await openSpace(front, "other-rivers");
    stranger = front.browser();
    pupil = await space.pupil("Kingfisher", "aveiro");
    picture = await uploaded(space, "river.jpg", "#2a6f97");
    await showsNobody(space, picture);
  });
  after(() => front.close());

  const at = (rest = "", of = space) => `/api/spaces/${of.id}/publishing${rest}`;
  const uploaded = async (of: ActiveSpace, name: string, colour: string): Promise<string> => {
    const { answer, material } = await upload(of.ana.browser, front.url, of.id, name, await aPicture(colour));
    if (material === null) throw new Error(`${answer.status} ${answer.text}`);
    return material;
  };
  const say = async (of: ActiveSpace, material: string, words: object) =>
    good(await of.ana.browser.patch(`/api/spaces/${of.id}/materials/${material}`, words));
  const showsNobody = (of: ActiveSpace, material: string) => say(of, material, { shows: "nobody" });
  /** With this text at once; nobody has read it before. */
  const page = async (title: string, doc: object, settings: object = {}, by = space.ana.browser): Promise<string> => {
    const made = await by.post(`/api/spaces/${space.id}/pages`, {
      ...{ title, parent: null, view: "members", edit: "teachers", state: "shown", ...settings },
    });
    expect(made.status, made.text).to.equal(200);
    const { id } = made.body;
    for (const table of ["page_texts", "page_snapshots"]) {
      await front.pool.query(`update ${table} set doc = $2 where page_id = $1`, [id, JSON.stringify(doc)]);
    }
    const materials = [...JSON.stringify(doc).matchAll(/"material":"([^"]+)"/g)].map(([, material]) => material);
    await front.pool.query("update pages set materials = $2 where id = $1", [id, materials]);
    return id;
  };
  const publish = (id: string, by = space.ana.browser, version = 0) => by.post(at(`/${id}/publish`), { version });
  const published = async (title: string, doc: object, settings: object = {}): Promise<string> => {
    const id = await page(title, doc, settings);
    const answer = await publish(id);
    expect(answer.status, answer.text).to.equal(204);
    return id;
  };
  const listed = async (id: string, by = space.ana.browser) => {
    const { pages, others } = good(await by.get(at()));
    return [...pages, ...others].find((one: { id: string }) => one.id === id);
  };
  const addressOf = async (id: string) => `/p/${space.id}/${encodeURIComponent((await listed(id)).slug)}`;

  describe("who decides", () => {
    it("is a founder or administrator, and nobody else there is", async () => {
      const id = await page("The rule", document(paragraph("Nobody else publishes.")));
      const pupilAdmin = await space.pupil("Otter", "oulu");
      await front.pool.query("update pupils set role = 'pupilAdmin' where id = $1", [pupilAdmin.id]);
      const visitor = await space.visitor("A parent");
      const expert = await joined("expert");
      const observer = await joined("observer");
      const lead = await front.person("lead", "Lead of Aveiro", aveiro);
      const service = await front.person("support", "Service", null);
      const operator = await front.person("operator", "Operator", null);
      const others: [string, Browser][] = [
        ...([
          ["nobody", stranger],
          ["a teacher", space.rui.browser],
          ["an expert", expert.browser],
          ["an observer", observer.browser],
          ["a pupil admin", pupilAdmin.browser],
          ["a pupil", pupil.browser],
          ["a visitor", visitor.browser],
          ["a founder of another project", other.ana.browser],
          ["a lead", lead.browser],
          ["a service", service.browser],
          ["the operator", operator.browser],
        ] as [string, Browser][]),
      ];
      for (const [name, browser] of others) {
        for (const act of ["publish", "withdraw", "again", "refuse"]) {
          const body = { publish: { version: 0 }, refuse: { reason: "No" } }[act];
          const answer = await browser.post(at(`/${id}/${act}`), body);
          expect([401, 403, 404], `${name}: ${act}: ${answer.text}`).to.include(answer.status);
        }
        const site = { theme: "river", tagline: "Mine", listed: true };
        expect([401, 403, 404], name).to.include(
          (await browser.send("PUT", `/api/spaces/${space.id}/public-site`, site)).status,
        );
      }
      expect((await listed(id)).state).to.equal(undefined);
      expect((await publish(id, space.mikko.browser)).status).to.equal(204);
      expect((await listed(id)).state).to.equal("public");
    });

    async function joined(role: "expert" | "observer"): Promise<Person> {
      const person = await front.person("teacher", `A ${role}`, oulu);
      await front.pool.query(
        "insert into project_members (project_id, account_id, role, state) values ($1, $2, $3, 'accepted')",
        [space.id, person.id, role],
      );
      return person;
    }

    it("lets a teacher ask, and tells them why it is not now", async () => {
      const id = await page("Asked for", document(paragraph("Please.")));
      expect((await space.rui.browser.post(at(`/${id}/ask`))).status).to.equal(204);
      expect(await listed(id)).to.deep.include({ state: "asked", served: false });
      expect((await listed(id)).askedBy.name).to.include("Rui");
      expect((await stranger.get(await addressOf(id))).status).to.equal(404);
      expect((await space.ana.browser.post(at(`/${id}/refuse`), { reason: "After the holidays" })).status).to.equal(
        204,
      );
      expect(await listed(id, space.rui.browser)).to.deep.include({ state: "refused", note: "After the holidays" });
      expect((await space.rui.browser.post(at(`/${id}/ask`))).status).to.equal(204);
      expect((await publish(id)).status).to.equal(204);
      expect(await listed(id)).to.deep.include({ state: "public", served: true, askedBy: null });
      expect((await pupil.browser.get(at())).status).to.equal(403);
    });

    it("cannot make public what is a draft, hidden, removed or of the staffroom, nor what is below such a page", async () => {
      const words = document(paragraph("Not for everybody."));
      const staffroom = await page("Staffroom", words, { view: "teachers" });
      const hidden = await page("Hidden", words);
      await space.ana.browser.post(`/api/spaces/${space.id}/hide`, {
        kind: "page",
        id: hidden,
        reason: "A name in it",
      });
      const pages = [
        await page("Draft", words, { state: "draft" }),
        staffroom,
        await page("Below", words, { parent: staffroom }),
        hidden,
      ];
      for (const id of pages) expect((await publish(id)).body.refused, id).to.equal("publish.notOpen");
      const removed = await page("Removed", words);
      await space.ana.browser.delete(`/api/spaces/${space.id}/pages/${removed}`);
      expect((await publish(removed)).status).to.equal(404);
      const strange = await other.ana.browser.post(`/api/spaces/${other.id}/pages`, {
        ...{ title: "Elsewhere", parent: null, view: "members", edit: "teachers", state: "shown" },
      });
      expect((await publish(strange.body.id)).status).to.equal(404);
    });
  });

  describe("what is public", () => {
    it("is a copy: nothing that is written later is seen until it is published, too", async () => {
      const id = await published("A diary", document(paragraph("Day one.")));
      const address = await addressOf(id);
      await space.ana.browser.post(`/api/spaces/${space.id}/pages/${id}/steps`, {
        version: 0,
        steps: [{ stepType: "replace", from: 1, to: 1, slice: { content: [{ type: "text", text: "Secret. " }] } }],
        clientId: "a-test-client",
      });
      await space.ana.browser.patch(`/api/spaces/${space.id}/pages/${id}`, { title: "A secret title" });
      for (const path of [address, `/p/${space.id}`, `/p/${space.id}/feed.atom`]) {
        const { status, text } = await stranger.get(path);
        expect(status).to.equal(200);
        expect(text).to.not.match(/secret/i);
      }
      expect(await listed(id)).to.deep.include({ changed: true, title: "A secret title", publicTitle: "A diary" });
      // What was looked at is what is published, whatever was written meanwhile.
      expect((await publish(id, space.ana.browser, 0)).status).to.equal(204);
      expect((await stranger.get(address)).text).to.not.include("Secret.");
      expect((await publish(id, space.ana.browser, 1)).status).to.equal(204);
      expect((await stranger.get(address)).text).to.include("Secret. Day one.");
      expect(await listed(id)).to.deep.include({ changed: false });
    });

    it("is taken away and brought back as it was", async () => {
      const id = await published("Here and gone", document(paragraph("As it was.")));
      const address = await addressOf(id);
      expect((await space.ana.browser.post(at(`/${id}/withdraw`))).status).to.equal(204);
      expect((await stranger.get(address)).status).to.equal(404);
      expect((await space.ana.browser.post(at(`/${id}/withdraw`))).body.refused).to.equal("publish.changed");
      expect((await space.ana.browser.post(at(`/${id}/again`))).status).to.equal(204);
      expect((await stranger.get(address)).text).to.include("As it was.");
      const { rows } = await front.pool.query(
        "select kind, seen_by from space_news where thing = $1 and kind = 'pagePublished'",
        [id],
      );
      expect(rows).to.deep.equal([{ kind: "pagePublished", seen_by: "members" }]);
    });

    it("goes with its page: hidden, removed or closed to outsiders it is gone at once", async () => {
      const above = await page("Above", document(paragraph("Above.")));
      const id = await published("Goes along", document(paragraph("Here.")), { parent: above });
      const address = await addressOf(id);
      const status = async () => (await stranger.get(address)).status;
      expect(await status()).to.equal(200);
      await space.ana.browser.patch(`/api/spaces/${space.id}/pages/${above}`, { view: "teachers" });
      expect(await status()).to.equal(404);
      expect(await listed(id)).to.deep.include({ served: false, notOpen: "teachers" });
      await space.ana.browser.patch(`/api/spaces/${space.id}/pages/${above}`, { view: "members" });
      expect(await status()).to.equal(200);
      await space.ana.browser.post(`/api/spaces/${space.id}/hide`, { kind: "page", id, reason: "A name in it" });
      expect(await status()).to.equal(404);
      await space.ana.browser.post(`/api/spaces/${space.id}/show`, { kind: "page", id });
      await space.ana.browser.delete(`/api/spaces/${space.id}/pages/${id}`);
      expect(await status()).to.equal(404);
    });

    it("stays when the project is closed, where it can still be taken away, and is gone while it is suspended", async () => {
      const id = await published("At the end", document(paragraph("The end.")));
      const address = await addressOf(id);
      const become = (state: string) =>
        front.pool.query("update projects set state = $2 where id = $1", [space.id, state]);
      for (const [state, status] of [
        ["closed", 200],
        ["archived", 200],
        ["suspended", 404],
      ] as const) {
        await become(state);
        expect((await stranger.get(address)).status, state).to.equal(status);
        expect((await stranger.get(`/p/${space.id}`)).status, state).to.equal(status);
      }
      await become("closed");
      expect((await publish(id)).body.refused).to.equal("space.readOnly");
      expect((await space.ana.browser.post(at(`/${id}/withdraw`))).status).to.equal(204);
      expect((await stranger.get(address)).status).to.equal(404);
      await become("active");
    });
  });

  describe("who is to be seen", () => {
    const consent = (given: string, validUntil: string | null = null) =>
      front.pool.query(
        `insert into consents (pupil_id, kind, given, valid_until) values ($1, 'imagePublic', $2, $3)
         on conflict (pupil_id, kind) do update set given = excluded.given, valid_until = excluded.valid_until`,
        [pupil.id, given, validUntil],
      );

    it("has to be said first; who has no consent keeps the page back, by alias and school", async () => {
      const photo = await uploaded(space, "class.jpg", "#933");
      const id = await page("The class", document(paragraph("Us."), image(photo)));
      expect((await publish(id)).body.refused).to.equal("publish.keptBack");
      expect((await listed(id)).held).to.deep.equal([{ id: photo, name: "class.jpg", why: "unknown", people: [] }]);
      await say(space, photo, { shows: "people", people: [] });
      expect((await listed(id)).held[0].why).to.equal("nobodyNamed");
      await front.pool.query("update pupils set roster_name = $2 where id = $1", [pupil.id, Buffer.from("Rita Gomes")]);
      await say(space, photo, { shows: "people", people: [pupil.id] });
      const { held } = await listed(id);
      expect(held[0].why).to.equal("consent");
      expect(held[0].people).to.have.length(1);
      expect(held[0].people[0]).to.deep.include({ name: "Kingfisher" });
      expect(held[0].people[0].school.name).to.equal("Escola de Aveiro");
      expect(JSON.stringify(await listed(id))).to.not.include("Rita");
      expect((await publish(id)).body.refused).to.equal("publish.keptBack");
      await consent("no");
      expect((await publish(id)).body.refused).to.equal("publish.keptBack");
      await consent("yes");
      expect((await publish(id)).status).to.equal(204);
      const address = await addressOf(id);
      const file = `/p/${space.id}/file/${photo}`;
      expect((await stranger.get(address)).text).to.include(`${file}?size=1280`);
      expect((await stranger.get(file)).status).to.equal(200);

      await consent("withdrawn");
      expect((await stranger.get(address)).status).to.equal(404);
      expect((await stranger.get(file)).status).to.equal(404);
      expect((await stranger.get(`/p/${space.id}`)).text).to.not.include("The class");
      expect((await listed(id)).served).to.equal(false);
      expect((await listed(id)).held[0].why).to.equal("consent");

      await consent("yes", "2020-01-31");
      expect((await stranger.get(address)).status).to.equal(404);
      await consent("yes");
      expect((await stranger.get(address)).status).to.equal(200);
      await say(space, photo, { shows: "unknown" });
      expect((await stranger.get(address)).status).to.equal(404);
      await say(space, photo, { shows: "people", people: [pupil.id] });
      await space.ana.browser.post(`/api/spaces/${space.id}/hide`, { kind: "material", id: photo, reason: "No" });
      expect((await stranger.get(address)).status).to.equal(404);
      expect((await listed(id)).held[0].why).to.equal("hidden");
    });

    it("tells no name of anybody in public", async () => {
      const id = await published("Who made it", document(paragraph("By all of us."), image(picture)));
      for (const path of [await addressOf(id), `/p/${space.id}`, `/p/${space.id}/feed.atom`]) {
        const { text } = await stranger.get(path);
        expect(text).to.not.match(/Ana of|Mikko of|Rui of|Kingfisher|Otter|Rita/);
        expect(text).to.include("Two rivers");
      }
    });

    it("may be taken down by a lead of one of its schools alone, who need not be in it; only a lead lifts it", async () => {
      const id = await published("Under watch", document(paragraph("Look.")));
      const address = await addressOf(id);
      const lead = await front.person("lead", "Lead of Oulu", oulu);
      const elsewhere = await front.person("lead", "Lead of Faro", {
        name: "Escola de Faro",
        town: "Faro",
        country: "PT",
      });
      const down = (by: Browser) => by.post(`/api/public-pages/${id}/take-down`, { reason: "A face" });
      for (const browser of [stranger, space.ana.browser, elsewhere.browser, pupil.browser]) {
        expect([401, 403, 404]).to.include((await down(browser)).status);
      }
      const list = good(await lead.browser.get("/api/public-pages"));
      expect(list.pages.map((one: { title: string }) => one.title)).to.include("Under watch");
      expect(good(await elsewhere.browser.get("/api/public-pages")).pages).to.deep.equal([]);
      expect((await down(lead.browser)).status).to.equal(204);
      expect((await stranger.get(address)).status).to.equal(404);
      expect((await listed(id)).takenDown.reason).to.equal("A face");
      expect((await publish(id)).body.refused).to.equal("publish.takenDown");
      await space.ana.browser.post(at(`/${id}/withdraw`));
      expect((await space.ana.browser.post(at(`/${id}/again`))).body.refused).to.equal("publish.takenDown");
      expect([403, 404]).to.include((await space.ana.browser.post(`/api/public-pages/${id}/lift`)).status);
      expect((await lead.browser.post(`/api/public-pages/${id}/lift`)).status).to.equal(204);
      expect((await space.ana.browser.post(at(`/${id}/again`))).status).to.equal(204);
      expect((await stranger.get(address)).status).to.equal(200);
    });
  });

  describe("hostile words", () => {
    const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>`;

    it("are words: in titles, taglines, names and whole documents", async () => {
      await space.ana.browser.send("PUT", `/api/spaces/${space.id}/public-site`, {
        ...{ theme: "brick", tagline: hostile, listed: false },
      });
      await front.pool.query("update projects set title = $2, summary = $2 where id = $1", [space.id, hostile]);
      const id = await published(hostile.slice(0, 100), document(paragraph("A text.")));
      // What no editor sends and no route takes; also the copy itself is trusted by nobody.
      await front.pool.query("update published_pages set doc = $2 where page_id = $1", [
        id,
        JSON.stringify(
          document(
            paragraph(hostile),
            paragraph("a link", [{ type: "link", attrs: { href: "javascript:alert(1)" } }]),
            paragraph("another", [{ type: "link", attrs: { href: "data:text/html,<script>alert(1)</script>" } }]),
            { type: "script", content: [{ type: "text", text: "alert(1)" }] },
            { type: "iframe", attrs: { src: "https://evil.test" } },
            { type: "heading", attrs: { level: '2 onload="alert(1)"' }, content: [{ type: "text", text: "Heading" }] },
            { type: "image", attrs: { material: '"><script>', alt: hostile, caption: hostile } },
          ),
        ),
      ]);
      for (const path of [await addressOf(id), `/p/${space.id}`, `/p/${space.id}/feed.atom`]) {
        const { text, status } = await stranger.get(path);
        expect(status).to.equal(200);
        expect(text).to.not.match(/<script|<img src=x|javascript:|<iframe|data:text/);
        // Within quotes they are words.
        expect(text.replace(/"[^"]*"/g, '""').match(/<[^>]*\son\w+=/g), path).to.equal(null);
      }
      await front.pool.query("update projects set title = 'Two rivers', summary = 'Rivers' where id = $1", [space.id]);
      await space.ana.browser.post(at(`/${id}/withdraw`));
    });

    it("bring in nothing of another project, nor what no public page shows", async () => {
      const foreign = await uploaded(other, "other.jpg", "#393");
      await showsNobody(other, foreign);
      const unused = await uploaded(space, "unused.jpg", "#339");
      await showsNobody(space, unused);
      const id = await published(
        "Borrowed",
        document(paragraph("Ours."), image(foreign, "Theirs alone"), image(picture)),
      );
      expect((await listed(id)).warnings).to.deep.include({ id: foreign, name: "", about: "leftOut" });
      const { text } = await stranger.get(await addressOf(id));
      expect(text).to.include(picture);
      expect(text).to.not.include(foreign);
      expect(text).to.not.include("Theirs alone");
      expect((await stranger.get(`/p/${space.id}/feed.atom`)).text).to.not.include("Theirs alone");
      for (const material of [foreign, unused, "none", "..%2f..%2fkeys", "%00"]) {
        expect((await stranger.get(`/p/${space.id}/file/${material}`)).status, material).to.equal(404);
      }
      expect((await stranger.get(`/p/${other.id}/file/${foreign}`)).status).to.equal(404);
    });

    it("lead nowhere, in words", async () => {
      for (const path of [
        "/p/none",
        `/p/${other.id}`,
        `/p/${space.id}/none`,
        "/p/%00",
        `/p/${space.id}/%27%3B--`,
        "/p/none/feed.atom",
      ]) {
        const { status, text, headers } = await stranger.get(path);
        expect(status, path).to.equal(404);
        expect(headers.get("content-type")).to.include("text/html");
        expect(text).to.include("There is nothing here");
      }
    });
  });

  describe("how it is served", () => {
    let id: string;
    let address: string;
    before(async () => {
      id = await published("Served", document(paragraph("The river is long."), image(picture)));
      address = await addressOf(id);
    });

    it("sets no cookie, runs nothing and may be kept for a minute", async () => {
      for (const path of [address, `/p/${space.id}`]) {
        const { headers, text } = await stranger.get(path);
        expect(headers.getSetCookie()).to.deep.equal([]);
        expect(headers.get("cache-control")).to.equal("public, max-age=60");
        expect(headers.get("content-security-policy")).to.include("default-src 'none'");
        expect(headers.get("x-content-type-options")).to.equal("nosniff");
        expect(headers.get("x-robots-tag")).to.include("noindex");
        expect(text).to.not.include("<script");
        expect(text).to.not.include("style=");
        const loaded = [...text.matchAll(/<(?:img|link|video|source)[^>]+(?:src|href)="([^"]+)"/g)].map(
          ([, to = ""]) => to,
        );
        expect(loaded.length).to.be.above(2);
        for (const to of loaded) expect(to).to.match(/^(\/|https:\/\/twinlight\.test\/p\/)/);
        expect(await askAgain(path, headers.get("etag") ?? ""), path).to.equal(304);
        expect((await space.ana.browser.get(path)).text).to.equal(text);
      }
      const file = await stranger.get(`/p/${space.id}/file/${picture}?size=320`);
      expect(file.headers.get("content-type")).to.equal("image/webp");
      expect(file.headers.get("content-security-policy")).to.include("sandbox");
      expect(file.headers.get("x-content-type-options")).to.equal("nosniff");
      expect(file.headers.getSetCookie()).to.deep.equal([]);
      const css = await stranger.get("/p/style.css");
      expect(css.headers.get("content-type")).to.include("text/css");
      expect(css.text).to.not.match(/url\(|@import/);
    });

    /** As browsers do; fetch here asks for everything anew. */
    const askAgain = (path: string, etag: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const asked = get(front.url + path, { headers: { "if-none-match": etag } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        asked.on("error", reject);
      });

    it("says what it is to whom its address is sent, and to search engines only when it is listed", async () => {
      const { text } = await stranger.get(address);
      expect(text).to.include(`<link rel="canonical" href="https://twinlight.test${address}">`);
      expect(text).to.include('<meta property="og:title" content="Served · Two rivers">');
      expect(text).to.include(
        `<meta property="og:image" content="https://twinlight.test/p/${space.id}/file/${picture}?size=1280">`,
      );
      expect(text).to.include('<meta name="robots" content="noindex, nofollow">');
      const site = { theme: "meadow", tagline: "From the mouth of the river", listed: true };
      expect((await space.ana.browser.send("PUT", `/api/spaces/${space.id}/public-site`, site)).status).to.equal(204);
      const after = await stranger.get(address);
      expect(after.text).to.not.include("noindex");
      expect(after.headers.get("x-robots-tag")).to.equal(null);
      expect(after.text).to.include("From the mouth of the river").and.to.include("theme-meadow");
    });

    it("reads in the project's first language and its direction", async () => {
      await front.pool.query("update projects set languages = '{ar,en}' where id = $1", [space.id]);
      expect((await stranger.get(address)).text).to.include('<html lang="ar" dir="rtl">');
      await front.pool.query("update projects set languages = '{en}' where id = $1", [space.id]);
    });

    it("names the schools with their place, and is followed by a feed that is XML", async () => {
      const site = await stranger.get(`/p/${space.id}`);
      expect(site.text)
        .to.include("Escola de Aveiro")
        .and.to.include("Aveiro, Portugal")
        .and.to.include("Oulu, Finland");
      await front.pool.query("update published_pages set title = $2 where page_id = $1", [
        id,
        "A & B < C \u0001\ufffe",
      ]);
      const feed = await stranger.get(`/p/${space.id}/feed.atom`);
      expect(feed.headers.get("content-type")).to.include("application/atom+xml");
      expect(feed.text).to.include("<title>A &amp; B &lt; C </title>");
      expect(feed.text).to.match(/^<\?xml[^>]*\?>\n<feed[\s\S]*<\/feed>\n$/);
      const tags = [...feed.text.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)].filter(([, , , alone]) => alone === "");
      const open: string[] = [];
      for (const [, end, name = ""] of tags) {
        if (end === "") open.push(name);
        else expect(open.pop()).to.equal(name);
      }
      expect(open).to.deep.equal([]);
      await front.pool.query("update published_pages set title = 'Served' where page_id = $1", [id]);
    });

    it("shows the tree of what is public, through pages that are not", async () => {
      const top = await published("Top", document(paragraph("Top.")));
      const between = await page("Between", document(paragraph("Not public.")), { parent: top });
      await published("Deep", document(paragraph("Deep.")), { parent: between });
      const { text } = await stranger.get(`/p/${space.id}`);
      expect(text).to.match(/>Top<\/a><ul><li><a[^>]*>Deep<\/a>/);
      expect(text).to.not.include("Between");
      expect(good(await stranger.get(`/api/public/projects/${space.id}/site`)).pages).to.be.above(2);
    });

    it("can be looked at before, by its teachers alone", async () => {
      const draft = await page("Not yet", document(paragraph("Soon."), image(picture)), { state: "draft" });
      const preview = await space.ana.browser.get(at(`/${draft}/preview?theme=slate`));
      expect(preview.status).to.equal(200);
      expect(preview.text).to.include("Nobody sees it yet").and.to.include("Soon.").and.to.include("theme-slate");
      expect(preview.headers.get("cache-control")).to.include("no-store");
      expect(preview.headers.get("content-security-policy")).to.include("default-src 'none'");
      for (const browser of [stranger, pupil.browser, other.ana.browser]) {
        expect([401, 403, 404]).to.include((await browser.get(at(`/${draft}/preview`))).status);
      }
    });
  });

  it("has enough contrast in every theme, light and dark", () => {
    for (const [name, theme] of Object.entries(themes)) {
      for (const mode of [0, 1] as const) {
        for (const ground of [theme.wall[mode], theme.band[mode], theme.sheet[mode]]) {
          for (const text of [theme.ink[mode], theme.soft[mode], theme.link[mode]]) {
            expect(contrast(text, ground), `${name}: ${text} on ${ground}`).to.be.at.least(4.5);
          }
        }
      }
    }
  });
});

/** By the formula of WCAG 2. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
