import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { pino } from "pino";
import { type MailSettings, readSettings } from "../../../config/settings.ts";
import { type Letter, writeLetter } from "../../../server/mail/letters.ts";
import { lostAfterMs, oldestSentMs, waitAfter } from "../../../server/mail/outbox.ts";
import { transportOptions } from "../../../server/mail/post.ts";
import { type Sending, startSending } from "../../../server/mail/sending.ts";
import { type Boss, openBoss } from "../../../storage/jobs.ts";
import { inTransaction, openPool, type Pool } from "../../../storage/pool.ts";
import { selfSigned } from "../../support/certificate.ts";
import { freshDatabase } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { type MailServer, type MailServerOptions, openMailServer } from "../../support/mailServer.ts";

const from = "Twinlight <letters@example.org>";
const link = "https://meet.example.org/begin#k=a-secret-of-this-test";
const settingsFor = (url: string, more: Record<string, string> = {}): MailSettings => {
  const { mail } = readSettings({ SMTP_URL: url, MAIL_FROM: from, ...more });
  if (!mail) throw new Error("no mail in the settings");
  return mail;
};

describe("Letters", function () {
  this.timeout(60_000);
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let pool: Pool;
  let boss: Boss;
  let open: { close(): Promise<void> }[];
  let lines: string[];
  let people = 0;

  before(async () => {
    database = await freshDatabase();
    pool = openPool(database.url, 8);
    boss = await openBoss(database.url, { supervises: false, fault: () => {} });
  });
  after(async () => {
    await boss.stop({ graceful: false });
    await pool.end();
    await database.drop();
  });

  beforeEach(() => {
    open = [];
    lines = [];
  });
  afterEach(async () => {
    for (const one of open.reverse()) await one.close();
    await pool.query("delete from mails");
  });

  async function mailServer(options?: MailServerOptions): Promise<MailServer> {
    const server = await openMailServer(options);
    open.push(server);
    return server;
  }

  async function send(mail: MailSettings | undefined): Promise<Sending> {
    const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
    const patience = { connectMs: 500, answerMs: 500, letterMs: 2_000 };
    const sending = await startSending({ pool, boss, log, mail, patience });
    open.push({ close: () => sending.stop() });
    return sending;
  }

  const somebody = () => `ana.${++people}@school.example`;

  const passwordLink = (to: string, language = "en"): Letter => ({
    ...{ to, language, kind: "passwordLink" },
    facts: { name: "Ana Sousa", link, hours: 24 },
  });

  async function write(letter: Letter): Promise<string> {
    await inTransaction(pool, (db) => writeLetter(db, letter));
    return letter.to;
  }

  async function rowOf(to: string) {
    const { rows } = await pool.query(
      `select id, state, tries, fault, fault_reply, facts, text, html, message_id, sent_at,
         round(extract(epoch from next_try_at - now()) * 1000) as wait from mails where to_address = $1`,
      [to],
    );
    return rows[0];
  }

  const becomes = (to: string, state: string) => eventually(async () => (await rowOf(to))?.state === state);
  /** It was tried so many times, and nobody is at it. */
  const tried = (to: string, times: number) =>
    eventually(async () => {
      const { tries, state } = await rowOf(to);
      return tries === times && state !== "queued" && state !== "sending";
    });
  const due = (to: string) => pool.query("update mails set next_try_at = now() where to_address = $1", [to]);

  it("go out as text and as HTML, from our address to theirs, and are noted", async () => {
    const server = await mailServer();
    await send(settingsFor(server.url));
    const to = await write(passwordLink(somebody()));
    const [letter] = await server.lettersTo(to);
    expect(letter).to.include({ from: "letters@example.org", subject: "Choose a new password" });
    expect(letter?.to).to.deep.equal([to]);
    expect(letter?.text).to.contain("Good day, Ana Sousa,").and.contain(link).and.contain("for 24 hours");
    expect(letter?.html).to.contain(`href="${link}"`).and.contain('<html lang="en" dir="ltr">');
    expect(letter?.html).to.not.match(/<img|src=|url\(|<script|<link/i);
    expect(letter?.headers.get("from")).to.deep.equal(["Twinlight <letters@example.org>"]);
    expect(letter?.headers.get("auto-submitted")).to.deep.equal(["auto-generated"]);
    await becomes(to, "sent");
    const row = await rowOf(to);
    expect(letter?.headers.get("message-id")).to.deep.equal([`<${row.id}@example.org>`]);
    expect(row).to.include({ tries: 1, fault: null, message_id: `<${row.id}@example.org>` });
  });

  it("are forgotten as far as they are secret once they went out", async () => {
    const server = await mailServer();
    await send(settingsFor(server.url));
    const to = await write(passwordLink(somebody()));
    await becomes(to, "sent");
    const row = await rowOf(to);
    expect(JSON.stringify(row)).to.not.contain("a-secret-of-this-test");
    expect(row.text).to.contain("https://meet.example.org/begin#…");
    expect(row).to.deep.include({ facts: {}, html: "" });
  });

  it("are not there when what they tell of was rolled back", async () => {
    const server = await mailServer();
    await send(settingsFor(server.url));
    const never = somebody();
    await inTransaction(pool, async (db) => {
      await writeLetter(db, passwordLink(never));
      throw new Error("it did not happen");
    }).catch(() => {});
    await server.lettersTo(await write(passwordLink(somebody())));
    expect(await rowOf(never)).to.equal(undefined);
    expect(server.letters.filter(({ to }) => to.includes(never))).to.deep.equal([]);
  });

  it("speak the reader's language, and English where there is no other", async () => {
    const server = await mailServer();
    await send(settingsFor(server.url));
    const registration = (language: string): Letter => ({
      ...{ to: somebody(), language, kind: "registration" },
      facts: { name: "João Ångström Ωμέγα", link },
    });
    const [pt, br, kl] = [registration("pt"), registration("pt-BR"), registration("kl")];
    for (const letter of [pt, br, kl]) await write(letter);
    const [inPortuguese] = await server.lettersTo(pt.to);
    expect(inPortuguese?.subject).to.equal("Confirme o seu endereço de correio eletrónico");
    expect(inPortuguese?.text).to.contain("João Ångström Ωμέγα").and.contain("endereço");
    expect(inPortuguese?.html).to.contain('<html lang="pt" dir="ltr">');
    expect(inPortuguese?.headers.get("content-language")).to.deep.equal(["pt"]);
    expect((await server.lettersTo(br.to))[0]?.subject).to.equal(inPortuguese?.subject);
    expect((await server.lettersTo(kl.to))[0]?.subject).to.equal("Confirm your e-mail address");
  });

  it("are tried again after a temporary no, later each time, and given up after a day", async () => {
    let answer: string | undefined = "451 4.7.1 Greylisted, come back later";
    const server = await mailServer({ recipient: () => answer });
    await send(settingsFor(server.url));
    const to = await write(passwordLink(somebody()));
    await tried(to, 1);
    const first = await rowOf(to);
    expect(first).to.include({ fault: "notNow", fault_reply: "451 4.7.1" });
    expect(Number(first.wait)).to.be.greaterThan(0).and.at.most(60_000);

    await due(to);
    await tried(to, 2);
    expect(Number((await rowOf(to)).wait)).to.be.greaterThan(Number(first.wait));

    await pool.query("update mails set tries = 9, next_try_at = now() where to_address = $1", [to]);
    await becomes(to, "failed");
    answer = undefined;
    await pool.query("update mails set state = 'waiting', tries = 0, next_try_at = now() where to_address = $1", [to]);
    await server.lettersTo(to);
  });

  it("are tried for a day in all", () => {
    const waits = Array.from({ length: 20 }, (_, i) => waitAfter(i + 1)).filter((wait) => wait !== null);
    expect(waits).to.deep.equal([...waits].sort((a, b) => a - b));
    const all = waits.reduce((sum, wait) => sum + wait, 0);
    expect(all / 3_600_000).to.equal(24);
    expect(waitAfter(waits.length + 1)).to.equal(null);
  });

  for (const [answer, fault, reply] of [
    ["550 5.1.1 <ana@school.example> User unknown in virtual mailbox table", "noMailbox", "550 5.1.1"],
    ["550 No such user", "noMailbox", "550"],
    ["552 5.2.2 Over quota", "mailboxFull", "552 5.2.2"],
    ["550 5.1.2 Bad destination system", "noDomain", "550 5.1.2"],
    ["554 5.7.1 Relay access denied", "policy", "554 5.7.1"],
  ] as const) {
    it(`have come back at once when the server says ${answer.slice(0, 9)}`, async () => {
      const server = await mailServer({ recipient: () => answer });
      await send(settingsFor(server.url));
      const to = await write(passwordLink(somebody()));
      await becomes(to, "bounced");
      expect(await rowOf(to)).to.include({ tries: 1, fault, fault_reply: reply });
    });
  }

  it("have come back when the server refuses them after it read them", async () => {
    const server = await mailServer({ letter: () => "554 5.6.0 Looks like spam: Choose a new password" });
    await send(settingsFor(server.url));
    const to = await write(passwordLink(somebody()));
    await becomes(to, "bounced");
    expect(await rowOf(to)).to.include({ fault: "refused", fault_reply: "554 5.6.0" });
  });

  it("wait for the operator when it is us who are refused, and do not come back", async () => {
    const server = await mailServer({ sender: () => "553 5.7.1 Not your address" });
    await send(settingsFor(server.url));
    const to = await write(passwordLink(somebody()));
    await tried(to, 1);
    expect(await rowOf(to)).to.include({ fault: "sender", fault_reply: "553 5.7.1" });
  });

  it("are signed for, and wait when user and password do not fit", async () => {
    const user = { name: "letters@example.org", password: "p:ss/w@rd" };
    const server = await mailServer({ user });
    const sending = await send(settingsFor(server.url.replace("p%3Ass", "wrong")));
    const to = await write(passwordLink(somebody()));
    await eventually(async () => (await rowOf(to)).fault === "signIn");
    expect(await rowOf(to)).to.include({ state: "waiting", fault_reply: "535 5.7.8" });
    await sending.stop();
    await send(settingsFor(server.url));
    await due(to);
    await server.lettersTo(to);
  });

  it("outlive a server that takes the connection and says nothing", async () => {
    const silent: Server = createServer();
    await new Promise<void>((done) => silent.listen(0, "127.0.0.1", done));
    open.push({ close: () => new Promise((done) => silent.close(() => done())) });
    const address = silent.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    await send(settingsFor(`smtp://127.0.0.1:${address.port}`));
    const to = await write(passwordLink(somebody()));
    await eventually(async () => (await rowOf(to)).fault === "hangs");
    expect((await rowOf(to)).state).to.equal("waiting");
  });

  it("outlive a server that never says whether it took the letter", async () => {
    const server = await mailServer({ letter: () => "say nothing" });
    await send(settingsFor(server.url));
    const to = await write(passwordLink(somebody()));
    await eventually(async () => (await rowOf(to)).fault === "hangs");
    server.answers({ letter: () => undefined });
    await due(to);
    await server.lettersTo(to);
  });

  it("come twice rather than not at all when the connection breaks after they were taken", async () => {
    const server = await mailServer({ letter: () => "hang up after keeping it" });
    await send(settingsFor(server.url));
    const to = await write(passwordLink(somebody()));
    await server.lettersTo(to);
    await eventually(async () => (await rowOf(to)).fault === "unreachable");
    server.answers({ letter: () => undefined });
    await due(to);
    const [first, second] = await server.lettersTo(to, 2);
    // By which a reader's mail program can tell that it is the same one.
    expect(second?.headers.get("message-id")).to.deep.equal(first?.headers.get("message-id"));
    await becomes(to, "sent");
  });

  it("are taken up again when the process died between sending and noting", async () => {
    const server = await mailServer();
    const to = await write(passwordLink(somebody()));
    await pool.query("update mails set state = 'sending', tries = 1, next_try_at = now() + interval '1 hour'");
    await send(settingsFor(server.url));
    await server.lettersTo(await write(passwordLink(somebody())));
    expect(server.letters.filter((letter) => letter.to.includes(to))).to.deep.equal([]);
    expect(lostAfterMs).to.be.at.most(600_000);
    await due(to);
    await server.lettersTo(to);
    await becomes(to, "sent");
  });

  it("are not lost when the server is told to end while it sends", async () => {
    const server = await mailServer({ letter: () => "say nothing" });
    const sending = await send(settingsFor(server.url));
    const to = await write(passwordLink(somebody()));
    await becomes(to, "sending");
    await sending.stop();
    server.answers({ letter: () => undefined });
    await send(settingsFor(server.url));
    await server.lettersTo(to);
  });

  it("go out once each, when two processes send", async () => {
    const server = await mailServer();
    await send(settingsFor(server.url));
    await send(settingsFor(server.url));
    const all = Array.from({ length: 40 }, somebody);
    for (const to of all) await write(passwordLink(to));
    await eventually(async () => {
      const { rows } = await pool.query("select count(*) from mails where state = 'sent'");
      return rows[0].count === all.length;
    });
    expect(server.letters.map(({ to }) => to[0]).sort()).to.deep.equal([...all].sort());
  });

  it("go nowhere without a mail server, and go out later when there is one, if they are not too old", async () => {
    const none = await send(undefined);
    const [old, young] = [await write(passwordLink(somebody())), await write(passwordLink(somebody()))];
    await pool.query(
      `update mails set created_at = now() - $2 * interval '1 ms', next_try_at = now() - $2 * interval '1 ms'
       where to_address = $1`,
      [old, oldestSentMs + 60_000],
    );
    expect((await rowOf(young)).state).to.equal("waiting");
    await none.stop();
    const server = await mailServer();
    await send(settingsFor(server.url));
    await server.lettersTo(young);
    expect(await rowOf(old)).to.include({ state: "failed", fault: "tooOld" });
    expect(server.letters).to.have.length(1);
  });

  describe("over TLS", () => {
    const certificate = selfSigned("mail.example.org");
    let folder: string;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), "twinlight-mail-"));
      writeFileSync(join(folder, "ca.pem"), certificate.cert);
    });
    after(() => rmSync(folder, { recursive: true }));

    it("wait when the certificate is signed by itself, and go out when it was given", async () => {
      const server = await mailServer({ certificate, secure: true });
      const wary = await send(settingsFor(server.url));
      const to = await write(passwordLink(somebody()));
      await eventually(async () => (await rowOf(to)).fault === "tls");
      expect(server.letters).to.deep.equal([]);
      await wary.stop();
      await send(settingsFor(server.url, { SMTP_CA: join(folder, "ca.pem") }));
      await due(to);
      expect((await server.lettersTo(to))[0]?.secure).to.equal(true);
    });

    it("never give a password away without it, save on this machine itself", () => {
      const optionsOf = (url: string) => transportOptions(settingsFor(url));
      expect(optionsOf("smtp://u:p@mail.example.org")).to.include({ requireTLS: true, ignoreTLS: false, port: 587 });
      expect(optionsOf("smtp://mail.example.org")).to.include({ requireTLS: false, ignoreTLS: false });
      expect(optionsOf("smtp://u:p@localhost:25")).to.include({ requireTLS: false, ignoreTLS: true, port: 25 });
      expect(optionsOf("smtps://u:p@127.0.0.1")).to.include({ secure: true, ignoreTLS: false, port: 465 });
    });
  });

  describe("that mean harm", () => {
    it("cannot write headers of their own through a subject", async () => {
      const server = await mailServer();
      await send(settingsFor(server.url));
      const school = "Escola\r\nBcc: everybody@victim.example\r\n\r\n<h1>hello</h1>\u202egnp";
      const to = await write({
        ...{ to: somebody(), language: "en", kind: "schoolRefused" },
        facts: { name: "Ana", school, reason: "<script>alert(1)</script>\nhttps://evil.example", link },
      });
      const [letter] = await server.lettersTo(to);
      expect(letter?.to).to.deep.equal([to]);
      expect(letter?.headers.has("bcc")).to.equal(false);
      expect(letter?.subject).to.equal("Escola Bcc: everybody@victim.example <h1>hello</h1>gnp was not validated");
      expect(letter?.html).to.not.contain("<script>").and.not.contain("<h1>hello").and.not.contain("\u202e");
      expect(letter?.html).to.contain("&lt;script&gt;alert(1)");
      expect(letter?.html).to.not.contain('href="https://evil.example');
    });

    for (const address of [
      "ana@school.example\r\nRCPT TO:<victim@x.example>",
      "ana@school.example,victim@x.example",
      "<ana@school.example> victim@x.example",
      "group:ana@school.example",
      'ana"quoted"@school.example',
      "ana@school.example\u0000",
      "no address at all",
      "",
    ]) {
      it(`are not sent to ${JSON.stringify(address)}`, async () => {
        const server = await mailServer();
        await send(settingsFor(server.url));
        // A text of the database holds no NUL; there it would end before anything is sent.
        const written = await write(passwordLink(address)).catch(() => undefined);
        if (written !== undefined) {
          await becomes(address, "bounced");
          expect(await rowOf(address)).to.include({ fault: "address", fault_reply: null });
        }
        await server.lettersTo(await write(passwordLink(somebody())));
        expect(server.letters).to.have.length(1);
      });
    }

    it("flood nobody: what anybody can ask for is written five times an hour to one address", async () => {
      const to = somebody();
      await Promise.all(Array.from({ length: 12 }, () => write(passwordLink(to))));
      await write({ to, language: "en", kind: "registration", facts: { name: "x", link } });
      const { rows } = await pool.query("select count(*) from mails where to_address = $1", [to]);
      expect(rows[0].count).to.equal(5);
      // What was decided about somebody is not held back by who asks for links in their name.
      await write({ ...{ to, language: "en", kind: "schoolValidated" }, facts: { name: "x", school: "y", link } });
      const after = await pool.query("select count(*) from mails where to_address = $1", [to]);
      expect(after.rows[0].count).to.equal(6);
    });
  });

  it("leave nothing of themselves in the log but kind, id and number", async () => {
    let answer: string | undefined = "451 4.7.1 Not now, dear ana@school.example: Choose a new password";
    const server = await mailServer({ recipient: () => answer });
    await send(settingsFor(server.url));
    const to = await write(passwordLink(somebody()));
    await tried(to, 1);
    answer = undefined;
    await due(to);
    await becomes(to, "sent");
    await eventually(() => lines.join("").includes("A letter was sent"));
    const logged = lines.join("");
    expect(logged).to.contain("passwordLink").and.contain("451 4.7.1");
    for (const secret of ["school.example", "Ana", "a-secret-of-this-test", "Choose a new", "dear"]) {
      expect(logged).to.not.contain(secret);
    }
  });
});
