import { expect } from "chai";
import fc from "fast-check";
import { codeOfStep, newTotpSecret, stepAt, stepOfCode, totpAddress } from "../../../server/accounts/totp.ts";

const stepMs = 30_000;
const steps = fc.integer({ min: 2, max: 200_000_000 });

describe("One-time passwords", () => {
  it("are those of RFC 6238", () => {
    // Its test secret, "12345678901234567890", in base32; its codes have eight digits, of which these are the last six.
    const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    const seconds = { 59: "287082", 1111111109: "081804", 1234567890: "005924", 2000000000: "279037" };
    for (const [second, code] of Object.entries(seconds)) {
      const now = Number(second) * 1000;
      expect(codeOfStep(secret, stepAt(now))).to.equal(code);
      expect(stepOfCode(secret, code, now)).to.equal(stepAt(now));
    }
  });

  it("are known at any moment of their step and one step to either side, and by no other", () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: -4, max: 4 }), fc.nat({ max: stepMs - 1 }), (step, off, within) => {
        const secret = newTotpSecret();
        const found = stepOfCode(secret, codeOfStep(secret, step), (step + off) * stepMs + within);
        // The code of another step may by chance be the same.
        if (Math.abs(off) <= 1) expect(codeOfStep(secret, found ?? -1)).to.equal(codeOfStep(secret, step));
        else expect(found === null || codeOfStep(secret, found) === codeOfStep(secret, step)).to.equal(true);
      }),
      { numRuns: 200 },
    );
  });

  it("are not what is something else", () => {
    const secret = newTotpSecret();
    for (const code of ["", "12345", "1234567", "abcdef", "12 456", "١٢٣٤٥٦", "-12345", "0x1234"]) {
      expect(stepOfCode(secret, code, 0)).to.equal(null);
    }
  });

  it("have secrets of 160 bits, and an address that apps read", () => {
    const secret = newTotpSecret();
    expect(secret).to.match(/^[A-Z2-7]{32}$/);
    const address = new URL(totpAddress(secret, "ana@example.org"));
    expect(address.protocol + address.host).to.equal("otpauth:totp");
    expect(decodeURIComponent(address.pathname)).to.equal("/Twinlight:ana@example.org");
    expect(Object.fromEntries(address.searchParams)).to.include({
      secret,
      issuer: "Twinlight",
      digits: "6",
      period: "30",
    });
  });
});
