import { createPublicKey, verify } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect } from "chai";
import { writeLabelCode } from "../../../domain/projects/labelCode.ts";
import { BadgeKeys } from "../../../server/projects/badgeKeys.ts";
import { labelRoutes } from "../../../server/projects/labelRoutes.ts";
import { findLabel, revokeLabel } from "../../../server/projects/labels.ts";
import { type FrontDoor, openFrontDoor } from "../../support/frontDoor.ts";
import { labelledProject, tarnovo, volos } from "../../support/labelledProject.ts";
import { verifyBadge } from "../../support/verifyBadge.ts";

// biome-ignore lint/suspicious/noExplicitAny: a credential from outside, as whoever checks it gets it
type Json = any;

describe("The badge of a label", function () {
  this.timeout(60_000);

  let front: FrontDoor;
  let folder = "";
  let code = "";

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "twinlight-badges-"));
    front = await openFrontDoor({
      routes: (pool) => labelRoutes({ pool, keys: new BadgeKeys(folder), now: () => Date.UTC(2026, 10, 23) }),
    });
    const project = await labelledProject(front.pool, { title: "Τα ποτάμια & <b>us</b> 🌊", slug: "rivers" });
    code = writeLabelCode(project.codes[0] ?? "");
  });
  after(async () => {
    await front.close();
    await rm(folder, { recursive: true });
  });

  const get = async (address: string) => {
    const response = await fetch(new URL(address, front.url));
    return { status: response.status, text: await response.text(), type: response.headers.get("content-type") ?? "" };
  };
  const json = async (address: string): Promise<Json> => JSON.parse((await get(address)).text);
  const badge = async (query = "", of = code) => (await get(`/api/labels/${of}/badge.jwt${query}`)).text;
  const partsOf = (jwt: string): Json[] =>
    jwt
      .split(".")
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()));

  /** As somebody who has nothing but the badge: the key is at the address that the badge names. */
  async function checkSignature(jwt: string): Promise<boolean> {
    const [header = "", payload = "", signature = ""] = jwt.split(".");
    const [{ kid, alg }] = partsOf(jwt);
    expect(alg).to.equal("RS256");
    const key = createPublicKey({ key: await json(kid), format: "jwk" });
    return verify("RSA-SHA256", Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, "base64url"));
  }

  const checkByLibrary = (jwt: string, now?: number) => verifyBadge(jwt, json, now);

  /** Bit by bit, as the list's format says. */
  async function isRevoked(credential: Json): Promise<boolean> {
    const { statusListCredential, statusListIndex, type, statusPurpose } = credential.credentialStatus;
    expect([type, statusPurpose]).to.deep.equal(["BitstringStatusListEntry", "revocation"]);
    const list = (await get(statusListCredential)).text;
    expect(await checkSignature(list)).to.equal(true);
    const [, { credentialSubject, iss, type: listType }] = partsOf(list);
    expect(iss).to.equal(`${front.url}/badges/issuer`);
    expect(listType).to.include("BitstringStatusListCredential");
    expect(credentialSubject.encodedList[0]).to.equal("u");
    const bits = gunzipSync(Buffer.from(credentialSubject.encodedList.slice(1), "base64url"));
    expect(bits.length).to.equal(16_384);
    const index = Number(statusListIndex);
    return ((bits[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0;
  }

  it("is an Open Badge 3.0 for a school, and names no person", async () => {
    const { text, type } = await get(`/api/labels/${code}/badge.json`);
    expect(type).to.contain("json");
    const credential = JSON.parse(text);
    expect(credential["@context"]).to.deep.equal([
      "https://www.w3.org/ns/credentials/v2",
      "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]);
    expect(credential.type).to.deep.equal(["VerifiableCredential", "OpenBadgeCredential"]);
    expect(credential.validFrom).to.equal("2026-11-20T10:00:00.000Z");
    expect(credential.issuer.id).to.equal(`${front.url}/badges/issuer`);
    const { achievement, identifier } = credential.credentialSubject;
    expect(identifier).to.deep.equal([
      { type: "IdentityObject", hashed: false, identityHash: volos.name, identityType: "name" },
    ]);
    expect([achievement.name, achievement.achievementType]).to.deep.equal(["eTwinning Label", "Award"]);
    expect(await json(achievement.id)).to.deep.include({ id: achievement.id, name: "eTwinning Label" });
    expect((await get(achievement.image.id)).type).to.contain("image/svg+xml");
    const [evidence] = credential.evidence;
    expect(evidence).to.include({ name: "Τα ποτάμια & <b>us</b> 🌊", id: `${front.url}/projects/rivers` });
    expect(evidence.description).to.contain(volos.name).and.contain(tarnovo.name);
    expect(text).to.not.match(/@(?!context)\w/);
    const [, payload] = partsOf(await badge());
    const { iss, jti, nbf, sub, ...rest } = payload;
    expect(rest).to.deep.equal(credential);
    expect({ iss, jti, sub }).to.deep.equal({
      iss: credential.issuer.id,
      jti: credential.id,
      sub: credential.credentialSubject.id,
    });
    expect(nbf * 1000).to.equal(Date.parse(credential.validFrom));
  });

  it("is verified by an independent library with the key that is published", async () => {
    const verified = await checkByLibrary(await badge("?alg=EdDSA"));
    expect(verified.verified).to.equal(true);
    expect(verified.payload.iss).to.equal(`${front.url}/badges/issuer`);
    expect(verified.payload.jti).to.equal(`${front.url}/api/labels/${code.replace("-", "")}/badge.json`);
    const before = await checkByLibrary(await badge("?alg=EdDSA"), Date.UTC(2020, 0) / 1000).catch(String);
    expect(before).to.contain("not valid before");
  });

  it("is verified by the algorithm that everybody must know, by OpenSSL", async () => {
    expect(await checkSignature(await badge())).to.equal(true);
    expect((await get(`/api/labels/${code}/badge.jwt?alg=none`)).status).to.equal(400);
  });

  it("is no longer verified when a single thing in it was changed", async () => {
    const changed = (jwt: string) => {
      const [header, payload = "", signature] = jwt.split(".");
      const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
      claims.credentialSubject.identifier[0].identityHash = "Another school";
      return [header, Buffer.from(JSON.stringify(claims)).toString("base64url"), signature].join(".");
    };
    expect(await checkSignature(changed(await badge()))).to.equal(false);
    expect(await checkByLibrary(changed(await badge("?alg=EdDSA"))).catch(String)).to.contain("invalid_signature");
    const [header, payload] = (await badge()).split(".");
    expect(await checkSignature(`${header}.${payload}.`)).to.equal(false);
  });

  it("says by the published list that it was revoked, and its neighbour that it was not", async () => {
    const project = await labelledProject(front.pool, { title: "Given back" });
    const [mine = "", theirs = ""] = project.codes;
    const credential = partsOf(await badge("", mine))[1];
    expect(await isRevoked(credential)).to.equal(false);
    const label = await findLabel(front.pool, mine);
    const account = await front.person("support", "Sofia", null);
    await revokeLabel(front.pool, label?.id ?? "", {
      ...{ reason: "rulesBroken", note: "", by: account.id, now: Date.now() },
    });
    expect(await isRevoked(credential)).to.equal(true);
    expect(await isRevoked(partsOf(await badge("", theirs))[1])).to.equal(false);
    expect((await get("/badges/status/2")).status).to.equal(404);
    expect((await get("/badges/status/0")).status).to.equal(400);
  });

  it("is baked into its picture, which can be hung on a web site", async () => {
    const { text, type } = await get(`/api/labels/${code}/badge.svg`);
    expect(type).to.contain("image/svg+xml");
    const baked = /<openbadges:credential [^>]*verify="([^"]+)"/.exec(text)?.[1] ?? "";
    expect(text).to.contain('xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"');
    expect(await checkSignature(baked)).to.equal(true);
    expect(partsOf(baked)[1].jti).to.contain(code.replace("-", ""));
  });

  it("is for nobody who has no label", async () => {
    for (const what of ["badge.jwt", "badge.json", "badge.svg"]) {
      expect((await get(`/api/labels/KKKKK-KKKKK/${what}`)).status, what).to.equal(404);
    }
  });

  describe("and the keys it is signed with", () => {
    it("are made once, for the server alone to read", async () => {
      expect(await readdir(join(folder, "keys"))).to.deep.equal(["badges.json"]);
      const { mode } = await stat(join(folder, "keys", "badges.json"));
      expect((mode & 0o777).toString(8)).to.equal("600");
      expect((await stat(join(folder, "keys"))).mode & 0o077).to.equal(0);
    });

    it("are the same for two servers that begin at once", async () => {
      const other = await mkdtemp(join(tmpdir(), "twinlight-badges-"));
      const both = await Promise.all([1, 2].map(() => new BadgeKeys(other).published()));
      expect(both[0]?.map(({ id }) => id)).to.deep.equal(both[1]?.map(({ id }) => id));
      expect(await readdir(join(other, "keys"))).to.deep.equal(["badges.json"]);
      await rm(other, { recursive: true });
    });

    it("are published without their secrets", async () => {
      const secrets = JSON.parse(await readFile(join(folder, "keys", "badges.json"), "utf8")).keys;
      const shown = [
        (await get("/badges/keys")).text,
        (await get("/badges/issuer")).text,
        ...(await Promise.all(secrets.map(({ id }: Json) => get(`/badges/keys/${id}`)))).map(({ text }) => text),
      ].join();
      for (const { jwk, id } of secrets) {
        expect(shown).to.contain(id).and.not.contain(jwk.d);
        if (jwk.p) expect(shown).to.not.contain(jwk.p);
      }
      expect(front.logged()).to.not.contain(secrets[0].jwk.d);
      expect((await get(`/badges/keys/${"x".repeat(43)}`)).status).to.equal(404);
    });

    it("may be changed: what was signed before can still be verified", async () => {
      const old = [await badge(), await badge("?alg=EdDSA")] as const;
      await new BadgeKeys(folder).rotate(new Date());
      const fresh = [await badge(), await badge("?alg=EdDSA")] as const;
      expect(partsOf(fresh[0])[0].kid).to.not.equal(partsOf(old[0])[0].kid);
      for (const jwt of [old[0], fresh[0]]) expect(await checkSignature(jwt)).to.equal(true);
      for (const jwt of [old[1], fresh[1]]) expect((await checkByLibrary(jwt)).verified).to.equal(true);
    });
  });
});
