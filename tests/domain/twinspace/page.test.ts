/** Who sees a page and what each may do with it: for every role, setting and state, and any pages above it. */
import { expect } from "chai";
import * as fc from "fast-check";
import type { SpaceRole } from "../../../domain/permissions.ts";
import {
  arrangesPage,
  isCovered,
  type PageFacts,
  type PageReader,
  readsHistory,
  removesPage,
  seesPage,
  settlesPage,
  viewsOf,
  writesPage,
} from "../../../domain/twinspace/page.ts";
import { goesOn } from "../../../domain/twinspace/pageHistory.ts";

const roles: readonly SpaceRole[] = [
  ...(["founder", "teacherAdmin", "teacher", "expert", "observer", "pupilAdmin", "pupil", "visitor"] as const),
];
const aPage: fc.Arbitrary<PageFacts> = fc.record({
  view: fc.constantFrom("teachers", "members", "visitors"),
  edit: fc.constantFrom("author", "teachers", "members"),
  state: fc.constantFrom("draft", "shown", "archived"),
  author: fc.constantFrom("account:me", "account:other"),
  removed: fc.boolean(),
  hidden: fc.boolean(),
});
const above = fc.array(aPage, { maxLength: 3 });
const aReader: fc.Arbitrary<PageReader> = fc.record({
  author: fc.constant("account:me"),
  role: fc.constantFrom(...roles),
});
const deeds = { writesPage, settlesPage, arrangesPage, removesPage, readsHistory };
const page = (facts: Partial<PageFacts> = {}): PageFacts => ({
  ...{ view: "members", edit: "teachers", state: "shown", author: "account:other", removed: false, hidden: false },
  ...facts,
});
const as = (role: SpaceRole): PageReader => ({ author: "account:me", role });

describe("a page of a TwinSpace", () => {
  it("is touched by nobody who does not see it and every page above it", () => {
    fc.assert(
      fc.property(aReader, aPage, above, (reader, one, line) => {
        const sees = seesPage(reader, one, line);
        if (sees) for (const other of line) expect(seesPage(reader, other, [])).to.equal(true);
        for (const [name, deed] of Object.entries(deeds)) {
          if (deed(reader, one, line)) expect(sees, name).to.equal(true);
        }
      }),
    );
  });

  it("shows the staffroom to teachers only, and to visitors what is for them", () => {
    fc.assert(
      fc.property(aReader, aPage, above, (reader, one, line) => {
        if (!seesPage(reader, one, line)) return;
        const views = [one, ...line].map(({ view }) => view);
        const isTeacher = ["founder", "teacherAdmin", "teacher"].includes(reader.role);
        if (views.includes("teachers")) expect(isTeacher).to.equal(true);
        if (reader.role === "visitor") expect(new Set(views)).to.deep.equal(new Set(["visitors"]));
        expect(viewsOf(reader.role)).to.include(one.view);
      }),
    );
  });

  it("is written by a pupil only where its settings name members", () => {
    fc.assert(
      fc.property(aPage, above, (one, line) => {
        if (writesPage(as("pupil"), one, line)) expect(one.edit).to.equal("members");
        for (const role of ["observer", "visitor"] as const) expect(writesPage(as(role), one, line)).to.equal(false);
      }),
    );
  });

  it("is written by a teacher and a pupil admin where it is their own or open to them", () => {
    expect(writesPage(as("teacher"), page({ edit: "author" }), [])).to.equal(false);
    expect(writesPage(as("teacher"), page({ edit: "author", author: "account:me" }), [])).to.equal(true);
    expect(writesPage(as("teacher"), page(), [])).to.equal(true);
    expect(writesPage(as("pupilAdmin"), page(), [])).to.equal(false);
    expect(writesPage(as("pupilAdmin"), page({ edit: "members" }), [])).to.equal(true);
    expect(writesPage(as("pupilAdmin"), page({ author: "account:me" }), [])).to.equal(true);
    expect(writesPage(as("expert"), page({ edit: "author" }), [])).to.equal(true);
    expect(writesPage(as("founder"), page({ edit: "author" }), [])).to.equal(true);
  });

  it("is arranged by founders, teacher admins and experts, and by nobody else", () => {
    fc.assert(
      fc.property(aReader, aPage, above, (reader, one, line) => {
        const keeps = ["founder", "teacherAdmin", "expert"].includes(reader.role);
        expect(arrangesPage(reader, one, line)).to.equal(keeps && seesPage(reader, one, line));
      }),
    );
  });

  it("is not written in while it is archived, and no words of a hidden one are for others than teachers", () => {
    fc.assert(
      fc.property(aReader, aPage, above, (reader, one, line) => {
        if (one.state === "archived") expect(writesPage(reader, one, line)).to.equal(false);
        if (isCovered(reader, one)) {
          expect(writesPage(reader, one, line)).to.equal(false);
          expect(readsHistory(reader, one, line)).to.equal(false);
        }
      }),
    );
  });
});

describe("a stretch of writing", () => {
  const minute = 60_000;
  const stretch = { beganAt: 0, endedAt: 20 * minute, lastAuthor: "account:a" };

  it("goes on while its author writes, and while others write at the same time", () => {
    expect(goesOn(stretch, "account:a", 29 * minute)).to.equal(true);
    expect(goesOn(stretch, "account:b", 20 * minute + 20_000)).to.equal(true);
  });

  it("ends with a pause, after an hour, and before somebody else who comes later", () => {
    expect(goesOn(stretch, "account:a", 31 * minute)).to.equal(false);
    expect(goesOn({ ...stretch, endedAt: 60 * minute }, "account:a", 61 * minute)).to.equal(false);
    expect(goesOn(stretch, "account:b", 22 * minute)).to.equal(false);
  });
});
