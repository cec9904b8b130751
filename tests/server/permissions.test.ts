/**
 * Every route that the server mounts, called as everybody, about things of every kind: refused exactly when the table of
 * permissions refuses. A route without a row, or with one that reaches to some things only and nothing here to try it
 * with, fails.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import {
  type About,
  type Action,
  type Actor,
  may,
  mayAtAll,
  nobody,
  type Permission,
  permissions,
} from "../../domain/permissions.ts";
import { permissionsPage } from "../../scripts/docs/permissionsPage.ts";
import { findAccount } from "../../server/accounts/accounts.ts";
import { somePdf } from "../support/evidenceFiles.ts";
import type { Answer, Browser } from "../support/frontDoor.ts";
import {
  accountOf,
  browsersOf,
  labelCode,
  makePermissionWorld,
  type Name,
  names,
  placeActorOf,
  projectStates,
  roleOf,
} from "../support/permissionWorld.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { spaceThings, type Thing } from "../support/spaceThings.ts";

interface MountedRoute {
  method: string;
  path: string;
  action: Action;
}

const ofAccounts =
  (...own: Name[]) =>
  (name: Name): About => ({ account: own.includes(name) ? accountOf(name) : null });
const ofEverybodyThemselves = (name: Name): About => ({ account: accountOf(name) });

const isSent = (state: string) => !["draft", "awaitingPartner"].includes(state);

/** The same project in each of its states. */
const inProjects = (body?: unknown): Thing[] =>
  projectStates.map((state) => ({
    params: { project: `project-${state.toLowerCase()}`, field: "title" },
    body,
    onlyIf: !isSent(state),
    about(name) {
      const role = roleOf(name, state);
      return {
        role,
        account: role === null ? null : accountOf(name),
        countries: isSent(state) ? ["PT", "FI"] : [],
      };
    },
  }));

const onlyIf = (thing: Thing): Thing => ({ ...thing, onlyIf: true });

const athens = { kind: "school", id: "athens", country: "GR" };
const place = { kind: "person", id: "place-asked", country: "PT" };
const deskThings = (bodyOf: (item: typeof athens) => unknown): Thing[] =>
  [athens, place].map((item) => ({
    params: item,
    body: bodyOf(item),
    about: () => ({ countries: [item.country] }),
  }));

const meeting: Thing = {
  params: { meeting: "meeting", link: "link", code: "meeting-of-ana" },
  about: ofAccounts("ana"),
};
const replay = { ...meeting, params: { code: "meeting-of-ana", file: "none" } };
const note = { note: "Please say more about the second river." };

const things: Readonly<Record<string, readonly Thing[]>> = {
  ...spaceThings,
  "put /api/schools/{school}": [
    {
      params: { school: "aveiro" },
      body: schoolForm("PT"),
      about: (name) => ({ schools: ["aveiro"], ...ofAccounts()(name) }),
    },
  ],
  "post /api/memberships/{membership}/end": [{ params: { membership: "place-asked" }, about: ofAccounts("newcomer") }],
  "post /api/memberships/{membership}/evidence": [
    {
      params: { membership: "place-athens" },
      body: somePdf.toString("latin1"),
      type: "application/pdf",
      about: ofAccounts("newcomer"),
    },
  ],
  "get /api/memberships/{membership}/evidence": [
    { params: { membership: "place-athens" }, about: () => ({ countries: ["GR"] }), onlyIf: true },
  ],
  "get /api/desk/items/{kind}/{id}/{country}": deskThings(() => undefined),
  "post /api/desk/decisions": deskThings((item) => ({ items: [item], decision: { act: "accept" } })),
  "post /api/desk/undo": deskThings((item) => ({ item })),
  "post /api/desk/notes": deskThings((item) => ({ item, ...note })),
  "put /api/desk/services/{service}": [
    {
      params: { service: "nss-gr" },
      body: { name: "NSS", email: "", website: "", languages: [], approvesAddedPartners: false },
      about: () => ({ countries: ["GR"] }),
    },
  ],
  "post /api/labels/{code}/revoke": [
    { params: { code: labelCode }, body: { reason: "projectEnded" }, about: () => ({ countries: ["PT"] }) },
  ],
  "patch /api/partner-searches/{search}": [
    { params: { search: "search" }, body: { letters: false }, about: ofAccounts("ana") },
  ],
  "delete /api/partner-searches/{search}": [{ params: { search: "search" }, about: ofAccounts("ana") }],
  "put /api/notices/{notice}": [{ params: { notice: "notice" }, body: notice(), about: ofAccounts("ana") }],
  "post /api/notices/{notice}/renew": [{ params: { notice: "notice" }, body: { days: 30 }, about: ofAccounts("ana") }],
  "get /api/notices/{notice}/replies": [{ params: { notice: "notice" }, about: ofAccounts("ana") }],
  "post /api/notices/{notice}/close": [
    { params: { notice: "notice" }, about: (name) => ({ ...ofAccounts("ana")(name), countries: ["PT"] }) },
  ],
  "post /api/notices/{notice}/replies": [
    {
      params: { notice: "notice" },
      body: { words: "We would like to measure with you this spring." },
      about: ofEverybodyThemselves,
    },
  ],
  "get /api/bookings/{meeting}": [meeting],
  "delete /api/bookings/{meeting}": [meeting],
  "post /api/bookings/{meeting}/links": [{ ...meeting, body: { role: "watcher", school: null, kind: null } }],
  "delete /api/bookings/{meeting}/links/{link}": [meeting],
  "get /api/bookings/{meeting}/links/{link}/calendar.ics": [meeting],
  "post /api/replays/{code}/audience": [{ ...replay, body: { audience: "chair" } }],
  "post /api/replays/{code}/film": [replay],
  "get /api/replays/{code}/film": [replay],
  "post /api/projects": [{ body: { school: "aveiro" }, about: () => ({ schools: ["aveiro"] }) }],
  "get /api/projects/{project}": inProjects(),
  "patch /api/projects/{project}": inProjects({ changes: [{ field: "title", value: "Two rivers", base: 0 }] }),
  "get /api/projects/{project}/fields/{field}": inProjects(),
  "get /api/projects/{project}/meetings": inProjects(),
  "post /api/projects/{project}/agree": inProjects({ version: 1 }),
  "post /api/projects/{project}/ask-change": inProjects(note),
  "post /api/projects/{project}/partner": inProjects({ account: "mikko" }),
  "post /api/projects/{project}/withdraw": inProjects(note),
  "post /api/projects/{project}/decline": inProjects(note).map(onlyIf),
  "post /api/projects/{project}/join": inProjects({}).map(onlyIf),
  "post /api/projects/{project}/leave": inProjects(),
  "post /api/projects/{project}/members": inProjects({ account: "rui" }),
  "patch /api/projects/{project}/members/{account}": inProjects({ role: "teacher" }),
  "post /api/projects/{project}/close": inProjects(),
  "post /api/projects/{project}/reopen": inProjects(),
  "post /api/projects/{project}/suspend": inProjects(note),
  "post /api/projects/{project}/lift": inProjects(note),
};

/** What these are about is the caller's own by what they do: a contact of mine, an identity linked to me. */
const aboutOneself: ReadonlySet<Action> = new Set([
  "contact.read",
  "contact.ask",
  "contact.end",
  "identity.change",
  "secondFactor.change",
  "account.change",
  "membership.list",
  "partner.profile",
  "member.answer",
  "correspondence.read",
  "correspondence.write",
]);

/** Ends the session that the test goes on with. */
const leaving: ReadonlySet<Action> = new Set(["session.end", "session.endAll"]);

describe("The table of permissions", function () {
  this.timeout(600_000);
  let server: TestServer;
  let routes: readonly MountedRoute[];
  let browsers: ReadonlyMap<Name, Browser>;

  before(async () => {
    server = await startTestServer();
    await makePermissionWorld(server.pool);
    browsers = await browsersOf(server.url);
    routes = await mountedRoutes(server.url);
  });
  after(() => server?.end());

  const browserOf = (name: Name) => browsers.get(name) as Browser; // there is one for every name
  const actorOf = async (name: Name): Promise<Actor> => {
    const place = placeActorOf(name);
    if (place) return place;
    const id = accountOf(name);
    return (id !== null && (await findAccount(server.pool, id))?.actor) || nobody;
  };
  const ask = (name: Name, { method, path }: MountedRoute, thing?: Thing): Promise<Answer> => {
    const address = path.replace(/\{(\w+)\}/g, (_all, param) => encodeURIComponent(thing?.params?.[param] ?? "none"));
    const query = thing?.query === undefined ? "" : `?${new URLSearchParams(thing.query)}`;
    const body = method === "get" ? undefined : (thing?.body ?? {});
    return browserOf(name).send(
      method.toUpperCase(),
      address + query,
      body,
      thing?.type === undefined ? {} : { "content-type": thing.type },
    );
  };

  it("has a row for every route, and something to try every row with that does not reach to everything", () => {
    expect(routes.length).to.be.above(100);
    for (const { method, path, action } of routes) {
      const row: Permission | undefined = permissions[action];
      expect(row, `${method} ${path}`).to.be.an("object");
      if (row && isPartial(row) && path.includes("{") && !aboutOneself.has(action)) {
        expect(things[`${method} ${path}`], `${method} ${path}: ${action}`).to.be.an("array");
      }
    }
    const known = new Set(routes.map(({ method, path }) => `${method} ${path}`));
    expect(Object.keys(things).filter((key) => !known.has(key))).to.deep.equal([]);
  });

  it("has no row that no route asks", () => {
    const asked = new Set(routes.map(({ action }) => action));
    expect(Object.keys(permissions).filter((action) => !asked.has(action as Action))).to.deep.equal(notARoutesOwn);
  });

  it("refuses who may do it to nothing, before anything is looked at", async () => {
    for (const route of routes) {
      for (const name of names) {
        if (mayAtAll(route.action, await actorOf(name))) continue;
        const { status, body } = await ask(name, route, things[`${route.method} ${route.path}`]?.[0]);
        const said = `${name}: ${route.method} ${route.path}`;
        expect(status, said).to.equal(name === "nobody" ? 401 : 403);
        expect(body.refused, said).to.equal(name === "nobody" ? "account.signedOut" : "account.notAllowed");
      }
    }
  });

  it("refuses who may do it to other things and not to this one", async () => {
    for (const route of routes) {
      for (const thing of things[`${route.method} ${route.path}`] ?? []) {
        for (const name of names) {
          if (may(route.action, await actorOf(name), thing.about(name))) continue;
          const { status, text } = await ask(name, route, thing);
          const said = `${name}: ${route.method} ${route.path} ${JSON.stringify(thing.params ?? {})}: ${text.slice(0, 120)}`;
          // 410: an invitation that is not theirs is answered like one that has ended.
          expect([401, 403, 404, 410], said).to.include(status);
        }
      }
    }
  });

  it("lets everybody else", async () => {
    for (const route of routes.filter(({ action }) => !leaving.has(action))) {
      for (const thing of things[`${route.method} ${route.path}`] ?? []) {
        for (const name of names) {
          if (!may(route.action, await actorOf(name), thing.about(name))) continue;
          const { status, text } = await ask(name, route, thing);
          const said = `${name}: ${route.method} ${route.path} ${JSON.stringify(thing.params ?? {})}: ${text.slice(0, 120)}`;
          expect(status, said).to.be.below(500);
          if (!thing.onlyIf) expect(text, said).not.to.include("account.notAllowed");
          expect(text, said).not.to.include("account.signedOut");
        }
      }
    }
  });

  it("stands in docs/permissions.md as it is", () => {
    const page = new URL("../../docs/permissions.md", import.meta.url);
    const wanted = permissionsPage(routes.map(asExpress));
    if (process.env.WRITE_DOCS) writeFileSync(page, wanted);
    expect(readFileSync(page, "utf8") === wanted, "run `npm run docs`").to.equal(true);
  });
});

/** Asked by handlers of other routes, beside the route's own action. */
const notARoutesOwn: readonly string[] = ["school.seeForm", "project.decide"];

const isPartial = (row: Permission) => Object.values(row.may).some((reach) => reach !== "all");

async function mountedRoutes(url: string): Promise<MountedRoute[]> {
  const document = (await (await fetch(`${url}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { "x-action": Action }>>;
  };
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, action: operation["x-action"] })),
  );
}

const asExpress = (route: MountedRoute) => ({ ...route, path: route.path.replace(/\{(\w+)\}/g, ":$1") });

function schoolForm(country: string) {
  return {
    version: 1,
    form: {
      ...{ legalName: "", name: "Escola de Aveiro", country, region: "", number: "", address: "Rua 1", town: "Aveiro" },
      ...{ postcode: "", website: "", type: "primary", languages: ["pt"], subjects: [], ageMin: 6, ageMax: 12 },
      ...{ pupilCount: 200, principalName: "Head", principalEmail: "head@aveiro.test", leadName: "", leadEmail: "" },
      ...{ description: "", available: true },
    },
  };
}

function notice() {
  return {
    ...{ kind: "looking", title: "Rivers", body: "Who measures a river with us this spring, once a week?" },
    ...{ ages: { min: 8, max: 12 }, subjects: [], languages: ["en"], countriesWanted: [], startWanted: null, days: 30 },
  };
}
