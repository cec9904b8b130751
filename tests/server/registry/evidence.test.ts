import { existsSync, readdirSync, statSync } from "node:fs";
import { mkdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { mostEvidenceBytes } from "../../../protocol/registry.ts";
import { deleteEvidence, sweepEvidence } from "../../../server/registry/evidence.ts";
import { appointToService } from "../../../server/registry/standing.ts";
import { pngOfOnePixel, somePdf } from "../../support/evidenceFiles.ts";
import {
  type Answer,
  type Browser,
  type FrontDoor,
  openFrontDoor,
  oulu,
  type Person,
} from "../../support/frontDoor.ts";
import { teacher } from "../../support/schoolForms.ts";

const origin = "https://meet.test";

describe("Evidence", () => {
  let front: FrontDoor;
  let ana: Person;
  let place: string;

  beforeEach(async () => {
    front = await openFrontDoor();
    await front.person("operator", "Olga");
    ana = await front.person("teacher", "Ana");
    // She works in Aveiro and asks to join a school in Oulu.
    await front.person("teacher", "Aino", oulu);
    const { rows } = await front.pool.query("select id from schools where country = 'FI'");
    const asked = await ana.browser.post(`/api/schools/${rows[0].id}/memberships`, teacher);
    place = asked.body.schools[0].place.id;
    await want();
  });
  afterEach(() => front.close());

  const setState = (state: string, reason = "") =>
    front.pool.query("update memberships set state = $2, reason = $3, state_at = now() where id = $1", [
      ...[place, state, reason],
    ]);
  const want = () => setState("evidenceWanted", "A letter from your principal.");
  const parts = () => ({ pool: front.pool, folder: front.evidenceFolder });
  const files = () => (existsSync(front.evidenceFolder) ? readdirSync(front.evidenceFolder) : []);

  async function give(bytes: Buffer, browser: Browser = ana.browser): Promise<Answer> {
    const response = await fetch(`${front.url}/api/memberships/${place}/evidence`, {
      method: "POST",
      headers: {
        "content-type": "application/octet-stream",
        cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      },
      body: new Uint8Array(bytes),
    });
    const text = await response.text();
    return { status: response.status, text, body: text ? JSON.parse(text) : undefined, headers: response.headers };
  }
  const read = (browser: Browser) => browser.get(`/api/memberships/${place}/evidence`);

  async function serves(name: string, country: string | null): Promise<Browser> {
    const person = await front.person("teacher", name);
    await appointToService(front.pool, person.id, country, null);
    return person.browser;
  }

  it("is handed in when it was asked for, kept for nobody else, and waits to be looked at", async () => {
    const given = await give(somePdf);
    expect(given.status, given.text).to.equal(200);
    expect(given.body.schools[0].place).to.deep.include({ state: "asked", evidence: "kept" });
    const [file = ""] = files();
    expect(file).to.match(/^[A-Za-z0-9_-]{20}$/);
    expect(statSync(join(front.evidenceFolder, file)).mode & 0o077).to.equal(0);
    expect(statSync(front.evidenceFolder).mode & 0o077).to.equal(0);
  });

  it("is read by that country's support service alone, and each look is kept", async () => {
    await give(pngOfOnePixel);
    const helsinki = await serves("Helmi", "FI");
    const answer = await read(helsinki);
    expect(answer.status).to.equal(200);
    expect(answer.headers.get("content-type")).to.equal("image/png");
    expect(answer.headers.get("content-disposition")).to.equal("attachment; filename=evidence.png");
    expect(answer.headers.get("x-content-type-options")).to.equal("nosniff");
    for (const [who, status] of [
      [ana.browser, 403],
      [await serves("Pedro", "PT"), 404],
      [await serves("Carla", null), 404],
      [(await front.person("operator", "Otto")).browser, 403],
      [front.browser(), 401],
    ] as const) {
      expect((await read(who)).status).to.equal(status);
    }
    const { rows } = await front.pool.query("select act from registry_acts where object_id = $1 order by id", [place]);
    expect(rows.map(({ act }) => act)).to.deep.equal(["asked", "evidenceGiven", "evidenceRead"]);
  });

  it("is read by the central service where the country has none of its own", async () => {
    await give(somePdf);
    expect((await read(await serves("Carla", null))).status).to.equal(200);
  });

  it("is a PDF, a JPEG or a PNG by what stands in it, and no larger than 5 MB", async () => {
    const page = Buffer.from("<html><script>alert(1)</script></html>");
    expect((await give(page)).body.refused).to.equal("evidence.wrongType");
    expect((await give(Buffer.alloc(0))).body.refused).to.equal("evidence.wrongType");
    expect((await give(Buffer.from("MZ program"))).status).to.equal(415);
    const large = await give(Buffer.concat([somePdf, Buffer.alloc(mostEvidenceBytes)]));
    expect([large.status, large.body.refused]).to.deep.equal([413, "evidence.tooLarge"]);
    expect(files()).to.deep.equal([]);
    const most = Buffer.concat([somePdf, Buffer.alloc(mostEvidenceBytes - somePdf.length)]);
    expect((await give(most)).status).to.equal(200);
  });

  it("is nobody else's to hand in, and nobody's before it is asked for", async () => {
    const stranger = await front.person("teacher", "Inês");
    expect((await give(somePdf, stranger.browser)).status).to.equal(404);
    await setState("asked");
    expect((await give(somePdf)).body.refused).to.equal("membership.notNow");
    expect((await give(somePdf, front.browser())).status).to.equal(401);
    expect(files()).to.deep.equal([]);
  });

  it("is taken once of two that come at the same time, and replaced when it is asked for again", async () => {
    const answers = await Promise.all([give(somePdf), give(pngOfOnePixel)]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    expect(files()).to.have.length(1);
    const before = files();
    await want();
    await give(somePdf);
    expect(files()).to.have.length(1);
    expect(files()).to.not.deep.equal(before);
  });

  it("is deleted once it is decided, and its owner told, but never before", async () => {
    await give(somePdf);
    expect(await deleteEvidence(parts(), place, origin)).to.equal(false);
    await setState("active");
    expect((await read(await serves("Helmi", "FI"))).status).to.equal(404);
    expect(await deleteEvidence(parts(), place, origin)).to.equal(true);
    expect(files()).to.deep.equal([]);
    expect(await deleteEvidence(parts(), place, origin)).to.equal(false);
    const { rows } = await front.pool.query("select to_address from mails where kind = 'evidenceDeleted'");
    expect(rows).to.deep.equal([{ to_address: ana.email }]);
    const mine = (await ana.browser.get("/api/me/schools")).body.schools;
    expect(mine.find((one: { place: { id: string } }) => one.place.id === place).place.evidence).to.equal("deleted");
  });

  it("is swept away where a decision, a withdrawal or an ended account left it behind, and so is what nobody speaks of", async () => {
    await give(somePdf);
    await sweepEvidence(parts(), origin, Date.now());
    expect(files()).to.have.length(1);
    await ana.browser.post(`/api/memberships/${place}/end`);
    await mkdir(front.evidenceFolder, { recursive: true });
    const forgotten = join(front.evidenceFolder, "forgotten.part");
    await writeFile(forgotten, "half an upload");
    await sweepEvidence(parts(), origin, Date.now());
    expect(files()).to.deep.equal(["forgotten.part"]);
    const yesterday = new Date(Date.now() - 86_400_000);
    await utimes(forgotten, yesterday, yesterday);
    await sweepEvidence(parts(), origin, Date.now());
    expect(files()).to.deep.equal([]);
    const { rows } = await front.pool.query("select from mails where kind = 'evidenceDeleted'");
    expect(rows, "who withdrew knows it").to.have.length(0);
  });
});
