/** A whole server on loopback with a database, a data folder and media ports of its own. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { io, type Socket } from "socket.io-client";
import { readSettings } from "../../config/settings.ts";
import type { Meeting } from "../../domain/meeting/state.ts";
import type { Command } from "../../protocol/commands.ts";
import type { Seated } from "../../protocol/http/seats.ts";
import type { CommandAnswer, ToldEvent, ToldSnapshot } from "../../protocol/told.ts";
import { type RunningServer, startServer } from "../../server/main.ts";
import { openPool, type Pool } from "../../storage/pool.ts";
import { freshDatabase } from "./database.ts";
import { toolPaths } from "./tools.ts";

export interface TestServer extends RunningServer {
  pool: Pool;
  databaseUrl: string;
  dataDir: string;
  /** Ends the server and starts another on the same database, folder and port. */
  restart(): Promise<void>;
  end(): Promise<void>;
}

export async function startTestServer(environment: Record<string, string> = {}): Promise<TestServer> {
  const database = await freshDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), "twinlight-server-"));
  const settingsFor = (port: string) =>
    readSettings({
      PORT: port,
      MEDIA_PORT: "0",
      MEDIA_WORKERS: "1",
      LOG_LEVEL: process.env.LOG_LEVEL ?? "silent",
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      RECORDER_SECRET: "a-secret-of-this-test-alone",
      ...toolPaths(),
      ...environment,
    });
  const logger = pino({ level: process.env.LOG_LEVEL ?? "silent" });
  let running = await startServer(settingsFor("0"), logger);
  const pool = openPool(database.url, 2);
  return {
    get url() {
      return running.url;
    },
    get greeting() {
      return running.greeting;
    },
    get hosts() {
      return running.hosts;
    },
    get workers() {
      return running.workers;
    },
    mediaOf: (meeting) => running.mediaOf(meeting),
    get spaceLines() {
      return running.spaceLines;
    },
    close: () => running.close(),
    pool,
    databaseUrl: database.url,
    dataDir,
    async restart() {
      const { port } = new URL(running.url);
      await running.close();
      running = await startServer(settingsFor(port), logger);
    },
    async end() {
      await running.close();
      await pool.end();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A guest who comes by http and socket.io as any client would, and remembers what it was told. */
export class Guest {
  readonly seated: Seated;
  readonly socket: Socket;
  readonly events: ToldEvent[] = [];
  readonly snapshots: ToldSnapshot<Meeting>[] = [];
  ended: string | undefined;

  private constructor(seated: Seated, socket: Socket) {
    this.seated = seated;
    this.socket = socket;
    socket.on("event", (told: ToldEvent) => this.events.push(told));
    socket.on("snapshot", (told: ToldSnapshot<Meeting>) => this.snapshots.push(told));
    socket.on("end", ({ refused }: { refused: string }) => {
      this.ended = refused;
    });
  }

  static async comes(url: string, code: string, name: string, key?: string): Promise<Guest> {
    const answer = await knock(url, code, { name, ...(key && { key }) });
    if (!answer.ok) throw new Error(`${name} could not take a seat: ${await answer.text()}`);
    const seated = (await answer.json()) as Seated;
    const socket = io(url, { auth: { ticket: seated.ticket }, forceNew: true, transports: ["websocket"] });
    const guest = new Guest(seated, socket);
    await new Promise<void>((resolve, reject) => {
      socket.once("live", () => resolve());
      socket.once("end", (no: { refused: string }) => reject(new Error(no.refused)));
    });
    return guest;
  }

  get seat(): string {
    return this.seated.seat;
  }

  /** Anything at all, well formed or not. */
  ask(channel: string, message: unknown): Promise<CommandAnswer> {
    return this.socket.timeout(5_000).emitWithAck(channel, message);
  }

  send(command: Command): Promise<CommandAnswer> {
    return this.ask("command", command);
  }

  close(): void {
    this.socket.disconnect();
  }
}

export function knock(url: string, code: string, body: object): Promise<Response> {
  return fetch(`${url}/api/meetings/${code}/seats`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}
