import { expect } from "chai";
import { readSettings } from "../../../config/settings.ts";
import { writeLetter } from "../../../server/mail/letters.ts";
import { openPost } from "../../../server/mail/post.ts";
import { type FrontDoor, goodPassword, openFrontDoor, type Person } from "../../support/frontDoor.ts";
import { openMailServer } from "../../support/mailServer.ts";

describe("The mailbox", () => {
  let front: FrontDoor;
  let operator: Person;

  before(async () => {
    front = await openFrontDoor();
    operator = await front.person("operator", "Olga");
  });
  after(() => front.close());
  beforeEach(() => front.pool.query("delete from mails"));

  const box = async (query = "") => (await operator.browser.get(`/api/operate/mail${query}`)).body;
  const read = async (id: string) => (await operator.browser.get(`/api/operate/mail/${id}`)).body;
  const linkIn = (text: string) => /https?:\S+#k=(\S+)/.exec(text)?.[1] ?? "no link";
  const write = (to: string) =>
    writeLetter(front.pool, {
      ...{ to, language: "en", kind: "schoolValidated" },
      facts: { name: "Ana", school: "Escola", link: "https://meet.example.org/" },
    });

  it("holds the invitation that the operator made, with the link that was shown", async () => {
    const invited = await operator.browser.post("/api/operate/people", {
      ...{ name: "Ana", email: "ana@example.org", role: "teacher" },
      school: { name: "Escola", town: "Aveiro", country: "PT" },
    });
    const { mails, next } = await box();
    expect(next).to.equal(null);
    expect(mails).to.have.length(1);
    expect(mails[0]).to.include({ to: "ana@example.org", kind: "invitation", state: "waiting", fault: null });
    expect(mails[0]).to.not.have.any.keys("text", "html", "facts");
    const { text } = await read(mails[0].id);
    expect(text).to.contain(invited.body.link).and.contain("for 14 days");
  });

  it("holds the reset of a password, in the reader's language", async () => {
    const rui = await front.person("teacher", "Rui");
    await rui.browser.patch("/api/me", { language: "pt" });
    await operator.browser.post(`/api/operate/people/${rui.id}/link`);
    const { mails } = await box();
    expect(mails[0]).to.include({ kind: "passwordReset", subject: "A sua palavra-passe foi reposta", to: rui.email });
  });

  it("goes on where its page ended, whatever is written meanwhile, and is filtered by state", async () => {
    for (let i = 0; i < 60; i++) await write(`teacher${i}@example.org`);
    await front.pool.query("update mails set state = 'bounced', fault = 'noMailbox' where to_address like 'teacher1%'");
    const first = await box();
    expect(first.mails.map(({ to }: { to: string }) => to).slice(0, 2)).to.deep.equal([
      "teacher59@example.org",
      "teacher58@example.org",
    ]);
    await write("newest@example.org");
    const second = await box(`?after=${first.next}`);
    const all = [...first.mails, ...second.mails].map(({ id }: { id: string }) => id);
    expect(second.next).to.equal(null);
    expect(new Set(all).size).to.equal(60);
    const bounced = await box("?state=bounced");
    expect(bounced.mails).to.have.length(11);
    expect((await operator.browser.get("/api/operate/mail-counts")).body).to.deep.equal({
      ...{ sends: false, waiting: 50, failed: 0, bounced: 11 },
    });
    expect((await operator.browser.get("/api/operate/mail?state=lost")).status).to.equal(400);
  });

  it("tries again what came back, and nothing that has gone out", async () => {
    await write("ana@example.org");
    const { mails } = await box();
    const again = () => operator.browser.post(`/api/operate/mail/${mails[0].id}/again`);
    await front.pool.query(
      "update mails set state = 'bounced', tries = 1, fault = 'noMailbox', fault_reply = '550 5.1.1'",
    );
    const tried = await again();
    expect(tried.body).to.include({ state: "waiting", tries: 0 });
    for (const state of ["queued", "sending", "sent"]) {
      await front.pool.query("update mails set state = $1", [state]);
      expect((await again()).body.refused, state).to.equal("mail.underWay");
    }
    expect((await operator.browser.post("/api/operate/mail/nothing/again")).status).to.equal(404);
    expect((await operator.browser.get("/api/operate/mail/nothing")).status).to.equal(404);
  });

  it("is the operator's alone", async () => {
    await write("ana@example.org");
    const { mails } = await box();
    const asks = ["/api/operate/mail", "/api/operate/mail-counts", `/api/operate/mail/${mails[0].id}`];
    for (const role of ["teacher", "lead", "support", "ambassador"] as const) {
      const { browser } = await front.person(role, `Nosy ${role}`);
      for (const path of asks) expect((await browser.get(path)).body.refused, path).to.equal("account.notAllowed");
      expect((await browser.post(`${asks[2]}/again`)).body.refused).to.equal("account.notAllowed");
    }
    for (const path of asks) expect((await front.browser().get(path)).body.refused).to.equal("account.signedOut");
  });

  describe("of who forgot the password", () => {
    const ask = (email: string) => front.browser().post("/api/password-link", { email });

    it("gets a link by which a new one is chosen, and the old one works until then", async () => {
      const eva = await front.person("teacher", "Eva");
      expect((await ask(` ${eva.email.toUpperCase()} `)).status).to.equal(204);
      const { mails } = await box();
      expect(mails[0]).to.include({ kind: "passwordLink", to: eva.email });
      const signIn = (password: string) => front.browser().post("/api/sign-in", { email: eva.email, password });
      expect((await signIn(goodPassword)).status).to.equal(200);
      const token = linkIn((await read(mails[0].id)).text);
      const answer = () => front.browser().post("/api/invitations/answer", { token, password: "four quiet lakes" });
      expect((await answer()).status).to.equal(200);
      expect((await answer()).body.refused).to.equal("invitation.invalid");
      expect((await signIn(goodPassword)).status).to.equal(401);
      expect((await signIn("four quiet lakes")).status).to.equal(200);
      expect((await eva.browser.get("/api/me")).body.me).to.equal(null);
    });

    it("is answered the same without an account, with one that has ended, and with too many", async () => {
      const ines = await front.person("teacher", "Ines");
      const gone = await front.person("teacher", "Gone");
      await operator.browser.post(`/api/operate/people/${gone.id}/end`);
      const answers = await Promise.all([
        ask("nobody@example.org"),
        ask(gone.email),
        ...Array.from({ length: 8 }, () => ask(ines.email)),
      ]);
      expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).to.deep.equal(new Set(["204 "]));
      const { mails } = await box();
      expect(mails.map(({ to }: { to: string }) => to)).to.deep.equal(Array(5).fill(ines.email));
    });

    it("says at the field what is no address", async () => {
      expect((await ask("no address")).body).to.deep.include({ refused: "request.malformed", fields: ["email"] });
    });
  });

  it("does not stand in the log", () => {
    for (const secret of ["example.org", "#k=", "palavra", "Choose a new"]) {
      expect(front.logged()).to.not.contain(secret);
    }
  });
});

describe("The doctor", () => {
  it("knows by connecting whether mail goes out, and sends nothing", async () => {
    const server = await openMailServer({ user: { name: "u", password: "p" } });
    const verify = (url: string) => {
      const { mail } = readSettings({ SMTP_URL: url, MAIL_FROM: "letters@example.org" });
      if (!mail) throw new Error("no mail");
      return openPost(mail).verify();
    };
    expect(await verify(server.url)).to.equal(undefined);
    expect((await verify(server.url.replace("u:p", "u:q")))?.fault).to.equal("signIn");
    expect(server.letters).to.deep.equal([]);
    await server.close();
    expect((await verify(server.url))?.fault).to.equal("unreachable");
  });
});
