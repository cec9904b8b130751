import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { en } from "../../client/words/en/index.ts";
import { type Entry, ordered } from "../../client/words/entry.ts";
import {
  clockLength,
  countryName,
  dayName,
  lengthInWords,
  listOf,
  spokenLength,
  timeSpan,
} from "../../client/words/formats.ts";
import { refusalSentence } from "../../client/words/refusals.ts";
import { fill, speak, t } from "../../client/words/words.ts";
import { refusals } from "../../protocol/refusals.ts";

const entries: [string, Entry][] = Object.entries(en);
const textsOf = (entry: Entry): string[] => (typeof entry === "string" ? [entry] : Object.values(entry.forms));
const namesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");

before(() => speak({ tag: "en-GB", words: en }));

describe("words", () => {
  it("stand in one area each: one of two with the same key would never be read", async () => {
    const folder = new URL("../../client/words/en/", import.meta.url);
    const keys = readdirSync(folder).flatMap((name) =>
      [...readFileSync(new URL(name, folder), "utf8").matchAll(/^ {2}"([^"]+)":/gm)].map(([, key = ""]) => key),
    );
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).to.deep.equal([]);
  });

  it("are never empty, never shout and never say oops", () => {
    for (const [key, entry] of entries) {
      for (const text of textsOf(entry)) {
        expect(text.trim(), key).to.equal(text).and.not.equal("");
        expect(text, key).to.not.match(/!|\boops\b/i);
      }
    }
  });

  it("keep their braces in pairs, and every plural has its other form", () => {
    for (const [key, entry] of entries) {
      for (const text of textsOf(entry)) {
        expect(text.replace(/\{\w+\}/g, ""), key).to.not.match(/[{}]/);
      }
      if (typeof entry !== "string") expect(entry.forms, key).to.have.property("other");
    }
  });

  it("have every form English asks for", () => {
    for (const [key, entry] of entries) {
      if (typeof entry === "string") continue;
      const forms = new Intl.PluralRules("en", { type: entry.rule }).resolvedOptions().pluralCategories;
      expect(Object.keys(entry.forms).sort(), key).to.deep.equal([...forms].sort());
    }
  });

  it("use the same names in every form but for the number itself", () => {
    for (const [key, entry] of entries) {
      if (typeof entry === "string") continue;
      const sets = textsOf(entry).map((text) =>
        namesIn(text)
          .filter((name) => name !== entry.by)
          .sort()
          .join(),
      );
      expect(new Set(sets).size, key).to.equal(1);
    }
  });

  it("have a sentence for every refusal of the protocol", () => {
    for (const code of Object.keys(refusals)) {
      expect(refusalSentence(code, { chair: "Ana" }), code)
        .to.match(/[.]$/)
        .and.not.match(/[{}]/);
    }
  });

  it("answer a code that is not known with what the server said, or with a sentence of their own", () => {
    expect(refusalSentence("floor.fromTomorrow", { message: "Not today." })).to.equal("Not today.");
    expect(refusalSentence("floor.fromTomorrow")).to.equal(t("refusal.unknown"));
  });

  it("name the chair where they know the name", () => {
    expect(refusalSentence("floor.muted", { chair: "Ana" })).to.contain("Ana muted you");
    expect(refusalSentence("floor.muted")).to.contain("The chair muted you");
  });

  it("order and count as English does", () => {
    const sentences = [1, 2, 3, 4, 11, 12, 21, 22, 103].map((place) => t("floor.youAre", { place }));
    expect(sentences).to.deep.equal(
      ["1st", "2nd", "3rd", "4th", "11th", "12th", "21st", "22nd", "103rd"].map((place) => `You are ${place}`),
    );
    expect(t("room.here", { count: 1 })).to.equal("one here");
    expect(t("room.here", { count: 8 })).to.equal("8 here");
  });

  it("order and count as other languages do", () => {
    const place = ordered("place", { one: "{place}:a", other: "{place}:e" });
    expect(fill(place, { place: 2 }, "sv")).to.equal("2:a");
    expect(fill(place, { place: 3 }, "sv")).to.equal("3:e");
    expect(fill("{count} kättä", { count: 1234.5 }, "fi")).to.equal("1\u00a0234,5 kättä");
  });

  it("leave a name that is not filled in visible, so that it is noticed", () => {
    expect(fill("Listen to {name}", {}, "en")).to.equal("Listen to {name}");
  });
});

describe("formats", () => {
  it("names seconds of whoever spoke for less than a minute", () => {
    expect(spokenLength(34_400)).to.equal("34 secs");
    expect(spokenLength(59_700)).to.equal("1 min");
    expect(spokenLength(9 * 60_000)).to.equal("9 mins");
  });

  it("write lengths as a clock does", () => {
    expect([0, 999, 72_000, 121_000, 3_765_000, -5].map(clockLength)).to.deep.equal([
      "0:00",
      "0:01",
      "1:12",
      "2:01",
      "1:02:45",
      "0:00",
    ]);
  });

  it("say lengths in words", () => {
    expect(lengthInWords(180_000)).to.equal("3 minutes");
    expect(lengthInWords(90_000)).to.equal("1 minute 30 seconds");
    expect(lengthInWords(0)).to.equal("0 seconds");
    expect(lengthInWords(3_900_000)).to.equal("1 hour 5 minutes");
  });

  it("name places, days and people", () => {
    expect(countryName("FI")).to.equal("Finland");
    expect(countryName("??")).to.equal("??");
    expect(listOf(["Aino K.", "Rui P."])).to.equal("Aino K. and Rui P.");
    const noon = new Date(2027, 2, 12, 12).getTime();
    expect(dayName(noon + 3_600_000, noon)).to.equal("today");
    expect(dayName(noon + 86_400_000, noon)).to.equal("tomorrow");
    expect(dayName(noon + 3 * 86_400_000, noon)).to.equal("15 March 2027");
    expect(timeSpan(noon, noon + 3_600_000)).to.match(/^12:00\s*.\s*13:00$/);
  });
});
