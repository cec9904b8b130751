import { expect } from "chai";
import fc from "fast-check";
import type { SpaceRole } from "../../../domain/permissions.ts";
import { asksNobody, everybodyInvited, mayCome, schoolsAsked } from "../../../domain/twinspace/invited.ts";
import type { Invited } from "../../../protocol/twinspace/meetings.ts";

const some = (more: Partial<Invited>): Invited => ({ everybody: false, schools: [], roles: [], people: [], ...more });
const who = (role: SpaceRole, school: string | null = "oulu") => ({ author: `account:${role}`, role, school });
const authors = ["account:expert", "pupil:pupil", "visitor:visitor", "account:teacher"];

const anyInvited = fc.record<Invited>({
  everybody: fc.boolean(),
  schools: fc.subarray(["oulu", "aveiro"]),
  roles: fc.subarray(["teacher", "pupil", "expert", "observer"]),
  people: fc.subarray(authors),
});

describe("who may come to a project's meeting", () => {
  it("are its teachers and pupils, unless it says otherwise", () => {
    for (const role of ["founder", "teacherAdmin", "teacher", "pupil", "pupilAdmin"] as const) {
      expect(mayCome(everybodyInvited, who(role)), role).to.equal(true);
    }
    for (const role of ["expert", "observer", "visitor"] as const) {
      expect(mayCome(everybodyInvited, who(role)), role).to.equal(false);
    }
  });

  it("are never its visitors, and always its founders and administrators, whatever the list", () => {
    fc.assert(
      fc.property(anyInvited, fc.constantFrom("oulu", "aveiro", null), (invited, school) => {
        expect(mayCome(invited, { author: "visitor:visitor", role: "visitor", school })).to.equal(false);
        expect(mayCome(invited, who("founder", school))).to.equal(true);
        expect(mayCome(invited, who("teacherAdmin", school))).to.equal(true);
      }),
    );
  });

  it("are of the schools and in the roles that are asked, both where both are named", () => {
    expect(mayCome(some({ schools: ["oulu"] }), who("pupil"))).to.equal(true);
    expect(mayCome(some({ schools: ["aveiro"] }), who("pupil"))).to.equal(false);
    expect(mayCome(some({ schools: ["oulu"], roles: ["pupil"] }), who("teacher"))).to.equal(false);
    expect(mayCome(some({ roles: ["pupil"] }), who("pupilAdmin"))).to.equal(true);
    expect(mayCome(some({ roles: ["expert"] }), who("expert", null))).to.equal(true);
    expect(mayCome(some({ schools: ["oulu"], roles: ["expert"] }), who("expert", null))).to.equal(false);
    expect(mayCome(some({ schools: ["oulu"] }), who("expert"))).to.equal(false);
  });

  it("are those who are asked by name, besides whoever else is asked", () => {
    fc.assert(
      fc.property(anyInvited, (invited) => {
        const asked = { ...invited, people: [...invited.people, "pupil:one"] };
        expect(mayCome(asked, { author: "pupil:one", role: "pupil", school: "athens" })).to.equal(true);
        const other = { author: "pupil:two", role: "pupil", school: "oulu" } as const;
        expect(mayCome(asked, other)).to.equal(mayCome(invited, other));
      }),
    );
  });

  it("are nobody else where nobody is asked", () => {
    fc.assert(
      fc.property(anyInvited, fc.constantFrom<SpaceRole>("teacher", "pupil", "expert", "observer"), (invited, role) => {
        if (asksNobody(invited)) expect(mayCome(invited, who(role))).to.equal(false);
      }),
    );
  });

  it("are of the schools that are asked for their yes", () => {
    const schools = ["oulu", "aveiro"];
    expect(schoolsAsked(everybodyInvited, schools, [])).to.deep.equal(schools);
    expect(schoolsAsked(some({ schools: ["oulu"] }), schools, [])).to.deep.equal(["oulu"]);
    expect(schoolsAsked(some({ roles: ["pupil"] }), schools, [])).to.deep.equal(schools);
    expect(schoolsAsked(some({ people: ["pupil:one"] }), schools, ["aveiro"])).to.deep.equal(["aveiro"]);
    // Whoever may come by a school's pupils or teachers is of a school that was asked.
    fc.assert(
      fc.property(
        anyInvited,
        fc.constantFrom<SpaceRole>("teacher", "pupil"),
        fc.constantFrom(...schools),
        (invited, role, school) => {
          const person = { author: "pupil:nobody-in-particular", role, school };
          if (mayCome(invited, person)) expect(schoolsAsked(invited, schools, [])).to.include(school);
        },
      ),
    );
  });
});
