/**
 * Who may do what over http, as data: a row for every action, and no action without a row. What a row does not name is
 * refused. Commands in a meeting have a table of their own (domain/meeting/permissions.ts).
 */

/**
 * What somebody is. `staff`: works at a validated school; `lead`: is its safeguarding lead; `nss`: works for a country's
 * support service; `css`: for the central one. The last ones are roles in a project.
 */
export const standings = [
  "public",
  "account",
  "staff",
  "lead",
  "nss",
  "css",
  "ambassador",
  "operator",
  "founder",
  "teacherAdmin",
  "teacher",
  "expert",
  "observer",
  "pupilAdmin",
  "pupil",
  "visitor",
] as const;
export type Standing = (typeof standings)[number];
/** What an account is in a project. */
export type ProjectRole = Extract<Standing, "founder" | "teacherAdmin" | "teacher" | "expert" | "observer">;
/** What somebody is who has a place in one TwinSpace and no account. */
export type PlaceRole = Extract<Standing, "pupilAdmin" | "pupil" | "visitor">;
/** Every role there is in a TwinSpace. */
export type SpaceRole = ProjectRole | PlaceRole;
/** For whom one must work at a school; the others only need an account. */
const teacherRoles: readonly Standing[] = ["founder", "teacherAdmin", "teacher"];
const helperRoles: readonly Standing[] = ["expert", "observer"];

/**
 * To which things it reaches: `all` of them; `own`, what this account made or is; `ownSchool`, `ownCountry`, what belongs
 * to a school they work at or a country they serve; `ownProject`, where they have that role.
 */
export type Reach = "all" | "own" | "ownSchool" | "ownCountry" | "ownProject";

export interface Permission {
  readonly may: Readonly<Partial<Record<Standing, Reach>>>;
  /** Whoever is this may not, whatever else they are. */
  readonly not?: readonly Standing[];
  /** What else has to be so, for the reader of docs/permissions.md; the handler sees to it. */
  readonly if?: string;
}

/** Who acts, as the database knows them. */
export interface Actor {
  /** Null for who is signed out. */
  readonly account: string | null;
  /** The validated schools they work at, the first one first. */
  readonly schools: readonly { readonly id: string; readonly country: string; readonly lead: boolean }[];
  /** The countries whose support service they work for; null stands for the central one. */
  readonly serves: readonly (string | null)[];
  readonly ambassador: boolean;
  readonly operator: boolean;
  /** Of a pupil or a visitor, who have no account: the one TwinSpace they have a place in. Null for everybody else. */
  readonly place: Place | null;
}

export interface Place {
  readonly id: string;
  readonly project: string;
  readonly role: PlaceRole;
  /** A pupil's school; null for a visitor. */
  readonly school: string | null;
}

/** What an action is about, as far as it is somebody's. */
export interface About {
  readonly account?: string | null;
  readonly schools?: readonly string[];
  readonly countries?: readonly string[];
  /** The actor's own role in the project it is about. */
  readonly role?: SpaceRole | null;
}

export const nobody: Actor = {
  ...{ account: null, schools: [], serves: [], ambassador: false, operator: false },
  place: null,
};

const everybody = { public: "all" } as const;
const signedIn = { account: "all" } as const;
/** Who leads meetings. */
const books = { staff: "own", nss: "own", css: "own", ambassador: "own" } as const;
const operator = { operator: "all" } as const;
const admins = { founder: "ownProject", teacherAdmin: "ownProject" } as const;
const inProject = { ...admins, teacher: "ownProject" } as const;
/** Every adult who takes part in it. */
const adults = { ...inProject, expert: "ownProject", observer: "ownProject" } as const;
const pupils = { pupilAdmin: "ownProject", pupil: "ownProject" } as const;
/** Its members: everybody in a TwinSpace but its visitors. */
const members = { ...adults, ...pupils } as const;
const withVisitors = { ...members, visitor: "ownProject" } as const;

export const permissions = {
  "door.look": { may: everybody },
  "session.begin": { may: everybody },
  "session.end": { may: everybody },
  "session.endAll": { may: { account: "own" } },
  "account.change": { may: { account: "own" } },
  "invitation.answer": { may: everybody, if: "holding the one-time link" },
  "school.list": { may: signedIn },

  "list.read": { may: everybody },

  "secondFactor.change": { may: { account: "own" } },
  "identity.change": { may: { account: "own" } },

  "registration.begin": { may: everybody, if: "the address is confirmed by a letter" },
  "school.find": { may: signedIn },
  "school.see": { may: signedIn, if: "it can be joined, or they have or had a place there" },
  "school.seeForm": {
    may: { account: "own", staff: "ownSchool", nss: "ownCountry", css: "all" },
    if: "own: who works there, or sent its form",
  },
  "school.register": { may: signedIn, not: ["operator"] },
  "school.change": {
    may: { account: "own", staff: "ownSchool" },
    if: "own: who works there, or sent its form; not while it is suspended or closed",
  },
  "membership.list": { may: { account: "own" } },
  "membership.ask": { may: signedIn, not: ["operator"] },
  "membership.end": { may: { account: "own" } },
  "evidence.give": { may: { account: "own" }, if: "it was asked for" },
  "evidence.read": {
    may: { nss: "ownCountry", css: "all" },
    if: "it is not decided yet; css: only of a country without a service of its own",
  },

  "desk.look": { may: { nss: "ownCountry", css: "all" } },
  "desk.decide": { may: { nss: "ownCountry", css: "all" }, if: "what is decided about follows its own states" },
  "desk.figures": { may: { nss: "ownCountry", css: "all" } },
  "list.change": { may: { css: "all" } },
  "service.change": { may: { nss: "ownCountry", css: "all" } },
  "service.appoint": { may: { css: "all" } },

  "operate.people": { may: operator },
  "operate.schools": { may: operator },
  "operate.mail": { may: operator },
  "password.ask": { may: everybody },

  "partner.search": { may: { staff: "all", nss: "all", css: "all" } },
  "partner.profile": { may: { account: "own" } },
  "partner.save": { may: { staff: "own" } },
  "partner.stopLetters": { may: everybody, if: "holding the link of a letter" },
  "contact.read": { may: { account: "own" } },
  "contact.ask": { may: { staff: "own" }, if: "the other one is available, or asked or replied first" },
  "contact.end": { may: { account: "own" } },
  "notice.read": { may: { staff: "all", nss: "all", css: "all" } },
  "notice.write": { may: { staff: "own" } },
  "notice.reply": { may: { staff: "own" } },
  "notice.close": { may: { account: "own", nss: "ownCountry", css: "all" } },

  "project.mine": { may: signedIn },
  "project.start": { may: { staff: "ownSchool" } },
  "project.read": {
    may: { account: "own", ...inProject, nss: "ownCountry", css: "all" },
    if: "own: who is in it or invited to it; services: once both founders have said yes",
  },
  "project.edit": { may: { founder: "ownProject", teacherAdmin: "ownProject" } },
  "project.found": { may: { founder: "ownProject" } },
  "project.answer": { may: { staff: "own" }, if: "they are in it or invited to it" },
  "project.decide": { may: { nss: "ownCountry", css: "all" }, if: "both founders have said yes" },
  "project.invite": { may: inProject },
  "project.changeRoles": {
    may: { founder: "ownProject", teacherAdmin: "ownProject" },
    if: "not a founder's; somebody stays who can administer it",
  },
  "project.removeMember": {
    may: { founder: "ownProject", teacherAdmin: "ownProject" },
    if: "no founder; somebody stays who can administer it",
  },
  "project.leave": {
    may: { teacherAdmin: "ownProject", teacher: "ownProject", expert: "ownProject", observer: "ownProject" },
    if: "somebody stays who can administer it",
  },
  "project.close": { may: { founder: "ownProject", css: "all" } },
  "project.reopen": { may: { founder: "ownProject" } },
  "project.suspend": { may: { nss: "ownCountry", css: "all" } },

  "pupil.signIn": { may: everybody },
  "pupil.read": {
    may: { ...inProject, lead: "ownSchool" },
    if: "pupils of their own school alone; only they read roster names",
  },
  "pupil.make": { may: inProject, if: "of their own school alone" },
  "pupil.change": { may: inProject, if: "of their own school alone" },
  "consent.read": { may: { ...inProject, lead: "ownSchool" }, if: "of their own school's pupils alone" },
  "consent.record": { may: inProject, if: "of their own school's pupils alone" },

  "space.read": { may: withVisitors, if: "the project was approved and is not suspended" },

  "update.read": { may: members },
  "update.post": { may: { ...inProject, pupilAdmin: "ownProject" }, if: "a pupil's waits until a teacher approves it" },
  "update.approve": { may: inProject },
  "update.pin": { may: admins },
  "forum.read": { may: members },
  "forum.open": { may: { ...admins, expert: "ownProject" } },
  "thread.start": { may: { ...inProject, expert: "ownProject", pupilAdmin: "ownProject" } },
  "thread.reply": { may: members, if: "the thread is not locked" },
  "thread.keep": { may: inProject },
  "chat.read": { may: members },
  "chat.write": {
    may: { ...inProject, expert: "ownProject", ...pupils },
    if: "the chat is open; pupils: to pupils too",
  },
  "chat.switch": { may: inProject },
  "bulletin.read": { may: inProject },
  "bulletin.write": { may: inProject },
  "words.earlier": { may: inProject },
  "space.hide": { may: inProject },
  "concern.raise": { may: withVisitors },
  "concern.read": {
    may: { lead: "ownSchool", staff: "ownSchool" },
    if: "staff: what came to them because no lead could read it; never what is about themselves",
  },

  "page.read": { may: withVisitors, if: "the page and those above it are open to them" },
  "page.make": { may: { ...inProject, expert: "ownProject", pupilAdmin: "ownProject" } },
  "page.write": {
    may: { ...inProject, expert: "ownProject", ...pupils },
    if: "teacher, pupil-admin: their own, or as its settings say; pupil: where they name members",
  },
  "page.arrange": { may: { ...admins, expert: "ownProject" }, if: "they see it" },

  "material.read": { may: withVisitors, if: "visitors: what a page shows that they may see" },
  "material.add": { may: { ...inProject, expert: "ownProject", ...pupils } },
  "material.change": {
    may: { ...inProject, expert: "ownProject", ...pupils },
    if: "it is their own, or they are founder, teacher-admin or expert",
  },
  "material.namePeople": { may: inProject },

  "publish.look": { may: inProject },
  "publish.ask": { may: inProject },
  "publish.decide": { may: admins, if: "it shows nobody without their consent, and no lead has taken it down" },
  "publish.veto": { may: { lead: "ownSchool" }, if: "of projects their school takes part in" },
  "publish.show": { may: everybody, if: "it is public, of a project that was approved and is not suspended" },

  "space.members": { may: members },
  "space.search": { may: withVisitors, if: "finds what they may see" },
  "space.news": { may: withVisitors, if: "tells of what they may see" },
  "member.invite": { may: admins },
  "member.renewInvitation": { may: inProject, if: "teachers: of those they invited themselves" },
  "member.answer": { may: { account: "own" }, if: "they are invited as an expert or observer" },
  "visitor.read": { may: inProject },
  "visitor.invite": { may: inProject },
  "visit.begin": { may: everybody, if: "holding the visitor's link" },

  "correspondence.read": { may: { account: "own" }, if: "their own copies" },
  "correspondence.write": {
    may: { account: "own" },
    if: "between adults who are in the same active project; never pupils or visitors",
  },
  "news.choose": { may: { account: "own" } },
  "news.stopLetters": { may: everybody, if: "holding the link of a letter" },

  "calendar.read": { may: members },
  "calendar.write": {
    may: { ...inProject, expert: "ownProject" },
    if: "what they made themselves; administrators all of it; a school's holidays its teachers only",
  },
  "calendar.ownSchool": { may: inProject, if: "of the school they are there for" },
  "calendar.feed": { may: adults },
  "calendar.fetch": { may: everybody, if: "holding the secret address of somebody who has a role in it" },

  "space.export": { may: { ...admins, css: "all" } },
  "space.import": { may: { founder: "ownProject" }, if: "the project is active and its TwinSpace empty" },
  "pupil.export": { may: inProject, if: "of their own school alone" },
  "account.export": { may: { account: "own" } },
  "account.leave": {
    may: { account: "own" },
    if: "with their password; not the last operator, nor the last founder of an active project",
  },

  "report.read": { may: inProject },
  "report.write": {
    may: inProject,
    if: "their own; a meeting's, interim and final ones everybody's; administrators all; after closing the final one alone",
  },
  "report.plan": { may: inProject },
  "report.answer": { may: inProject },
  "report.look": {
    may: { nss: "ownCountry", css: "all" },
    if: "what was shared with the services, of projects in which a school of their country takes part",
  },
  "report.comment": { may: { nss: "ownCountry", css: "all" }, if: "about what was shared with them" },

  "report.lookPublic": { may: inProject },
  "report.askPublic": { may: inProject },
  "report.publish": {
    may: admins,
    if: "what is shared; it shows nobody without their consent, and no lead has taken it down",
  },
  "report.showPublic": { may: everybody, if: "it is public, of a project that was approved and is not suspended" },

  "qualityLabel.apply": {
    may: inProject,
    if: "of a European project, active or closed for a year at most; each sees their own alone",
  },
  "qualityLabel.review": {
    may: { nss: "ownCountry", css: "all" },
    if: "applications that were sent; css scores and decides only where a country has no service of its own; nobody who is in the project or works at one of its schools",
  },
  "qualityLabel.hold": { may: { account: "own" } },

  "project.showPublic": { may: everybody, if: "it was approved, and is not suspended" },
  "label.check": { may: everybody },
  "label.revoke": { may: { nss: "ownCountry", css: "all" } },
  "badge.verify": { may: everybody },

  "meeting.book": { may: books, not: ["operator"] },
  "meeting.lead": { may: books, not: ["operator"] },
  "meeting.come": { may: everybody, not: ["operator"], if: "holding a link of the meeting, or leading it" },
  "replay.watch": { may: everybody, not: ["operator"], if: "it was opened to them, or is of their project" },
  "replay.lead": {
    may: { account: "own", ...admins },
    not: ["operator"],
    if: "founders and administrators of its project: once its chair is not there any more",
  },
  "meeting.ofProject": {
    may: { founder: "ownProject", teacherAdmin: "ownProject", teacher: "ownProject" },
    not: ["operator"],
  },

  "meeting.inSpace": { may: members, not: ["operator"], if: "others than its teachers: on the list of a meeting" },
  "meeting.arrange": { may: admins, not: ["operator"] },
  "meeting.approve": { may: { ...admins, lead: "ownSchool" }, not: ["operator"], if: "for their own school" },

  "help.find": { may: everybody },
  "help.ask": { may: everybody },
} as const satisfies Record<string, Permission>;

export type Action = keyof typeof permissions;

/**
 * What is left to somebody of whom a second factor is demanded and who has none: to set it up or to leave, and what
 * everybody may who is signed out.
 */
export const withoutSecondFactor: ReadonlySet<Action> = new Set([
  "secondFactor.change",
  "session.endAll",
  ...Object.entries(permissions).flatMap(([action, { may }]) => ("public" in may ? [action as Action] : [])),
]);

const table: Readonly<Record<Action, Permission>> = permissions;

/** What this actor is anywhere; roles in projects come with what it is about. */
export function standingsOf(actor: Actor): Standing[] {
  if (actor.account === null) return actor.place === null ? ["public"] : ["public", actor.place.role];
  const { schools, serves, ambassador, operator: runs } = actor;
  return [
    "public",
    "account",
    ...(schools.length > 0 ? (["staff"] as const) : []),
    ...(schools.some(({ lead }) => lead) ? (["lead"] as const) : []),
    ...(serves.some((country) => country !== null) ? (["nss"] as const) : []),
    ...(serves.includes(null) ? (["css"] as const) : []),
    ...(ambassador ? (["ambassador"] as const) : []),
    ...(runs ? (["operator"] as const) : []),
  ];
}

/**
 * Whether there is anything this actor may do it to: asked before the thing itself is looked for, so that a refusal tells
 * nothing about it. Whoever works at a school may have a role in some project, and anybody with an account may help in one.
 */
export function mayAtAll(action: Action, actor: Actor): boolean {
  const { may: row, not = [] } = table[action];
  const has = standingsOf(actor);
  if (has.some((standing) => not.includes(standing))) return false;
  if (has.includes("staff") && teacherRoles.some((role) => row[role] !== undefined)) return true;
  if (has.includes("account") && helperRoles.some((role) => row[role] !== undefined)) return true;
  return has.some((standing) => row[standing] !== undefined);
}

/** Whether this actor may do it to this. */
export function may(action: Action, actor: Actor, about: About): boolean {
  const { may: row, not = [] } = table[action];
  const has = standingsOf(actor);
  if (has.some((standing) => not.includes(standing))) return false;
  const here = about.role ? [...has, about.role] : has;
  return here.some((standing) => reaches(standing, row[standing], actor, about));
}

function reaches(standing: Standing, reach: Reach | undefined, actor: Actor, about: About): boolean {
  switch (reach) {
    case undefined:
      return false;
    case "all":
      return true;
    case "own":
      return actor.account !== null && about.account === actor.account;
    case "ownSchool": {
      const theirs = standing === "lead" ? actor.schools.filter(({ lead }) => lead) : actor.schools;
      return theirs.some(({ id }) => about.schools?.includes(id));
    }
    case "ownCountry":
      return actor.serves.some((country) => country !== null && about.countries?.includes(country));
    case "ownProject":
      return about.role === standing;
  }
}
