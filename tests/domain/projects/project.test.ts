import { expect } from "chai";
import fc from "fast-check";
import {
  type FounderSchool,
  follow,
  type Project,
  type ProjectAct,
  projectStates,
  reopenUntil,
  scopeOf,
  waitsFor,
} from "../../../domain/projects/project.ts";

const runs = { numRuns: 1_000 };
const now = Date.UTC(2026, 10, 23);
const dayMs = 86_400_000;

const aveiro = { school: "aveiro", country: "PT", service: "pending" } as const;
const oulu = { school: "oulu", country: "FI", service: "pending" } as const;
const draft: Project = {
  state: "draft",
  founders: [
    { account: "ana", agreed: false },
    { account: "mikko", agreed: false },
  ],
  schools: [aveiro, oulu],
  closedAt: null,
};

const isRefused = (result: Project | { refused: string }): result is { refused: string } => "refused" in result;

function through(project: Project, ...acts: ProjectAct[]): Project {
  return acts.reduce((before, act) => {
    const next = follow(before, act);
    if (isRefused(next)) throw new Error(`${act.type} in ${before.state} is refused: ${next.refused}`);
    return next;
  }, project);
}

const refusal = (project: Project, act: ProjectAct) => {
  const result = follow(project, act);
  return isRefused(result) ? result.refused : null;
};

const ana = { type: "agree", by: "ana" } as const;
const mikko = { type: "agree", by: "mikko" } as const;
const approve = (country: string) => ({ type: "decide", country, decision: "approve" }) as const;
const sent = through(draft, ana);
const atServices = through(sent, mikko);
const active = through(atServices, approve("PT"), approve("FI"));

describe("a project", () => {
  it("goes from the draft to the partner, to each country's service, and is active then", () => {
    expect(sent.state).to.equal("awaitingPartner");
    expect(atServices.state).to.equal("awaitingService");
    expect(through(atServices, approve("FI")).state).to.equal("awaitingService");
    expect(active.state).to.equal("active");
  });

  it("says for whom it waits", () => {
    expect(waitsFor(sent)).to.deep.equal({ founders: ["mikko"], countries: [] });
    expect(waitsFor(through(atServices, approve("PT")))).to.deep.equal({ founders: [], countries: ["FI"] });
    expect(waitsFor(active)).to.deep.equal({ founders: [], countries: [] });
  });

  it("is not sent before there is a partner", () => {
    const alone = { ...draft, founders: draft.founders.slice(0, 1), schools: [aveiro] };
    expect(refusal(alone, ana)).to.equal("project.noPartner");
  });

  it("reaches no service before the partner's yes", () => {
    expect(refusal(draft, approve("PT"))).to.equal("project.notNow");
    expect(refusal(sent, approve("PT"))).to.equal("project.notNow");
  });

  it("is decided by a service of its own countries, and by each once", () => {
    expect(refusal(atServices, approve("SE"))).to.equal("project.notNow");
    expect(refusal(through(atServices, approve("PT")), approve("PT"))).to.equal("project.notNow");
  });

  it("needs one approval when both schools are of one country", () => {
    const national = { ...atServices, schools: [aveiro, { ...aveiro, school: "braga" }] };
    expect(through(national, approve("PT")).state).to.equal("active");
  });

  it("is sent once, however often it is sent", () => {
    expect(follow(sent, ana)).to.equal(sent);
    expect(follow(atServices, mikko)).to.equal(atServices);
  });

  it("asks the partner and every service again when somebody changes the form", () => {
    const half = through(atServices, approve("PT"));
    const edited = through(half, { type: "edit", by: "mikko" });
    expect(edited.state).to.equal("awaitingPartner");
    expect(edited.founders).to.deep.equal([
      { account: "ana", agreed: false },
      { account: "mikko", agreed: true },
    ]);
    expect(edited.schools).to.deep.equal([aveiro, oulu]);
    expect(through(edited, ana, approve("PT"), approve("FI")).state).to.equal("active");
  });

  it("waits for both when the partner changes it before saying yes", () => {
    const edited = through(sent, { type: "edit", by: "mikko" });
    expect(waitsFor(edited).founders).to.deep.equal(["ana", "mikko"]);
    expect(through(edited, mikko).state).to.equal("awaitingPartner");
    expect(through(edited, mikko, ana).state).to.equal("awaitingService");
  });

  it("goes back to a draft when the partner asks for a change, and ends when the partner declines", () => {
    const asked = through(sent, { type: "askChange", by: "mikko" });
    expect(asked.state).to.equal("draft");
    expect(asked.founders.some(({ agreed }) => agreed)).to.equal(false);
    expect(through(sent, { type: "decline", by: "mikko" }).state).to.equal("declined");
    expect(refusal(sent, { type: "decline", by: "ana" }), "the one who sent it").to.equal("project.notNow");
    expect(refusal(atServices, { type: "decline", by: "mikko" }), "after the yes").to.equal("project.notNow");
  });

  it("is returned, and sent again as it is, without asking who approved it", () => {
    const returned = through(atServices, approve("PT"), { type: "decide", country: "FI", decision: "return" });
    expect(returned.state).to.equal("returned");
    const again = through(returned, ana);
    expect(again.state).to.equal("awaitingService");
    expect(waitsFor(again).countries).to.deep.equal(["FI"]);
  });

  it("is returned, changed, and asks everybody again", () => {
    const returned = through(atServices, approve("PT"), { type: "decide", country: "FI", decision: "return" });
    const edited = through(returned, { type: "edit", by: "ana" });
    expect(edited.state).to.equal("returned");
    expect(edited.schools.map(({ service }) => service)).to.deep.equal(["pending", "returned"]);
    const again = through(edited, ana);
    expect(again.state).to.equal("awaitingPartner");
    expect(waitsFor(through(again, mikko)).countries).to.have.members(["PT", "FI"]);
  });

  it("is refused, and nothing follows", () => {
    const refused = through(atServices, { type: "decide", country: "PT", decision: "refuse" });
    expect(refused.state).to.equal("refused");
    expect(refusal(refused, ana)).to.equal("project.notNow");
    expect(refusal(refused, { type: "edit", by: "ana" })).to.equal("project.notNow");
  });

  it("is withdrawn from whatever is pending, and from nothing else", () => {
    const withdraw = { type: "withdraw", by: "mikko" } as const;
    for (const state of projectStates) {
      const isPending = ["draft", "awaitingPartner", "awaitingService", "returned"].includes(state);
      expect(refusal({ ...draft, state }, withdraw), state).to.equal(isPending ? null : "project.notNow");
    }
  });

  it("is changed while it is active without asking anybody", () => {
    expect(follow(active, { type: "edit", by: "vera" })).to.equal(active);
  });

  it("is suspended and goes on", () => {
    const suspended = through(active, { type: "suspend" });
    expect(refusal(suspended, { type: "edit", by: "ana" })).to.equal("project.notNow");
    expect(refusal(suspended, { type: "close" })).to.equal("project.notNow");
    expect(through(suspended, { type: "lift" }).state).to.equal("active");
  });

  it("is closed, and opened again within twelve months", () => {
    const closed = { ...through(active, { type: "close" }), closedAt: now };
    expect(through(closed, { type: "reopen", now: now + 364 * dayMs }).state).to.equal("active");
    expect(refusal(closed, { type: "reopen", now: now + 366 * dayMs })).to.equal("project.tooLate");
    expect(refusal(through(closed, { type: "archive" }), { type: "reopen", now })).to.equal("project.notNow");
    expect(new Date(reopenUntil(now)).toISOString()).to.equal("2027-11-23T00:00:00.000Z");
  });

  it("knows how far its founders are apart", () => {
    expect(scopeOf([aveiro, oulu])).to.equal("european");
    expect(scopeOf([aveiro, { ...aveiro, school: "braga" }])).to.equal("national");
    expect(scopeOf([aveiro, aveiro])).to.equal("sameSchool");
    expect(scopeOf([aveiro])).to.equal("national");
  });
});

describe("whatever is done to a project, in whatever order", () => {
  const account = fc.constantFrom("ana", "mikko");
  const country = fc.constantFrom("PT", "FI", "SE");
  const act: fc.Arbitrary<ProjectAct> = fc.oneof(
    ...(["edit", "agree", "askChange", "decline", "withdraw"] as const).map((type) =>
      fc.record({ type: fc.constant(type), by: account }),
    ),
    // The way to active is long; most of the other acts end it.
    fc.record({ type: fc.constant("agree" as const), by: account }),
    fc.record({
      type: fc.constant("decide" as const),
      country,
      decision: fc.constantFrom("approve", "approve", "approve", "return", "refuse"),
    }),
    ...(["close", "suspend", "lift", "archive"] as const).map((type) => fc.record({ type: fc.constant(type) })),
    fc.record({ type: fc.constant("reopen" as const), now: fc.constant(now) }),
  );
  const schools = fc.constantFrom<FounderSchool[]>([aveiro, oulu], [aveiro, { ...aveiro, school: "braga" }], [aveiro]);
  const life = fc.record({ schools, acts: fc.array(act, { maxLength: 60 }) });

  /** What was really said since the form was changed last, kept without the rules. */
  interface Said {
    yes: Set<string>;
    approved: Set<string>;
  }

  function play(
    acts: readonly ProjectAct[],
    start: Project,
    look: (project: Project, said: Said, before: Project) => void,
  ) {
    let project = start;
    const said: Said = { yes: new Set(), approved: new Set() };
    for (const one of acts) {
      const before = project;
      const next = follow(project, one);
      if (isRefused(next)) continue;
      project = one.type === "close" ? { ...next, closedAt: now } : next;
      if (before.state !== "active") keep(one, said, before);
      look(project, said, before);
    }
  }

  function keep(one: ProjectAct, said: Said, before: Project): void {
    if (one.type === "edit") {
      const own = said.yes.has(one.by);
      said.yes = new Set(own ? [one.by] : []);
      said.approved = new Set();
    }
    if (one.type === "askChange") said.yes = new Set();
    if (one.type === "agree") said.yes.add(one.by);
    if (one.type === "decide") {
      expect(before.state, "a service decided").to.equal("awaitingService");
      if (one.decision === "approve") said.approved.add(one.country);
      else said.approved.delete(one.country);
    }
  }

  it("it is active only when both founders and every founder's country said yes to the form as it is", () => {
    let reached = 0;
    fc.assert(
      fc.property(life, ({ schools, acts }) => {
        play(acts, { ...draft, schools }, (project, said, before) => {
          if (project.state !== "active" || before.state !== "awaitingService") return;
          reached += 1;
          expect([...said.yes]).to.have.members(["ana", "mikko"]);
          expect([...said.approved]).to.include.members(schools.map((one) => one.country));
        });
      }),
      runs,
    );
    expect(reached, "the way to active was tried").to.be.greaterThan(0);
  });

  it("it is with the services only after both founders' yes, and there is no other way to be active", () => {
    fc.assert(
      fc.property(life, ({ schools, acts }) => {
        play(acts, { ...draft, schools }, (project, said, before) => {
          if (project.state === "awaitingService") expect([...said.yes]).to.have.members(["ana", "mikko"]);
          if (project.state === "active") {
            expect(before.state).to.be.oneOf(["awaitingService", "active", "suspended", "closed"]);
          }
        });
      }),
      runs,
    );
  });

  it("a change while pending leaves no approval and no yes but one's own", () => {
    fc.assert(
      fc.property(life, account, ({ schools, acts }, by) => {
        play([...acts], { ...draft, schools }, (project) => {
          const edited = follow(project, { type: "edit", by });
          if (isRefused(edited) || project.state === "active") return;
          expect(edited.schools.some(({ service }) => service === "approved")).to.equal(false);
          expect(edited.founders.filter(({ account, agreed }) => agreed && account !== by)).to.deep.equal([]);
          expect(edited.state).to.not.equal("awaitingService");
        });
      }),
      runs,
    );
  });
});
