import { expect } from "chai";
import fc from "fast-check";
import { claimAt, comerOf } from "../../../server/accounts/sso/claims.ts";

const mapping = {
  emailClaim: "email",
  nameClaim: "name",
  schoolClaim: "org.name",
  roleClaim: "realm_access.roles",
  staffValues: ["teacher", "head of school"],
};
const somebody = { iss: "https://login.test", sub: "1" };
const comer = (claims: object) => comerOf({ ...somebody, ...claims }, mapping);

describe("What a provider says about somebody", () => {
  it("is read where the settings say, by the whole name first and then part by part", () => {
    expect(claimAt({ "https://x.test/roles": "a" }, "https://x.test/roles")).to.equal("a");
    expect(claimAt({ "a.b": 1, a: { b: 2 } }, "a.b")).to.equal(1);
    expect(claimAt({ a: { b: { c: 3 } } }, "a.b.c")).to.equal(3);
    for (const name of ["toString", "a.constructor", "a.b.c.d", "__proto__.x"]) {
      expect(claimAt({ a: { b: null } }, name), name).to.equal(undefined);
    }
  });

  it("makes staff of who has one of the values, in a list or alone, and of nobody else", () => {
    expect(comer({ realm_access: { roles: ["member", "teacher"] } }).isStaff).to.equal(true);
    expect(comer({ realm_access: { roles: "head of school" } }).isStaff).to.equal(true);
    for (const roles of [
      undefined,
      null,
      true,
      "student",
      ["Teacher"],
      "teacher student",
      [["teacher"]],
      { teacher: 1 },
    ]) {
      expect(comer({ realm_access: { roles } }).isStaff, JSON.stringify(roles)).to.equal(false);
    }
    expect(comer({ roles: ["teacher"] }).isStaff).to.equal(false);
  });

  it("gives an address only where it is one and the provider has confirmed it", () => {
    expect(comer({ email: "Ana@School.test", email_verified: true }).email).to.equal("ana@school.test");
    expect(comer({ email: "ana@school.test", email_verified: "true" }).email).to.equal("ana@school.test");
    for (const email_verified of [undefined, null, false, "false", 1, "yes", ["true"]]) {
      expect(comer({ email: "ana@school.test", email_verified }).email).to.equal(null);
    }
    expect(comer({ email: "ana", email_verified: true }).email).to.equal(null);
  });

  it("fills in names as one line that can be seen", () => {
    const { name, school } = comer({ name: " Ана\u202e \n Соуза\u0000 ", org: { name: ["Σχολείο", "other"] } });
    expect({ name, school }).to.deep.equal({ name: "Ана Соуза", school: "Σχολείο" });
    expect([...comer({ name: "😀".repeat(200) }).name]).to.have.length(60);
  });

  it("may be anything at all, and never makes more than that", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (claims) => {
        const { isStaff, email } = comer({ ...claims, realm_access: undefined, email_verified: undefined });
        expect({ isStaff, email }).to.deep.equal({ isStaff: false, email: null });
      }),
    );
  });
});
