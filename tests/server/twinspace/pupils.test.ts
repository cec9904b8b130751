import { expect } from "chai";
import type { LoginCard, OwnPupil } from "../../../protocol/twinspace/pupils.ts";
import { missingConsents } from "../../../server/twinspace/pupils/consents.ts";
import { sweepPupils } from "../../../server/twinspace/pupils/ending.ts";
import { type ActiveProject, joins, openActiveProject } from "../../support/activeProject.ts";
import { aveiro, type Browser, type FrontDoor, openFrontDoor, oulu } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";

const dayMs = 86_400_000;
const pictures = { kind: "pictures" } as const;
const roster = ["Beatriz Carvalho", "Tomás Figueiredo", "Inês Nogueira", "Duarte Vasconcelos"];
const aliases = ["Fish 12", "Boat 7", "Star 31", "Tree 44"];

describe("pupils' accounts", function () {
  this.timeout(60_000);
  let front: FrontDoor;
  let project: ActiveProject;
  let ana: Browser;
  let rui: Browser;
  let mikko: Browser;
  let cards: LoginCard[];
  const at = () => `/api/spaces/${project.id}`;

  const newPupils = (names = roster, called = aliases) =>
    names.map((name, index) => ({ name, alias: called[index] ?? name, picture: "fish", year: "5B" }));
  const listed = async (browser: Browser): Promise<OwnPupil[]> => good(await browser.get(`${at()}/pupils`)).pupils;
  const signsIn = (browser: Browser, { code, secret }: Pick<LoginCard, "code" | "secret">) =>
    browser.post("/api/pupil/sign-in", { code, secret: secret.kind === "word" ? secret.word : secret.pictures });
  const card = (index: number): LoginCard => {
    const one = cards[index];
    if (!one) throw new Error("There is no such card");
    return one;
  };

  before(async () => {
    front = await openFrontDoor();
    project = await openActiveProject(front);
    ana = project.ana.browser;
    mikko = project.mikko.browser;
    rui = (await joins(front, project.id, await front.person("teacher", "Rui Matos", aveiro), "teacher")).browser;
  });
  after(() => front.close());

  it("are made many at once by a teacher, each with a card", async () => {
    const proposed = good(await ana.post(`${at()}/pupils/propose`, { count: 4, aliases: ["Fish 12"] }));
    expect(proposed.taken).to.deep.equal([]);
    expect(new Set(proposed.proposed.map(({ number }: { number: number }) => number)).size).to.equal(4);
    const made = good(await ana.post(`${at()}/pupils`, { pupils: newPupils(), secret: pictures }));
    cards = made.cards;
    expect(cards.map(({ name }) => name)).to.deep.equal(roster);
    expect(new Set(cards.map(({ code }) => code)).size).to.equal(4);
    expect(made.address).to.match(/\/pupil$/);
    for (const { link, code, qr } of cards) {
      expect(link, "the code stands behind the # alone").to.match(/\/pupil#[23456789CDFHJKMNPQRTWXY]{8}$/);
      expect(link).to.contain(code.replace("-", ""));
      expect(qr.length).to.equal(qr[0]?.length);
    }
  });

  it("are seen with their names by teachers of their own school alone", async () => {
    expect((await listed(ana)).map(({ name }) => name)).to.have.members(roster);
    expect((await listed(rui)).map(({ alias }) => alias)).to.have.members(aliases);
    expect(await listed(mikko)).to.deep.equal([]);
  });

  it("keep names sealed and secrets hashed", async () => {
    const { rows } = await front.pool.query("select to_jsonb(u)::text as text, roster_name, secret_hash from pupils u");
    for (const { text, roster_name: sealed, secret_hash: hash } of rows) {
      for (const name of roster) {
        expect(text).to.not.contain(name);
        expect(sealed.toString("utf8")).to.not.contain(name.split(" ")[1]);
      }
      expect(hash).to.match(/^\$argon2id\$/);
    }
  });

  it("are refused whole where an alias is taken, twice there, or the name", async () => {
    const refused = async (names: string[], called: string[]) => {
      const { status, body } = await ana.post(`${at()}/pupils`, { pupils: newPupils(names, called), secret: pictures });
      return [status, body.refused, body.fields];
    };
    expect(await refused(["Ana Reis", "Eva Lima"], ["New one", "fish 12"])).to.deep.equal([
      ...[409, "pupil.aliasTaken", ["pupils.1.alias"]],
    ]);
    expect(await refused(["Ana Reis", "Eva Lima"], ["Owl", "OWL"])).to.deep.equal([
      ...[409, "pupil.aliasTaken", ["pupils.1.alias"]],
    ]);
    expect(await refused(["Ana Reis"], ["reis ana"])).to.deep.equal([400, "pupil.aliasIsName", ["pupils.0.alias"]]);
    expect(await listed(ana)).to.have.length(4);
  });

  it("made at the same time never share an alias", async () => {
    const at4 = await Promise.all(
      [ana, rui, ana, rui].map((browser) =>
        browser.post(`${at()}/pupils`, { pupils: newPupils(["Leonor Pinto"], ["Owl 5"]), secret: pictures }),
      ),
    );
    expect(at4.map(({ status }) => status).sort()).to.deep.equal([200, 409, 409, 409]);
    const owl = (await listed(ana)).find(({ alias }) => alias === "Owl 5");
    good(await ana.post(`${at()}/pupils/acts`, { act: "end", pupils: [owl?.id] }));
  });

  it("are not more than a thousand of a school", async () => {
    await front.pool.query(
      `insert into pupils (id, project_id, school_id, alias, picture, login_code, secret_kind)
       select 'many' || n, $1, (select school_id from pupils where alias = 'Fish 12'), 'Many ' || n, 'fish', 'many' || n, 'word'
       from generate_series(1, 995) as n`,
      [project.id],
    );
    const answer = await ana.post(`${at()}/pupils`, {
      pupils: newPupils(["Leonor Pinto"], ["Cat 5"]),
      secret: pictures,
    });
    expect(answer.body.refused).to.equal("pupil.tooMany");
    expect((await ana.post(`${at()}/pupils/propose`, { count: 200, aliases: [] })).body.proposed).to.have.length(200);
    await front.pool.query("delete from pupils where id like 'many%'");
  });

  describe("of another school", () => {
    it("are not told to anybody: no answer of any route has a name of theirs", async () => {
      const expert = await joins(front, project.id, await front.person("teacher", "Xenia Expert", oulu), "expert");
      const observer = await joins(front, project.id, await front.person("teacher", "Olli Observer", oulu), "observer");
      const stranger = await front.person("teacher", "Sara Stranger", aveiro);
      const lead = await front.person("lead", "Liisa Lead", oulu);
      const pupil = front.browser();
      good(await signsIn(pupil, card(0)));
      const ids = (await listed(ana)).map(({ id }) => id);
      const visitors: [string, Browser][] = [
        ["mikko", mikko],
        ["expert", expert.browser],
        ["observer", observer.browser],
        ["stranger", stranger.browser],
        ["lead of Oulu", lead.browser],
        ["pupil", pupil],
        ["css", project.css.browser],
        ["nobody", front.browser()],
      ];
      const consent = { kinds: ["recording"], given: "yes", evidence: "", validUntil: null };
      for (const [who, browser] of visitors) {
        const answers = [
          await browser.get(at()),
          await browser.get(`${at()}/pupils`),
          await browser.get(`${at()}/consents`),
          await browser.post(`${at()}/pupils/propose`, { count: 1, aliases }),
          await browser.patch(`${at()}/pupils/${ids[0]}`, { year: "6" }),
          await browser.post(`${at()}/pupils/acts`, { act: "lock", pupils: ids }),
          await browser.post(`${at()}/pupils/cards`, { pupils: ids, secret: pictures }),
          await browser.post(`${at()}/consents`, { pupils: ids, ...consent }),
        ];
        for (const { text } of answers) {
          for (const name of roster) {
            for (const word of name.split(" ")) expect(text, who).to.not.contain(word);
          }
        }
        const changed = answers.slice(4).map(({ status }) => status);
        for (const status of changed) expect(status, who).to.be.within(401, 404);
      }
      expect((await listed(ana)).map(({ lock, year }) => `${lock} ${year}`)).to.deep.equal(Array(5).fill("null 5B"));
      expect(front.logged()).to.not.match(new RegExp(roster.join("|").replaceAll(" ", "|")));
    });

    it("stay out of reach beside one's own: all or none", async () => {
      const made = good(
        await mikko.post(`${at()}/pupils`, { pupils: newPupils(["Aino Korhonen"], ["Moon 3"]), secret: pictures }),
      );
      const theirs = (await listed(ana))[0]?.id;
      const both = [made.cards[0].id, theirs];
      expect((await mikko.post(`${at()}/pupils/acts`, { act: "end", pupils: both })).body.refused).to.equal(
        "pupil.unknown",
      );
      expect((await mikko.post(`${at()}/pupils/cards`, { pupils: both, secret: pictures })).status).to.equal(404);
      expect((await listed(mikko)).map(({ state }) => state)).to.deep.equal(["active"]);
    });

    it("are seen by their own school's lead, who only looks", async () => {
      const { browser } = await front.person("lead", "Lena Lead", aveiro);
      const seen = good(await browser.get(`${at()}/pupils`));
      expect(seen.pupils.map(({ name }: OwnPupil) => name)).to.include.members(roster);
      expect(seen.mayChange).to.equal(false);
      const act = await browser.post(`${at()}/pupils/acts`, { act: "lock", pupils: [seen.pupils[0].id] });
      expect(act.status).to.be.within(403, 404);
    });
  });

  describe("as their teachers keep them", () => {
    const idOf = async (alias: string) => (await listed(ana)).find((pupil) => pupil.alias === alias)?.id ?? "";

    it("are changed, and the log says what without saying how", async () => {
      const id = await idOf("Star 31");
      const changed = good(
        await ana.patch(`${at()}/pupils/${id}`, { alias: "Rocket 31", picture: "rocket", role: "pupilAdmin" }),
      );
      expect(changed).to.include({ alias: "Rocket 31", picture: "rocket", role: "pupilAdmin", name: "Inês Nogueira" });
      const taken = await ana.patch(`${at()}/pupils/${id}`, { alias: "FISH 12" });
      expect([taken.status, taken.body.refused, taken.body.fields]).to.deep.equal([409, "pupil.aliasTaken", ["alias"]]);
      expect((await ana.patch(`${at()}/pupils/${id}`, { alias: "Nogueira Ines" })).body.refused).to.equal(
        "pupil.aliasIsName",
      );
      const { rows } = await front.pool.query("select note from pupil_acts where act = 'changed' and pupil_id = $1", [
        id,
      ]);
      expect(rows).to.deep.equal([{ note: "alias picture role" }]);
    });

    it("are locked, signed out with it, and unlocked", async () => {
      const pupil = front.browser();
      good(await signsIn(pupil, card(1)));
      expect((await pupil.get(at())).status).to.equal(200);
      good(await rui.post(`${at()}/pupils/acts`, { act: "lock", pupils: [card(1).id] }));
      expect((await pupil.get(at())).status).to.equal(401);
      expect((await signsIn(pupil, card(1))).body.refused).to.equal("pupil.lockedByTeacher");
      good(await ana.post(`${at()}/pupils/acts`, { act: "unlock", pupils: [card(1).id] }));
      good(await signsIn(pupil, card(1)));
    });

    it("are ended and brought back", async () => {
      good(await ana.post(`${at()}/pupils/acts`, { act: "end", pupils: [card(1).id] }));
      expect((await signsIn(front.browser(), card(1))).body.refused).to.equal("pupil.ended");
      good(await ana.post(`${at()}/pupils`, { pupils: newPupils(["Rita Gomes"], ["Boat 7"]), secret: pictures }));
      const taken = await ana.post(`${at()}/pupils/acts`, { act: "restore", pupils: [card(1).id] });
      expect(taken.body.refused, "somebody else goes by the alias by now").to.equal("pupil.aliasTaken");
      const other = (await listed(ana)).find(({ alias, state }) => alias === "Boat 7" && state === "active");
      good(await ana.patch(`${at()}/pupils/${other?.id}`, { alias: "Ship 7" }));
      good(await ana.post(`${at()}/pupils/acts`, { act: "restore", pupils: [card(1).id] }));
      good(await signsIn(front.browser(), card(1)));
    });

    it("get new cards, and the old ones hold no longer", async () => {
      const pupil = front.browser();
      good(await signsIn(pupil, card(2)));
      const { cards: fresh } = good(
        await ana.post(`${at()}/pupils/cards`, { pupils: [card(2).id], secret: { kind: "word", language: "pt" } }),
      );
      expect((await pupil.get(at())).status, "signed out").to.equal(401);
      expect((await signsIn(pupil, card(2))).body.refused).to.equal("pupil.wrong");
      expect(fresh[0].secret.word).to.match(/^\p{Ll}+ \d\d$/u);
      expect(fresh[0].code).to.equal(card(2).code);
      const typed = ` ${fresh[0].secret.word.toUpperCase().replace(" ", "   ")}`;
      good(await pupil.post("/api/pupil/sign-in", { code: card(2).code, secret: typed }));
    });
  });

  describe("consents", () => {
    const consents = async (browser: Browser) => good(await browser.get(`${at()}/consents`)).pupils;

    it("are recorded for several at once, and missing until then", async () => {
      const ids = cards.map(({ id }) => id);
      expect(await missingConsents(front.pool, ids, "recording", front.clock.now)).to.have.members(ids);
      const said = { kinds: ["recording", "imagePublic"], evidence: "Folder 3", validUntil: "2027-06-30" };
      good(await ana.post(`${at()}/consents`, { pupils: ids.slice(0, 3), given: "yes", ...said }));
      good(await rui.post(`${at()}/consents`, { pupils: [ids[2]], given: "withdrawn", ...said }));
      const now = Date.parse("2027-03-01T12:00:00Z");
      expect(await missingConsents(front.pool, ids, "recording", now)).to.have.members([ids[2], ids[3]]);
      expect(await missingConsents(front.pool, [...ids, "nobody"], "imageInside", now)).to.have.length(5);
      const own = await consents(ana);
      expect(own.find(({ id }: { id: string }) => id === ids[0]).consents[0]).to.include({
        ...{ given: "yes", evidence: "Folder 3", validUntil: "2027-06-30", isOver: false, recordedBy: "Ana Silva" },
      });
    });

    it("run out at the end of their last day, wherever that is", async () => {
      const ids = [card(0).id];
      const stillThere = Date.parse("2027-06-30T23:59:59-12:00");
      expect(await missingConsents(front.pool, ids, "recording", stillThere)).to.deep.equal([]);
      expect(await missingConsents(front.pool, ids, "recording", stillThere + 1_000)).to.deep.equal(ids);
    });

    it("are of one's own school, and every one is in the log", async () => {
      const yes = { pupils: [card(0).id], kinds: ["recording"], given: "yes", evidence: "", validUntil: null };
      expect((await mikko.post(`${at()}/consents`, yes)).body.refused).to.equal("pupil.unknown");
      expect((await consents(mikko)).map(({ alias }: { alias: string }) => alias)).to.deep.equal(["Moon 3"]);
      good(await ana.post(`${at()}/consents`, { ...yes, given: null }));
      expect(await missingConsents(front.pool, [card(0).id], "recording", front.clock.now)).to.have.length(1);
      const { rows } = await front.pool.query(
        "select note from pupil_acts where act = 'consent' and pupil_id = $1 order by id",
        [card(0).id],
      );
      expect(rows.map(({ note }) => note)).to.deep.equal(["recording yes", "imagePublic yes", "recording none"]);
    });
  });

  describe("when the project ends", () => {
    it("end with it, and come back when it is opened again; who was ended before stays so", async () => {
      good(await ana.post(`${at()}/pupils/acts`, { act: "lock", pupils: [card(3).id] }));
      good(await ana.post(`${at()}/pupils/acts`, { act: "end", pupils: [card(1).id] }));
      const pupil = front.browser();
      good(await signsIn(pupil, card(0)));
      good(await ana.post(`/api/projects/${project.id}/close`));
      expect((await pupil.get(at())).status).to.equal(401);
      expect((await signsIn(pupil, card(0))).body.refused).to.equal("pupil.ended");
      expect((await ana.post(`${at()}/pupils/propose`, { count: 1, aliases: [] })).body.refused).to.equal(
        "space.readOnly",
      );
      front.clock.now += 80 * dayMs;
      await sweepPupils(front.pool, front.clock.now);
      good(await ana.post(`/api/projects/${project.id}/reopen`));
      const states = new Map((await listed(ana)).map(({ id, state, lock }) => [id, `${state} ${lock}`]));
      expect([0, 1, 3].map((index) => states.get(card(index).id))).to.deep.equal([
        ...["active null", "ended null", "active teacher"],
      ]);
      good(await signsIn(pupil, card(0)));
    });

    it("lose name, alias and secret ninety days later, and are pupils of their school from then on", async () => {
      const pupil = front.browser();
      good(await signsIn(pupil, card(0)));
      good(await ana.post(`/api/projects/${project.id}/close`));
      front.clock.now += 90 * dayMs - 1;
      await sweepPupils(front.pool, front.clock.now);
      expect((await listed(ana)).length, "not a moment earlier").to.be.above(0);
      front.clock.now += 1;
      await sweepPupils(front.pool, front.clock.now);
      expect(await listed(ana)).to.deep.equal([]);
      const { rows } = await front.pool.query(
        `select count(*) filter (where roster_name is null and secret_hash is null and alias = '')::int as erased,
           count(*)::int as "all" from pupils where state = 'purged'`,
      );
      expect(rows[0].erased).to.equal(rows[0].all).and.at.least(5);
      expect((await signsIn(pupil, card(0))).body.refused).to.equal("pupil.wrong");
      good(await ana.post(`/api/projects/${project.id}/reopen`));
      expect(await listed(ana), "it is too late for them").to.deep.equal([]);
    });
  });
});
