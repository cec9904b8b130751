import { expect } from "chai";
import fc from "fast-check";
import { takeCode } from "../../../server/accounts/secondFactor.ts";
import { codeOfStep, stepAt } from "../../../server/accounts/totp.ts";
import { type Browser, type FrontDoor, goodPassword, openFrontDoor, type Person } from "../../support/frontDoor.ts";

describe("The second factor", () => {
  let front: FrontDoor;
  before(async () => {
    front = await openFrontDoor();
  });
  after(() => front.close());

  /** So that every test has steps of its own. */
  const later = () => {
    front.clock.now += 120_000;
  };
  beforeEach(later);

  const codeNow = (secret: string, off = 0) => codeOfStep(secret, stepAt(front.clock.now) + off);

  interface Guarded extends Person {
    secret: string;
    codes: string[];
  }

  async function guarded(name: string): Promise<Guarded> {
    const person = await front.person("teacher", name);
    const { secret, codes } = await setUp(person.browser);
    later();
    return { ...person, secret, codes };
  }

  async function setUp(browser: Browser): Promise<{ secret: string; codes: string[] }> {
    const { secret } = (await browser.post("/api/me/second-factor")).body;
    const confirmed = await browser.post("/api/me/second-factor/confirm", { code: codeNow(secret) });
    expect(confirmed.status, confirmed.text).to.equal(200);
    return { secret, codes: confirmed.body.codes };
  }

  /** A browser in which the password was right. */
  async function halfway({ email }: Pick<Person, "email">): Promise<Browser> {
    const browser = front.browser();
    const answer = await browser.post("/api/sign-in", { email, password: goodPassword });
    expect(answer.body).to.deep.equal({ secondFactor: true });
    return browser;
  }

  const second = (browser: Browser, code: string) => browser.post("/api/sign-in/second", { code });
  const nameIn = async (browser: Browser) => (await browser.get("/api/me")).body.me?.name ?? null;

  it("is set up by a code of the app, and shows ten recovery codes once", async () => {
    const { browser, email } = await front.person("teacher", "Ana");
    const made = (await browser.post("/api/me/second-factor")).body;
    expect(made.address).to.contain(`secret=${made.secret}`).and.to.contain(encodeURIComponent(email));
    expect(made.qr.length).to.be.greaterThan(20);
    expect(made.qr.every((row: string) => row.length === made.qr.length)).to.equal(true);
    expect((await browser.get("/api/me/second-factor")).body).to.include({ state: "off" });
    const wrong = await browser.post("/api/me/second-factor/confirm", { code: "000000" });
    expect(wrong.body).to.deep.include({ refused: "factor.wrong", fields: ["code"] });
    const right = await browser.post("/api/me/second-factor/confirm", { code: codeNow(made.secret) });
    expect(right.body.codes).to.have.length(10);
    expect(new Set(right.body.codes)).to.have.length(10);
    expect(right.body.codes.join()).to.match(/^([0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5},?){10}$/);
    expect((await browser.get("/api/me/second-factor")).body).to.deep.equal({
      state: "on",
      codesLeft: 10,
      hasPassword: true,
    });
    expect((await browser.get("/api/me")).body.me.secondFactor).to.equal("on");
    expect((await browser.post("/api/me/second-factor")).body.refused).to.equal("factor.on");
  });

  it("keeps nothing in the database that could be used, and logs nothing of it", async () => {
    const { id, secret, codes } = await guarded("Bela");
    const { rows } = await front.pool.query(
      `select encode(secret, 'escape') as secret, (select string_agg(encode(code_hash, 'escape'), ' ')
         from recovery_codes r where r.account_id = f.account_id) as codes from second_factors f where account_id = $1`,
      [id],
    );
    expect(rows[0].secret).not.to.contain(secret);
    for (const code of codes) {
      expect(rows[0].codes).not.to.contain(code);
      expect(front.logged()).not.to.contain(code);
    }
    expect(front.logged()).not.to.contain(secret);
  });

  it("is asked for after the password, in a browser that is not signed in before", async () => {
    const clara = await guarded("Clara");
    const browser = await halfway(clara);
    const door = (await browser.get("/api/me")).body;
    expect(door).to.deep.include({ me: null, secondStep: true });
    const cookie = (
      await front.browser().post("/api/sign-in", { email: clara.email, password: goodPassword })
    ).headers.getSetCookie();
    expect(cookie.join())
      .to.match(/^twinlight-second=[A-Za-z0-9_-]{43};/)
      .and.to.contain("HttpOnly");
    expect((await browser.get("/api/bookings")).status).to.equal(401);
    const answer = await second(browser, codeNow(clara.secret));
    expect(answer.body.me.name).to.equal("Clara");
    expect((await browser.get("/api/me")).body).to.deep.include({ secondStep: false });
    expect(await nameIn(browser)).to.equal("Clara");
  });

  it("takes no code twice, nor one of a step before", async () => {
    const dora = await guarded("Dora");
    const code = codeNow(dora.secret);
    expect((await second(await halfway(dora), code)).status).to.equal(200);
    expect((await second(await halfway(dora), code)).body.refused).to.equal("factor.used");
    expect((await second(await halfway(dora), codeNow(dora.secret, -1))).body.refused).to.equal("factor.used");
    expect((await second(await halfway(dora), codeNow(dora.secret, 1))).status).to.equal(200);
  });

  it("only ever takes later steps, in whatever order codes come and however the clock stands", async () => {
    const { id, secret } = await guarded("Dina");
    const parts = { secrets: front.secrets, now: () => front.clock.now };
    const tries = fc.array(
      fc.record({ passed: fc.integer({ min: 0, max: 60 }), off: fc.integer({ min: -2, max: 2 }) }),
      {
        minLength: 5,
        maxLength: 25,
      },
    );
    await fc.assert(
      fc.asyncProperty(tries, async (tried) => {
        later();
        let last = 0;
        for (const { passed, off } of tried) {
          front.clock.now += passed * 1000;
          const step = stepAt(front.clock.now) + off;
          const taken = await takeCode(front.pool, parts, id, codeOfStep(secret, step));
          const isDue = Math.abs(off) <= 1 && step > last;
          expect(taken === "taken", `step ${step} after ${last}`).to.equal(isDue);
          if (isDue) last = step;
        }
      }),
      { numRuns: 15 },
    );
  });

  it("takes a code once, however many send it at the same time", async () => {
    const elsa = await guarded("Elsa");
    const code = codeNow(elsa.secret);
    const browsers = await Promise.all(Array.from({ length: 5 }, () => halfway(elsa)));
    const answers = await Promise.all(browsers.map((browser) => second(browser, code)));
    expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
    expect(answers.filter(({ body }) => body.refused === "factor.used")).to.have.length(4);
  });

  it("bears with a clock that is one step off, and not two", async () => {
    const fatima = await guarded("Fatima");
    expect((await second(await halfway(fatima), codeNow(fatima.secret, -1))).status).to.equal(200);
    expect((await second(await halfway(fatima), codeNow(fatima.secret, 1))).status).to.equal(200);
    expect((await second(await halfway(fatima), codeNow(fatima.secret, 3))).body.refused).to.equal("factor.wrong");
    later();
    expect((await second(await halfway(fatima), codeNow(fatima.secret, -2))).body.refused).to.equal("factor.wrong");
  });

  it("is answered by a recovery code, once, however it is typed", async () => {
    const gil = await guarded("Gil");
    const [first = "", other = ""] = gil.codes;
    const typed = ` ${first.toLowerCase().replace("-", " ")} `;
    expect((await second(await halfway(gil), typed)).status).to.equal(200);
    expect((await second(await halfway(gil), first)).body.refused).to.equal("factor.wrong");
    expect((await gil.browser.get("/api/me/second-factor")).body.codesLeft).to.equal(9);
    const hanna = await guarded("Hanna");
    expect((await second(await halfway(hanna), other)).body.refused, "another's").to.equal("factor.wrong");
  });

  it("waits after ten guesses at one account from one place, and not for others", async () => {
    const ines = await guarded("Ines");
    const joao = await guarded("Joao");
    const browser = await halfway(ines);
    const answers = [];
    for (let guess = 0; guess < 12; guess += 1) answers.push(await second(browser, `ABCDE-FGH${guess % 10}J`));
    expect(answers.filter(({ body }) => body.refused === "factor.wrong")).to.have.length(10);
    expect(answers.filter(({ body }) => body.refused === "account.tooManyTries")).to.have.length(2);
    expect((await second(browser, codeNow(ines.secret))).body.refused).to.equal("account.tooManyTries");
    expect((await second(await halfway(joao), codeNow(joao.secret))).status).to.equal(200);
  });

  it("forgets who does not go on, who begins again and whose password was changed", async () => {
    const karl = await guarded("Karl");
    expect((await second(front.browser(), codeNow(karl.secret))).body.refused).to.equal("factor.expired");
    const late = await halfway(karl);
    await front.pool.query("update sign_in_challenges set expires_at = now() - interval '1 second'");
    expect((await second(late, codeNow(karl.secret))).body.refused).to.equal("factor.expired");
    const again = await halfway(karl);
    await again.post("/api/sign-out");
    expect((await again.get("/api/me")).body.secondStep).to.equal(false);
    const half = await halfway(karl);
    await karl.browser.post("/api/me/password", { current: goodPassword, password: "four quiet lakes" });
    expect((await second(half, codeNow(karl.secret))).body.refused).to.equal("factor.expired");
  });

  it("is asked for after a new password was chosen by a link, too", async () => {
    const lena = await guarded("Lena");
    const olga = await front.person("operator", "Olga");
    const { link } = (await olga.browser.post(`/api/operate/people/${lena.id}/link`)).body;
    const browser = front.browser();
    const token = new URL(link).hash.slice(3);
    const answer = await browser.post("/api/invitations/answer", { token, password: "four quiet lakes" });
    expect(answer.body).to.deep.equal({ secondFactor: true });
    expect(await nameIn(browser)).to.equal(null);
    expect((await second(browser, codeNow(lena.secret))).status).to.equal(200);
  });

  it("is switched off by password and code, neither alone", async () => {
    const mia = await guarded("Mia");
    const off = (body: object) => mia.browser.post("/api/me/second-factor/off", body);
    expect((await off({ code: codeNow(mia.secret) })).body.refused).to.equal("account.wrong");
    expect((await off({ password: "not this one", code: codeNow(mia.secret) })).body.refused).to.equal("account.wrong");
    expect((await off({ password: goodPassword, code: "ABCDEFGHJK" })).body.refused).to.equal("factor.wrong");
    expect((await off({ password: goodPassword, code: codeNow(mia.secret) })).body.state).to.equal("off");
    const answer = await front.browser().post("/api/sign-in", { email: mia.email, password: goodPassword });
    expect(answer.body.me.name).to.equal("Mia");
    const { rows } = await front.pool.query("select from recovery_codes where account_id = $1", [mia.id]);
    expect(rows).to.have.length(0);
  });

  it("makes new recovery codes, and those before stop working", async () => {
    const nina = await guarded("Nina");
    const body = { password: goodPassword, code: codeNow(nina.secret) };
    const renewed = await nina.browser.post("/api/me/second-factor/recovery-codes", body);
    expect(renewed.body.codes).to.have.length(10);
    expect((await second(await halfway(nina), nina.codes[0] ?? "")).body.refused).to.equal("factor.wrong");
    expect((await second(await halfway(nina), renewed.body.codes[0])).status).to.equal(200);
  });

  it("is taken away by the operator alone, which is kept and told", async () => {
    const otto = await guarded("Otto");
    const operator = await front.person("operator", "Paula");
    const path = `/api/operate/people/${otto.id}/second-factor/take-away`;
    expect((await otto.browser.post(path)).status).to.equal(403);
    const taken = await operator.browser.post(path);
    expect(taken.body).to.deep.include({ name: "Otto", secondFactor: false });
    expect((await operator.browser.post(path)).body.refused).to.equal("factor.none");
    const answer = await front.browser().post("/api/sign-in", { email: otto.email, password: goodPassword });
    expect(answer.body.me.name).to.equal("Otto");
    const acts = await front.pool.query(
      "select by_account from account_acts where account_id = $1 and act = 'secondFactorTakenAway'",
      [otto.id],
    );
    expect(acts.rows).to.deep.equal([{ by_account: operator.id }]);
    const letters = await front.pool.query(
      "select facts ->> 'change' as change from mails where account_id = $1 and kind = 'secondFactorChanged' order by created_at",
      [otto.id],
    );
    expect(letters.rows).to.deep.equal([{ change: "set up" }, { change: "removed" }]);
    const own = await operator.browser.post(`/api/operate/people/${operator.id}/second-factor/take-away`);
    expect(own.body.refused).to.equal("account.notAllowed");
  });

  it("is advised to whoever decides about others, and to nobody else", async () => {
    const advised = async (person: Person) => (await person.browser.get("/api/me")).body.me.secondFactor;
    expect(await advised(await front.person("operator", "Quinn"))).to.equal("advised");
    expect(await advised(await front.person("support", "Rosa", null))).to.equal("advised");
    expect(await advised(await front.person("lead", "Sara"))).to.equal("advised");
    expect(await advised(await front.person("teacher", "Timo"))).to.equal("off");
    expect(await advised(await front.person("ambassador", "Ulla"))).to.equal("off");
  });

  describe("where it is demanded", () => {
    let strict: FrontDoor;
    before(async () => {
      strict = await openFrontDoor({ requireSecondFactor: true });
    });
    after(() => strict.close());

    it("lets operators and support services do nothing but set it up", async () => {
      for (const role of ["operator", "support"] as const) {
        const { browser } = await strict.person(role, "Vera", null);
        expect((await browser.get("/api/me")).body).to.deep.include({ owesSecondFactor: true });
        const refusals = await Promise.all([
          browser.get("/api/operate/people"),
          browser.get("/api/bookings"),
          browser.patch("/api/me", { name: "Somebody" }),
          browser.get("/api/schools"),
        ]);
        expect(refusals.map(({ body }) => body.refused)).to.deep.equal(Array(4).fill("factor.needed"));
        const { secret } = (await browser.post("/api/me/second-factor")).body;
        const code = codeOfStep(secret, stepAt(strict.clock.now));
        expect((await browser.post("/api/me/second-factor/confirm", { code })).status).to.equal(200);
        expect((await browser.get("/api/me")).body).to.deep.include({ owesSecondFactor: false });
        expect((await browser.get("/api/schools")).status).to.equal(200);
        if (role === "operator") expect((await browser.get("/api/operate/people")).status).to.equal(200);
      }
    });

    it("does not ask it of teachers", async () => {
      const { browser } = await strict.person("teacher", "Wanda");
      expect((await browser.get("/api/me")).body).to.deep.include({ owesSecondFactor: false });
      expect((await browser.get("/api/bookings")).status).to.equal(200);
    });
  });
});
