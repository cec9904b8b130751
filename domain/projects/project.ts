/**
 * What may become of a project, pure: draft -> awaitingPartner -> awaitingService -> active -> closed -> archived, and the
 * ways out of it. Partner first, then the support service of each founder's country; whoever changes the form afterwards
 * takes the yes of the others and every approval back.
 */
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";

export const projectStates = [
  "draft",
  "awaitingPartner",
  "awaitingService",
  "returned",
  "active",
  "suspended",
  "closed",
  "archived",
  "declined",
  "refused",
  "withdrawn",
] as const;
export type ProjectState = (typeof projectStates)[number];

/** Not decided yet: it can still be changed, and withdrawn. */
export const pendingStates: readonly ProjectState[] = ["draft", "awaitingPartner", "awaitingService", "returned"];
/** Nothing follows any more, but for a closed one that is opened again. */
export const pastStates: readonly ProjectState[] = ["closed", "archived", "declined", "refused", "withdrawn"];

export const serviceStates = ["pending", "approved", "returned", "refused"] as const;
export type ServiceState = (typeof serviceStates)[number];

export const scopes = ["european", "national", "sameSchool"] as const;
export type ProjectScope = (typeof scopes)[number];

export interface FounderSchool {
  readonly school: Id;
  readonly country: string;
  /** What the support service of this country (or the central one) says to the form as it is now. */
  readonly service: ServiceState;
}

/** As far as the rules must know it. */
export interface Project {
  readonly state: ProjectState;
  /** One while no partner is chosen, else two. Whether they have said yes to the form as it is now. */
  readonly founders: readonly { readonly account: Id; readonly agreed: boolean }[];
  /** One row for each school: two founders of the same school share it. */
  readonly schools: readonly FounderSchool[];
  /** Milliseconds since 1970. */
  readonly closedAt: number | null;
}

export type ServiceDecision = "approve" | "return" | "refuse";

/** `by` is a founder's account, save for `edit`, which an added partner does too once it is active. */
export type ProjectAct =
  | { readonly type: "edit"; readonly by: Id }
  /** Yes to the form as it is. The first yes sends it to the partner; after a return it sends it back. */
  | { readonly type: "agree"; readonly by: Id }
  | { readonly type: "askChange"; readonly by: Id }
  | { readonly type: "decline"; readonly by: Id }
  | { readonly type: "withdraw"; readonly by: Id }
  | { readonly type: "decide"; readonly country: string; readonly decision: ServiceDecision }
  | { readonly type: "close" }
  | { readonly type: "reopen"; readonly now: number }
  | { readonly type: "suspend" }
  | { readonly type: "lift" }
  | { readonly type: "archive" };

/** Where the founders' schools are, and what follows from it for labels and services. */
export function scopeOf(schools: readonly Pick<FounderSchool, "school" | "country">[]): ProjectScope {
  if (new Set(schools.map(({ country }) => country)).size > 1) return "european";
  // A founder alone is of one country: it is national until the partner shows otherwise.
  return new Set(schools.map(({ school }) => school)).size === 1 && schools.length > 1 ? "sameSchool" : "national";
}

/** What the project is after the act, or why it may not be. The same object when there was nothing left to do. */
export function follow(project: Project, act: ProjectAct): Project | Refused {
  switch (act.type) {
    case "edit":
      return edited(project, act.by);
    case "agree":
      return agreed(project, act.by);
    case "askChange":
      return whenAsked(project, act.by, { ...withoutYes(project), state: "draft" });
    case "decline":
      return whenAsked(project, act.by, { ...project, state: "declined" });
    case "withdraw":
      return from(project, pendingStates, { state: "withdrawn" });
    case "decide":
      return decided(project, act.country, act.decision);
    case "close":
      return from(project, ["active"], { state: "closed" });
    case "reopen":
      return reopened(project, act.now);
    case "suspend":
      return from(project, ["active"], { state: "suspended" });
    case "lift":
      return from(project, ["suspended"], { state: "active" });
    case "archive":
      return from(project, ["closed"], { state: "archived" });
  }
}

const notNow: Refused = { refused: "project.notNow" };

function from(project: Project, states: readonly ProjectState[], change: Partial<Project>): Project | Refused {
  return states.includes(project.state) ? { ...project, ...change } : notNow;
}

const withoutYes = (project: Project): Project => ({
  ...project,
  founders: project.founders.map((founder) => ({ ...founder, agreed: false })),
});

const withoutApprovals = (project: Project): Project => ({
  ...project,
  // What was returned stays so, with its note, until the founders send it again.
  schools: project.schools.map((one) => (one.service === "approved" ? { ...one, service: "pending" } : one)),
});

/**
 * Any change of the form's content. What the others said yes to is not what it is now: their yes and the approvals of the
 * services are taken back. Whoever changes it keeps their own yes. An active project is changed as it is.
 */
function edited(project: Project, by: Id): Project | Refused {
  if (project.state === "active") return project;
  if (!pendingStates.includes(project.state)) return notNow;
  const founders = project.founders.map((founder) =>
    founder.account === by ? founder : { ...founder, agreed: false },
  );
  const state = project.state === "awaitingService" ? "awaitingPartner" : project.state;
  return withoutApprovals({ ...project, founders, state });
}

function agreed(project: Project, by: Id): Project | Refused {
  const mine = project.founders.find(({ account }) => account === by);
  if (!mine || !pendingStates.includes(project.state)) return notNow;
  if (project.founders.length < 2) return { refused: "project.noPartner" };
  const isSent = project.state === "awaitingPartner" || project.state === "awaitingService";
  if (mine.agreed && isSent) return project;
  const founders = project.founders.map((founder) => (founder.account === by ? { ...founder, agreed: true } : founder));
  const state = founders.every((founder) => founder.agreed) ? "awaitingService" : "awaitingPartner";
  const schools = project.schools.map((one) =>
    one.service === "returned" ? { ...one, service: "pending" as const } : one,
  );
  return { ...project, founders, schools, state };
}

/** For whom the others wait. */
function whenAsked(project: Project, by: Id, then: Project): Project | Refused {
  const mine = project.founders.find(({ account }) => account === by);
  return mine && !mine.agreed && project.state === "awaitingPartner" ? then : notNow;
}

function decided(project: Project, country: string, decision: ServiceDecision): Project | Refused {
  const isOpen = project.schools.some((one) => one.country === country && one.service === "pending");
  if (project.state !== "awaitingService" || !isOpen) return notNow;
  const service = ({ approve: "approved", return: "returned", refuse: "refused" } as const)[decision];
  const schools = project.schools.map((one) => (one.country === country ? { ...one, service } : one));
  return { ...project, schools, state: stateAfter(decision, schools) };
}

function stateAfter(decision: ServiceDecision, schools: readonly FounderSchool[]): ProjectState {
  if (decision === "return") return "returned";
  if (decision === "refuse") return "refused";
  return schools.every(({ service }) => service === "approved") ? "active" : "awaitingService";
}

function reopened(project: Project, now: number): Project | Refused {
  if (project.state !== "closed" || project.closedAt === null) return notNow;
  if (now > reopenUntil(project.closedAt)) return { refused: "project.tooLate" };
  return { ...project, state: "active", closedAt: null };
}

/** The last moment at which a project closed then may be opened again: twelve months later. */
export function reopenUntil(closedAt: number): number {
  const until = new Date(closedAt);
  until.setUTCFullYear(until.getUTCFullYear() + 1);
  return until.getTime();
}

/** For whom it waits now: founders who have not said yes, or countries whose service has not decided. */
export function waitsFor(project: Project): { founders: Id[]; countries: string[] } {
  const founders = project.founders.filter((founder) => !founder.agreed).map(({ account }) => account);
  const open = project.schools.filter(({ service }) => service === "pending").map(({ country }) => country);
  if (project.state === "awaitingPartner") return { founders, countries: [] };
  if (project.state === "awaitingService") return { founders: [], countries: [...new Set(open)] };
  if (project.state === "draft" || project.state === "returned") {
    return { founders: project.founders.map(({ account }) => account), countries: [] };
  }
  return { founders: [], countries: [] };
}
