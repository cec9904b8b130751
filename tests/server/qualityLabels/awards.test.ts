import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect } from "chai";
import { decodeJWT } from "did-jwt";
import { writeLabelCode } from "../../../domain/projects/labelCode.ts";
import { BadgeKeys } from "../../../server/projects/badgeKeys.ts";
import { labelPage, labelRoutes } from "../../../server/projects/labelRoutes.ts";
import { issueAward, issueLabel } from "../../../server/projects/labels.ts";
import { publicProjectRoutes } from "../../../server/projects/publicProjects.ts";
import { shownQualityLabels } from "../../../server/qualityLabels/shown.ts";
import { type ActiveSpace, openSpace } from "../../support/activeSpace.ts";
import { deskPerson } from "../../support/desks.ts";
import { type FrontDoor, openFrontDoor, type Person } from "../../support/frontDoor.ts";
import { readPdf } from "../../support/pdfText.ts";
import { good } from "../../support/projects.ts";
import { sentApplication } from "../../support/sentApplication.ts";
import { verifyBadge } from "../../support/verifyBadge.ts";

describe("A Quality Label that was given", function () {
  this.timeout(60_000);

  let front: FrontDoor;
  let folder = "";
  let space: ActiveSpace;
  let service: Person;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "twinlight-quality-"));
    front = await openFrontDoor({
      routes: (pool) => [
        ...labelRoutes({ pool, keys: new BadgeKeys(folder), now: () => Date.now() }),
        ...publicProjectRoutes({ pool }),
      ],
      pages: (pool) => [labelPage({ pool })],
    });
    space = await openSpace(front);
    service = await deskPerson(front, "Paula of the service", "PT");
    await issueLabel(front.pool, space, Date.now());
  });
  after(async () => {
    await front.close();
    await rm(folder, { recursive: true });
  });
  afterEach(() => front.pool.query("delete from awards where kind = 'qualityLabel'"));

  /** Its code, in groups. */
  async function given(to: Person, { named = true } = {}): Promise<string> {
    const wish = { account: to.id, project: space.id, school: space.schools.aveiro };
    const application = await sentApplication(front.pool, wish);
    const holder = { account: to.id, application, named };
    const code = await issueAward(
      front.pool,
      { kind: "qualityLabel", project: space.id, school: space.schools.aveiro, holder },
      Date.UTC(2026, 10, 24),
    );
    await front.pool.query("update label_applications set state = 'withdrawn' where id = $1", [application]);
    return writeLabelCode(code ?? "");
  }
  const check = async (code: string) => good(await front.browser().get(`/api/labels/${code}`));
  const get = async (address: string) => {
    const response = await fetch(new URL(address, front.url));
    return {
      status: response.status,
      type: response.headers.get("content-type"),
      bytes: Buffer.from(await response.arrayBuffer()),
    };
  };
  const json = async (address: string) => JSON.parse((await get(address)).bytes.toString());
  const badge = async (code: string) => (await get(`/api/labels/${code}/badge.jwt?alg=EdDSA`)).bytes.toString();
  const mine = async (who: Person) => good(await who.browser.get("/api/me/labels")).labels;
  const choose = (who: Person, code: string, choice: object) => who.browser.patch(`/api/me/labels/${code}`, choice);

  it("says what it is, to whom, for which project, and by the service of the holder's country alone", async () => {
    const label = await check(await given(space.rui));
    expect(label).to.deep.include({
      ...{ kind: "qualityLabel", holder: { name: "Rui of two rivers" }, state: "valid" },
      school: { name: "Escola de Aveiro", town: "Aveiro", country: "PT" },
      project: { title: "Two rivers", slug: "two-rivers", open: true },
    });
    expect(label.issuedBy.map(({ country }: { country: string }) => country)).to.deep.equal(["PT"]);
  });

  it("is one of its kind for a teacher and a project, beside the eTwinning Labels of the schools", async () => {
    await given(space.rui);
    expect(await given(space.rui)).to.equal(writeLabelCode(""));
    expect(await given(space.ana)).to.match(/^\w{5}-\w{5}$/);
    expect(await issueLabel(front.pool, space, Date.now())).to.deep.equal([]);
  });

  it("names nobody who did not agree to it, or is gone", async () => {
    const code = await given(space.rui, { named: false });
    expect((await check(code)).holder).to.deep.equal({ name: null });
    expect((await front.browser().get(`/labels/${code}`)).text).to.not.contain("Rui");
    const { bytes } = await get(`/api/labels/${code}/label.pdf`);
    expect(readPdf(bytes).text.replaceAll("\n", " "))
      .to.contain("A teacher of Escola de Aveiro")
      .and.not.contain("Rui");
    const { credentialSubject } = await json(`/api/labels/${code}/badge.json`);
    expect(credentialSubject.identifier[0].identityHash).to.equal("A teacher of Escola de Aveiro");
    await choose(space.rui, code, { named: true });
    expect((await check(code)).holder).to.deep.equal({ name: "Rui of two rivers" });
    await front.pool.query("update accounts set ended_at = now() where id = $1", [space.rui.id]);
    const gone = (await check(code)).holder;
    await front.pool.query("update accounts set ended_at = null where id = $1", [space.rui.id]);
    expect(gone).to.deep.equal({ name: null });
  });

  it("is a certificate of one page, A4 across", async () => {
    const code = await given(space.rui);
    const { bytes, type } = await get(`/api/labels/${code}/label.pdf`);
    expect(type).to.contain("application/pdf");
    const read = readPdf(bytes);
    expect([read.pages, read.size, read.isTagged, read.missing]).to.deep.equal([1, [841.89, 595.28], true, []]);
    const flat = read.text.replaceAll("\n", " ");
    for (const words of [
      "Quality Label",
      "Rui of two rivers",
      "Escola de Aveiro",
      "Two rivers",
      code,
      "24 November 2026",
    ]) {
      expect(flat).to.contain(words);
    }
    expect(flat).to.not.contain("eTwinning Label");
  });

  it("is a badge with an achievement and a picture of its own, which others can verify", async () => {
    const code = await given(space.rui);
    const jwt = await badge(code);
    expect((await verifyBadge(jwt, json)).verified).to.equal(true);
    const { payload } = decodeJWT(jwt);
    expect(payload.name).to.equal("Quality Label");
    expect(payload.sub).to.match(/#teacher$/);
    const { achievement, identifier } = payload.credentialSubject;
    expect(achievement.id).to.equal(`${front.url}/badges/quality-label`);
    expect(await json(achievement.id)).to.deep.include({ id: achievement.id, name: "Quality Label" });
    expect((await get(achievement.image.id)).bytes.toString()).to.contain('<title id="name">Quality Label</title>');
    expect(identifier[0].identityHash).to.equal("Rui of two rivers");
    const picture = (await get(`/api/labels/${code}/badge.svg`)).bytes.toString();
    const baked = /verify="([^"]+)"/.exec(picture)?.[1] ?? "";
    expect(decodeJWT(baked).payload.credentialSubject).to.deep.equal(payload.credentialSubject);
  });

  it("is taken back as an eTwinning Label is, and its bit stays set in the one list of all", async () => {
    const code = await given(space.rui);
    const { credentialStatus } = await json(`/api/labels/${code}/badge.json`);
    const isRevoked = async () => {
      const { payload } = decodeJWT((await get(credentialStatus.statusListCredential)).bytes.toString());
      const bits = gunzipSync(Buffer.from(payload.credentialSubject.encodedList.slice(1), "base64url"));
      const index = Number(credentialStatus.statusListIndex);
      return ((bits[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0;
    };
    expect(await isRevoked()).to.equal(false);
    expect((await space.rui.browser.post(`/api/labels/${code}/revoke`, { reason: "rulesBroken" })).status).to.equal(
      403,
    );
    const after = good(await service.browser.post(`/api/labels/${code}/revoke`, { reason: "rulesBroken" }));
    expect([after.state, after.reason]).to.deep.equal(["revoked", "rulesBroken"]);
    expect(await isRevoked()).to.equal(true);
    expect((await get(`/api/labels/${code}/label.pdf`)).status).to.equal(410);
    expect(await shownQualityLabels(front.pool, space.id)).to.deep.equal([]);
    // Given anew it has another code; the old one stays what it is.
    const anew = await given(space.rui);
    expect([(await check(code)).state, (await check(anew)).state]).to.deep.equal(["revoked", "valid"]);
    expect(await isRevoked()).to.equal(true);
  });

  describe("is its holder's", () => {
    it("who finds it among their own, and nobody else does", async () => {
      const code = await given(space.rui);
      expect(await mine(space.ana)).to.deep.equal([]);
      const [label] = await mine(space.rui);
      expect(label).to.deep.include({
        ...{ code, shown: true, named: true, revokedAt: null },
        project: { slug: "two-rivers", title: "Two rivers" },
      });
      expect((await choose(space.ana, code, { shown: false })).status).to.equal(404);
      expect((await front.browser().get("/api/me/labels")).status).to.equal(401);
    });

    it("who shows it on the project's public pages, or does not", async () => {
      const code = await given(space.rui);
      const publicly = async () => {
        const project = good(await front.browser().get("/api/public/projects/two-rivers"));
        const shown = await shownQualityLabels(front.pool, space.id);
        return [
          project.schools.map(({ qualityLabels }: { qualityLabels: string[] }) => qualityLabels),
          shown.map((one) => [one.code, one.holder]),
        ];
      };
      expect(await publicly()).to.deep.equal([[[code], []], [[code, "Rui of two rivers"]]]);
      await choose(space.rui, code, { named: false });
      expect((await publicly())[1]).to.deep.equal([[code, null]]);
      await choose(space.rui, code, { shown: false });
      expect(await publicly()).to.deep.equal([[[], []], []]);
      expect((await check(code)).state).to.equal("valid");
    });

    it("and makes no project one that has the eTwinning Label", async () => {
      await given(space.rui);
      const labelled = async () => good(await front.browser().get("/api/public/projects/two-rivers")).labelled;
      expect(await labelled()).to.equal(true);
      await front.pool.query(
        "update awards set revoked_at = now(), revoked_reason = 'projectEnded' where kind = 'etwinningLabel'",
      );
      expect(await labelled()).to.equal(false);
      await front.pool.query(
        "update awards set revoked_at = null, revoked_reason = null where kind = 'etwinningLabel'",
      );
    });
  });
});
