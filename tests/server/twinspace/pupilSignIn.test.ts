import { expect } from "chai";
import fc from "fast-check";
import {
  freeGuesses,
  guessesFromDevice,
  guessesFromNetwork,
  guessesInAll,
  guessesInRow,
  guessWindowMs,
  waitAfter,
} from "../../../domain/twinspace/guesses.ts";
import { gridSize } from "../../../domain/twinspace/pictures.ts";
import { pupilCodeChances, pupilCodeOf, pupilCodeSigns } from "../../../domain/twinspace/pupilCode.ts";
import type { LoginCard } from "../../../protocol/twinspace/pupils.ts";
import { type ActiveProject, openActiveProject } from "../../support/activeProject.ts";
import { type Answer, type Browser, type FrontDoor, openFrontDoor } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";

const longestWaitMs = waitAfter(guessesInRow - 1);
const codes = fc
  .array(fc.nat(pupilCodeSigns - 1), { minLength: pupilCodeChances, maxLength: pupilCodeChances })
  .map(pupilCodeOf);

describe("pupils sign in", function () {
  this.timeout(120_000);
  let front: FrontDoor;
  let project: ActiveProject;
  let cards: LoginCard[];
  let made = 0;

  before(async () => {
    front = await openFrontDoor({ trustProxy: 1 });
    project = await openActiveProject(front);
  });
  after(() => front.close());
  beforeEach(async () => {
    await front.pool.query("delete from pupil_try_sources");
    cards = await newCards(3);
  });

  async function newCards(count: number, secret: object = { kind: "pictures" }): Promise<LoginCard[]> {
    made += count;
    const pupils = Array.from({ length: count }, (_, index) => ({
      ...{ name: "Somebody Else", alias: `Alias ${made}-${index}`, picture: "cat", year: "" },
    }));
    return good(await project.ana.browser.post(`/api/spaces/${project.id}/pupils`, { pupils, secret })).cards;
  }

  /** A browser whose requests come from this address. */
  const from = (address: string): Browser => front.browser({ "x-forwarded-for": address });
  const card = (index: number): LoginCard => cards[index] ?? expect.fail("There is no such card");
  const right = ({ secret }: LoginCard) => (secret.kind === "word" ? secret.word : secret.pictures);
  const wrong = ({ secret }: LoginCard) =>
    secret.kind === "word" ? "nothing 11" : [...secret.pictures.slice(1), ...secret.pictures.slice(0, 1)];
  const tries = (browser: Browser, code: string, secret: unknown): Promise<Answer> =>
    browser.post("/api/pupil/sign-in", { code, secret });
  const signsIn = (browser: Browser, one: LoginCard) => tries(browser, one.code, right(one));
  const errs = (browser: Browser, one: LoginCard) => tries(browser, one.code, wrong(one));
  const said = ({ status, body }: Answer) => (status === 200 ? "in" : body.refused);
  /** Waits as long as is asked, and longer. */
  const later = () => {
    front.clock.now += longestWaitMs;
  };
  const strangeCode = () => fc.sample(codes, 1)[0] ?? "";

  it("by three pictures in their order, and are in their TwinSpace", async () => {
    const browser = from("10.0.0.1");
    const second = good(await browser.post("/api/pupil/begin", { code: ` ${card(0).code.toLowerCase()} ` }));
    expect(second.kind).to.equal("pictures");
    expect(second.pictures)
      .to.have.length(gridSize)
      .and.to.include.members([...right(card(0))]);
    const { project: slug } = good(await signsIn(browser, card(0)));
    const space = good(await browser.get(`/api/spaces/${slug}`));
    expect(space.me).to.include({ kind: "pupil", name: card(0).alias, role: "pupil" });
    expect(good(await browser.get("/api/me")).place.project.slug).to.equal(slug);
  });

  it("by a word, however its letters are written", async () => {
    const [one] = await newCards(1, { kind: "word", language: "fi" });
    const word = one?.secret.kind === "word" ? one.secret.word : "";
    expect(good(await from("10.0.0.1").post("/api/pupil/begin", { code: one?.code }))).to.deep.equal({
      ...{ kind: "word", pictures: [] },
    });
    const bare = word.normalize("NFKD").replace(/\p{M}/gu, "").toUpperCase().replace(" ", "-");
    good(await tries(from("10.0.0.1"), one?.code ?? "", bare));
  });

  it("not by another order, by fewer or more, or by another's pictures", async () => {
    const pictures = right(card(0)) as string[];
    const others = [
      [...pictures].reverse(),
      pictures.slice(0, 2),
      [...pictures, pictures[0]],
      [],
      "",
      pictures.join(" "),
    ];
    for (const secret of others) {
      await front.pool.query("delete from pupil_tries");
      expect(said(await tries(from("10.0.0.1"), card(0).code, secret)), String(secret)).to.equal("pupil.wrong");
    }
  });

  it("end who was signed in in this browser before", async () => {
    const browser = from("10.0.0.1");
    good(await signsIn(browser, card(0)));
    const [before] = [...browser.cookies.values()];
    good(await signsIn(browser, card(1)));
    expect(good(await browser.get("/api/me")).place.name).to.equal(card(1).alias);
    const thief = from("10.0.0.1");
    thief.cookies.set("twinlight", before ?? "");
    expect(good(await thief.get("/api/me")).place).to.equal(null);
  });

  describe("with a code that nobody has", () => {
    it("are asked the same thing every time, as by any code", async () => {
      const kinds = new Set<string>();
      await fc.assert(
        fc.asyncProperty(codes, async (code) => {
          const one = good(await from("10.1.0.1").post("/api/pupil/begin", { code }));
          const other = good(await from("10.1.0.2").post("/api/pupil/begin", { code }));
          expect(one).to.deep.equal(other);
          expect(new Set(one.pictures).size).to.equal(one.kind === "pictures" ? gridSize : 0);
          kinds.add(one.kind);
        }),
        { numRuns: 60 },
      );
      expect([...kinds]).to.have.members(["pictures", "word"]);
    });

    it("are told the same, try by try, as who has one and errs", async () => {
      const strange = strangeCode();
      const told: [string, string][] = [];
      for (let n = 0; n < guessesInRow + 3; n += 1) {
        const known = await errs(from("10.2.0.1"), card(0));
        const unknown = await tries(from("10.2.0.2"), strange, wrong(card(0)));
        expect(unknown.body).to.deep.equal(known.body);
        expect(unknown.status).to.equal(known.status);
        told.push([known.body.refused, unknown.body.refused]);
        if (n >= freeGuesses) later();
      }
      const refusals = told.map(([refused]) => refused);
      expect(new Set(refusals)).to.deep.equal(new Set(["pupil.wrong", "pupil.wait", "pupil.locked"]));
    });

    it("are told that it is mistyped, when it cannot be one", async () => {
      for (const path of ["begin", "sign-in"]) {
        const secret = path === "begin" ? {} : { secret: "sun 22" };
        const { status, body } = await from("10.2.0.3").post(`/api/pupil/${path}`, { code: "22222223", ...secret });
        expect([status, body.refused, body.fields]).to.deep.equal([400, "pupil.codeMistyped", ["code"]]);
      }
    });
  });

  describe("and err", () => {
    it("some times for nothing, then wait longer and longer, and are let in when the wait is over", async () => {
      const browser = from("10.3.0.1");
      for (let n = 0; n < freeGuesses; n += 1) expect(said(await errs(browser, card(0)))).to.equal("pupil.wrong");
      const held = await signsIn(browser, card(0));
      expect([held.status, held.body.refused, held.body.current]).to.deep.equal([
        ...[429, "pupil.wait", { waitMs: waitAfter(freeGuesses) }],
      ]);
      front.clock.now += waitAfter(freeGuesses) - 1;
      expect(said(await signsIn(browser, card(0)))).to.equal("pupil.wait");
      front.clock.now += 1;
      expect(said(await errs(browser, card(0)))).to.equal("pupil.wrong");
      expect((await errs(browser, card(0))).body.current.waitMs).to.equal(waitAfter(freeGuesses + 1));
      front.clock.now += waitAfter(freeGuesses + 1);
      expect(said(await signsIn(browser, card(0)))).to.equal("in");
      expect(said(await errs(browser, card(0))), "they begin anew").to.equal("pupil.wrong");
    });

    it("too often in a row are locked, whatever comes, until their teacher unlocks them", async () => {
      for (let n = 0; n < guessesInRow; n += 1) {
        expect(said(await errs(from(`10.4.0.${n}`), card(0)))).to.equal("pupil.wrong");
        later();
      }
      front.clock.now += 30 * 86_400_000;
      expect(said(await signsIn(from("10.4.1.1"), card(0))), "with the right one too").to.equal("pupil.locked");
      const { ana } = project;
      const listed = good(await ana.browser.get(`/api/spaces/${project.id}/pupils`)).pupils;
      const seen = listed.find(({ id }: { id: string }) => id === card(0).id);
      expect(seen.lock, "the teacher sees why").to.equal("tries");
      expect(said(await signsIn(from("10.4.1.1"), card(1))), "nobody else is locked").to.equal("in");
      good(await ana.browser.post(`/api/spaces/${project.id}/pupils/acts`, { act: "unlock", pupils: [card(0).id] }));
      expect(said(await signsIn(from("10.4.1.1"), card(0)))).to.equal("in");
    });

    it("do not let somebody else guess on and on by getting in in between", async () => {
      let guessed = 0;
      for (let round = 0; round < guessesInAll; round += 1) {
        for (let n = 0; n < freeGuesses - 1; n += 1) {
          if (said(await errs(from(`10.5.0.${round}`), card(0))) === "pupil.wrong") guessed += 1;
        }
        if (said(await signsIn(from("10.5.1.1"), card(0))) !== "in") break;
      }
      expect(guessed).to.be.at.most(guessesInAll);
      expect(said(await signsIn(from("10.5.1.1"), card(0)))).to.equal("pupil.locked");
    });

    it("get no more guesses by making them at once", async () => {
      for (let round = 0; round < 3; round += 1) {
        const before = await wrongSoFar(card(0));
        const answers = await Promise.all(
          Array.from({ length: 30 }, (_, n) => errs(from(`10.6.${round}.${n}`), card(0))),
        );
        const looked = answers.filter((answer) => said(answer) === "pupil.wrong").length;
        expect(looked).to.equal(before === 0 ? freeGuesses : 1);
        later();
      }
    });

    it("are counted on by a server that was started again", async () => {
      for (let n = 0; n < freeGuesses; n += 1) await errs(from("10.7.0.1"), card(0));
      const { rows } = await front.pool.query("select wrong, wrong_in_all from pupil_tries where code = $1", [
        card(0).code.replace("-", ""),
      ]);
      expect(rows).to.deep.equal([{ wrong: freeGuesses, wrong_in_all: freeGuesses }]);
    });

    const wrongSoFar = async ({ code }: LoginCard): Promise<number> => {
      const { rows } = await front.pool.query("select wrong from pupil_tries where code = $1", [code.replace("-", "")]);
      return rows[0]?.wrong ?? 0;
    };
  });

  describe("behind one address", () => {
    const school = "10.8.0.1";
    /** Somebody there goes through codes until the network has had its wrong ones. */
    const flood = async (browser = from(school)): Promise<number> => {
      let looked = 0;
      for (const code of fc.sample(codes, guessesFromNetwork + 20)) {
        if (said(await tries(browser, code, "sun 22")) === "pupil.wrong") looked += 1;
      }
      return looked;
    };

    it("are never locked out by somebody who goes through codes, who is", async () => {
      const onTheirOwn = from(school);
      good(await signsIn(onTheirOwn, card(0)));
      const looked = await flood();
      expect(looked).to.equal(guessesFromNetwork);
      const stranger = from(school);
      expect(said(await tries(stranger, strangeCode(), "sun 22"))).to.equal("pupil.tooManyHere");
      expect(said(await signsIn(stranger, card(1))), "not known there yet").to.equal("pupil.tooManyHere");
      expect(said(await signsIn(from(school), card(0))), "signed in there before, on another computer").to.equal("in");
      expect(said(await signsIn(onTheirOwn, card(2))), "another pupil on a known computer").to.equal("in");
      expect(said(await signsIn(from("10.8.0.2"), card(1))), "from elsewhere").to.equal("in");
      front.clock.now += guessWindowMs;
      expect(said(await signsIn(stranger, card(1))), "and soon everybody").to.equal("in");
    });

    it("may all sign in at once: what is right counts for nothing", async () => {
      const all = await newCards(30);
      const answers = await Promise.all(all.map((one) => signsIn(from(school), one)));
      expect(answers.map(said)).to.deep.equal(all.map(() => "in"));
      const { rows } = await front.pool.query("select max(wrong)::float as wrong from pupil_try_sources");
      expect(rows[0].wrong).to.equal(0);
    });

    it("count for nothing where the server had too much to do to look at them", async () => {
      const answers = await Promise.all(fc.sample(codes, 280).map((code) => tries(from(school), code, "sun 22")));
      const looked = answers.filter((answer) => said(answer) === "pupil.wrong").length;
      const busy = answers.filter((answer) => said(answer) === "request.tooMany").length;
      expect(looked + busy).to.equal(280);
      const { rows } = await front.pool.query("select sum(wrong)::float as wrong from pupil_try_sources");
      expect(rows[0].wrong).to.equal(looked);
    });

    it("do not get more guesses by making them at once, or by a device that is known", async () => {
      const device = from(school);
      good(await signsIn(device, card(0)));
      await front.pool.query("update pupil_try_sources set wrong = $1, at = to_timestamp($2::float8 / 1000)", [
        ...[guessesFromNetwork - 7, front.clock.now],
      ]);
      const atOnce = async (browser: Browser, count: number) => {
        const answers = await Promise.all(fc.sample(codes, count).map((code) => tries(browser, code, "sun 22")));
        return answers.filter((answer) => said(answer) === "pupil.wrong").length;
      };
      expect(await atOnce(from(school), 40)).to.equal(7);
      expect(await atOnce(device, guessesFromDevice + 30)).to.equal(guessesFromDevice);
    });

    it("are not known by a cookie that somebody made", async () => {
      const browser = from(school);
      good(await signsIn(browser, card(0)));
      await flood();
      const token = browser.cookies.get("twinlight-device") ?? "";
      const [id = "", since = "", seal = ""] = token.split(".");
      const forged = [
        `x${id.slice(1)}.${since}.${seal}`,
        `${id}.${Number(since) + 1}.${seal}`,
        `${id}.${since}.`,
        "",
        "...",
      ];
      for (const cookie of forged) {
        const thief = from(school);
        thief.cookies.set("twinlight-device", cookie);
        expect(said(await tries(thief, strangeCode(), "sun 22")), cookie).to.equal("pupil.tooManyHere");
      }
    });

    it("leave no address behind", async () => {
      good(await signsIn(from("203.0.113.77"), card(0)));
      for (const table of ["pupil_networks", "pupil_try_sources", "pupil_tries"]) {
        const { rows } = await front.pool.query(`select to_jsonb(t)::text as text from ${table} t`);
        expect(JSON.stringify(rows)).to.not.contain("203.0.113");
      }
    });
  });
});
