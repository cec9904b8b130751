/**
 * The lines of the browsers that have a TwinSpace open: who they are, which pages they have open, and what they are told. All
 * of it is in memory and may be lost: whatever is told here can be asked for over http.
 */
import type { IncomingHttpHeaders } from "node:http";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import type {
  LiveNews,
  PagePerson,
  PagePresence,
  TextSelection,
  ToldSelection,
  ToldSteps,
} from "../../protocol/twinspace/live.ts";
import type { Person } from "../../protocol/twinspace/space.ts";
import type { Pool } from "../../storage/pool.ts";
import { type Identified, isRefused } from "../http/route.ts";
import { newId } from "../ids.ts";
import type { Line } from "../socketio/channel.ts";
import { type Insider, type Space, spaceFor } from "./insider.ts";
import { peopleOf } from "./names.ts";
import { coveredFor } from "./pages/changing.ts";
import { actsOn, pageFor } from "./pages/sight.ts";

export interface LinesWorld {
  readonly pool: Pool;
  readonly now: () => number;
  /** Whose cookie it is, asked of the database every time. */
  readonly identify: (request: { headers: IncomingHttpHeaders }) => Promise<Identified>;
}

/** A browser's line to one TwinSpace. */
export interface SpaceSession {
  readonly key: Id;
  readonly project: Id;
  readonly headers: IncomingHttpHeaders;
  readonly line: Line;
  me: Insider;
  person: Person;
  readonly pages: Map<Id, { writes: boolean; selection: TextSelection }>;
}

/** Somebody has so many windows; a program that opens more has no use for them. */
const mostLinesEach = 20;
const mostPagesEach = 20;

export class SpaceLines {
  readonly #world: LinesWorld;
  readonly #open = new Map<Id, Set<SpaceSession>>();

  /** Projects whose lines are being looked through for what was told of them. */
  readonly #rechecked = new Map<Id, "once" | "again">();

  constructor(world: LinesWorld) {
    this.#world = world;
  }

  /** Who asks may be in this TwinSpace now, or why not. */
  async spaceOf(headers: IncomingHttpHeaders, project: string, action: "space.read" | "page.write" = "space.read") {
    const { pool, now, identify } = this.#world;
    const who = await identify({ headers });
    if (!who.caller && !who.place) return { refused: "account.signedOut" } satisfies Refused;
    return spaceFor(pool, action, who, project, now(), { writes: action === "page.write" });
  }

  async come(headers: IncomingHttpHeaders, line: Line, { project, me }: Space): Promise<SpaceSession | Refused> {
    const person = (await peopleOf(this.#world.pool, project.id, [me.author])).get(me.author);
    if (!person) return { refused: "request.notFound" };
    const lines = this.#open.get(project.id) ?? new Set();
    if ([...lines].filter((one) => one.me.author === me.author).length >= mostLinesEach) {
      return { refused: "request.tooMany" };
    }
    // Of the request only what says who asks is kept.
    const kept = headers.cookie === undefined ? {} : { cookie: headers.cookie };
    const session: SpaceSession = {
      key: newId(),
      project: project.id,
      headers: kept,
      line,
      me,
      person,
      pages: new Map(),
    };
    this.#open.set(project.id, lines.add(session));
    return session;
  }

  gone(session: SpaceSession): void {
    const lines = this.#open.get(session.project);
    lines?.delete(session);
    if (lines?.size === 0) this.#open.delete(session.project);
    const pages = [...session.pages.keys()];
    session.pages.clear();
    for (const page of pages) this.#tellPresence(session.project, page);
  }

  /** What TellSpace promises. */
  readonly tell = (project: Id, news: LiveNews, to: (insider: Insider) => boolean = () => true): void => {
    for (const { line, me } of this.#open.get(project) ?? []) if (to(me)) line.tell("news", news);
    // Who may what may have changed with it.
    if (news.type === "members" || news.type === "page") this.#recheckSoon(project);
  };

  readonly tellSteps = (told: ToldSteps): void => {
    for (const { line } of this.#having(told.page)) line.tell("steps", told);
  };

  /** From then on they are told its steps and who is there. */
  async openPage(session: SpaceSession, space: Space, page: Id): Promise<PagePresence | Refused> {
    const found = await pageFor(this.#world.pool, space, page);
    if (isRefused(found)) return found;
    if (coveredFor(space, found)) return { refused: "account.notAllowed" };
    if (session.pages.size >= mostPagesEach && !session.pages.has(page)) return { refused: "request.tooMany" };
    const here = this.#open.get(session.project)?.has(session);
    // The line may have ended meanwhile.
    if (!here) return { refused: "request.notFound" };
    session.pages.set(page, { writes: actsOn(space, found).write, selection: null });
    // Only now: a step that is taken from here on is told, and one before is in this version.
    const { rows } = await this.#world.pool.query<{ version: number }>(
      "select version from page_texts where page_id = $1",
      [page],
    );
    this.#tellPresence(session.project, page, session);
    return { ...this.#presenceFor(session, page), version: rows[0]?.version ?? 0 };
  }

  closePage(session: SpaceSession, page: Id): void {
    if (session.pages.delete(page)) this.#tellPresence(session.project, page);
  }

  /** Where they are in the text of a page that they have open; told to the others there, kept nowhere else. */
  select(session: SpaceSession, page: Id, selection: TextSelection): void {
    const open = session.pages.get(page);
    if (!open) return;
    open.selection = selection;
    const told: ToldSelection = { page, key: session.key, selection };
    for (const other of this.#having(page, session.project)) {
      if (other !== session && meets(other)) other.line.signal(told);
    }
  }

  /**
   * Ends the lines of who is no longer in a TwinSpace, and closes pages to who may not see them any more. Of one project, or
   * of all.
   */
  async recheck(project?: Id): Promise<void> {
    const lines = [...this.#open.values()].flatMap((those) => [...those]);
    for (const session of lines) {
      if (project === undefined || session.project === project) await this.#recheckLine(session);
    }
  }

  /** Of many changes at once the lines are looked through once more after the first, not for each of them. */
  #recheckSoon(project: Id): void {
    const underWay = this.#rechecked.get(project);
    this.#rechecked.set(project, underWay === undefined ? "once" : "again");
    if (underWay !== undefined) return;
    const look = async (): Promise<void> => {
      do {
        this.#rechecked.set(project, "once");
        await this.recheck(project);
      } while (this.#rechecked.get(project) === "again");
    };
    // A database that is away now is asked again by the next regular look.
    look()
      .catch(() => {})
      .finally(() => this.#rechecked.delete(project));
  }

  async #recheckLine(session: SpaceSession): Promise<void> {
    const space = await this.spaceOf(session.headers, session.project);
    if (isRefused(space) || space.me.author !== session.me.author) {
      this.gone(session);
      session.line.end(isRefused(space) ? space.refused : "account.signedOut");
      return;
    }
    session.me = space.me;
    for (const [page, open] of session.pages) {
      const found = await pageFor(this.#world.pool, space, page);
      if (isRefused(found) || coveredFor(space, found)) this.closePage(session, page);
      else open.writes = actsOn(space, found).write;
    }
  }

  *#having(page: Id, project?: Id): Iterable<SpaceSession> {
    const lines =
      project === undefined ? [...this.#open.values()].flatMap((those) => [...those]) : this.#open.get(project);
    for (const session of lines ?? []) if (session.pages.has(page)) yield session;
  }

  #presenceFor(session: SpaceSession, page: Id): PagePresence {
    const people: PagePerson[] = [];
    for (const one of this.#having(page, session.project)) {
      if (one !== session && !meets(session)) continue;
      const { writes = false, selection = null } = one.pages.get(page) ?? {};
      people.push({ key: one.key, person: one.person, writes, selection });
    }
    return { page, me: session.key, version: 0, people };
  }

  #tellPresence(project: Id, page: Id, but?: SpaceSession): void {
    for (const session of this.#having(page, project)) {
      if (session !== but) session.line.tell("presence", this.#presenceFor(session, page));
    }
  }
}

/** Visitors read; they are not told which pupil is here now. */
const meets = ({ me }: SpaceSession): boolean => me.kind !== "visitor";
