/**
 * The whole of a recorded meeting: server and recorder as processes of their own, and real browsers that speak. Both can
 * be killed and come back, as `npm start` would have them.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { build } from "vite";
import type { LoggedEvent, MeetingEvent } from "../../protocol/events.ts";
import type { Seated } from "../../protocol/http/seats.ts";
import type { Id } from "../../protocol/ids.ts";
import type { MeetingSettings } from "../../protocol/meeting.ts";
import { read } from "../../storage/log.ts";
import { openPool, type Pool } from "../../storage/pool.ts";
import { freshDatabase } from "./database.ts";
import { eventually } from "./eventually.ts";
import { bookedMeeting } from "./meetings.ts";
import { freePort } from "./ports.ts";
import { knock } from "./server.ts";
import type { SpeakerPage } from "./speakerPage.ts";
import { toolPaths } from "./tools.ts";

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const browserArguments = [
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update",
  "--disable-sync --autoplay-policy=no-user-gesture-required",
  // The page comes from the test itself and not from the server's address, which Chromium would hold against it.
  "--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets",
].flatMap((line) => line.split(" "));

export function openSpeakersBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args: browserArguments });
}

export interface RecordingRow {
  id: Id;
  turn: Id;
  kind: "speaker" | "screen";
  path: string;
  state: string;
  startedAt: number;
  endedAt: number | null;
  lengthMs: number | null;
  bytes: number | null;
  hasSound: boolean | null;
  hasPicture: boolean | null;
}

/** One of Twinlight's own processes. */
export class Process {
  readonly #script: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #prefix: readonly string[];
  #child: ChildProcess | undefined;

  constructor(script: string, env: NodeJS.ProcessEnv, prefix: readonly string[] = []) {
    this.#script = script;
    this.#env = env;
    this.#prefix = prefix;
  }

  /** Waits until it says that it is ready. */
  async start(): Promise<void> {
    const [command = process.execPath, ...given] = [...this.#prefix, process.execPath, at(this.#script)];
    const child = spawn(command, given, { stdio: ["ignore", "inherit", "inherit", "ipc"], env: this.#env });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      child.on("message", (message) => {
        if (typeof message === "object" && message !== null && "ready" in message) resolve();
      });
      child.once("exit", (code, signal) => reject(new Error(`${this.#script} ended: ${code ?? signal}`)));
    });
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Ends it with this signal and waits until it is gone; answers with its exit code, null after a kill. */
  async end(signal: "SIGKILL" | "SIGTERM"): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    child.kill(signal);
    const [code] = await once(child, "exit");
    return code;
  }
}

export class RecordedRoom {
  readonly pool: Pool;
  readonly server: Process;
  readonly recorder: Process;
  readonly url: string;
  readonly mediaFolder: string;
  readonly #ends: (() => Promise<unknown>)[];

  private constructor(
    parts: Pick<RecordedRoom, "pool" | "server" | "recorder" | "url" | "mediaFolder">,
    ends: (() => Promise<unknown>)[],
  ) {
    this.pool = parts.pool;
    this.server = parts.server;
    this.recorder = parts.recorder;
    this.url = parts.url;
    this.mediaFolder = parts.mediaFolder;
    this.#ends = ends;
  }

  /** `diskBytes`: the recorder's media folder is a disk of its own, of that size, which only it sees by its path. */
  static async open({ diskBytes }: { diskBytes?: number } = {}): Promise<RecordedRoom> {
    const database = await freshDatabase();
    const folder = await mkdtemp(join(tmpdir(), "twinlight-recorded-"));
    const mediaFolder = join(folder, "media");
    await mkdir(mediaFolder, { mode: 0o700 });
    const port = await freePort();
    const env = {
      ...process.env,
      ...{ NODE_ENV: "production", HOST: "127.0.0.1", PORT: String(port), MEDIA_PORT: "0", MEDIA_WORKERS: "1" },
      ...{ DATA_DIR: folder, DATABASE_URL: database.url, RECORDER_SECRET: "a-secret-of-this-test-alone" },
      LOG_LEVEL: process.env.TEST_LOG ?? "silent",
      ...toolPaths(),
    };
    const server = new Process("server/main.ts", env);
    const recorder = new Process("recorder/main.ts", env, diskBytes ? onDisk(mediaFolder, diskBytes) : []);
    const pool = openPool(database.url, 2);
    await server.start();
    await recorder.start();
    const seen = diskBytes ? `/proc/${recorder.pid}/root${mediaFolder}` : mediaFolder;
    const parts = { pool, server, recorder, url: `http://127.0.0.1:${port}`, mediaFolder: seen };
    return new RecordedRoom(parts, [
      () => recorder.end("SIGTERM"),
      () => server.end("SIGTERM"),
      () => pool.end(),
      () => database.drop(),
      () => rm(folder, { recursive: true, force: true }),
    ]);
  }

  async close(): Promise<void> {
    for (const end of this.#ends) await end();
  }

  async meeting(settings: Partial<MeetingSettings> = {}) {
    const booked = await bookedMeeting(this.pool, { recorded: true, lobby: false, ...settings });
    await this.pool.query("insert into meeting_links (id, meeting_id, key, role) values ($1, $2, $3, 'chair')", [
      `c${booked.code}`,
      booked.id,
      `chair-${booked.code}`,
    ]);
    return booked;
  }

  /** Somebody comes and turns microphone and perhaps camera on; with a key they lead. */
  async comes(
    browser: Browser,
    code: string,
    name: string,
    { key, camera = true }: { key?: string; camera?: boolean } = {},
  ) {
    const answer = await knock(this.url, code, { name, ...(key && { key }) });
    if (!answer.ok) throw new Error(`${name} could not take a seat: ${await answer.text()}`);
    const seated = (await answer.json()) as Seated;
    const page = await browser.newPage();
    if (process.env.TEST_LOG) page.on("console", (line) => process.stderr.write(`${name}: ${line.text()}\n`));
    const script = await speakerScript();
    const body = `<!doctype html><meta charset="utf-8"><title>Speaker</title><body><script>${script}</script>`;
    await page.route("**/speaker-page", (route) => route.fulfill({ contentType: "text/html", body }));
    await page.goto(`${this.url}/speaker-page`);
    const speaker = new Speaker(page, seated.seat);
    await speaker.does(
      (own, ticket, capabilities) => own.open(ticket, capabilities),
      seated.ticket,
      seated.routerRtpCapabilities,
    );
    await eventually(async () => (await speaker.does((own) => own.link())) === "live live");
    await speaker.does((own, withCamera) => own.devices(withCamera), camera);
    return speaker;
  }

  log = (meeting: Id): Promise<LoggedEvent[]> => read(this.pool, meeting);

  async happened<T extends MeetingEvent["type"]>(meeting: Id, type: T) {
    const log = await this.log(meeting);
    return log.filter(({ event }) => event.type === type);
  }

  async recordings(meeting: Id): Promise<RecordingRow[]> {
    const { rows } = await this.pool.query<RecordingRow>(
      `select id, turn_id as turn, kind, path, state, started_at as "startedAt", ended_at as "endedAt",
              length_ms as "lengthMs", bytes, has_sound as "hasSound", has_picture as "hasPicture"
       from recordings where meeting_id = $1 order by started_at, id`,
      [meeting],
    );
    return rows;
  }

  /** Waits until the recorder has the meeting's media and it says that it is recorded. */
  async isRecorded(meeting: Id): Promise<void> {
    await eventually(async () => {
      const last = (await this.log(meeting))
        .map(({ event }) => event.type)
        .filter((type) => type.startsWith("recording."));
      return last.at(-1) === "recording.started" || last.at(-1) === "recording.resumed";
    });
  }

  file = ({ path }: Pick<RecordingRow, "path">): string => join(this.mediaFolder, path);
}

/** A command that runs another with a small disk mounted on this folder; it keeps its process id. */
function onDisk(folder: string, bytes: number): string[] {
  const shell = `mount -t tmpfs -o size=${bytes},mode=700 tmpfs ${folder} && exec "$@"`;
  return ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", shell, "sh"];
}

/** Somebody's browser. */
export class Speaker {
  readonly page: Page;
  readonly seat: Id;

  constructor(page: Page, seat: Id) {
    this.page = page;
    this.seat = seat;
  }

  /** Runs in the page. The function travels as text: it can see its arguments and nothing else. */
  does<T, A extends unknown[]>(work: (own: SpeakerPage, ...given: A) => T | Promise<T>, ...given: A): Promise<T> {
    return this.page.evaluate(`(${work})(speaker, ...${JSON.stringify(given)})`);
  }

  raises = () => this.does((own) => own.send({ type: "floor.raiseHand" }));
  finishes = () => this.does((own) => own.send({ type: "floor.finishTurn" }));
  speaks = () => eventually(() => this.does((own) => own.isSpeaking()));
}

let script: Promise<string> | undefined;

function speakerScript(): Promise<string> {
  script ??= (async () => {
    const built = await build({
      configFile: false,
      logLevel: "error",
      build: {
        write: false,
        minify: false,
        rollupOptions: { input: at("tests/client/pages/speakerPage.ts"), output: { format: "iife" } },
      },
    });
    const [chunk] = "output" in built ? built.output : [];
    if (chunk?.type !== "chunk") throw new Error("The page's script was not built");
    return chunk.code.replaceAll("</script", "<\\/script");
  })();
  return script;
}
