/**
 * A meeting with real media for tests: a real worker, real browsers on a bare page, and between them the smallest server
 * there can be. The meeting is a `Story`; everybody is shown all of it.
 */
import { once } from "node:events";
import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { type Browser, chromium, type Page } from "playwright-core";
import { Server } from "socket.io";
import { build } from "vite";
import type { Id } from "../../protocol/ids.ts";
import { MediaRequest } from "../../protocol/media.ts";
import { MeetingMedia } from "../../server/mediasoup/meetingMedia.ts";
import { MediaWorkers, routerRtpCapabilities } from "../../server/mediasoup/workers.ts";
import type { Story } from "./meeting.ts";
import type { TestedPage } from "./testedPage.ts";

const quiet = pino({ level: process.env.TEST_LOG ?? "silent" });
const chromiumPath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

const browserArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream",
  "--autoplay-policy=no-user-gesture-required",
];

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath, args: browserArguments });
}

/** The page's script, as one file: client/media.ts and what it needs. */
async function pageScript(): Promise<string> {
  const input = fileURLToPath(new URL("../client/pages/mediaPage.ts", import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, minify: false, rollupOptions: { input, output: { format: "iife" } } },
  });
  const chunks = "output" in built ? built.output : [];
  const [chunk] = chunks;
  if (chunk?.type !== "chunk") throw new Error("The page's script was not built");
  return chunk.code;
}

const page = `<!doctype html><meta charset="utf-8"><title>Media</title><body><script src="/page.js"></script>`;

export class MediaRoom {
  readonly story: Story;
  readonly workers: MediaWorkers;
  media: MeetingMedia;
  readonly #http: HttpServer;
  readonly #io: Server;
  #pages: Page[] = [];

  private constructor(story: Story, workers: MediaWorkers, http: HttpServer) {
    this.story = story;
    this.workers = workers;
    this.#http = http;
    this.#io = new Server(http, { serveClient: false });
    this.media = this.#newMedia();
    this.#io.of("/").on("connection", (socket) => {
      const seat: Id = String(socket.handshake.auth.seat);
      void socket.join(seat);
      socket.emit("meeting", { seat, meeting: this.story.meeting });
      socket.on("media", async (given: unknown, answer: (answer: object) => void) => {
        const request = MediaRequest.safeParse(given);
        if (!request.success) return answer({ refused: "command.malformed", message: "" });
        answer(await this.media.request(seat, request.data));
      });
    });
  }

  static async open(story: Story, workerCount = 1): Promise<MediaRoom> {
    const script = await pageScript();
    const http = createServer((request, response) => {
      const isScript = request.url === "/page.js";
      response.writeHead(200, { "content-type": isScript ? "text/javascript" : "text/html" });
      response.end(isScript ? script : page);
    });
    http.listen(0, "127.0.0.1");
    await once(http, "listening");
    const workers = await MediaWorkers.start({
      count: workerCount,
      listenIp: "127.0.0.1",
      firstPort: 0,
      logger: quiet,
    });
    const room = new MediaRoom(story, workers, http);
    room.media.settle(story.meeting);
    return room;
  }

  get io(): Server {
    return this.#io;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** As after a crash of the server: the meeting is there, nothing of its media is. */
  loseMedia(): void {
    this.media.close();
    this.media = this.#newMedia();
    this.media.settle(this.story.meeting);
  }

  #newMedia(): MeetingMedia {
    return new MeetingMedia({
      meeting: "m1",
      workers: this.workers,
      notify: (seat, notice) => this.#io.to(seat).emit("media", notice),
      logger: quiet,
    });
  }

  /** Something happens in the meeting: media settle, then everybody is told. */
  happens(change: (story: Story) => unknown): void {
    change(this.story);
    this.media.settle(this.story.meeting);
    this.#io.emit("meeting", { meeting: this.story.meeting });
  }

  /** Opens a page that has this seat, and was told what the router can do with its ticket or was not. */
  async enters(browser: Browser, seat: Id, toldBefore = true): Promise<Page> {
    const opened = await browser.newPage();
    this.#pages.push(opened);
    if (process.env.TEST_LOG) opened.on("console", (line) => process.stderr.write(`${seat}: ${line.text()}\n`));
    await opened.goto(`${this.url}/`);
    await onPage(
      opened,
      (tested, mine, capabilities) => tested.open(mine, capabilities),
      seat,
      toldBefore ? routerRtpCapabilities : null,
    );
    return opened;
  }

  /** Loses the connection of this seat as a network would. */
  disconnect(seat: Id): void {
    for (const socket of this.#io.of("/").sockets.values()) {
      if (socket.handshake.auth.seat === seat) socket.conn.close();
    }
  }

  async close(): Promise<void> {
    for (const opened of this.#pages) await opened.close().catch(() => {});
    this.#pages = [];
    this.media.close();
    await this.#io.close();
    this.workers.close();
  }
}

/** Runs in the page, with what the page offers to tests. */
export function onPage<T, A extends unknown[]>(
  opened: Page,
  work: (tested: TestedPage, ...given: A) => T | Promise<T>,
  ...given: A
): Promise<T> {
  // The function travels as text: it can see its arguments and nothing else.
  return opened.evaluate(`(${work})(tested, ...${JSON.stringify(given)})`);
}

/** How long anything may take before a test says what it waited for in vain. */
const patienceMs = 20_000;

/** Waits until it is so; throws when it does not become so, so that nothing waits for ever. */
export async function until(isSo: () => Promise<boolean> | boolean, everyMs = 25): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  while (!(await isSo())) {
    if (Date.now() > giveUpAt) throw new Error(`This did not become so: ${isSo}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
