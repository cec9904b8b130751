/**
 * The desks of the support services over http. A national service sees and decides what is its own country's, the central
 * one what is anybody's: a foreign thing is not there, by whatever way it is asked for.
 */
import { type Action, type Actor, may } from "../../domain/permissions.ts";
import { undoWithinMs } from "../../domain/registry/desk.ts";
import {
  Decide,
  Decided,
  Desk,
  DeskItemSeen,
  DeskItems,
  DeskRef,
  Figures,
  NoteDown,
  OfDesk,
  Undo,
  Worklist,
  WorklistPage,
} from "../../protocol/http/desk.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import type { Pool } from "../../storage/pool.ts";
import { BodyAnswer, type Caller, isRefused, type RefusedFields, type Route, route } from "../http/route.ts";
import { worklistFile } from "./desk/csv.ts";
import { decideAll } from "./desk/decide.ts";
import { keepDeskAct } from "./desk/decisions.ts";
import { figures } from "./desk/figures.ts";
import { seeItem } from "./desk/items.ts";
import { undo } from "./desk/undo.ts";
import { countWaiting, worklist } from "./desk/worklist.ts";
import { deleteEvidence } from "./evidence.ts";
import { listEditRoutes } from "./listEdits.ts";
import { serviceRoutes } from "./services.ts";

export interface DeskParts {
  readonly pool: Pool;
  /** DATA_DIR/evidence: what was handed in is deleted once it is decided. */
  readonly evidenceFolder: string;
  /** The approvals of one project must come from different persons. */
  readonly twoPersons: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const reading = { times: 600, perMs: 60_000, per: "account" } as const;
const writing = { times: 300, perMs: 60_000, per: "account" } as const;

export function deskRoutes(parts: DeskParts): Route[] {
  return [...lookRoutes(parts), ...decideRoutes(parts), ...listEditRoutes(parts), ...serviceRoutes(parts)];
}

/** The countries to look at: the one asked for, or all that are served; null for everywhere. */
function countriesOf(action: Action, actor: Actor, asked: string | undefined): string[] | null | Refused {
  if (asked !== undefined) {
    return may(action, actor, { countries: [asked] }) ? [asked] : { refused: "account.notAllowed" };
  }
  return actor.serves.includes(null) ? null : served(actor);
}

const served = (actor: Actor): string[] => actor.serves.filter((country) => country !== null);

function lookRoutes({ pool, now, twoPersons }: DeskParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/desk",
      summary: "How much waits on my desk, and since when",
      action: "desk.look",
      limit: reading,
      query: OfDesk,
      answer: Desk,
      async handle({ caller }, { query }) {
        const countries = countriesOf("desk.look", caller.actor, query.country);
        if (isRefused(countries)) return countries;
        const waiting = await countWaiting(pool, countries);
        return { countries: served(caller.actor), servesAll: caller.actor.serves.includes(null), waiting, twoPersons };
      },
    }),
    route({
      method: "get",
      path: "/api/desk/items",
      summary: "What waits (oldest first) or was decided (newest first), page by page",
      action: "desk.look",
      limit: reading,
      query: WorklistPage,
      answer: DeskItems,
      async handle({ caller }, { query }) {
        const countries = countriesOf("desk.look", caller.actor, query.country);
        return isRefused(countries) ? countries : worklist(pool, countries, query);
      },
    }),
    route({
      method: "get",
      path: "/api/desk/items.csv",
      summary: "The same as a file for a spreadsheet",
      action: "desk.look",
      limit: { times: 30, perMs: 60_000, per: "account" },
      query: Worklist,
      async handle({ caller }, { query }) {
        const countries = countriesOf("desk.look", caller.actor, query.country);
        if (isRefused(countries)) return countries;
        const file = worklistFile(pool, countries, query, now());
        return new BodyAnswer(file, "text/csv; charset=utf-8", `${query.shelf}.csv`);
      },
    }),
    route({
      method: "get",
      path: "/api/desk/items/:kind/:id/:country",
      summary: "One thing on the desk: its form, what was done with it, what may be decided",
      action: "desk.look",
      limit: reading,
      params: DeskRef,
      answer: DeskItemSeen,
      handle: ({ caller }, { params }) => seen(pool, caller, params),
    }),
    route({
      method: "get",
      path: "/api/desk/figures",
      summary: "Schools, people and projects by month",
      action: "desk.figures",
      limit: reading,
      query: OfDesk,
      answer: Figures,
      async handle({ caller }, { query }) {
        const countries = countriesOf("desk.figures", caller.actor, query.country);
        return isRefused(countries) ? countries : figures(pool, countries);
      },
    }),
  ];
}

async function seen(pool: Pool, { actor }: Caller, item: DeskRef): Promise<DeskItemSeen | Refused> {
  if (!may("desk.look", actor, { countries: [item.country] })) return { refused: "account.notAllowed" };
  return (await seeItem(pool, item, served(actor))) ?? { refused: "request.notFound" };
}

function decideRoutes(parts: DeskParts): Route[] {
  const { pool } = parts;
  return [
    route({
      method: "post",
      path: "/api/desk/decisions",
      summary: "Decide about one thing, or accept several: all of them or none",
      action: "desk.decide",
      limit: writing,
      body: Decide,
      answer: Decided,
      handle: ({ caller, origin }, { body }) => decide(parts, caller, origin, body),
    }),
    route({
      method: "post",
      path: "/api/desk/undo",
      summary: "Take the last decision back, within ten minutes and while nothing stands on it",
      action: "desk.decide",
      limit: writing,
      body: Undo,
      answer: DeskItemSeen,
      async handle({ caller, origin }, { body }) {
        const refused = await undo(pool, { by: caller.id, actor: caller.actor, origin }, body.item);
        return refused ?? seen(pool, caller, body.item);
      },
    }),
    route({
      method: "post",
      path: "/api/desk/notes",
      summary: "Note something down that only desks read",
      action: "desk.decide",
      limit: writing,
      body: NoteDown,
      answer: DeskItemSeen,
      async handle({ caller }, { body }) {
        const found = await seen(pool, caller, body.item);
        if (isRefused(found)) return found;
        await keepDeskAct(pool, body.item, caller.id, "noted", body.note);
        return seen(pool, caller, body.item);
      },
    }),
  ];
}

async function decide(
  parts: DeskParts,
  { id, actor }: { readonly id: Id; readonly actor: Actor },
  origin: string,
  { items, decision, version }: Decide,
): Promise<Decided | RefusedFields> {
  const { pool, evidenceFolder, twoPersons } = parts;
  const now = parts.now();
  const count = await decideAll(pool, { by: id, actor, origin, now, twoPersons, version }, items, decision);
  if (isRefused(count)) return count;
  // After the decision holds: a file is not brought back when a transaction ends badly.
  const people = items.filter(({ kind }) => kind === "person");
  for (const person of people) await deleteEvidence({ pool, folder: evidenceFolder }, person.id, origin);
  return { count: Number(count), undoUntil: now + undoWithinMs };
}
