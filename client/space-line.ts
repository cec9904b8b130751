/**
 * The browser's line to a TwinSpace: told at once that something changed, and the steps of pages that are open. It finds the
 * server again by itself; nothing depends on it, for everything it tells can be asked for over http. No React.
 */
import { Manager } from "socket.io-client";
import { type RefusalCode, refusals } from "../protocol/refusals.ts";
import type {
  LiveNews,
  PagePerson,
  PagePresence,
  SendPageSteps,
  TextSelection,
  ToldSelection,
  ToldSteps,
} from "../protocol/twinspace/live.ts";
import { mostSocketBytes } from "../protocol/twinspace/pageLimits.ts";
import type { StepsAnswer } from "../protocol/twinspace/pages.ts";

/** `missed`: the line was down for a while and is back, so anything may have changed. */
export type SpaceNews = LiveNews | { readonly type: "missed" };
/** `offline`: it is being found again. `over`: it ended for good (signed out, or no longer in the TwinSpace). */
export type SpaceLink = "connecting" | "live" | "offline" | "over";

export interface PageListener {
  /** Who has the page open: at the beginning, and whenever somebody comes, goes or moves. */
  people(people: readonly PagePerson[], me: string): void;
  steps(told: ToldSteps): void;
  /** The line is up (again), and the text is at this version: ask for what is missing. Without it, ask every few seconds. */
  live(version: number): void;
  offline(): void;
}

export interface OpenedPage {
  /** Null: not by this line, because it is down, slow or too narrow for so much. Then send them over http. */
  send(steps: Omit<SendPageSteps, "page">): Promise<StepsAnswer | { refused: RefusalCode } | null>;
  /** Where I am in the text, and no more often than every 150 ms. */
  select(selection: TextSelection): void;
  close(): void;
}

export interface SpaceLine {
  readonly link: SpaceLink;
  onNews(told: (news: SpaceNews) => void): () => void;
  onLink(changed: (link: SpaceLink) => void): () => void;
  openPage(page: string, listener: PageListener): OpenedPage;
  /** Lets go of it; the last one who does closes it. */
  letGo(): void;
}

const answerWithinMs = 6_000;
/** The server could not find out who this is, for its database was away, say. */
const faultOfServer: RefusalCode = "meeting.busy";
const comeAgainAfterMs = 5_000;
const selectEveryMs = 150;
/** A page that leaves and one that comes use the same line. */
const lingersMs = 2_000;

interface Kept {
  line: ReturnType<typeof openLine>;
  holders: number;
}
const kept = new Map<string, Kept>();

/** The one line of this tab to a TwinSpace, opened when it is first asked for. `url`: this page's own origin by default. */
export function spaceLine(project: string, url = location.origin): SpaceLine {
  const key = `${url} ${project}`;
  const known = kept.get(key);
  // One that is over does not come back by itself; somebody else may have signed in since.
  const found = known && known.line.link !== "over" ? known : { line: openLine(project, url), holders: 0 };
  kept.set(key, found);
  found.holders += 1;
  let held = true;
  return {
    get link() {
      return found.line.link;
    },
    onNews: found.line.onNews,
    onLink: found.line.onLink,
    openPage: found.line.openPage,
    letGo() {
      if (!held) return;
      held = false;
      found.holders -= 1;
      setTimeout(() => {
        if (found.holders > 0) return;
        found.line.close();
        if (kept.get(key) === found) kept.delete(key);
      }, lingersMs);
    },
  };
}

interface OpenHere {
  page: string;
  listener: PageListener;
  people: readonly PagePerson[];
  me: string;
}

function openLine(project: string, url: string) {
  let link: SpaceLink = "connecting";
  let wasLive = false;
  const news = new Set<(news: SpaceNews) => void>();
  const links = new Set<(link: SpaceLink) => void>();
  const pages = new Set<OpenHere>();

  const manager = new Manager(url, {
    // Polling first, then an upgrade: it passes where WebSocket is stripped.
    transports: ["polling", "websocket"],
    reconnectionDelay: 500,
    reconnectionDelayMax: 10_000,
    randomizationFactor: 0.5,
  });
  const socket = manager.socket("/space", { auth: { project } });

  const become = (now: SpaceLink) => {
    if (link === now) return;
    link = now;
    for (const changed of links) changed(now);
    if (now !== "live") for (const { listener } of pages) listener.offline();
  };

  socket.on("live", () => {
    become("live");
    for (const page of pages) sayOpen(page);
    if (wasLive) for (const told of news) told({ type: "missed" });
    wasLive = true;
  });
  socket.on("disconnect", () => link !== "over" && become("offline"));
  socket.on("end", ({ refused }: { refused: string }) => {
    // Closed from this side as well: the server's own closing, should it come late, would undo our coming again.
    socket.disconnect();
    if (refused !== faultOfServer) return become("over");
    become("offline");
    setTimeout(() => link === "offline" && socket.connect(), comeAgainAfterMs);
  });
  socket.on("news", (told: LiveNews) => {
    for (const listener of news) listener(told);
  });
  socket.on("presence", (told: PagePresence) => {
    for (const page of here(told.page)) meet(page, told);
  });
  socket.on("signal", ({ page: where, key, selection }: ToldSelection) => {
    for (const page of here(where)) {
      page.people = page.people.map((person) => (person.key === key ? { ...person, selection } : person));
      page.listener.people(page.people, page.me);
    }
  });
  socket.on("steps", (told: ToldSteps) => {
    for (const { listener } of here(told.page)) listener.steps(told);
  });

  const here = (page: string) => [...pages].filter((open) => open.page === page);
  const meet = (page: OpenHere, told: PagePresence) => {
    page.people = told.people;
    page.me = told.me;
    page.listener.people(page.people, page.me);
  };

  async function asked<T extends object>(
    channel: string,
    message: object,
  ): Promise<T | { refused: RefusalCode } | null> {
    if (link !== "live") return null;
    try {
      const answer: T & { refused?: string } = await socket.timeout(answerWithinMs).emitWithAck(channel, message);
      const { refused } = answer;
      return refused === undefined ? answer : { refused: isRefusal(refused) ? refused : "command.failed" };
    } catch {
      return null;
    }
  }

  function sayOpen(page: OpenHere): void {
    void asked<PagePresence>("open", { page: page.page }).then((answer) => {
      if (!pages.has(page)) return;
      if (answer === null || "refused" in answer) return page.listener.offline();
      meet(page, answer);
      page.listener.live(answer.version);
    });
  }

  return {
    get link() {
      return link;
    },
    onNews: (told: (news: SpaceNews) => void) => subscribeTo(news, told),
    onLink: (changed: (link: SpaceLink) => void) => subscribeTo(links, changed),
    openPage(page: string, listener: PageListener): OpenedPage {
      const open: OpenHere = { page, listener, people: [], me: "" };
      pages.add(open);
      if (link === "live") sayOpen(open);
      const selections = sayingSeldom((selection: TextSelection) => {
        if (link === "live") socket.volatile.emit("signal", { page, selection });
      });
      return {
        async send(steps) {
          const message = { page, ...steps };
          if (new TextEncoder().encode(JSON.stringify(message)).length > mostSocketBytes) return null;
          return asked<StepsAnswer>("steps", message);
        },
        select: selections.say,
        close() {
          selections.stop();
          pages.delete(open);
          if (here(page).length === 0) void asked("close", { page });
        },
      };
    },
    close() {
      news.clear();
      links.clear();
      pages.clear();
      manager.reconnection(false);
      socket.disconnect();
      manager.engine?.close();
    },
  };
}

const isRefusal = (code: string): code is RefusalCode => Object.hasOwn(refusals, code);

function subscribeTo<T>(listeners: Set<(told: T) => void>, listener: (told: T) => void): () => void {
  // A wrapper of its own, so that one function that listens twice is told twice.
  const own = (told: T) => listener(told);
  listeners.add(own);
  return () => void listeners.delete(own);
}

/** The newest at once, then at most one in a while, the last one always. */
function sayingSeldom<T>(say: (value: T) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: { value: T } | undefined;
  const next = () => {
    timer = undefined;
    if (waiting === undefined) return;
    const { value } = waiting;
    waiting = undefined;
    say(value);
    timer = setTimeout(next, selectEveryMs);
  };
  return {
    say(value: T) {
      waiting = { value };
      if (timer === undefined) next();
    },
    stop: () => clearTimeout(timer),
  };
}
