/** What the routes of a TwinSpace are tried with, in each state of a project; see tests/server/permissions.test.ts. */
import type { About } from "../../domain/permissions.ts";
import { accountOf, labelCode, type Name, projectStates, roleOf } from "./permissionWorld.ts";

/** Something a route is asked about, and what that is to somebody. */
export interface Thing {
  params?: Record<string, string>;
  /** Of a route that asks for more than its params. */
  query?: Record<string, string>;
  body?: unknown;
  /** Of a body that is not JSON. */
  type?: string;
  about(name: Name): About;
  /** Whom the row lets may still be refused: by the condition that stands in the row in words. */
  onlyIf?: boolean;
}

/** To a TwinSpace that is not open yet its project's waiting is the same as being a draft. */
const spaceStates = projectStates.filter((state) => !state.startsWith("awaiting"));

/**
 * The same TwinSpace in each state of its project. `own`: whose the thing is, beside their role. `onlyIf` for routes whose
 * row has a condition in words.
 */
export const inSpaces = (
  given: Pick<Thing, "params" | "query" | "body" | "onlyIf"> & { own?: readonly Name[] } = {},
): Thing[] =>
  spaceStates.map((state) => ({
    params: { project: `project-${state.toLowerCase()}`, ...given.params },
    ...(given.query === undefined ? {} : { query: given.query }),
    body: given.body,
    onlyIf: given.onlyIf ?? false,
    about: (name): About => ({
      role: roleOf(name, state),
      account: given.own?.includes(name) ? accountOf(name) : null,
    }),
  }));

const meetingOfAna = {
  params: { meeting: "meeting" },
  about: (name: Name) => ({ account: name === "ana" ? accountOf(name) : null }),
};
const schoolAveiro = { params: { school: "aveiro" }, about: () => ({ schools: ["aveiro"] }) };
const meetingNone = { params: { meeting: "none" } };

export const spaceThings: Readonly<Record<string, readonly Thing[]>> = {
  ...memberThings(),
  "get /api/spaces/{project}": inSpaces(),

  ...talked(),
  ...pupilThings(),
  ...calendar(),
  ...materials(),
  ...pages(),
  ...leaving(),
  ...publishing(),
  ...publicReport(),
  ...reports(),
  ...qualityLabels(),
  ...labelDesk(),
  ...deskReports(),
  "post /api/spaces/{project}/hide": inSpaces({ body: { kind: "update", id: "none", reason: "A test" } }),
  "post /api/spaces/{project}/show": inSpaces({ body: { kind: "update", id: "none" } }),
  "get /api/spaces/{project}/concern-readers": inSpaces({ query: { kind: "update", id: "none" } }),
  "post /api/spaces/{project}/concerns": inSpaces({
    body: { about: { kind: "person", id: "account:ana" }, category: "other", words: "" },
  }),

  "post /api/bookings/{meeting}/project": [{ ...meetingOfAna, body: { project: "project-active" } }],
  "delete /api/bookings/{meeting}/project": [meetingOfAna],
  "get /api/schools/{school}/meeting-approval": [schoolAveiro],
  "put /api/schools/{school}/meeting-approval": [{ ...schoolAveiro, body: { approvesMeetings: false } }],
  "post /api/meeting-approvals/{meeting}/{school}": [
    {
      params: { meeting: "meeting", school: "aveiro" },
      body: { say: "approve" },
      about: (name) => ({ schools: ["aveiro"], role: name === "ana" ? "founder" : null }),
    },
  ],
  "get /api/spaces/{project}/meetings": inSpaces(),
  "get /api/spaces/{project}/meetings/{meeting}": inSpaces(meetingNone),
  "get /api/spaces/{project}/invitable": inSpaces(),
  "put /api/spaces/{project}/meetings/{meeting}/invited": inSpaces({
    ...meetingNone,
    body: { invited: { everybody: true } },
  }),
  "put /api/spaces/{project}/meetings/{meeting}/chat": inSpaces({ ...meetingNone, body: { keep: true } }),
};

/** Entries that are not there show who gets as far as looking for them. */
function reports(): Record<string, Thing[]> {
  const at = "api/spaces/{project}/report";
  const none = { params: { entry: "none" } };
  return {
    [`get /${at}/glance`]: inSpaces(),
    [`get /${at}.pdf`]: inSpaces(),
    [`get /${at}/entries`]: inSpaces(),
    [`get /${at}`]: inSpaces(),
    [`put /${at}/plan`]: inSpaces({ body: { items: [], base: [] } }),
    [`post /${at}/offers/{item}/dismiss`]: inSpaces({ params: { item: "none" } }),
    [`delete /${at}/offers/{item}/dismiss`]: inSpaces({ params: { item: "none" } }),
    [`post /${at}/entries`]: inSpaces({ body: { kind: "activity" } }),
    [`get /${at}/entries/{entry}`]: inSpaces(none),
    [`patch /${at}/entries/{entry}`]: inSpaces({ ...none, body: { base: 0, changes: {} } }),
    [`delete /${at}/entries/{entry}`]: inSpaces(none),
    [`post /${at}/entries/{entry}/share`]: inSpaces({ ...none, body: { readers: "partners" } }),
    [`post /${at}/entries/{entry}/unshare`]: inSpaces(none),
    [`post /${at}/entries/{entry}/restore`]: inSpaces(none),
  };
}

/** The same report card on the desks; before its project was approved there is none. */
function deskReports(): Record<string, Thing[]> {
  const at = "api/desk/reports/{project}";
  const words = { words: "A test" };
  const isOpened = (state: string) => ["active", "suspended", "closed", "archived"].includes(state);
  const onDesks = (given: Pick<Thing, "params" | "body"> = {}): Thing[] =>
    spaceStates.map((state) => ({
      params: { project: `project-${state.toLowerCase()}`, ...given.params },
      body: given.body,
      about: () => ({ countries: isOpened(state) ? ["PT", "FI"] : [] }),
    }));
  const none = { params: { entry: "none", material: "none", comment: "none" } };
  return {
    [`get /${at}`]: onDesks(),
    [`get /${at}/glance`]: onDesks(),
    [`get /${at}/report.pdf`]: onDesks(),
    [`get /${at}/entries/{entry}/materials/{material}`]: onDesks(none),
    [`put /${at}/entries/{entry}/read`]: onDesks(none),
    [`delete /${at}/entries/{entry}/read`]: onDesks(none),
    [`post /${at}/comments`]: onDesks({ body: { kind: "praise", ...words } }),
    [`delete /${at}/comments/{comment}`]: onDesks(none),
    "post /api/spaces/{project}/report/comments/{comment}/answer": inSpaces({ ...none, body: words }),
    "put /api/spaces/{project}/report/comments/{comment}/done": inSpaces({ ...none, body: { done: true } }),
    "delete /api/spaces/{project}/report/comments/{comment}": inSpaces(none),
  };
}

/** An application of a teacher in Portugal, which has a service of its own: the central one reads it and does not judge it. */
function labelDesk(): Record<string, Thing[]> {
  const at = "api/desk/quality-labels/{application}";
  const sent = (given: Pick<Thing, "body"> & { key?: string } = {}): Thing[] => [
    {
      params: { application: "application", key: given.key ?? "none" },
      ...(given.body === undefined ? {} : { body: given.body }),
      about: () => ({ countries: ["PT"] }),
      onlyIf: given.body !== undefined,
    },
  ];
  return {
    [`get /${at}`]: sent(),
    [`get /${at}/files/{key}`]: sent(),
    [`post /${at}/review`]: sent({ body: {} }),
    [`put /${at}/scores`]: sent({ body: { scores: [{ criterion: "work", points: 3, remark: "" }] } }),
    [`post /${at}/decision`]: sent({ body: { decision: "granted", feedback: "" } }),
    [`post /${at}/undo`]: sent({ body: {} }),
    "patch /api/me/labels/{code}": [
      {
        params: { code: labelCode },
        body: { shown: false },
        about: (name) => ({ account: accountOf(name) }),
      },
    ],
  };
}

/** Nobody of these has applied for anything; what is not there shows who gets as far as looking for it. */
function qualityLabels(): Record<string, Thing[]> {
  const at = "api/spaces/{project}/quality-label";
  const none = { params: { application: "none" } };
  return {
    [`get /${at}`]: inSpaces(),
    [`post /${at}`]: inSpaces({ onlyIf: true }),
    [`patch /${at}`]: inSpaces({ body: { base: 0, changes: {} } }),
    [`delete /${at}`]: inSpaces(),
    [`get /${at}/candidates`]: inSpaces(),
    [`get /${at}/preview`]: inSpaces(),
    [`post /${at}/submit`]: inSpaces({ body: { base: 0 } }),
    [`post /${at}/withdraw`]: inSpaces(),
    [`get /${at}/applications/{application}`]: inSpaces(none),
    [`get /${at}/applications/{application}/copy`]: inSpaces(none),
    [`get /${at}/applications/{application}/files/{key}`]: inSpaces({ params: { ...none.params, key: "none" } }),
  };
}

/** What people say to each other; ids that are not there show who gets as far as looking for them. */
function talked(): Record<string, Thing[]> {
  const words = { words: "A test" };
  const titled = { title: "A test", words: "A test" };
  const at = "api/spaces/{project}";
  const gone = ["updates", "forum/discussions", "forum/threads", "forum/posts", "chat/messages", "bulletin"].flatMap(
    (path) => [`delete /${at}/${path}/{thing}`, `post /${at}/${path}/{thing}/restore`],
  );
  return {
    ...Object.fromEntries(gone.map((key) => [key, inSpaces()])),
    [`get /${at}/updates`]: inSpaces(),
    [`post /${at}/updates`]: inSpaces({ body: words }),
    [`patch /${at}/updates/{thing}`]: inSpaces({ body: words }),
    [`post /${at}/updates/{thing}/approve`]: inSpaces(),
    [`put /${at}/updates/{thing}/pin`]: inSpaces({ body: { pinned: true } }),
    [`get /${at}/forum`]: inSpaces(),
    [`post /${at}/forum/discussions`]: inSpaces({ body: titled }),
    [`get /${at}/forum/discussions/{thing}`]: inSpaces(),
    [`patch /${at}/forum/discussions/{thing}`]: inSpaces({ body: titled }),
    [`post /${at}/forum/discussions/{thing}/threads`]: inSpaces({ body: titled }),
    [`get /${at}/forum/threads/{thing}`]: inSpaces(),
    [`patch /${at}/forum/threads/{thing}`]: inSpaces({ body: titled }),
    [`put /${at}/forum/threads/{thing}/keeping`]: inSpaces({ body: { locked: true, pinned: false } }),
    [`post /${at}/forum/threads/{thing}/read`]: inSpaces({ body: { upTo: 1 } }),
    [`post /${at}/forum/threads/{thing}/posts`]: inSpaces({ body: words }),
    [`patch /${at}/forum/posts/{thing}`]: inSpaces({ body: words }),
    [`get /${at}/chat`]: inSpaces(),
    [`post /${at}/chat/messages`]: inSpaces({ body: words }),
    [`put /${at}/chat/settings`]: inSpaces({ body: { open: true, pupils: true } }),
    [`get /${at}/bulletin`]: inSpaces(),
    [`post /${at}/bulletin`]: inSpaces({ body: words }),
    [`patch /${at}/bulletin/{thing}`]: inSpaces({ body: words }),
    [`get /${at}/earlier`]: inSpaces({ query: { kind: "update", id: "none" } }),
  };
}

/** No material and no folder is there: who gets as far as looking for one may. */
function materials(): Record<string, Thing[]> {
  const at = "api/spaces/{project}";
  const link = { link: "https://example.org", name: "A test", folder: null };
  return {
    [`get /${at}/materials`]: inSpaces(),
    [`post /${at}/materials`]: inSpaces({ body: link }),
    [`get /${at}/materials/{material}`]: inSpaces(),
    [`get /${at}/materials/{material}/file`]: inSpaces(),
    [`patch /${at}/materials/{material}`]: inSpaces({ body: { alt: "A test" } }),
    [`delete /${at}/materials/{material}`]: inSpaces(),
    [`post /${at}/materials/{material}/restore`]: inSpaces(),
    [`get /${at}/people-on-materials`]: inSpaces(),
    [`get /${at}/folders`]: inSpaces(),
    [`post /${at}/folders`]: inSpaces({ body: { name: "A test", parent: null } }),
    [`patch /${at}/folders/{folder}`]: inSpaces({ body: { name: "A test" } }),
    [`delete /${at}/folders/{folder}`]: inSpaces(),
  };
}

/** Pupils' accounts, of which one's own school's are shown and changed; leads of its schools look in, too. */
function pupilThings(): Record<string, readonly Thing[]> {
  const looking = inSpaces({ onlyIf: true }).map(
    (thing): Thing => ({
      ...thing,
      about: (name) => ({ ...thing.about(name), schools: ["aveiro", "oulu"] }),
    }),
  );
  // Nobody's id, so that those who are signed in here stay so.
  const pupils = ["nobody-there"];
  const secret = { kind: "pictures" };
  const changing = (body: unknown) => inSpaces({ body, params: { pupil: "nobody-there" }, onlyIf: true });
  const made = { name: "Rita Gomes", alias: "Made 1", picture: "fish", year: "" };
  return {
    "get /api/spaces/{project}/pupils": looking,
    "get /api/spaces/{project}/consents": looking,
    "post /api/spaces/{project}/pupils": changing({ pupils: [made], secret }),
    "post /api/spaces/{project}/pupils/propose": changing({ count: 1, aliases: [] }),
    "post /api/spaces/{project}/pupils/cards": changing({ pupils, secret }),
    "post /api/spaces/{project}/pupils/acts": changing({ act: "unlock", pupils }),
    "patch /api/spaces/{project}/pupils/{pupil}": changing({ year: "6" }),
    "post /api/spaces/{project}/consents": changing({
      ...{ pupils, kinds: ["recording"], given: "yes", evidence: "", validUntil: null },
    }),
  };
}

/** Members, visitors, news and search; and mail, of which everybody has their own copies. */
function memberThings(): Record<string, readonly Thing[]> {
  const at = "api/spaces/{project}";
  const until = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  const invited = inSpaces({ params: { account: "nobody-there" } });
  const visitor = (body?: unknown) => inSpaces({ params: { visitor: "nobody-there" }, body });
  return {
    [`get /${at}/members`]: inSpaces(),
    [`get /${at}/news`]: inSpaces(),
    [`post /${at}/visited`]: inSpaces(),
    [`get /${at}/search`]: inSpaces(),
    [`get /${at}/possible-outsiders`]: inSpaces(),
    [`post /${at}/invitations`]: inSpaces({ body: { account: "nobody-there", role: "expert" } }),
    [`post /${at}/invitations/{account}/again`]: invited,
    [`delete /${at}/invitations/{account}`]: invited,
    [`get /${at}/invitation`]: inSpaces({ onlyIf: true }),
    [`post /${at}/invitation`]: inSpaces({ body: { accept: false }, onlyIf: true }),
    [`get /${at}/visitors`]: inSpaces(),
    [`post /${at}/visitors`]: inSpaces({ body: { name: "A parent", relation: "parent", until } }),
    [`post /${at}/visitors/{visitor}/renew`]: visitor({ until }),
    [`post /${at}/visitors/{visitor}/revoke`]: visitor(),
    "delete /api/projects/{project}/members/{account}": inSpaces({ params: { account: "nobody-there" } }),
  };
}

/** No page is there: who gets as far as looking for one may. */
function pages(): Record<string, Thing[]> {
  const at = "api/spaces/{project}/pages";
  const text = { version: 0, steps: [{ stepType: "replace", from: 1, to: 1 }], clientId: "client-1" };
  return {
    [`get /${at}`]: inSpaces(),
    [`post /${at}`]: inSpaces({ body: { title: "Rivers", parent: null, view: "members", edit: "members" } }),
    "get /api/spaces/{project}/removed-pages": inSpaces(),
    [`get /${at}/{page}`]: inSpaces(),
    [`patch /${at}/{page}`]: inSpaces({ body: { title: "Rivers" } }),
    [`delete /${at}/{page}`]: inSpaces(),
    [`post /${at}/{page}/restore`]: inSpaces(),
    [`post /${at}/{page}/place`]: inSpaces({ body: { parent: null, before: null } }),
    [`post /${at}/{page}/archive`]: inSpaces(),
    [`post /${at}/{page}/unarchive`]: inSpaces(),
    [`get /${at}/{page}/steps`]: inSpaces({ query: { after: "0" } }),
    [`post /${at}/{page}/steps`]: inSpaces({ body: text }),
    [`get /${at}/{page}/history`]: inSpaces(),
    [`get /${at}/{page}/versions/{version}`]: inSpaces({ params: { version: "0" } }),
    [`post /${at}/{page}/versions/{version}/restore`]: inSpaces({ params: { version: "0" } }),
  };
}

/** No page is there; leads take down what a project of their school shows. */
function publishing(): Record<string, readonly Thing[]> {
  const at = "api/spaces/{project}/publishing";
  const ofSchools = (body?: unknown): Thing[] => [
    { params: { page: "none" }, body, about: () => ({ schools: ["aveiro", "oulu"] }) },
  ];
  return {
    [`get /${at}`]: inSpaces(),
    [`get /${at}/{page}/preview`]: inSpaces(),
    [`post /${at}/{page}/ask`]: inSpaces(),
    [`post /${at}/{page}/publish`]: inSpaces({ body: { version: 0 } }),
    [`post /${at}/{page}/withdraw`]: inSpaces(),
    [`post /${at}/{page}/again`]: inSpaces(),
    [`post /${at}/{page}/refuse`]: inSpaces({ body: { reason: "A test" } }),
    "put /api/spaces/{project}/public-site": inSpaces({ body: { theme: "river", tagline: "", listed: false } }),
    "post /api/public-pages/{page}/take-down": ofSchools({ reason: "A test" }),
    "post /api/public-pages/{page}/lift": ofSchools(),
  };
}

/** Nothing is public yet; leads take down what a project of their school shows. */
function publicReport(): Record<string, readonly Thing[]> {
  const at = "api/spaces/{project}/report/public";
  const ofSchools = (body?: unknown): Thing[] => [
    { params: { project: "none" }, body, about: () => ({ schools: ["aveiro", "oulu"] }) },
  ];
  const entry = { params: { entry: "none" } };
  return {
    [`get /${at}`]: inSpaces(),
    [`get /${at}/preview`]: inSpaces(),
    [`post /${at}/ask`]: inSpaces(),
    [`put /${at}`]: inSpaces({ body: { line: "", intro: "", parts: [], listed: false, base: 0 } }),
    [`post /${at}/publish`]: inSpaces({ body: { entries: [] } }),
    [`put /${at}/order`]: inSpaces({ body: { entries: [] } }),
    [`post /${at}/withdraw`]: inSpaces(),
    [`post /${at}/again`]: inSpaces(),
    [`post /${at}/entries/{entry}/withdraw`]: inSpaces(entry),
    [`post /${at}/entries/{entry}/again`]: inSpaces(entry),
    "post /api/public-reports/{project}/take-down": ofSchools({ reason: "A test" }),
    "post /api/public-reports/{project}/lift": ofSchools(),
  };
}

/** Ids that are not there show who gets as far as looking for one; a holiday is its school's own. */
function calendar(): Record<string, Thing[]> {
  const at = "api/spaces/{project}/calendar";
  const item = { kind: "deadline", title: "A test", time: { shape: "days", first: "2027-01-12", last: "2027-01-12" } };
  return {
    [`get /${at}`]: inSpaces(),
    [`get /${at}/list`]: inSpaces(),
    [`post /${at}/items`]: inSpaces({ body: item }),
    [`get /${at}/items/{item}`]: inSpaces({ params: { item: "none" } }),
    [`get /${at}/items/{item}/history`]: inSpaces({ params: { item: "none" } }),
    [`put /${at}/items/{item}`]: inSpaces({ params: { item: "none" }, body: { ...item, base: 1 } }),
    [`delete /${at}/items/{item}`]: inSpaces({ params: { item: "none" } }),
    [`post /${at}/items/{item}/restore`]: inSpaces({ params: { item: "none" } }),
    [`post /${at}/file`]: inSpaces(),
    [`post /${at}/file/take`]: inSpaces(),
    [`put /${at}/zones/{school}`]: inSpaces({ params: { school: "aveiro" }, body: { timeZone: null }, onlyIf: true }),
    [`get /${at}/feed`]: inSpaces(),
    [`post /${at}/feed`]: inSpaces(),
    [`delete /${at}/feed`]: inSpaces(),
  };
}

/** Copies of a project, which the central service may have too; one's own data; what pupils made. */
function leaving(): Record<string, readonly Thing[]> {
  const at = "api/spaces/{project}";
  const pupil = inSpaces({ params: { pupil: "nobody-there" }, onlyIf: true });
  return {
    [`get /${at}/leaving`]: inSpaces(),
    [`post /${at}/exports`]: inSpaces(),
    [`get /${at}/exports/{export}/file`]: inSpaces({ params: { export: "none" } }),
    [`post /${at}/imports/{import}/take`]: inSpaces({ params: { import: "none" } }),
    [`delete /${at}/imports/{import}`]: inSpaces({ params: { import: "none" } }),
    [`get /${at}/pupils/{pupil}/record`]: pupil,
    [`post /${at}/pupils/{pupil}/erase`]: pupil,
  };
}
