import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { readLabelCode, writeLabelCode } from "../../../domain/projects/labelCode.ts";
import { BadgeKeys } from "../../../server/projects/badgeKeys.ts";
import { labelPage, labelRoutes } from "../../../server/projects/labelRoutes.ts";
import { issueLabel } from "../../../server/projects/labels.ts";
import { projectPage } from "../../../server/projects/publicProjects.ts";
import { appointToService } from "../../../server/registry/standing.ts";
import { inTransaction } from "../../../storage/pool.ts";
import { aveiro, type FrontDoor, openFrontDoor, oulu, type Person } from "../../support/frontDoor.ts";
import {
  addSchool,
  joinProject,
  type LabelledProject,
  labelledProject,
  tarnovo,
  volos,
  zilina,
} from "../../support/labelledProject.ts";
import { readPdf } from "../../support/pdfText.ts";

describe("The eTwinning Label", function () {
  this.timeout(60_000);

  const publicUrl = "https://twinlight.test";
  const builtPage = "<!doctype html><head><title>Twinlight</title></head><body nonce='%NONCE%'></body>";
  let front: FrontDoor;
  let folder = "";
  let rivers: LabelledProject;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "twinlight-labels-"));
    await writeFile(join(folder, "index.html"), builtPage);
    front = await openFrontDoor({
      publicUrl,
      clientFolder: folder,
      routes: (pool) => labelRoutes({ pool, keys: new BadgeKeys(folder), now: () => Date.UTC(2026, 10, 23) }),
      pages: (pool) => [labelPage({ pool }), projectPage({ pool })],
    });
    await front.pool.query(
      "insert into support_services (id, kind, country, name) values ('gr', 'nss', 'GR', 'Εθνική Υπηρεσία')",
    );
    rivers = await labelledProject(front.pool, { slug: "two-rivers" });
  });
  after(async () => {
    await front.close();
    await rm(folder, { recursive: true });
  });

  const codeOf = (project: LabelledProject, founder = 0) => writeLabelCode(project.codes[founder] ?? "");
  const check = (code: string) => front.browser().get(`/api/labels/${encodeURIComponent(code)}`);
  const pdf = async (code: string) => {
    const response = await fetch(`${front.url}/api/labels/${code}/label.pdf`);
    return { response, bytes: Buffer.from(await response.arrayBuffer()) };
  };

  describe("when it is issued", () => {
    it("goes to each school of the project, with a code of its own that checks itself", () => {
      expect(rivers.codes).to.have.length(2);
      expect(new Set(rivers.codes).size).to.equal(2);
      for (const code of rivers.codes) expect(readLabelCode(code)).to.equal(code);
    });

    it("is issued once, however often and by how many at once it is asked for", async () => {
      const again = await Promise.all(
        [1, 2, 3].map(() => inTransaction(front.pool, (db) => issueLabel(db, rivers, Date.now()))),
      );
      expect(again.flat()).to.deep.equal([]);
      const project = await labelledProject(front.pool, { founders: [] });
      for (const wish of [volos, zilina]) {
        await joinProject(front.pool, project.id, await addSchool(front.pool, wish), true);
      }
      const issued = await Promise.all(
        [1, 2, 3].map(() => inTransaction(front.pool, (db) => issueLabel(db, project, Date.now()))),
      );
      expect(issued.flat()).to.have.length(2);
    });

    it("goes to a school that joins later once it is approved, and only then", async () => {
      const project = await labelledProject(front.pool);
      const school = await addSchool(front.pool, zilina);
      await joinProject(front.pool, project.id, school, false, "pending");
      expect(await issueLabel(front.pool, project, Date.now())).to.deep.equal([]);
      await front.pool.query("update project_schools set service_state = 'approved' where school_id = $1", [school]);
      const [label, ...more] = await issueLabel(front.pool, project, Date.now());
      expect([label?.school, more.length]).to.deep.equal([school, 0]);
      const { body } = await check(label?.code ?? "");
      expect(body.school).to.deep.equal(zilina);
      expect(body.partners).to.deep.equal([volos, tarnovo]);
    });

    it("is nothing for a project of one school", async () => {
      const alone = await labelledProject(front.pool, { founders: [volos] });
      expect(alone.codes).to.deep.equal([]);
    });
  });

  describe("when it is checked", () => {
    it("says what it is for, given to which school, when and by whom; and nothing of a person", async () => {
      const { status, body } = await check(codeOf(rivers));
      expect(status).to.equal(200);
      const { qr, ...rest } = body;
      expect(rest).to.deep.equal({
        kind: "etwinningLabel",
        holder: null,
        code: codeOf(rivers),
        address: `${publicUrl}/labels/${codeOf(rivers)}`,
        state: "valid",
        issuedAt: Date.UTC(2026, 10, 20, 10),
        revokedAt: null,
        reason: null,
        school: volos,
        partners: [tarnovo],
        project: { title: "Two rivers", slug: "two-rivers", open: true },
        issuedBy: [
          { name: "Central support service", country: null },
          { name: "Εθνική Υπηρεσία", country: "GR" },
        ],
        revocable: false,
      });
      expect(qr).to.have.length(qr[0].length);
    });

    it("is found however its code was typed, and says so kindly when there is none", async () => {
      const code = codeOf(rivers);
      for (const typed of [code.toLowerCase(), code.replace("-", ""), ` ${code} `, code.replace("-", " - ")]) {
        expect((await check(typed)).status, typed).to.equal(200);
      }
      const wrong = `${code.slice(0, -1)}${code.endsWith("2") ? "3" : "2"}`;
      for (const typed of [wrong, "x", "<script>", "🌊", "%00", `${code}x`, "'; drop table awards; --"]) {
        const { status, body } = await check(typed);
        expect([status, body.refused], typed).to.deep.equal([404, "label.unknown"]);
        expect(body.message).to.contain("Check the letters");
      }
      expect((await pdf(wrong)).response.status).to.equal(404);
    });
  });

  describe("on paper", () => {
    it("is one page of A4 across, with its fonts in it, small and readable for machines too", async () => {
      const { response, bytes } = await pdf(codeOf(rivers));
      expect(response.headers.get("content-type")).to.equal("application/pdf");
      expect(response.headers.get("content-disposition")).to.contain(`etwinning-label-${codeOf(rivers)}.pdf`);
      expect(bytes.length).to.be.lessThan(200_000);
      const read = readPdf(bytes);
      expect(read.pages).to.equal(1);
      expect(read.size).to.deep.equal([841.89, 595.28]);
      expect(read.isTagged).to.equal(true);
      expect(read.missing).to.deep.equal([]);
      expect(read.embedded.join())
        .to.match(/literata/)
        .and.match(/commissioner/);
    });

    it("writes Greek, Cyrillic and every diacritic as they are", async () => {
      const title = "Τα ποτάμια μας · Нашите реки · Naše rieky, õun, łódź, ğüş, Þórður, ŵy";
      const project = await labelledProject(front.pool, { title, founders: [volos, tarnovo, zilina] });
      const { text } = readPdf((await pdf(codeOf(project))).bytes);
      const flat = text.replaceAll("\n", " ");
      for (const words of [
        title,
        volos.name,
        volos.town,
        tarnovo.name,
        tarnovo.town,
        zilina.name,
        "Žilina, Slovakia",
      ]) {
        expect(flat).to.contain(words);
      }
      expect(flat).to.contain("20 November 2026").and.contain(codeOf(project));
      expect(flat).to.contain(`twinlight.test/labels/${codeOf(project)}`);
      expect(flat).to.contain("Central support service and Εθνική Υπηρεσία");
    });

    it("fits whatever a title and a name may be", async () => {
      const hostile = {
        markup: `<script>alert("1")</script> & "quotes" (parentheses) \\ %NONCE% \${x}`,
        turned: "Fish\u202e gnp.exe\u2066 and\u200b chips\u0007\u0000".replace("\u0000", ""),
        long: "Wörter ".repeat(28).trim(),
        endless: "ü".repeat(200),
        pictures: "Rivers 🌊🐟👩‍👩‍👧 and us",
        onlyPictures: "🌊🐟",
        otherLetters: "מדינות ونهر 河流",
      };
      const said = new Map<string, string>();
      for (const [name, title] of Object.entries(hostile)) {
        const founders = [{ ...volos, name: title.slice(0, 200) || "x" }, tarnovo];
        const project = await labelledProject(front.pool, { title, slug: `hostile-${name.toLowerCase()}`, founders });
        const { response, bytes } = await pdf(codeOf(project));
        expect(response.status, name).to.equal(200);
        expect(readPdf(bytes).pages, name).to.equal(1);
        said.set(name, readPdf(bytes).text.replaceAll("\n", " "));
      }
      expect(said.get("markup")).to.contain(hostile.markup);
      expect(said.get("turned")).to.contain("Fish gnp.exe and chips");
      expect(said.get("long")).to.contain("Wörter Wörter");
      expect(said.get("endless")).to.contain("ü".repeat(20));
      expect(said.get("pictures")).to.contain("Rivers and us");
      expect(said.get("onlyPictures")).to.contain("hostile-onlypictures").and.contain("A school in Greece");
      expect(said.get("otherLetters")).to.contain("hostile-otherletters").and.contain("A school in Greece");
    });

    it("names as many partners as there is room for, and says how many more there are", async () => {
      const founders = Array.from({ length: 20 }, (_, index) => ({
        ...{ name: `Lycée polyvalent Jean-Baptiste-Siméon-Chardin ${index}`, town: "Gérardmer", country: "FR" },
      }));
      const project = await labelledProject(front.pool, { founders });
      const flat = readPdf((await pdf(codeOf(project))).bytes).text.replaceAll("\n", " ");
      expect(flat).to.match(/together with Lycée .+ and 1[5-8] more schools Issued/);
    });
  });

  describe("on its page", () => {
    it("tells who is sent its address what it is, and nothing of it can be more than text", async () => {
      const title = `"><script>alert(1)</script>' \u202e & $& %NONCE%`;
      const project = await labelledProject(front.pool, { title, summary: "", slug: "hostile-title" });
      for (const path of [`/labels/${codeOf(project)}`, "/projects/hostile-title"]) {
        const { status, text, headers } = await front.browser().get(path);
        expect(status, path).to.equal(200);
        expect(text, path).to.not.contain("<script>").and.not.contain("\u202e");
        expect(text, path).to.contain("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39; &amp; $&amp; %NONCE%");
        expect(text.match(/<\/head>/g), path).to.have.length(1);
        expect(text, path).to.contain(`<link rel="canonical" href="${publicUrl}${path}" />`);
        expect(text, path).to.match(/<meta property="og:title" content="[^"]+" \/>/);
        const nonce = /'nonce-([^']+)'/.exec(headers.get("content-security-policy") ?? "")?.[1] ?? "?";
        expect(text.split(nonce), path).to.have.length(2);
      }
    });

    it("says with its status that there is no such label, and no such project to be told of", async () => {
      const label = await front.browser().get("/labels/KKKKK-KKKKK");
      expect(label.status).to.equal(404);
      expect(label.text).to.not.contain("og:title");
      await labelledProject(front.pool, { slug: "not-yet", state: "awaitingService", title: "Secret plans" });
      const project = await front.browser().get("/projects/not-yet");
      expect(project.text).to.not.contain("Secret plans").and.not.contain("og:title");
    });
  });

  describe("when it is taken back", () => {
    const services = new Map<string, Person>();

    before(async () => {
      for (const [name, country] of [
        ["Portuguese", "PT"],
        ["Finnish", "FI"],
        ["css", null],
      ] as const) {
        const person = await front.person("support", name, null);
        await front.pool.query("delete from support_staff where account_id = $1", [person.id]);
        await appointToService(front.pool, person.id, country, null);
        services.set(name, person);
      }
      services.set("teacher", await front.person("teacher", "Ana"));
      services.set("operator", await front.person("operator", "Olga"));
    });

    const revoke = (who: string, code: string, body: object = { reason: "rulesBroken", note: "see the letter" }) =>
      services.get(who)?.browser.post(`/api/labels/${code}/revoke`, body);

    it("can be by the service of the school's country and the central one, and nobody else", async () => {
      const project = await labelledProject(front.pool, { founders: [aveiro, oulu] });
      const code = codeOf(project);
      for (const who of ["teacher", "operator", "Finnish"]) {
        expect((await revoke(who, code))?.status, who).to.equal(403);
      }
      expect((await front.browser().post(`/api/labels/${code}/revoke`, { reason: "rulesBroken" })).status).to.equal(
        401,
      );
      const looked = await services.get("Portuguese")?.browser.get(`/api/labels/${code}`);
      expect(looked?.body.revocable).to.equal(true);
      expect((await revoke("Portuguese", code, { reason: "because" }))?.status).to.equal(400);
      const answer = await revoke("Portuguese", code);
      expect([answer?.status, answer?.body.state, answer?.body.reason]).to.deep.equal([200, "revoked", "rulesBroken"]);
      expect((await revoke("css", codeOf(project, 1)))?.status).to.equal(200);
    });

    it("says so to everybody, with the date and a reason, never the note nor who did it", async () => {
      const project = await labelledProject(front.pool, { founders: [aveiro, oulu] });
      const code = codeOf(project);
      await revoke("Portuguese", code);
      const { text, body } = await check(code);
      expect([body.state, body.reason, body.revokedAt]).to.deep.equal([
        "revoked",
        "rulesBroken",
        Date.UTC(2026, 10, 23),
      ]);
      expect(text)
        .to.not.contain("letter")
        .and.not.contain("Portuguese")
        .and.not.contain(services.get("Portuguese")?.id);
      expect((await pdf(code)).response.status).to.equal(410);
      expect((await front.browser().get(`/labels/${code}`)).text).to.contain("holds no longer");
      expect((await check(codeOf(project, 1))).body.state).to.equal("valid");
      const { rows } = await front.pool.query("select note from registry_acts where kind = 'award'");
      expect(rows.map(({ note }) => note)).to.contain("see the letter");
    });

    it("is taken back once, and not given again", async () => {
      const project = await labelledProject(front.pool, { founders: [aveiro, oulu] });
      await revoke("Portuguese", codeOf(project));
      const again = await revoke("css", codeOf(project), { reason: "schoolLeft" });
      expect([again?.status, again?.body.refused]).to.deep.equal([410, "label.revoked"]);
      expect(await issueLabel(front.pool, project, Date.now())).to.deep.equal([]);
      expect((await check(codeOf(project))).body.reason).to.equal("rulesBroken");
    });
  });
});
