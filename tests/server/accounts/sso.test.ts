import { expect } from "chai";
import { openProvider } from "../../../server/accounts/sso/provider.ts";
import { codeOfStep, stepAt } from "../../../server/accounts/totp.ts";
import { type Browser, type FrontDoor, goodPassword, openFrontDoor } from "../../support/frontDoor.ts";
import { type IdentityProvider, openIdentityProvider, type SchoolPerson } from "../../support/identityProvider.ts";

const staff = (name: string, email: string): SchoolPerson => ({
  ...{ name, email, email_verified: true },
  affiliation: ["member", "staff"],
  school: "Escola de Aveiro",
});

describe("Single sign-on", function () {
  this.timeout(30_000);
  let idp: IdentityProvider;
  let front: FrontDoor;

  before(async () => {
    idp = await openIdentityProvider({
      rui: staff("Rui Costa", "Rui@Teacher.test"),
      pia: { ...staff("Pia", "pia@school.test"), affiliation: ["member", "student"] },
      una: { ...staff("Una", "una@school.test"), email_verified: false },
    });
    front = await openFrontDoor({ sso: (log) => openProvider(idp.settings(), log) });
    idp.serves(front.url);
  });
  after(async () => {
    await front?.close();
    await idp?.stop();
  });
  afterEach(() => {
    idp.twist = undefined;
  });

  const nameIn = async (browser: Browser) => (await browser.get("/api/me")).body.me?.name ?? null;

  async function sent(browser: Browser, query = ""): Promise<string> {
    const answer = await browser.get(`/api/sso/begin${query}`);
    return answer.headers.get("location") ?? "";
  }

  /** Where the browser stands after it came back. */
  async function back(browser: Browser, path: string): Promise<string> {
    const answer = await browser.get(path);
    expect(answer.status).to.equal(303);
    return answer.headers.get("location") ?? "";
  }

  async function comes(browser: Browser, who: string, query = ""): Promise<string> {
    return back(browser, await idp.signsIn(await sent(browser, query), who));
  }

  /** An account with a password, and somebody with its e-mail at the provider. */
  async function both(id: string, name: string) {
    const person = await front.person("teacher", name);
    idp.people[id] = staff(name, person.email);
    return person;
  }

  async function links(browser: Browser, email: string) {
    return browser.post("/api/sign-in", { email, password: goodPassword, link: true });
  }

  it("asks the provider for a code, with PKCE, state and nonce, and says so at the front door", async () => {
    const browser = front.browser();
    const address = new URL(await sent(browser));
    expect(address.origin).to.equal(idp.url);
    expect(Object.fromEntries(address.searchParams)).to.deep.include({
      response_type: "code",
      client_id: "twinlight",
      scope: "openid email profile",
      code_challenge_method: "S256",
      redirect_uri: `${front.url}/api/sso/return`,
    });
    for (const name of ["state", "nonce", "code_challenge"]) {
      expect(address.searchParams.get(name)).to.match(/^[A-Za-z0-9_-]{43}$/);
    }
    expect((await browser.get("/api/me")).body.sso).to.equal("School Login");
  });

  it("lets the owner of an account link it by signing in once, and from then on comes straight in", async () => {
    const ana = await both("ana", "Ana Sousa");
    const browser = front.browser();
    expect(await comes(browser, "ana")).to.equal("/sign-in#link");
    expect(await nameIn(browser)).to.equal(null);
    expect((await browser.get("/api/sso/arrival")).body).to.deep.equal({
      provider: "School Login",
      email: ana.email,
      name: "Ana Sousa",
      school: "Escola de Aveiro",
      hasAccount: true,
    });
    const wrong = await browser.post("/api/sign-in", { email: ana.email, password: "not this one", link: true });
    expect(wrong.body.refused).to.equal("account.wrong");
    expect((await links(browser, ana.email)).body.me.name).to.equal("Ana Sousa");
    const { rows } = await front.pool.query("select kind from mails where account_id = $1", [ana.id]);
    expect(rows).to.deep.equal([{ kind: "identityLinked" }]);

    const other = front.browser();
    expect(await comes(other, "ana", "?to=/account")).to.equal("/account");
    expect(await nameIn(other)).to.equal("Ana Sousa");
  });

  it("links nothing for whoever signs in to another account, or in another browser, or without being asked", async () => {
    const bela = await both("bela", "Bela");
    const carla = await front.person("teacher", "Carla");
    const browser = front.browser();
    await comes(browser, "bela");
    expect((await links(browser, carla.email)).body.refused).to.equal("sso.expired");
    expect(await nameIn(browser)).to.equal(null);
    expect((await links(front.browser(), bela.email)).body.refused).to.equal("sso.expired");
    await browser.post("/api/sign-in", { email: bela.email, password: goodPassword });
    const { rows } = await front.pool.query("select from identities where account_id = any($1)", [[bela.id, carla.id]]);
    expect(rows).to.have.length(0);
  });

  it("asks for the second factor before it links, and each time after", async () => {
    const dora = await both("dora", "Dora");
    const { secret } = (await dora.browser.post("/api/me/second-factor")).body;
    const code = () => {
      front.clock.now += 60_000;
      return codeOfStep(secret, stepAt(front.clock.now));
    };
    await dora.browser.post("/api/me/second-factor/confirm", { code: code() });
    const browser = front.browser();
    await comes(browser, "dora");
    expect((await links(browser, dora.email)).body).to.deep.equal({ secondFactor: true });
    const linked = () => front.pool.query("select from identities where account_id = $1", [dora.id]);
    expect((await linked()).rows).to.have.length(0);
    expect((await browser.post("/api/sign-in/second", { code: code() })).body.me.name).to.equal("Dora");
    expect((await linked()).rows).to.have.length(1);

    const other = front.browser();
    expect(await comes(other, "dora", "?to=/account")).to.equal("/sign-in");
    expect(await nameIn(other)).to.equal(null);
    expect((await other.post("/api/sign-in/second", { code: code() })).body.me.name).to.equal("Dora");
  });

  it("takes whom nobody knows to choosing a password, with name and address filled in, and links what they make", async () => {
    const browser = front.browser();
    const to = await comes(browser, "rui");
    expect(to).to.match(/^\/begin#k=[A-Za-z0-9_-]{43}$/);
    const token = to.split("=")[1];
    const look = (await browser.post("/api/invitations/look", { token })).body;
    expect(look).to.deep.include({ purpose: "registration", name: "Rui Costa", email: "rui@teacher.test" });
    const answer = await browser.post("/api/invitations/answer", { token, password: goodPassword });
    expect(answer.body.me).to.deep.include({ name: "Rui Costa", email: "rui@teacher.test", school: null });
    const other = front.browser();
    expect(await comes(other, "rui")).to.equal("/");
    expect(await nameIn(other)).to.equal("Rui Costa");
    expect((await other.get("/api/me/identities")).body.identities[0].school).to.equal("Escola de Aveiro");
  });

  it("knows somebody by their subject, whatever becomes of their address", async () => {
    const eva = await both("eva", "Eva");
    const browser = front.browser();
    await comes(browser, "eva");
    await links(browser, eva.email);
    const person = idp.people.eva;
    if (person) Object.assign(person, { email: "eva@elsewhere.test", email_verified: false });
    const other = front.browser();
    expect(await comes(other, "eva")).to.equal("/");
    expect(await nameIn(other)).to.equal("Eva");
    expect(await nameIn(browser)).to.equal("Eva");
  });

  it("does not let pupils in, not even those who were staff once", async () => {
    const browser = front.browser();
    expect(await comes(browser, "pia")).to.equal("/sign-in?why=sso.notStaff");
    expect((await browser.get("/api/sso/arrival")).body.refused).to.equal("sso.expired");
    const flo = await both("flo", "Flo");
    const was = front.browser();
    await comes(was, "flo");
    await links(was, flo.email);
    if (idp.people.flo) idp.people.flo.affiliation = ["alum"];
    expect(await comes(front.browser(), "flo")).to.equal("/sign-in?why=sso.notStaff");
  });

  it("believes only a confirmed address, and only accounts that were begun", async () => {
    expect(await comes(front.browser(), "una")).to.equal("/sign-in?why=sso.emailNotVerified");
    const olga = await front.person("operator", "Olga");
    await olga.browser.post("/api/operate/people", {
      ...{ name: "Gil", email: "gil@school.test", role: "operator", school: null },
    });
    idp.people.gil = staff("Gil", "gil@school.test");
    expect(await comes(front.browser(), "gil")).to.equal("/sign-in?why=sso.noPassword");
  });

  it("does not let in whose account was ended", async () => {
    const hugo = await both("hugo", "Hugo");
    const browser = front.browser();
    await comes(browser, "hugo");
    await links(browser, hugo.email);
    await front.pool.query("update accounts set ended_at = now() where id = $1", [hugo.id]);
    expect(await comes(front.browser(), "hugo")).to.equal("/sign-in?why=account.ended");
  });

  it("goes on after the provider's keys have changed, between two sign-ins and within one", async () => {
    const ines = await both("ines", "Ines");
    const browser = front.browser();
    await comes(browser, "ines");
    await links(browser, ines.email);
    idp.rotate();
    expect(await comes(front.browser(), "ines")).to.equal("/");
    const within = front.browser();
    const address = await sent(within);
    idp.rotate();
    expect(await back(within, await idp.signsIn(address, "ines"))).to.equal("/");
    expect(await nameIn(within)).to.equal("Ines");
  });

  it("counts an answer once, and only in the browser that was sent", async () => {
    const joao = await both("joao", "Joao");
    const browser = front.browser();
    const path = await idp.signsIn(await sent(browser), "joao");
    expect(await back(front.browser(), path), "another browser").to.equal("/sign-in?why=sso.expired");
    expect(await back(browser, path)).to.equal("/sign-in#link");
    expect(await back(browser, path), "again").to.equal("/sign-in?why=sso.expired");
    expect(joao.email).to.equal("joao@teacher.test");
  });

  it("counts no answer that comes too late, with a state of its own or with somebody else's code", async () => {
    const late = front.browser();
    const path = await idp.signsIn(await sent(late), "rui");
    await front.pool.query("update sso_attempts set expires_at = now() - interval '1 second'");
    expect(await back(late, path)).to.equal("/sign-in?why=sso.expired");

    const forged = front.browser();
    const own = new URL(await idp.signsIn(await sent(forged), "rui"), front.url);
    own.searchParams.set("state", "forged");
    expect(await back(forged, own.pathname + own.search)).to.equal("/sign-in?why=sso.untrusted");

    const [mine, theirs] = [front.browser(), front.browser()];
    const mineBack = new URL(await idp.signsIn(await sent(mine), "rui"), front.url);
    const theirsBack = new URL(await idp.signsIn(await sent(theirs), "rui"), front.url);
    mineBack.searchParams.set("code", theirsBack.searchParams.get("code") ?? "");
    expect(await back(mine, mineBack.pathname + mineBack.search)).to.equal("/sign-in?why=sso.expired");
    expect(await nameIn(mine)).to.equal(null);
  });

  it("trusts no answer with another nonce, or from another issuer", async () => {
    const mixed = front.browser();
    idp.twist = (address) => {
      if (address.pathname === "/auth") address.searchParams.set("nonce", "of-another-sign-in");
    };
    expect(await comes(mixed, "rui")).to.equal("/sign-in?why=sso.untrusted");
    idp.twist = undefined;
    const browser = front.browser();
    const path = new URL(await idp.signsIn(await sent(browser), "rui"), front.url);
    expect(path.searchParams.get("iss")).to.equal(idp.url);
    path.searchParams.set("iss", "https://another.test");
    expect(await back(browser, path.pathname + path.search)).to.equal("/sign-in?why=sso.untrusted");
  });

  it("asks no provider that calls itself something else than it is set", async () => {
    const misled = await openFrontDoor({
      sso: (log) => openProvider(idp.settings({ OIDC_ISSUER: idp.url.replace("127.0.0.1", "localhost") }), log),
    });
    try {
      expect(await sent(misled.browser())).to.equal("/sign-in?why=sso.untrusted");
    } finally {
      await misled.close();
    }
  });

  it("says when it was broken off, and goes nowhere but to pages of its own", async () => {
    const browser = front.browser();
    expect(await back(browser, await idp.cancels(await sent(browser)))).to.equal("/sign-in?why=sso.cancelled");
    for (const to of ["//evil.test", "https://evil.test", "/\\evil.test", "account"]) {
      expect((await browser.get(`/api/sso/begin?to=${encodeURIComponent(to)}`)).status, to).to.equal(400);
    }
  });

  it("says when the provider cannot be reached, on the way there and on the way back, and logs no secret", async () => {
    const browser = front.browser();
    const address = await sent(browser);
    const path = await idp.signsIn(address, "rui");
    await idp.stop();
    expect(await back(browser, path)).to.equal("/sign-in?why=sso.providerDown");
    expect(await sent(front.browser())).to.equal("/sign-in?why=sso.providerDown");
    await idp.start();
    expect(await comes(front.browser(), "rui")).to.equal("/");
    const log = front.logged();
    expect(log).to.contain("Single sign-on did not work");
    const code = new URL(path, front.url).searchParams.get("code") ?? "no code";
    for (const secret of [code, "rui@teacher.test", "Rui Costa", "a-secret-of-this-test"])
      expect(log).not.to.contain(secret);
  });

  it("is linked from my account, in the browser where I asked for it, and to one account only", async () => {
    const karl = await front.person("teacher", "Karl");
    idp.people.karl = staff("Karl", "karl@another.test");
    const begun = await karl.browser.post("/api/me/identities");
    const path = await idp.signsIn(begun.body.address, "karl");
    expect(await back(karl.browser, path)).to.equal("/account#sso");
    const mine = (await karl.browser.get("/api/me/identities")).body;
    expect(mine.linkable).to.equal(null);
    expect(mine.identities).to.have.length(1);
    expect(mine.identities[0]).to.deep.include({ provider: "School Login", email: "karl@another.test" });
    expect(await comes(front.browser(), "karl")).to.equal("/");

    const lena = await front.person("teacher", "Lena");
    const second = await lena.browser.post("/api/me/identities");
    expect(await back(lena.browser, await idp.signsIn(second.body.address, "karl"))).to.equal(
      "/sign-in?why=sso.linkedElsewhere",
    );
    const third = await lena.browser.post("/api/me/identities");
    const away = await idp.signsIn(third.body.address, "rui");
    await lena.browser.post("/api/sign-out");
    expect(await back(lena.browser, away)).to.equal("/sign-in?why=sso.expired");
  });

  it("is unlinked by its owner, but never the last way in", async () => {
    const mia = await both("mia", "Mia");
    const browser = front.browser();
    await comes(browser, "mia");
    await links(browser, mia.email);
    const id = (await browser.get("/api/me/identities")).body.identities[0].id;
    const other = await front.person("teacher", "Nora");
    expect((await other.browser.delete(`/api/me/identities/${id}`)).status).to.equal(404);
    await front.pool.query("update accounts set password_hash = null where id = $1", [mia.id]);
    expect((await browser.delete(`/api/me/identities/${id}`)).body.refused).to.equal("sso.lastWayIn");
    await front.pool.query(
      "update accounts set password_hash = (select password_hash from accounts where id = $2) where id = $1",
      [mia.id, other.id],
    );
    expect((await browser.delete(`/api/me/identities/${id}`)).body).to.deep.equal({
      identities: [],
      linkable: "School Login",
    });
    expect(await comes(front.browser(), "mia")).to.equal("/sign-in#link");
  });

  it("is not there where it is not set up", async () => {
    const plain = await openFrontDoor();
    try {
      expect((await plain.browser().get("/api/me")).body.sso).to.equal(null);
      expect(await sent(plain.browser())).to.equal("/sign-in?why=sso.none");
    } finally {
      await plain.close();
    }
  });
});
