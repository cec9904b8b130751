import { expect } from "chai";
import fc from "fast-check";
import { doorOf } from "../../client/views/meeting-code.ts";
import { newCode } from "../../server/meetings/codes.ts";

describe("a meeting code as somebody wrote it", () => {
  it("is found whatever its capitals, spaces and dashes", () => {
    for (const written of [
      "two-rivers",
      " Two Rivers ",
      "TWO–RIVERS",
      "two_rivers.",
      "two -  rivers",
      "https://meet.example.org/m/two-rivers",
      "meet.example.org/m/Two-Rivers?from=mail",
      "Join here: http://127.0.0.1:3000/m/two-rivers.",
    ]) {
      expect(doorOf(written), written).to.equal("/m/two-rivers");
    }
  });

  it("is put together again when it was written in one, for every code that is made here", () => {
    for (let i = 0; i < 50; i++) {
      const code = newCode();
      expect(doorOf(code.replaceAll("-", "").toUpperCase())).to.equal(`/m/${code}`);
      expect(doorOf(code.replaceAll("-", " "))).to.equal(`/m/${code}`);
    }
  });

  it("keeps the key of a pasted link", () => {
    expect(doorOf("http://127.0.0.1:3000/m/two-rivers#k=Ab_c-123")).to.equal("/m/two-rivers#k=Ab_c-123");
  });

  it("is not found where there is none", () => {
    for (const written of ["", "  ", "-", "a", "???", "https://example.org/", "x".repeat(80)]) {
      expect(doorOf(written), written).to.equal(undefined);
    }
  });

  it("never leads anywhere but to a door of this server", () => {
    fc.assert(
      fc.property(fc.string(), (written) => {
        const door = doorOf(written);
        return door === undefined || /^\/m\/[a-z0-9-]{3,40}(?:#k=[A-Za-z0-9_-]{3,40})?$/.test(door);
      }),
    );
  });
});
