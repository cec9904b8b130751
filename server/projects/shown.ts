/** A project as its members and the support services of its countries read it, and the list of somebody's own. */
import * as z from "zod";
import { type Action, type Actor, may } from "../../domain/permissions.ts";
import { follow, type ProjectAct, pastStates, waitsFor } from "../../domain/projects/project.ts";
import type {
  MyProjects,
  ProjectActName,
  ProjectView,
  ProjectRow as ShownRow,
  Waiting,
} from "../../protocol/http/projects.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import { cursorOf, keyOf } from "../http/cursor.ts";
import { isRefused, type RefusedFields } from "../http/route.ts";
import { shownForm } from "./form.ts";
import { findProjects, foundersOf, type ProjectRow, projectOf } from "./rows.ts";
import { aboutProject, memberOf } from "./sight.ts";
import { spacesOf } from "./spaces.ts";

/** Which service a country's projects go to. */
async function servicesOf(db: Queryable, countries: readonly string[]) {
  const { rows } = await db.query<{ of: string; name: string; country: string | null }>(
    `select distinct on (c.country) c.country as of, v.name, v.country
     from unnest($1::text[]) as c (country) join support_services v on v.country = c.country or v.country is null
     order by c.country, v.country nulls last`,
    [countries],
  );
  return new Map(rows.map(({ of, name, country }) => [of, { name, country }]));
}
type Services = Awaited<ReturnType<typeof servicesOf>>;
const central = { name: "", country: null };

export async function shownProject(db: Queryable, row: ProjectRow, actor: Actor, now: number): Promise<ProjectView> {
  const services = await servicesOf(db, [...new Set(row.schools.map(({ country }) => country))]);
  const mine = memberOf(row, actor.account);
  const { id, slug, state, version, scope, origin, createdAt, stateAt, activatedAt, closedAt } = row;
  return {
    ...{ id, slug, state, version, scope, origin, createdAt, stateAt, activatedAt, closedAt },
    note: row.note === "" ? null : { text: row.note, by: row.noteBy ?? "" },
    form: await shownForm(db, row.id),
    schools: row.schools.map(({ shown, founder, service, country, note, at, label }) => ({
      ...{ school: shown, founder, note, at, label },
      service: services.get(country) ?? central,
      state: service,
    })),
    members: row.members.map(({ account, name, school, role, state: place, agreed, at }) => ({
      ...{ account, name, school, role, state: place, agreed, at },
    })),
    waits: waitsOf(row, services),
    mine: mine ? { account: mine.account, role: mine.role, state: mine.state } : null,
    ...(await spacesOf(db, id)),
    acts: actsOf(row, actor, now),
  };
}

function waitsOf(row: ProjectRow, services: Services): Waiting[] {
  const { founders, countries } = waitsFor(projectOf(row));
  const invited = row.members.filter(({ state, role }) => role === "founder" && state === "invited");
  const people = [...row.members.filter(({ account }) => founders.includes(account)), ...invited];
  const added = row.state === "active" ? row.schools.filter(({ service }) => service === "pending") : [];
  const asked = [...countries, ...added.map(({ country }) => country)];
  const serving = new Set(asked.map((country) => services.get(country)?.country ?? null));
  return [
    ...people.map(({ account, name }): Waiting => ({ for: "founder", account, name })),
    ...[...serving].map((country): Waiting => ({ for: "service", country })),
  ];
}

/** What this reader may do with it now: the page offers nothing else. */
function actsOf(row: ProjectRow, actor: Actor, now: number): ProjectActName[] {
  const about = aboutProject(row, actor);
  const project = projectOf(row);
  const me = memberOf(row, actor.account);
  const by = actor.account ?? "";
  const allowed = (action: Action) => may(action, actor, about);
  const follows = (act: ProjectAct) => {
    const next = follow(project, act);
    return !isRefused(next) && (next !== project || act.type === "edit");
  };
  // Experts and observers answer in the TwinSpace.
  const isInvited = me?.state === "invited" && me.role !== "expert" && me.role !== "observer";
  const canLeaveDraft = me?.role === "founder" && row.state === "draft" && row.createdBy !== by;
  const partner = foundersOf(row).find(({ account }) => account !== by);
  const open = row.schools.some(
    ({ country, service, founder }) =>
      service === "pending" &&
      (founder ? row.state === "awaitingService" : row.state === "active") &&
      may("project.decide", actor, { countries: [country] }),
  );
  const founds = allowed("project.found");
  const acts: Record<ProjectActName, boolean> = {
    edit: allowed("project.edit") && follows({ type: "edit", by }),
    choosePartner: founds && row.state === "draft" && partner?.state !== "accepted",
    join: isInvited && allowed("project.answer") && (row.state === "draft" || row.state === "active"),
    agree: founds && follows({ type: "agree", by }),
    askChange: founds && follows({ type: "askChange", by }),
    decline:
      (founds && follows({ type: "decline", by })) || (allowed("project.answer") && (isInvited || canLeaveDraft)),
    withdraw: founds && follows({ type: "withdraw", by }),
    decide: open,
    invite: allowed("project.invite") && row.state === "active",
    changeRoles: allowed("project.changeRoles") && row.state === "active",
    leave: allowed("project.leave") && row.state === "active",
    close: allowed("project.close") && follows({ type: "close" }),
    reopen: allowed("project.reopen") && follows({ type: "reopen", now }),
    suspend: allowed("project.suspend") && follows({ type: "suspend" }),
    lift: allowed("project.suspend") && follows({ type: "lift" }),
  };
  // Object.keys forgets the keys' type; they are the acts' own names.
  return (Object.keys(acts) as ProjectActName[]).filter((act) => acts[act]);
}

const pageLength = 50;
const MyKey = z.tuple([z.int(), z.number(), z.string()]);

/**
 * Projects that somebody is in or invited to, a page at a time: what is pending or running first, what is over last, and
 * within each what changed last first.
 */
export async function myProjects(
  db: Queryable,
  account: Id,
  now: number,
  after: string | undefined,
): Promise<MyProjects | RefusedFields> {
  const key = after === undefined ? null : keyOf(after, MyKey);
  if (key === undefined) return { refused: "request.malformed", fields: ["after"] };
  const { rows } = await db.query<{ id: Id; rank: number; at: number }>(
    `select * from (
       select p.id, (p.state = any($2))::int as rank, p.state_at as at
       from project_members m join projects p on p.id = m.project_id
       where m.account_id = $1 and m.state in ('invited', 'accepted')
     ) mine
     where $3::int is null or (-rank, at, id) < (-$3::int, to_timestamp($4::float8 / 1000), $5)
     order by rank, at desc, id desc limit ${pageLength + 1}`,
    [account, pastStates, ...(key ?? [null, null, null])],
  );
  const page = rows.slice(0, pageLength);
  const last = rows.length > pageLength ? page.at(-1) : undefined;
  const found = await findProjects(
    db,
    page.map(({ id }) => id),
    now,
  );
  const services = await servicesOf(db, [
    ...new Set(found.flatMap((row) => row.schools.map(({ country }) => country))),
  ]);
  const projects = found.flatMap((row) => {
    const mine = memberOf(row, account);
    return mine && mine.state !== "expired" ? shownRow(row, mine, services) : [];
  });
  return { projects, next: last ? cursorOf([last.rank, last.at, last.id]) : null };
}

function shownRow(row: ProjectRow, mine: ProjectRow["members"][number], services: Services): ShownRow {
  const waits = waitsOf(row, services);
  const { id, slug, title, state, scope, stateAt } = row;
  return {
    ...{ id, slug, title, state, scope, stateAt },
    schools: row.schools.map(({ shown }) => shown),
    waits,
    role: mine.role,
    member: mine.state,
    mine: mine.state === "invited" || waits.some((one) => one.for === "founder" && one.account === mine.account),
  };
}
