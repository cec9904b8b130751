import { expect } from "chai";
import { namesSomebody } from "../../../domain/reports/naming.ts";

const names = (text: string, name: string, byParts = true, known: string[] = []) =>
  namesSomebody(text, [{ name, byParts }], known);

describe("Looking for names in a text", () => {
  it("finds a name in whole words, however they are written", () => {
    expect(names("then BEATRIZ  carvalho spoke", "Beatriz Carvalho")).to.equal(true);
    expect(names("Anna-Maija's film", "Anna Maija")).to.equal(true);
    expect(names("Σοφία!", "σοφία", false)).to.equal(true);
    expect(names("Ine\u0302s", "Inês", false), "composed of two characters").to.equal(true);
    expect(names("Boat 7, Boat 71", "Boat 7", false)).to.equal(true);
  });

  it("does not find it inside of other words", () => {
    expect(names("Lanterns were hung", "Lantern", false)).to.equal(false);
    expect(names("Boat 71", "Boat 7", false)).to.equal(false);
    expect(names("", "Lantern")).to.equal(false);
    expect(names("Nothing", " ")).to.equal(false);
  });

  it("takes a first or last name alone, written large, for somebody whose full name it knows", () => {
    expect(names("Then Beatriz spoke", "Beatriz Carvalho")).to.equal(true);
    expect(names("Then beatriz spoke", "Beatriz Carvalho")).to.equal(false);
    expect(names("A rose, and Al", "Rose Al")).to.equal(false);
    expect(names("Silver", "Silver Boat", false)).to.equal(false);
  });

  it("but not what is a teacher's or a school's name too", () => {
    expect(names("Ana Silva led it", "Beatriz Silva", true, ["Ana Silva"])).to.equal(false);
    expect(names("Beatriz Silva led it", "Beatriz Silva", true, ["Ana Silva"])).to.equal(true);
  });
});
