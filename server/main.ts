/**
 * The server's composition root: everything is made here and handed what it needs. `scripts/start` runs this file as a
 * process; tests and benchmarks call `startServer` with settings of their own.
 */
import { readFileSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Logger, pino } from "pino";
import { collectDefaultMetrics, Registry } from "prom-client";
import { Server } from "socket.io";
import { readSettings, type Settings } from "../config/settings.ts";
import type { Id } from "../protocol/ids.ts";
import { describeFault } from "../storage/faults.ts";
import { queueExport, queueMaterialFilm } from "../storage/jobs.ts";
import { migrate } from "../storage/migrations.ts";
import { openPool } from "../storage/pool.ts";
import { secretsUnder } from "../storage/secrets.ts";
import { identify } from "./accounts/identify.ts";
import { firstOperatorLink } from "./accounts/invitations.ts";
import { accountRoutes } from "./accounts/routes.ts";
import { openProvider } from "./accounts/sso/provider.ts";
import { demoTable, makeDemoWorld } from "./demo/world.ts";
import { makeApp } from "./http/app.ts";
import { openDoor } from "./http/listen.ts";
import type { Page } from "./http/pages.ts";
import { newId } from "./ids.ts";
import { filmWhenEnded, openJobs } from "./jobs.ts";
import { startSending } from "./mail/sending.ts";
import { MeetingMedia } from "./mediasoup/meetingMedia.ts";
import { RecorderLink } from "./mediasoup/recorderLink.ts";
import { MediaWorkers, routerRtpCapabilities } from "./mediasoup/workers.ts";
import { afterwardsFor } from "./meetings/afterwards.ts";
import { meetingNamespace } from "./meetings/gateway.ts";
import type { MeetingHost } from "./meetings/host.ts";
import { Hosts } from "./meetings/hosts.ts";
import { Lines } from "./meetings/lines.ts";
import { replayPage, replayRoutes } from "./meetings/replays.ts";
import { seatRoutes } from "./meetings/seats.ts";
import { SignalRelay } from "./meetings/signals.ts";
import { countMeetings } from "./metrics.ts";
import { pageModules, pagePaths } from "./pagePaths.ts";
import { startSearchLetters } from "./partners/searchLetters.ts";
import { portalRoutes } from "./portalRoutes.ts";
import { keepArchiving } from "./projects/archiving.ts";
import { BadgeKeys } from "./projects/badgeKeys.ts";
import { labelPage, labelRoutes } from "./projects/labelRoutes.ts";
import { projectPage, publicProjectRoutes } from "./projects/publicProjects.ts";
import { keepSweepingCopies } from "./qualityLabels/freezing.ts";
import { keepSweepingEvidence } from "./registry/evidence.ts";
import { keepMissedEntries } from "./reports/meetingEntries.ts";
import { startReminders } from "./reports/reminders.ts";
import { mount } from "./socketio/mount.ts";
import { spaceNamespace } from "./twinspace/gateway.ts";
import { importMount } from "./twinspace/leaving/importMount.ts";
import { startExports } from "./twinspace/leaving/working.ts";
import { SpaceLines } from "./twinspace/lines.ts";
import type { TellSpace } from "./twinspace/live.ts";
import { keepSweepingMaterials } from "./twinspace/materials/sweeping.ts";
import { uploadMount } from "./twinspace/materials/uploadMount.ts";
import { startNewsLetters } from "./twinspace/newsLetters/sending.ts";
import { keepPages } from "./twinspace/pages/keeping.ts";
import { keepSweepingPupils } from "./twinspace/pupils/ending.ts";
import { keepSweepingChat } from "./twinspace/talk/sweep.ts";

export interface RunningServer {
  /** Where browsers come, without a slash at its end. */
  url: string;
  /** What whoever started it should be told, or null. */
  greeting: string | null;
  hosts: Hosts;
  workers: MediaWorkers;
  mediaOf(meeting: Id): MeetingMedia | undefined;
  spaceLines: SpaceLines;
  close(): Promise<void>;
}

const clientFolder = fileURLToPath(new URL("../client/dist", import.meta.url));
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};
const closeForgottenEveryMs = 60_000;
/** Whose place in a project ended sits in its meeting no longer than this. */
const dismissEveryMs = 3_000;

export async function startServer(settings: Settings, logger: Logger): Promise<RunningServer> {
  if (!settings.databaseUrl) throw new Error("DATABASE_URL must be set; `npm start` brings a database of its own.");
  // What was opened is closed again in the opposite order: at the end, or when something later does not start.
  await using opening = new AsyncDisposableStack();
  const pool = openPool(settings.databaseUrl);
  opening.defer(() => pool.end());
  await migrate(pool);
  const jobs = await openJobs(settings.databaseUrl, pool, (err) => logger.error({ err }, "Jobs cannot be queued now"));
  opening.defer(() => jobs.close());
  // The demo's people are made up: nothing is sent to their addresses.
  const mail = settings.demo ? undefined : settings.mail;
  const sending = await startSending({ pool, boss: jobs.boss, log: logger, mail });
  opening.defer(() => sending.stop());
  const workers = await MediaWorkers.start({
    count: settings.mediaWorkers,
    listenIp: settings.listenIp,
    announcedAddress: settings.announcedAddress,
    firstPort: settings.mediaPort,
    workerBin: settings.workerBin,
    logger,
  });
  opening.defer(() => workers.close());

  const evidenceFolder = join(settings.dataDir, "evidence");
  const materialsFolder = join(settings.dataDir, "materials");
  const exportsFolder = join(settings.dataDir, "exports");
  const applicationsFolder = join(settings.dataDir, "applications");
  const secrets = secretsUnder(join(settings.dataDir, "keys"), settings.secretsKey);
  const lines = new Lines();
  const signals = new SignalRelay(lines, Date.now);
  const media = new Map<Id, MeetingMedia>();
  let recorder: RecorderLink | undefined;
  const hosts = new Hosts({ pool, now: Date.now, newId, logger, joined, parted });
  opening.defer(async () => {
    await hosts.close();
    for (const own of media.values()) own.close();
  });

  /** A host gets its media, to the recorder too when it is recorded, and stills for whoever comes into its room. */
  function joined(host: MeetingHost): void {
    if (host.meeting.phase === "ended") return;
    const notify: ConstructorParameters<typeof MeetingMedia>[0]["notify"] = (seat, notice) =>
      lines.of(host.id, seat)?.tell("media", notice);
    const own = new MeetingMedia({ meeting: host.id, workers, notify, logger });
    media.set(host.id, own);
    host.followBy(own);
    if (host.meeting.settings.recorded) {
      // After a crash of this process the log says what ran before; nothing runs until the recorder has the media again.
      if (host.meeting.recording === "running") sayRecording(host.id, "recording.interrupt");
      recorder?.open(host.id, own);
    }
    const tell: TellSpace = (project, news, to) => spaceLines.tell(project, news, to);
    afterwardsFor(host, { pool, now: Date.now, materialsFolder, tell }, (err) =>
      logger.error({ err, meeting: host.id }, "What follows a meeting could not be done"),
    );
    filmWhenEnded(host, jobs, (err) => logger.error({ err, meeting: host.id }, "A film could not be queued"));
    host.onAppended((_meeting, logged) => {
      for (const { event } of logged) if (event.type === "lobby.admitted") signals.showStills(host.id, event.seat);
    });
  }

  /** A refusal says that it is so already. */
  function sayRecording(meeting: Id, type: "recording.begin" | "recording.interrupt"): void {
    const say = async () => (await hosts.of(meeting))?.system({ type });
    say().catch((err) => logger.warn({ err, meeting }, "A meeting could not be told whether it is recorded"));
  }

  function parted(meeting: Id): void {
    recorder?.close(meeting);
    media.get(meeting)?.close();
    media.delete(meeting);
    signals.forget(meeting);
  }

  const https = settings.tls !== undefined || settings.publicUrl?.startsWith("https:") === true;
  const whose = (request: { headers: IncomingHttpHeaders }) =>
    identify(pool, request, https, settings.requireSecondFactor);
  const spaceLines = new SpaceLines({ pool, now: Date.now, identify: whose });

  const leaving = { exportsFolder, queueExport: (id: Id) => queueExport(jobs.boss, id) };
  const materials = {
    ...{ pool, now: Date.now, tell: spaceLines.tell, materialsFolder, materialLimits: settings.materialLimits },
    queueFilm: (material: Id) => queueMaterialFilm(jobs.boss, material),
  };
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  countMeetings(registry, hosts, media);
  const app = makeApp({
    log: logger,
    identify: whose,
    https,
    publicUrl: settings.publicUrl,
    routes: [
      ...accountRoutes({
        pool,
        demo: settings.demo,
        ended(account) {
          void hosts.dismiss(`account:${account}`);
          void spaceLines.recheck().catch((err) => logger.error({ err }, "Lines could not be looked through"));
        },
        secrets,
        sso: settings.sso && openProvider(settings.sso, logger),
      }),
      ...portalRoutes({
        ...{ pool, now: Date.now, evidenceFolder, secrets },
        materialsFolder,
        applicationsFolder,
        materialLimits: settings.materialLimits,
        tell: spaceLines.tell,
        tellSteps: spaceLines.tellSteps,
        ...leaving,
        sends: mail !== undefined,
        twoPersons: settings.twoPersons,
      }),
      ...publicProjectRoutes({ pool }),
      ...labelRoutes({ pool, keys: new BadgeKeys(settings.dataDir), now: Date.now }),
      ...seatRoutes({ pool, hosts, newId, routerRtpCapabilities: () => ({ ...routerRtpCapabilities }) }),
      ...replayRoutes({ pool, mediaFolder: join(settings.dataDir, "media"), now: Date.now, jobs }),
    ],
    mounts: [
      (mounting) => uploadMount(materials, mounting),
      (mounting) => importMount({ ...materials, ...leaving }, mounting),
    ],
    pages: pagesWith([replayPage({ pool }), labelPage({ pool }), projectPage({ pool })]),
    clientFolder,
    trustProxy: settings.trustProxy,
    checks: [
      { name: "database", check: () => pool.query("select 1") },
      { name: "media", check: async () => workers.pids.every((pid) => pid !== undefined) || Promise.reject() },
    ],
    registry,
    metricsToken: settings.metricsToken,
    version,
  });

  const door = await openDoor(app, { host: settings.host, port: settings.port, tls: settings.tls, log: logger });
  opening.defer(() => door.close());
  const io = new Server(door.server, {
    serveClient: false,
    // A dead connection is noticed in at most 8 s; the floor's grace time counts from then.
    pingInterval: 4_000,
    pingTimeout: 4_000,
    maxHttpBufferSize: 100_000,
    // Same origin only: a page of another site has no business here.
    cors: { origin: false },
  });
  opening.defer(() => io.close());
  if (settings.recorderSecret) {
    recorder = new RecorderLink({
      io,
      secret: settings.recorderSecret,
      logger,
      onReady: (meeting) => sayRecording(meeting, "recording.begin"),
      onLost: (meeting) => sayRecording(meeting, "recording.interrupt"),
    });
  }
  mount(io, meetingNamespace({ pool, hosts, mediaOf: (meeting) => media.get(meeting), lines, signals }), logger);
  const writing = { pool, now: Date.now, tell: spaceLines.tell, tellSteps: spaceLines.tellSteps };
  mount(io, spaceNamespace({ lines: spaceLines, writing, publicUrl: settings.publicUrl }), logger);
  await hosts.recover();
  const reporting = keepMissedEntries(pool, (err) => logger.error({ err }, "Entries of meetings could not be written"));
  opening.defer(() => reporting.stop());
  const url = settings.publicUrl ?? door.url;
  const searching = await startSearchLetters({
    ...{ pool, boss: jobs.boss, origin: url },
    fault: (err) => logger.error({ err }, "Saved searches could not be queued"),
  });
  opening.defer(() => searching.stop());
  const telling = await startNewsLetters({
    ...{ pool, boss: jobs.boss, origin: url, now: Date.now },
    fault: (err) => logger.error({ err }, "Letters about what is new could not be queued"),
  });
  opening.defer(() => telling.stop());
  const reminding = await startReminders({
    ...{ pool, boss: jobs.boss, origin: url, now: Date.now },
    fault: (err) => logger.error({ err }, "Reminders of report cards could not be queued"),
  });
  opening.defer(() => reminding.stop());
  const demoPupils = settings.demo ? await makeDemoWorld({ pool, origin: url }, secrets, hosts, logger) : [];
  const forgotten = setInterval(() => {
    hosts.closeForgotten().catch((err) => logger.error({ err }, "Forgotten meetings could not be closed"));
  }, closeForgottenEveryMs);
  opening.defer(() => clearInterval(forgotten));
  const dismissing = setInterval(() => {
    hosts.dismissLostPlaces().catch((err) => logger.error({ err }, "Seats of ended places could not be taken away"));
  }, dismissEveryMs);
  opening.defer(() => clearInterval(dismissing));
  const keeping = keepPages({ pool, now: Date.now, lines: spaceLines, log: logger });
  opening.defer(() => keeping.stop());
  const sweeping = keepSweepingEvidence({ pool, folder: evidenceFolder }, settings.publicUrl ?? door.url, logger);
  opening.defer(() => sweeping.stop());
  const erasing = keepSweepingPupils(pool, applicationsFolder, logger);
  opening.defer(() => erasing.stop());
  const sweepingMaterials = keepSweepingMaterials({ pool, materialsFolder }, logger);
  opening.defer(() => sweepingMaterials.stop());
  const sweepingCopies = keepSweepingCopies({ pool, applicationsFolder }, logger);
  opening.defer(() => sweepingCopies.stop());
  const exporting = await startExports({
    ...{ parts: { ...materials, ...leaving }, boss: jobs.boss, origin: url, log: logger },
  });
  opening.defer(() => exporting.stop());
  const archiving = keepArchiving(pool, url, logger);
  opening.defer(() => archiving.stop());
  const sweepingChat = keepSweepingChat(pool, logger);
  opening.defer(() => sweepingChat.stop());

  const greeting = settings.demo ? demoTable(url, demoPupils) : greetingFor(await firstOperatorLink(pool, url));
  const opened = opening.move();
  return {
    url,
    greeting,
    hosts,
    workers,
    mediaOf: (meeting) => media.get(meeting),
    spaceLines,
    close: () => opened.disposeAsync(),
  };
}

/** Every page there is; `special` ones say who may see them, or what stands in their head. */
function pagesWith(special: readonly Page[]): Page[] {
  return pagePaths.map((path) => ({
    ...(special.find((page) => page.path === path) ?? { path }),
    module: pageModules[path],
  }));
}

function greetingFor(firstLink: string | null): string | null {
  return firstLink && `Nobody has an account yet. The operator begins here, once: ${firstLink}`;
}

/** Runs until it is told to end; asked to end while it still starts, it starts first and then ends. */
async function run(): Promise<void> {
  const settings = readSettings(process.env);
  const logger = pino({ level: settings.logLevel, serializers: { err: describeFault } });
  const starting = startServer(settings, logger);
  const stop = async () => {
    const server = await starting;
    await server.close().catch((err) => logger.error({ err }, "The server did not end cleanly"));
    process.exit(0);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  // Its parent is gone: nobody would end it any more.
  process.once("disconnect", stop);
  const { greeting, url } = await starting;
  if (greeting) process.send?.({ say: greeting });
  process.send?.({ ready: url });
}

if (import.meta.main) {
  run().catch((fault: unknown) => {
    // The sentence for whoever started it, the rest for whoever looks into it.
    process.send?.({ refused: `The server cannot start: ${fault instanceof Error ? fault.message : fault}` });
    console.error(describeFault(fault));
    process.exit(1);
  });
}
