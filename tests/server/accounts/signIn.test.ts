import { createHash } from "node:crypto";
import { expect } from "chai";
import { type FrontDoor, goodPassword, openFrontDoor } from "../../support/frontDoor.ts";

describe("Signing in", () => {
  let front: FrontDoor;
  before(async () => {
    front = await openFrontDoor();
  });
  after(() => front.close());

  it("tells who I am, with school and without a secret", async () => {
    const ana = await front.person("teacher", "Ana");
    const { status, body } = await ana.browser.get("/api/me");
    expect(status).to.equal(200);
    expect(body.begun).to.equal(true);
    expect(body.me).to.deep.include({ name: "Ana", email: "ana@teacher.test", role: "teacher", books: true });
    expect(body.me.school).to.deep.include({ name: "Escola de Aveiro", country: "PT" });
    expect(JSON.stringify(body)).not.to.contain("argon2");
  });

  it("takes the address in any case and with spaces round it", async () => {
    const rui = await front.person("teacher", "Rui");
    const answer = await front
      .browser()
      .post("/api/sign-in", { email: ` ${rui.email.toUpperCase()} `, password: goodPassword });
    expect(answer.status).to.equal(200);
    expect(answer.body.me.email).to.equal(rui.email);
  });

  it("gives a cookie that scripts cannot read and other sites do not send", async () => {
    const eva = await front.person("teacher", "Eva");
    const answer = await front.browser().post("/api/sign-in", { email: eva.email, password: goodPassword });
    const cookie = answer.headers.getSetCookie().join();
    expect(cookie).to.match(/^twinlight=[A-Za-z0-9_-]{43};/);
    expect(cookie).to.contain("HttpOnly").and.to.contain("SameSite=Lax").and.to.contain("Path=/");
    expect(cookie).not.to.contain("Domain");
  });

  it("says the same for a wrong password and for nobody's address", async () => {
    const ines = await front.person("teacher", "Ines");
    const wrong = await front.browser().post("/api/sign-in", { email: ines.email, password: "not this one at all" });
    const nobody = await front
      .browser()
      .post("/api/sign-in", { email: "nobody@test", password: "not this one at all" });
    expect(wrong.status).to.equal(401);
    expect(wrong.body.refused).to.equal("account.wrong");
    expect(nobody.text).to.equal(wrong.text);
  });

  it("stops guessing at one account from one network, and not its neighbours", async () => {
    const carla = await front.person("teacher", "Carla");
    const dina = await front.person("teacher", "Dina");
    const guess = () => front.browser().post("/api/sign-in", { email: carla.email, password: "guess after guess" });
    const answers = await Promise.all(Array.from({ length: 14 }, guess));
    expect(answers.filter(({ status }) => status === 401)).to.have.length(10);
    expect(answers.filter(({ body }) => body.refused === "account.tooManyTries")).to.have.length(4);
    const right = await front.browser().post("/api/sign-in", { email: carla.email, password: goodPassword });
    expect(right.status).to.equal(429);
    const neighbour = await front.browser().post("/api/sign-in", { email: dina.email, password: goodPassword });
    expect(neighbour.status).to.equal(200);
  });

  it("lets a whole school sign in from one address", async () => {
    const names = ["Olga", "Bela", "Clara", "Duarte", "Elsa", "Filipe", "Gil", "Helena", "Ivo", "Joana"];
    const teachers = await Promise.all(names.map((name) => front.person("teacher", name)));
    const devices = teachers.flatMap(({ email }) => Array.from({ length: 5 }, () => email));
    const answers = await Promise.all(
      devices.map((email) => front.browser().post("/api/sign-in", { email, password: goodPassword })),
    );
    expect(answers.every(({ status }) => status === 200)).to.equal(true);
  });

  it("signs out here, and leaves the other device signed in", async () => {
    const { browser, email } = await front.person("teacher", "Hugo");
    const other = front.browser();
    await other.post("/api/sign-in", { email, password: goodPassword });
    const kept = new Map(browser.cookies);
    expect((await browser.post("/api/sign-out")).status).to.equal(204);
    expect(browser.cookies.size).to.equal(0);
    for (const [name, value] of kept) browser.cookies.set(name, value);
    expect((await browser.get("/api/me")).body.me).to.equal(null);
    expect((await other.get("/api/me")).body.me.name).to.equal("Hugo");
  });

  it("signs out everywhere", async () => {
    const { browser, email } = await front.person("teacher", "Luis");
    const other = front.browser();
    await other.post("/api/sign-in", { email, password: goodPassword });
    expect((await browser.post("/api/sign-out-everywhere")).status).to.equal(204);
    expect((await other.get("/api/me")).body.me).to.equal(null);
    expect((await front.browser().post("/api/sign-out-everywhere")).status).to.equal(401);
  });

  it("ends a session when its time is over", async () => {
    const { browser, id } = await front.person("teacher", "Tomas");
    await front.pool.query("update sessions set expires_at = now() - interval '1 second' where account_id = $1", [id]);
    expect((await browser.get("/api/me")).body.me).to.equal(null);
  });

  it("changes the password for who knows the old one, and signs the other devices out", async () => {
    const { browser, email } = await front.person("teacher", "Marta");
    const other = front.browser();
    await other.post("/api/sign-in", { email, password: goodPassword });
    const change = (current: string, password: string) => browser.post("/api/me/password", { current, password });
    expect((await change("not the old one", "four quiet lakes")).body.refused).to.equal("account.wrong");
    expect((await change(goodPassword, "short")).body).to.deep.include({ refused: "account.weakPassword" });
    expect((await change(goodPassword, "four quiet lakes")).status).to.equal(204);
    expect((await browser.get("/api/me")).body.me.name).to.equal("Marta");
    expect((await other.get("/api/me")).body.me).to.equal(null);
    const again = await front.browser().post("/api/sign-in", { email, password: "four quiet lakes" });
    expect(again.status).to.equal(200);
  });

  it("changes name, zone and language, and refuses a zone that does not exist", async () => {
    const { browser } = await front.person("teacher", "Paulo");
    const changed = await browser.patch("/api/me", { name: "Paulo Reis", timeZone: "Europe/Lisbon", language: "pt" });
    expect(changed.body).to.deep.include({ name: "Paulo Reis", timeZone: "Europe/Lisbon", language: "pt" });
    const wrong = await browser.patch("/api/me", { timeZone: "Europe/Atlantis" });
    expect(wrong.status).to.equal(400);
    expect(wrong.body.fields).to.deep.equal(["timeZone"]);
  });

  it("keeps only hashes of tokens and passwords", async () => {
    const { browser, email } = await front.person("teacher", "Rita");
    const [token = ""] = [...browser.cookies.values()];
    const { rows } = await front.pool.query(
      "select password_hash, token_hash from accounts join sessions on account_id = id where email = $1",
      [email],
    );
    expect(rows[0].password_hash).to.match(/^\$argon2id\$v=19\$m=19456,/);
    expect(rows[0].token_hash.equals(createHash("sha256").update(token).digest())).to.equal(true);
  });

  it("logs no secret", () => {
    for (const secret of [goodPassword, "guess after guess", "four quiet lakes", "@teacher.test", "argon2id$"]) {
      expect(front.logged()).not.to.contain(secret);
    }
  });
});
