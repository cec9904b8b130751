import { expect } from "chai";
import { inOrder, stateOfLink, tokenOf } from "../../client/views/links.ts";
import { byName, countries, languages } from "../../client/views/regions.ts";
import { countryName, languageName } from "../../client/words/formats.ts";
import type { MeetingLink } from "../../protocol/http/meetings.ts";
import { CountryCode, LanguageTag } from "../../protocol/ids.ts";

const link = (id: string, role: MeetingLink["role"], more: Partial<MeetingLink> = {}): MeetingLink => ({
  ...{ id, role, kind: null, school: null, label: "", link: `http://127.0.0.1/m/a-b#k=${id}` },
  ...{ expiresAt: 2_000, revokedAt: null, ...more },
});

describe("a meeting's links", () => {
  it("work until they expire or are revoked", () => {
    expect(stateOfLink({ expiresAt: 2_000, revokedAt: null }, 1_999)).to.equal("works");
    expect(stateOfLink({ expiresAt: 2_000, revokedAt: null }, 2_000)).to.equal("expired");
    expect(stateOfLink({ expiresAt: null, revokedAt: null }, 9e12)).to.equal("works");
    expect(stateOfLink({ expiresAt: null, revokedAt: 5 }, 6)).to.equal("revoked");
  });

  it("stand with the chair's first and what no longer works last", () => {
    const links = [
      link("w", "watcher"),
      link("old", "participant", { expiresAt: 500 }),
      link("p1", "participant"),
      link("c", "chair"),
      link("p2", "participant"),
      link("gone", "chair", { revokedAt: 1 }),
    ];
    expect(inOrder(links, 1_000).map(({ id }) => id)).to.deep.equal(["c", "p1", "p2", "w", "gone", "old"]);
  });
});

describe("a one-time link", () => {
  it("has its token behind the #, whole or not at all", () => {
    const token = "a-B_9".padEnd(43, "x");
    expect(tokenOf(`#k=${token}`)).to.equal(token);
    for (const hash of ["", "#", `#k=${token.slice(1)}`, `#k=${token}x`, `#k=${token.slice(1)} `]) {
      expect(tokenOf(hash), hash).to.equal(undefined);
    }
  });
});

describe("countries and languages", () => {
  it("are what the protocol takes, each once, and each has a name", () => {
    for (const code of countries) {
      expect(CountryCode.safeParse(code).success, code).to.equal(true);
      expect(countryName(code), code).to.not.equal(code);
    }
    for (const tag of languages) {
      expect(LanguageTag.safeParse(tag).success, tag).to.equal(true);
      expect(languageName(tag), tag).to.not.equal(tag);
    }
    expect(new Set(countries).size).to.equal(countries.length);
    expect(new Set(languages).size).to.equal(languages.length);
  });

  it("stand in the order of the reader's alphabet", () => {
    const names = byName(["FI", "AX", "PT", "AT"], countryName, "en").map(({ label }) => label);
    expect(names).to.deep.equal(["Åland Islands", "Austria", "Finland", "Portugal"]);
  });
});
