import { expect } from "chai";
import { firstOperatorLink } from "../../../server/accounts/invitations.ts";
import { aveiro, type Browser, type FrontDoor, goodPassword, openFrontDoor, oulu } from "../../support/frontDoor.ts";

const tokenOf = (link: string) => link.split("#k=")[1] ?? "";

describe("The first operator", () => {
  let front: FrontDoor;
  beforeEach(async () => {
    front = await openFrontDoor();
  });
  afterEach(() => front.close());

  const link = async () => (await firstOperatorLink(front.pool, front.url)) ?? "";
  const begin = (token: string, email = "op@school.test") =>
    front.browser().post("/api/invitations/answer", { token, name: "Otto", email, password: goodPassword });

  it("begins by the link of the first start, and is signed in", async () => {
    const token = tokenOf(await link());
    const browser = front.browser();
    expect((await browser.get("/api/me")).body).to.deep.include({ me: null, begun: false, demo: false });
    const look = await browser.post("/api/invitations/look", { token });
    expect(look.body).to.deep.include({ purpose: "firstOperator", role: "operator", name: "" });
    const answer = await browser.post("/api/invitations/answer", {
      ...{ token, name: "Otto", email: "Op@School.test", password: goodPassword, timeZone: "Europe/Helsinki" },
    });
    expect(answer.body.me).to.deep.include({ role: "operator", email: "op@school.test", books: false });
    expect((await browser.get("/api/me")).body).to.deep.include({ begun: true });
  });

  it("gets no link any more once somebody has an account", async () => {
    await begin(tokenOf(await link()));
    expect(await firstOperatorLink(front.pool, front.url)).to.equal(null);
  });

  it("is only one, however many answer at the same time", async () => {
    const token = tokenOf(await link());
    const answers = await Promise.all(["a@test", "b@test", "c@test", "d@test"].map((email) => begin(token, email)));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 410, 410, 410]);
    const { rows } = await front.pool.query("select count(*) from accounts");
    expect(rows[0].count).to.equal(1);
  });

  it("finds the link of an earlier start closed", async () => {
    const earlier = tokenOf(await link());
    const newer = tokenOf(await link());
    expect((await begin(earlier)).body.refused).to.equal("invitation.invalid");
    expect((await begin(newer)).status).to.equal(200);
  });

  it("must give name and address, and may try again", async () => {
    const token = tokenOf(await link());
    const half = await front.browser().post("/api/invitations/answer", { token, password: goodPassword });
    expect(half.body).to.deep.include({ refused: "request.malformed", fields: ["name", "email"] });
    expect((await begin(token)).status).to.equal(200);
  });
});

describe("An invitation", () => {
  let front: FrontDoor;
  let operator: Browser;
  before(async () => {
    front = await openFrontDoor();
    operator = (await front.person("operator", "Otto")).browser;
  });
  after(() => front.close());

  let count = 0;
  async function invited(more: Record<string, unknown> = {}) {
    count += 1;
    const email = `guest${count}@school.test`;
    const answer = await operator.post("/api/operate/people", {
      ...{ name: "Ana Silva", email, role: "teacher", school: aveiro },
      ...more,
    });
    return { email, answer, token: tokenOf(answer.body?.link ?? ""), id: answer.body?.person?.id as string };
  }
  const answerBy = (token: string, more: Record<string, unknown> = {}) =>
    front.browser().post("/api/invitations/answer", { token, password: goodPassword, ...more });

  it("is a link with its secret behind the #, shown once, of which only a hash is kept", async () => {
    const { answer, token, id } = await invited();
    expect(answer.status).to.equal(200);
    expect(answer.body.link).to.equal(`${front.url}/begin#k=${token}`);
    expect(answer.body.person).to.deep.include({ state: "invited", name: "Ana Silva" });
    const { rows } = await front.pool.query("select * from invitations where account_id = $1", [id]);
    expect(JSON.stringify(rows)).not.to.contain(token);
    expect((await operator.get("/api/operate/people")).text).not.to.contain(token);
  });

  it("says what it is for, as often as it is opened", async () => {
    const { token, email } = await invited();
    for (const _time of [1, 2]) {
      const look = await front.browser().post("/api/invitations/look", { token });
      expect(look.body).to.deep.include({ purpose: "invitation", name: "Ana Silva", email, role: "teacher" });
      expect(look.body.school.name).to.equal("Escola de Aveiro");
    }
  });

  it("is used once, even when clicked many times at once", async () => {
    const { token, email } = await invited();
    const passwords = ["first of these words", "second of these words", "third of these words"];
    const answers = await Promise.all(passwords.map((password) => answerBy(token, { password })));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 410, 410]);
    const won = passwords[answers.findIndex(({ status }) => status === 200)];
    const signIns = await Promise.all(
      passwords.map((password) => front.browser().post("/api/sign-in", { email, password })),
    );
    expect(signIns.map(({ status }) => status === 200)).to.deep.equal(passwords.map((password) => password === won));
  });

  it("is not used up by a password that is too weak", async () => {
    const { token } = await invited();
    for (const password of [
      "short",
      "1234567890",
      "aaaaaaaaaaaa",
      "abcabcabcabc",
      "ana silva 1999",
      "guest@school.test",
    ]) {
      const weak = await answerBy(token, { password });
      expect(weak.body, password).to.deep.include({ refused: "account.weakPassword", fields: ["password"] });
    }
    expect((await answerBy(token, { name: "Ana S. Silva" })).body.me.name).to.equal("Ana S. Silva");
  });

  it("cannot be answered under another address", async () => {
    const { token } = await invited();
    const answer = await answerBy(token, { email: "other@school.test" });
    expect(answer.body).to.deep.include({ refused: "request.malformed", fields: ["email"] });
  });

  it("expires", async () => {
    const { token, id } = await invited();
    await front.pool.query("update invitations set expires_at = now() where account_id = $1", [id]);
    expect((await answerBy(token)).status).to.equal(410);
    expect((await front.browser().post("/api/invitations/look", { token })).status).to.equal(410);
  });

  it("goes out once to an address, also when sent twice at the same time", async () => {
    const body = { name: "Bea", email: "Bea@School.Test", role: "teacher", school: oulu };
    const answers = await Promise.all([1, 2, 3].map(() => operator.post("/api/operate/people", body)));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409, 409]);
    const { rows } = await front.pool.query("select count(*) from schools where name = $1", [oulu.name]);
    expect(rows[0].count).to.equal(1);
  });

  it("names a school that is known, or a new one, and none for who needs none", async () => {
    const known = await operator.post("/api/operate/schools", oulu);
    expect((await operator.post("/api/operate/schools", { ...oulu, name: "oulun KOULU" })).body.id).to.equal(
      known.body.id,
    );
    const byId = await invited({ school: { id: known.body.id } });
    expect(byId.answer.body.person.school.name).to.equal("Oulun koulu");
    expect((await invited({ school: { id: "nowhere" } })).answer.body.fields).to.deep.equal(["school.id"]);
    expect((await invited({ school: null })).answer.body.fields).to.deep.equal(["school"]);
    const nss = await invited({ school: null, role: "support", country: "FI" });
    expect(nss.answer.body.person).to.deep.include({ role: "support", country: "FI", school: null });
  });

  it("is renewed, and the one before stops working", async () => {
    const { token, id } = await invited();
    const renewed = await operator.post(`/api/operate/people/${id}/link`);
    expect((await answerBy(token)).status).to.equal(410);
    const look = await front.browser().post("/api/invitations/look", { token: tokenOf(renewed.body.link) });
    expect(look.body.purpose).to.equal("invitation");
  });
});

describe("The operator", () => {
  let front: FrontDoor;
  let operator: Browser;
  let operatorId: string;
  const endedAccounts: string[] = [];
  before(async () => {
    front = await openFrontDoor({ ended: (account) => endedAccounts.push(account) });
    const person = await front.person("operator", "Otto");
    operator = person.browser;
    operatorId = person.id;
  });
  after(() => front.close());

  it("resets a password: the old one and every session end, a one-time link takes their place", async () => {
    const { browser, email, id } = await front.person("teacher", "Ana");
    const reset = await operator.post(`/api/operate/people/${id}/link`);
    expect((await browser.get("/api/me")).body.me).to.equal(null);
    expect((await front.browser().post("/api/sign-in", { email, password: goodPassword })).status).to.equal(401);
    const token = tokenOf(reset.body.link);
    expect((await front.browser().post("/api/invitations/look", { token })).body.purpose).to.equal("password");
    const answer = await front.browser().post("/api/invitations/answer", { token, password: "four quiet lakes" });
    expect(answer.body.me.email).to.equal(email);
  });

  it("ends an account: signed out at once, and told so only to who knows the password", async () => {
    const { browser, email, id } = await front.person("teacher", "Mikko", oulu);
    const ended = await operator.post(`/api/operate/people/${id}/end`);
    expect(ended.body.state).to.equal("ended");
    expect(endedAccounts).to.include(id);
    expect((await browser.get("/api/bookings")).status).to.equal(401);
    const signIn = (password: string) => front.browser().post("/api/sign-in", { email, password });
    expect((await signIn(goodPassword)).body.refused).to.equal("account.ended");
    expect((await signIn("not this one at all")).body.refused).to.equal("account.wrong");
    expect((await operator.post(`/api/operate/people/${id}/end`)).status).to.equal(404);
    expect((await operator.post(`/api/operate/people/${id}/link`)).status).to.equal(404);
  });

  it("can invite an address anew after its account was ended", async () => {
    const { email, id } = await front.person("teacher", "Liisa", oulu);
    await operator.post(`/api/operate/people/${id}/end`);
    const again = await operator.post("/api/operate/people", { name: "Liisa", email, role: "teacher", school: oulu });
    expect(again.status).to.equal(200);
    const token = tokenOf(again.body.link);
    await front.browser().post("/api/invitations/answer", { token, password: "four quiet lakes" });
    expect((await front.browser().post("/api/sign-in", { email, password: "four quiet lakes" })).status).to.equal(200);
  });

  it("cannot end the last operator, nor two the last two of each other at the same time", async () => {
    expect((await operator.post(`/api/operate/people/${operatorId}/end`)).status).to.equal(403);
    const second = await front.person("operator", "Petra");
    const answers = await Promise.all([
      operator.post(`/api/operate/people/${second.id}/end`),
      second.browser.post(`/api/operate/people/${operatorId}/end`),
    ]);
    expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
    const { rows } = await front.pool.query("select count(*) from accounts where operator and ended_at is null");
    expect(rows[0].count).to.equal(1);
    if (answers[0].status !== 200) operator = second.browser;
  });

  it("cannot reset their own password, which would lock them out", async () => {
    const me = (await operator.get("/api/me")).body.me;
    expect((await operator.post(`/api/operate/people/${me.id}/link`)).status).to.equal(403);
  });

  it("leaves a line for each act", async () => {
    const { rows } = await front.pool.query("select distinct act from account_acts order by act");
    const acts = rows.map(({ act }) => act);
    expect(acts).to.include.members(["invited", "invitationAnswered", "passwordReset", "passwordChosen", "ended"]);
  });

  const operatorsOnly: [string, string, unknown][] = [
    ["GET", "/api/operate/people", undefined],
    ["POST", "/api/operate/people", { name: "X", email: "x@test", role: "operator", school: null }],
    ["POST", "/api/operate/people/somebody/link", undefined],
    ["POST", "/api/operate/people/somebody/end", undefined],
    ["POST", "/api/operate/schools", aveiro],
  ];
  for (const [method, path, body] of operatorsOnly) {
    it(`alone may ${method} ${path}`, async () => {
      expect((await front.browser().send(method, path, body)).body.refused).to.equal("account.signedOut");
      for (const role of ["teacher", "lead", "support", "ambassador"] as const) {
        const { browser, id } = await front.person(
          role,
          `Nosy ${role} ${method} ${operatorsOnly.findIndex((it) => it[1] === path)}`,
        );
        const answer = await browser.send(method, path, body);
        expect(answer.status, role).to.equal(403);
        expect(answer.body.refused).to.equal("account.notAllowed");
        await front.pool.query("delete from accounts where id = $1", [id]);
      }
    });
  }
});
