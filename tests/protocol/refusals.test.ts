import { expect } from "chai";
import { refusals } from "../../protocol/refusals.ts";

describe("refusals", () => {
  for (const [code, sentence] of Object.entries(refusals)) {
    it(`${code} names its machine and its reason and says something`, () => {
      expect(code).to.match(/^[a-z]+\.[a-z][A-Za-z]+$/);
      expect(sentence).to.match(/^[A-Z].*\.$/);
      expect(sentence).to.not.match(/!|error|invalid|failed|\{/i);
    });
  }
});
