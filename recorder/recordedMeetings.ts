/** Every meeting that is being recorded now: found by the log's growing, followed to its end. */
import type { Logger } from "pino";
import type { Id } from "../protocol/ids.ts";
import type { MeetingSettings } from "../protocol/meeting.ts";
import { follow, read } from "../storage/log.ts";
import type { StopReason } from "./growingFile.ts";
import { MeetingRecording, type Source } from "./meetingRecording.ts";
import { noteProgress } from "./recordings.ts";
import type { RecordingWorld } from "./turnRecording.ts";

export interface RecordedMeetingsOptions {
  world: RecordingWorld;
  now: () => number;
  /** The disk takes no more. Told once, until `goOn`. */
  stopped: (reason: StopReason) => void;
}

const tickMs = 100;
const progressMs = 1_000;
const retryMs = 500;

interface Followed {
  recording: MeetingRecording;
  /** Reads that are under way or asked for; one at a time, and what was asked for meanwhile by one more. */
  reading: "no" | "now" | "again";
}

export class RecordedMeetings {
  readonly #options: RecordedMeetingsOptions;
  readonly #logger: Logger;
  readonly #notBefore: number;
  readonly #followed = new Map<Id, Promise<Followed | undefined>>();
  readonly #recordings = new Set<MeetingRecording>();
  #following: { stop(): Promise<void> } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #notedAt = 0;
  #noting: Promise<void> | undefined;
  #halted = false;

  private constructor(options: RecordedMeetingsOptions) {
    this.#options = options;
    this.#logger = options.world.logger;
    this.#notBefore = options.now();
  }

  /** Begins to follow all recorded meetings that are open, and those to come. Throws when the database is not there. */
  static async start(options: RecordedMeetingsOptions): Promise<RecordedMeetings> {
    const meetings = new RecordedMeetings(options);
    const again = () => void meetings.#catchUp();
    meetings.#following = await follow(options.world.pool, (meeting) => meetings.#grew(meeting), again);
    await meetings.#catchUp();
    return meetings;
  }

  /** A medium of a seat reaches the recorder. */
  add(meeting: Id, source: Source): void {
    this.#of(meeting).then(
      (followed) => followed?.recording.add(source),
      () => setTimeout(() => !source.closed && this.#following && this.add(meeting, source), retryMs).unref(),
    );
  }

  /** Nothing can be written: all files end, and nothing is begun. */
  halt(): void {
    this.#halted = true;
    for (const recording of this.#recordings) recording.halt(this.#options.now());
    this.#tickWhileWriting();
  }

  goOn(): void {
    this.#halted = false;
    for (const recording of this.#recordings) recording.goOn(this.#options.now());
    this.#tickWhileWriting();
  }

  /** Ends all files; waits no longer than this for the database. */
  async close(patienceMs: number): Promise<void> {
    clearInterval(this.#timer);
    await this.#following?.stop();
    this.#following = undefined;
    const now = this.#options.now();
    await Promise.all([...this.#recordings].map((recording) => recording.close(now, patienceMs)));
    await this.#noting;
  }

  /** All that is followed, and what has opened, is read again: notices may have been lost. */
  async #catchUp(): Promise<void> {
    try {
      const { rows } = await this.#options.world.pool.query<{ id: Id }>(
        "select id from meetings where phase = 'open' and (settings ->> 'recorded')::boolean",
      );
      await Promise.all(
        [...new Set([...this.#followed.keys(), ...rows.map(({ id }) => id)])].map((id) => this.#read(id)),
      );
    } catch (err) {
      this.#logger.error({ err }, "The open meetings could not be looked up");
    }
  }

  #grew(meeting: Id): void {
    void this.#read(meeting);
  }

  async #read(meeting: Id): Promise<void> {
    try {
      const followed = await this.#of(meeting);
      if (!followed) return;
      if (followed.reading !== "no") {
        followed.reading = "again";
        return;
      }
      do {
        followed.reading = "now";
        followed.recording.follow(await read(this.#options.world.pool, meeting, followed.recording.seq));
        // `#read` of another turn of the event loop may have asked meanwhile; the compiler does not see that.
      } while ((followed.reading as Followed["reading"]) === "again");
      followed.reading = "no";
      this.#tickWhileWriting();
      this.#forgetOver(meeting, followed.recording);
    } catch (err) {
      this.#logger.error({ err, meeting }, "A meeting's log could not be read; it is tried again");
      const followed = await this.#of(meeting).catch(() => undefined);
      if (followed) followed.reading = "no";
      setTimeout(() => this.#following && void this.#read(meeting), retryMs).unref();
    }
  }

  /** Undefined for a meeting that is not recorded. */
  #of(meeting: Id): Promise<Followed | undefined> {
    const known = this.#followed.get(meeting);
    if (known) return known;
    const found = this.#find(meeting);
    this.#followed.set(meeting, found);
    found.catch(() => this.#followed.delete(meeting));
    return found;
  }

  async #find(meeting: Id): Promise<Followed | undefined> {
    const { world, stopped } = this.#options;
    const { rows } = await world.pool.query<{ settings: MeetingSettings }>(
      "select settings from meetings where id = $1",
      [meeting],
    );
    const [row] = rows;
    if (!row?.settings.recorded) return undefined;
    const { settings } = row;
    const recording = new MeetingRecording({ meeting, settings, world, notBefore: this.#notBefore, stopped });
    if (this.#halted) recording.halt(this.#options.now());
    this.#recordings.add(recording);
    return { recording, reading: "no" };
  }

  /** One timer for all files, and none while nobody speaks. */
  #tickWhileWriting(): void {
    const writing = [...this.#recordings].some(({ isWriting }) => isWriting);
    if (writing && !this.#timer) this.#timer = setInterval(() => this.#tick(), tickMs);
    if (!writing && this.#timer) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }

  #tick(): void {
    const now = this.#options.now();
    for (const recording of this.#recordings) recording.tick(now);
    if (this.#noting || now - this.#notedAt < progressMs) return;
    this.#notedAt = now;
    const files = [...this.#recordings].flatMap(({ soFar }) => soFar);
    if (files.length === 0) return;
    // Not told when it fails: the next second says it anew, and a database that is gone is told elsewhere.
    this.#noting = noteProgress(this.#options.world.pool, files)
      .catch(() => {})
      .finally(() => {
        this.#noting = undefined;
      });
  }

  #forgetOver(meeting: Id, recording: MeetingRecording): void {
    if (recording.isOver) {
      this.#recordings.delete(recording);
      this.#followed.delete(meeting);
      return;
    }
    // Ended, and its last files are being finished.
    if (recording.hasEnded) setTimeout(() => this.#forgetOver(meeting, recording), 1_000).unref();
  }
}
