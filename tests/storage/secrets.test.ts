import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { secretsUnder, UnreadableSecret } from "../../storage/secrets.ts";

describe("Sealed secrets", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "twinlight-secrets-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("come back whole, whatever was written, and never look the same twice", () => {
    const secrets = secretsUnder(folder, undefined);
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, about) => {
        const sealed = secrets.seal(text, about);
        expect(secrets.open(sealed, about)).to.equal(text);
        expect(sealed.equals(secrets.seal(text, about))).to.equal(false);
      }),
      { numRuns: 50 },
    );
  });

  it("do not open about somebody else, changed in any bit, cut short or under another key", () => {
    const secrets = secretsUnder(folder, undefined);
    const sealed = secrets.seal("the seed", "secondFactor:a");
    expect(() => secrets.open(sealed, "secondFactor:b")).to.throw(UnreadableSecret);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => secrets.open(changed, "secondFactor:a"), `bit ${bit}`).to.throw(UnreadableSecret);
    }
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => secrets.open(sealed.subarray(0, length), "secondFactor:a")).to.throw(UnreadableSecret);
    }
    const other = secretsUnder(folder, "another key, long enough to be one");
    expect(() => other.open(sealed, "secondFactor:a")).to.throw(UnreadableSecret);
  });

  it("make their key when it is first needed, for this user alone, and find it again", () => {
    const below = join(folder, "keys");
    const secrets = secretsUnder(below, undefined);
    expect(readdirSync(folder)).to.deep.equal([]);
    const sealed = secrets.seal("the seed", "a");
    expect(readdirSync(below)).to.deep.equal(["secrets.key"]);
    expect(statSync(join(below, "secrets.key")).mode & 0o777).to.equal(0o600);
    expect(statSync(below).mode & 0o777).to.equal(0o700);
    expect(secretsUnder(below, undefined).open(sealed, "a")).to.equal("the seed");
    expect(readFileSync(join(below, "secrets.key"), "utf8")).to.match(/^[A-Za-z0-9+/]{43}=\n$/);
  });

  it("use the key that is given, and then write none", () => {
    const key = "a key from the environment, 32 or more";
    const sealed = secretsUnder(folder, key).seal("the seed", "a");
    expect(secretsUnder(folder, key).open(sealed, "a")).to.equal("the seed");
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it("are digested by the key, and by what they are about", () => {
    const secrets = secretsUnder(folder, "a key from the environment, 32 or more");
    const digest = secrets.digest("ABCDE", "recoveryCode:a");
    expect(secrets.digest("ABCDE", "recoveryCode:a").equals(digest)).to.equal(true);
    expect(secrets.digest("ABCDE", "recoveryCode:b").equals(digest)).to.equal(false);
    expect(
      secretsUnder(folder, "some other key, also 32 characters").digest("ABCDE", "recoveryCode:a").equals(digest),
    ).to.equal(false);
  });
});
