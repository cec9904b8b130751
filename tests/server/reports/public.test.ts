/** The public version of a report card over http: who publishes, what is copied, whose consent is asked, and what a stranger gets. */
import { get } from "node:http";
import { expect } from "chai";
import sharp from "sharp";
import { emptyBody } from "../../../protocol/reports/entries.ts";
import { PublicReport } from "../../../protocol/reports/published.ts";
import { isReportPublic } from "../../../server/reports/public/rows.ts";
import { type ActiveSpace, openSpace } from "../../support/activeSpace.ts";
import { aveiro, type Browser, type FrontDoor, openFrontDoor, oulu, type Person } from "../../support/frontDoor.ts";
import { readPdf } from "../../support/pdfText.ts";
import { good } from "../../support/projects.ts";
import { upload } from "../../support/uploading.ts";

const reader = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

describe("the public version of a report card", function () {
  this.timeout(60_000);
  let front: FrontDoor;
  let space: ActiveSpace;
  let other: ActiveSpace;
  let stranger: Browser;
  let pupil: { id: string; browser: Browser };
  let count = 0;

  before(async () => {
    front = await openFrontDoor({ publicUrl: "https://twinlight.test" });
    space = await openSpace(front);
    other = await openSpace(front, "other-rivers");
    stranger = front.browser();
    pupil = await space.pupil("Kingfisher", "aveiro");
    for (const { id } of [space, other]) {
      await front.pool.query(
        "insert into report_cards (project_id, opened_at) values ($1, now()) on conflict do nothing",
        [id],
      );
    }
  });
  after(() => front.close());

  beforeEach(async () => {
    await front.pool.query("delete from public_reports");
    await front.pool.query("delete from public_report_entries");
    await front.pool.query("delete from public_report_reads");
  });

  const at = (rest = "", of = space) => `/api/spaces/${of.id}/report/public${rest}`;
  const page = (rest = "", of = space) => `/projects/${of.id}/report${rest}`;

  /** Written by SQL: how an entry is written and shared is tried elsewhere. */
  interface Written {
    state?: string;
    of?: ActiveSpace;
    more?: { kind?: string; counts?: object };
  }
  async function entry(body: object, { state = "shared", of = space, more = {} }: Written = {}): Promise<string> {
    count += 1;
    const id = `entry-${count}`;
    const { kind = "activity", counts = null } = more;
    const author = counts === null ? [`account:${of.ana.id}`, of.schools.aveiro] : [null, null];
    await front.pool.query(
      `insert into report_entries (id, project_id, kind, state, readers, author, school_id, body, version, counts, meeting_id,
         day, made_at, shared_at, changed_at)
       values ($1, $2, $3, $4, 'partners', $5, $6, $7, 3, $8, $9, ('2026-10-0' || ($10::int % 9 + 1)::text)::date, now(),
         case when $4 = 'shared' then now() end, now())`,
      [
        ...[id, of.id, kind, state, ...author, JSON.stringify({ ...emptyBody, ...body })],
        ...[counts && JSON.stringify(counts), null, count],
      ],
    );
    return id;
  }
  const publish = (ids: readonly string[], more: object = {}, by = space.ana.browser, of = space) =>
    by.post(at("/publish", of), { entries: ids.map((id) => ({ id, version: 3 })), ...more });
  /** On the version that is there. */
  const write = async (words: object) => {
    const { version: base } = (await view()).written;
    return space.ana.browser.send("PUT", at(), { line: "", intro: "", parts: [], listed: false, base, ...words });
  };
  const published = async (body: object, more: Written = {}) => {
    const id = await entry(body, more);
    const answer = await publish([id]);
    expect(answer.status, answer.text).to.equal(204);
    return id;
  };
  const view = async (by = space.ana.browser) => good(await by.get(at()));
  const listed = async (id: string, by = space.ana.browser) => {
    const { entries, others } = await view(by);
    return [...entries, ...others].find((one: { id: string }) => one.id === id);
  };
  const picture = async (name: string): Promise<string> => {
    const bytes = await sharp({ create: { width: 900, height: 600, channels: 3, background: "#2a6f97" } })
      .jpeg()
      .toBuffer();
    const { answer, material } = await upload(space.ana.browser, front.url, space.id, name, bytes);
    if (material === null) throw new Error(`${answer.status} ${answer.text}`);
    return material;
  };
  const say = async (material: string, words: object) =>
    good(await space.ana.browser.patch(`/api/spaces/${space.id}/materials/${material}`, words));
  const evidence = (...ids: string[]) => ids.map((id) => ({ kind: "material", id }));
  const everywhere = async () =>
    (await Promise.all(["", "/feed.atom", ".json"].map(async (rest) => (await stranger.get(page(rest))).text))).join(
      "\n",
    );

  describe("who decides", () => {
    it("is a founder or administrator, and nobody below", async () => {
      const id = await entry({ title: "We measured", done: "Both rivers." });
      const pupilAdmin = await space.pupil("Otter", "oulu");
      await front.pool.query("update pupils set role = 'pupilAdmin' where id = $1", [pupilAdmin.id]);
      const joined = async (role: string): Promise<Person> => {
        const person = await front.person("teacher", `A ${role}`, oulu);
        await front.pool.query(
          "insert into project_members (project_id, account_id, role, state) values ($1, $2, $3, 'accepted')",
          [space.id, person.id, role],
        );
        return person;
      };
      const others: [string, Browser][] = [
        ["nobody", stranger],
        ["a teacher", space.rui.browser],
        ["an expert", (await joined("expert")).browser],
        ["an observer", (await joined("observer")).browser],
        ["a pupil admin", pupilAdmin.browser],
        ["a pupil", pupil.browser],
        ["a visitor", (await space.visitor("A parent")).browser],
        ["a founder of another project", other.ana.browser],
        ["a lead", (await front.person("lead", "Lead of Aveiro", aveiro)).browser],
        ["a service", (await front.person("support", "Service", null)).browser],
      ];
      const words = { line: "Mine", intro: "", parts: [], listed: true, base: 0 };
      for (const [name, browser] of others) {
        const answers = [
          await publish([id], {}, browser),
          await browser.send("PUT", at(), words),
          await browser.send("PUT", at("/order"), { entries: [id] }),
          ...(await Promise.all(
            ["/withdraw", "/again", `/entries/${id}/withdraw`, `/entries/${id}/again`].map((act) =>
              browser.post(at(act)),
            ),
          )),
        ];
        for (const { status, text } of answers) expect([401, 403, 404], `${name}: ${text}`).to.include(status);
      }
      expect((await stranger.get(page())).status).to.equal(404);
      expect((await publish([id], {}, space.mikko.browser)).status).to.equal(204);
      expect((await stranger.get(page())).text)
        .to.include("We measured")
        .and.to.include("Both rivers.");
      const { rows } = await front.pool.query(
        "select seen_by from space_news where kind = 'reportPublished' and author = $1",
        [`account:${space.mikko.id}`],
      );
      expect(rows).to.deep.equal([{ seen_by: "members" }]);
    });

    it("has a teacher ask and look, and nobody who is no teacher", async () => {
      const id = await entry({ title: "Asked for" });
      expect((await space.rui.browser.post(at("/ask"))).status).to.equal(204);
      const shown = await view();
      expect(shown.askedBy.name).to.include("Rui");
      expect(shown).to.deep.include({ state: "hidden", served: false, mayDecide: true });
      expect((await view(space.rui.browser)).mayDecide).to.equal(false);
      const news = good(await space.mikko.browser.get(`/api/spaces/${space.id}/news`)).news;
      expect(news.find(({ kind }: { kind: string }) => kind === "reportPublicAsked").path).to.equal(
        `/twinspace/${space.id}/report/public`,
      );
      for (const browser of [pupil.browser, stranger, other.ana.browser]) {
        expect([401, 403, 404]).to.include((await browser.get(at())).status);
        expect([401, 403, 404]).to.include((await browser.get(at("/preview"))).status);
      }
      await publish([id]);
      expect((await view()).askedBy).to.equal(null);
    });
  });

  describe("what is public", () => {
    it("is what of a shared entry has a place there, never questions, difficulties, incidents or who wrote it", async () => {
      await published({
        ...{
          title: "Ice",
          done: "We drilled.",
          learned: "Ice floats.",
          difficulties: "Secret trouble",
          question: "Secret?",
        },
        ...{ safeguarding: "Secret incident", incidents: 2, communication: "Secret chat", nextSteps: "Secret plans" },
        ...{ shownWhere: "In the town hall", shownLink: "https://town.test/ice", audience: "Parents" },
        pupils: [{ school: space.schools.oulu, ageMin: 10, ageMax: 11, count: 22 }],
      });
      const all = await everywhere();
      expect(all)
        .to.include("Ice floats.")
        .and.to.include("In the town hall")
        .and.to.include("22 pupils, aged 10 to 11");
      expect(all).to.not.match(/secret/i);
      expect(all).to.not.match(/Ana|Mikko|Rui|Kingfisher|account:/);
      const pdf = await fetch(front.url + page(".pdf"));
      const printed = readPdf(Buffer.from(await pdf.arrayBuffer())).text;
      expect(printed).to.include("Ice floats.").and.to.include("22 pupils");
      expect(printed).to.not.match(/secret|Ana|Mikko|Rui|Kingfisher/i);
      const read = PublicReport.parse(JSON.parse((await stranger.get(page(".json"))).text));
      expect(read.entries[0]?.pupils).to.deep.equal([{ school: "Oulun koulu", ageMin: 10, ageMax: 11, count: 22 }]);
      expect(read.address).to.equal(`https://twinlight.test${page()}`);
    });

    it("is of a meeting numbers alone", async () => {
      const of = { adults: 1, pupils: 12, classes: 0, turns: 7 };
      const counts = {
        ...{ openedAt: 1_790_000_000_000, lengthMs: 42 * 60_000, messages: 9, spokeMs: 960_000 },
        ...{ adults: 2, pupils: 24, classes: 1, turns: 14 },
        schools: [
          { school: space.schools.aveiro, ...of, spokeMs: 900_000 },
          { school: null, ...of, spokeMs: 60_000 },
        ],
      };
      await published({ title: "What lives in our river?" }, { more: { kind: "meeting", counts } });
      const { text } = await stranger.get(page());
      for (const words of ["42 minutes", "24 pupils", "14 turns to speak", "spoke for 15 minutes", "a school"]) {
        expect(text).to.include(words);
      }
      const { entries } = PublicReport.parse(JSON.parse((await stranger.get(page(".json"))).text));
      expect(entries[0]?.meeting?.schools[0]).to.deep.equal({
        ...{ school: "Escola de Aveiro", adults: 1, pupils: 12, turns: 7, spokeMs: 900_000 },
      });
    });

    it("takes no draft, nothing of another project and nothing that was changed since it was looked at", async () => {
      const draft = await entry({ title: "Draft" }, { state: "draft" });
      const foreign = await entry({ title: "Theirs" }, { of: other });
      const mine = await entry({ title: "Mine" });
      expect((await publish([mine, draft])).body).to.deep.include({ refused: "report.notShared", fields: [draft] });
      expect((await publish([foreign])).body.refused).to.equal("report.notShared");
      await front.pool.query("update report_entries set version = 4 where id = $1", [mine]);
      expect((await publish([mine])).body).to.deep.include({ refused: "report.changedMeanwhile", fields: [mine] });
      expect((await publish([])).body.refused).to.equal("report.nothingToShow");
      expect((await stranger.get(page())).status).to.equal(404);
    });

    it("stays as it was published, says inside what differs, and takes the new version when it is told to", async () => {
      const id = await published({ title: "Tuesday", done: "Eleven degrees." });
      await front.pool.query(
        `update report_entries set version = 3, body = body || '{"done": "Twelve degrees.", "question": "Why?"}' where id = $1`,
        [id],
      );
      expect(await everywhere())
        .to.include("Eleven degrees.")
        .and.to.not.include("Twelve");
      expect((await listed(id)).changes).to.deep.equal([
        { field: "done", was: "Eleven degrees.", is: "Twelve degrees." },
      ]);
      const preview = await space.rui.browser.get(at(`/preview?entries=${id}`));
      expect(preview.text).to.include("Twelve degrees.").and.to.include("Nobody outside sees it yet");
      expect(preview.headers.get("cache-control")).to.include("no-store");
      expect((await publish([id])).status).to.equal(204);
      expect(await everywhere()).to.include("Twelve degrees.");
      expect((await listed(id)).changes).to.deep.equal([]);
    });

    it("keeps words that are typed inside until they are published, too", async () => {
      const words = (intro: string) => ({ line: "From ice to sea", intro, parts: ["facts"] });
      expect((await write(words("First words."))).status).to.equal(200);
      await published({ title: "One" });
      expect((await stranger.get(page())).text)
        .to.include("First words.")
        .and.to.include("From ice to sea");
      await write(words("Other words."));
      expect((await view()).wordsChanged).to.equal(true);
      expect(await everywhere()).to.not.include("Other words.");
      expect((await publish([])).status).to.equal(204);
      expect((await view()).wordsChanged).to.equal(false);
      expect(await everywhere()).to.include("Other words.");
    });

    it("leads to pages that are public themselves, and names no others", async () => {
      const page_ = async (title: string) => {
        const made = { title, parent: null, view: "members", edit: "teachers", state: "shown" };
        return good(await space.ana.browser.post(`/api/spaces/${space.id}/pages`, made)).id as string;
      };
      const [open, closed] = [await page_("Our otters"), await page_("Not for outside")];
      expect(
        (await space.ana.browser.post(`/api/spaces/${space.id}/publishing/${open}/publish`, { version: 0 })).status,
      ).to.equal(204);
      await published({ title: "Pages", evidence: [open, closed].map((id) => ({ kind: "page", id })) });
      expect(await everywhere())
        .to.include(`href="/p/${space.id}/our-otters"`)
        .and.to.not.include("Not for outside");
      await space.ana.browser.post(`/api/spaces/${space.id}/publishing/${open}/withdraw`);
      expect(await everywhere()).to.not.include("otters");
    });

    it("writes over nobody's words unseen", async () => {
      const words = (intro: string, base: number) => ({ line: "", intro, parts: [], listed: false, base });
      expect(good(await space.ana.browser.send("PUT", at(), words("Ana's.", 0))).version).to.equal(1);
      const late = await space.mikko.browser.send("PUT", at(), words("Mikko's.", 0));
      expect(late.body.refused).to.equal("report.changedMeanwhile");
      expect(late.body.current).to.deep.include({ intro: "Ana's.", version: 1 });
      expect(good(await space.mikko.browser.send("PUT", at(), words("Both.", 1))).intro).to.equal("Both.");
    });

    it("is read in the order that is chosen", async () => {
      const ids = [await entry({ title: "Uno" }), await entry({ title: "Due" }), await entry({ title: "Tre" })];
      expect((await publish(ids)).status).to.equal(204);
      const titles = async () =>
        PublicReport.parse(JSON.parse((await stranger.get(page(".json"))).text)).entries.map(({ title }) => title);
      expect(await titles()).to.deep.equal(["Uno", "Due", "Tre"]);
      await space.ana.browser.send("PUT", at("/order"), { entries: [ids[2], ids[0]] });
      expect(await titles()).to.deep.equal(["Tre", "Uno", "Due"]);
    });

    it("goes at once: withdrawn whole or one by one, with an entry that is removed, and while the project is suspended", async () => {
      const [one, two] = [await published({ title: "Uno" }), await published({ title: "Due" })];
      const act = async (rest: string) => (await space.ana.browser.post(at(rest))).status;
      expect(await act(`/entries/${one}/withdraw`)).to.equal(204);
      expect(await act(`/entries/${one}/withdraw`)).to.equal(409);
      expect(await everywhere())
        .to.include("Due")
        .and.to.not.include("Uno");
      expect((await listed(one)).state).to.equal("withdrawn");
      expect(await act(`/entries/${one}/again`)).to.equal(204);
      expect(await everywhere()).to.include("Uno");
      await front.pool.query("update report_entries set removed_at = now() where id = $1", [one]);
      expect(await everywhere()).to.not.include("Uno");
      expect((await listed(one)).state).to.equal("gone");
      await front.pool.query("update report_entries set state = 'draft', shared_at = null where id = $1", [two]);
      expect((await stranger.get(page())).status).to.equal(404);
      await front.pool.query("update report_entries set state = 'shared', shared_at = now() where id = $1", [two]);
      expect(await act("/withdraw")).to.equal(204);
      for (const rest of ["", "/feed.atom", ".json", ".pdf", "/card.png"]) {
        expect((await stranger.get(page(rest))).status, rest).to.equal(404);
      }
      expect(await act("/again")).to.equal(204);
      for (const [state, status] of [
        ["closed", 200],
        ["archived", 200],
        ["suspended", 404],
        ["active", 200],
      ] as const) {
        await front.pool.query("update projects set state = $2 where id = $1", [space.id, state]);
        expect((await stranger.get(page())).status, state).to.equal(status);
      }
    });

    it("answers alike for what never was and what is gone", async () => {
      await published({ title: "One" });
      await space.ana.browser.post(at("/withdraw"));
      const [gone, never] = [await stranger.get(page()), await stranger.get(page("", other))];
      expect([gone.status, gone.text]).to.deep.equal([404, never.text]);
      for (const path of [
        "/projects/none/report",
        "/projects/%00/report",
        `${page("/file/none")}`,
        "/projects/%27--/report.json",
      ]) {
        const { status, text } = await stranger.get(path);
        expect(status, path).to.equal(404);
        expect(text).to.include("There is nothing here");
      }
      expect(await isReportPublic(front.pool, space.id)).to.equal(false);
      await space.ana.browser.post(at("/again"));
      expect(await isReportPublic(front.pool, space.id)).to.equal(true);
    });
  });

  describe("who is to be seen", () => {
    const consent = (given: string) =>
      front.pool.query(
        `insert into consents (pupil_id, kind, given) values ($1, 'imagePublic', $2)
         on conflict (pupil_id, kind) do update set given = excluded.given`,
        [pupil.id, given],
      );

    it("keeps an entry back until consent is there, names the school to others and the alias to its own teachers", async () => {
      const photo = await picture("class.jpg");
      const id = await entry({ title: "The class", evidence: evidence(photo) });
      expect((await publish([id])).body).to.deep.include({ refused: "report.keptBack", fields: [id] });
      await front.pool.query("update pupils set roster_name = $2 where id = $1", [pupil.id, Buffer.from("Rita Gomes")]);
      await say(photo, { shows: "people", people: [pupil.id] });
      const [own, others] = [await listed(id), await listed(id, space.mikko.browser)];
      expect(own.held[0]).to.deep.include({ id: photo, why: "consent", schools: ["Escola de Aveiro"] });
      expect(own.held[0].people[0].name).to.equal("Kingfisher");
      expect(others.held[0].people).to.deep.equal([]);
      expect(JSON.stringify(others)).to.not.include("Kingfisher");
      expect(JSON.stringify(own)).to.not.include("Rita");
      const without = await space.ana.browser.post(at("/publish"), {
        entries: [{ id, version: 3, leaveOut: [photo] }],
      });
      expect(without.status, without.text).to.equal(204);
      expect(await everywhere())
        .to.include("The class")
        .and.to.not.include(photo);
      expect((await listed(id)).changes).to.deep.equal([]);
      await front.pool.query("update pupils set roster_name = null where id = $1", [pupil.id]);
    });

    it("is gone at the next look when a consent is withdrawn, the file too", async () => {
      const photo = await picture("river.jpg");
      await say(photo, { shows: "people", people: [pupil.id], alt: "At the river" });
      await consent("yes");
      await published({ title: "At the bank", evidence: evidence(photo) });
      const file = page(`/file/${photo}`);
      expect((await stranger.get(page())).text)
        .to.include(file)
        .and.to.include('alt="At the river"');
      expect((await stranger.get(file)).headers.get("content-security-policy")).to.include("sandbox");
      const printsPicture = async () => (await stranger.get(page(".pdf"))).text.includes("/Subtype /Image");
      expect(await printsPicture()).to.equal(true);
      await consent("withdrawn");
      expect(await everywhere())
        .to.include("At the bank")
        .and.to.not.include(photo);
      expect((await stranger.get(file)).status).to.equal(404);
      expect(await printsPicture()).to.equal(false);
      const unused = await picture("unused.jpg");
      await say(unused, { shows: "nobody" });
      expect((await stranger.get(page(`/file/${unused}`))).status).to.equal(404);
    });

    it("asks again where a text seems to name a pupil", async () => {
      const id = await entry({ title: "Birds", done: "The Kingfisher spoke first." });
      expect((await publish([id])).body).to.deep.include({ refused: "entry.namesPupil", fields: [id] });
      expect((await stranger.get(page())).status).to.equal(404);
      expect((await publish([id], { sure: true })).status).to.equal(204);
    });
  });

  it("is taken down by a lead of one of its schools alone, and comes back by a lead alone", async () => {
    await published({ title: "Under watch" });
    const lead = await front.person("lead", "Leonor Lead", aveiro);
    const elsewhere = await front.person("lead", "Lead of Faro", {
      name: "Escola de Faro",
      town: "Faro",
      country: "PT",
    });
    const down = (by: Browser) => by.post(`/api/public-reports/${space.id}/take-down`, { reason: "A face" });
    for (const browser of [stranger, space.ana.browser, elsewhere.browser, pupil.browser]) {
      expect([401, 403, 404]).to.include((await down(browser)).status);
    }
    expect(good(await lead.browser.get("/api/public-reports")).reports[0].project.slug).to.equal(space.id);
    expect(good(await elsewhere.browser.get("/api/public-reports")).reports).to.deep.equal([]);
    expect((await down(lead.browser)).status).to.equal(204);
    expect((await stranger.get(page())).status).to.equal(404);
    expect((await view()).takenDown.reason).to.equal("A face");
    expect((await publish([])).body.refused).to.equal("report.takenDown");
    expect((await space.ana.browser.post(at("/again"))).body.refused).to.equal("report.takenDown");
    expect((await lead.browser.post(`/api/public-reports/${space.id}/lift`)).status).to.equal(204);
    expect((await stranger.get(page())).status).to.equal(200);
  });

  it("says hostile words as words", async () => {
    const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)></script><!--`;
    await front.pool.query("update projects set title = $2, summary = $2 where id = $1", [space.id, hostile]);
    await write({ line: hostile, intro: hostile, parts: ["facts", "glance"] });
    const id = await published({
      title: hostile,
      done: hostile,
      learned: hostile,
      shownWhere: hostile,
      audience: hostile,
    });
    // The copy is trusted by nobody either.
    await front.pool.query(
      `update public_report_entries set copy = copy || jsonb_build_object('shownLink', 'javascript:alert(1)',
         'links', jsonb_build_array(jsonb_build_object('link', 'data:text/html,x', 'words', $2::text)),
         'results', jsonb_build_array(jsonb_build_object('words', $2::text, 'amount', 3))) where entry_id = $1`,
      [id, hostile],
    );
    for (const rest of ["", "/feed.atom"]) {
      const { status, text } = await stranger.get(page(rest));
      expect(status).to.equal(200);
      expect(text).to.not.match(/<script(?! type="application\/ld\+json">\{)|<img src=x|href="(javascript|data):/);
      expect(text.match(/<script/g)?.length ?? 0).to.equal(rest === "" ? 1 : 0);
      expect(text.replace(/"[^"]*"/g, '""').match(/<[^>]*\son\w+=/g), rest).to.equal(null);
    }
    const [, data = ""] = /ld\+json">(.*)<\/script>/.exec((await stranger.get(page())).text) ?? [];
    expect(JSON.parse(data).name).to.include("<script>");
    await front.pool.query("update projects set title = 'Two rivers', summary = 'Rivers' where id = $1", [space.id]);
  });

  describe("how it is served", () => {
    /** As browsers do; fetch here asks for everything anew. */
    const asked = (path: string, headers: Record<string, string>, method = "GET") =>
      new Promise<{ status: number | undefined; tag: string }>((resolve, reject) => {
        const asking = get(front.url + path, { headers, method }, (response) => {
          response.resume();
          resolve({ status: response.statusCode, tag: response.headers.etag ?? "" });
        });
        asking.on("error", reject);
      });

    it("sets no cookie, runs nothing, may be kept for a minute and is the same for everybody", async () => {
      await published({ title: "Served" });
      for (const rest of ["", "/feed.atom", ".json", "/card.png"]) {
        const { headers, text, status } = await stranger.get(page(rest));
        expect(status, rest).to.equal(200);
        expect(headers.getSetCookie()).to.deep.equal([]);
        expect(headers.get("cache-control")).to.equal("public, max-age=60");
        expect(headers.get("content-security-policy")).to.include("default-src 'none'");
        expect(headers.get("x-robots-tag")).to.include("noindex");
        expect((await asked(page(rest), { "if-none-match": headers.get("etag") ?? "" })).status, rest).to.equal(304);
        expect((await space.ana.browser.get(page(rest))).text === text).to.equal(true);
      }
      const { text } = await stranger.get(page());
      expect(text).to.not.include("style=");
      expect(text).to.include(`<meta property="og:image" content="https://twinlight.test${page("/card.png")}">`);
      expect(text).to.include('<meta name="robots" content="noindex, nofollow">');
      await write({ parts: ["facts", "glance"], listed: true });
      const after = await stranger.get(page());
      expect(after.text).to.not.include("noindex");
      expect(after.headers.get("x-robots-tag")).to.equal(null);
    });

    it("has a picture made for it, of the same size whatever is written on it", async () => {
      await published({ title: "Drawn" });
      for (const title of ["Two rivers", "Ποτάμια και λίμνες ".repeat(12), "نهران", "😀"]) {
        await front.pool.query("update projects set title = $2 where id = $1", [space.id, title]);
        const answer = await fetch(front.url + page("/card.png"));
        const { width, height, format } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
        expect({ width, height, format }).to.deep.equal({ width: 1200, height: 630, format: "png" });
      }
      await front.pool.query("update projects set title = 'Two rivers' where id = $1", [space.id]);
    });

    it("counts who reads it, and no program, no look ahead, nothing that was there already, no teacher's preview", async () => {
      const id = await published({ title: "Counted" });
      const browser = { "user-agent": reader };
      const { tag } = await asked(page(), browser);
      await asked(page(), browser);
      await asked(page("/feed.atom"), browser);
      await asked(page(".pdf"), browser);
      for (const headers of [
        { "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" },
        { "user-agent": "Twitterbot/1.0" },
        { ...browser, "sec-purpose": "prefetch;prerender" },
        { ...browser, "if-none-match": tag },
        {},
      ]) {
        await asked(page(), headers as Record<string, string>);
      }
      await asked(page(), browser, "HEAD");
      await space.ana.browser.get(at(`/preview?entries=${id}`));
      const { reads } = await view();
      expect(reads.all).to.deep.equal({ html: 2, feed: 1, pdf: 1 });
      expect(reads.days).to.have.length(1);
      const { rows } = await front.pool.query("select * from public_report_reads");
      expect(Object.keys(rows[0]).sort()).to.deep.equal(["count", "day", "kind", "project_id"]);
    });
  });
});
