/**
 * Plays scenes on the meeting's clock. Every file has a `<video>` of its own, given its address here: those that play,
 * and those that come next, loaded beforehand and standing at their first picture, so that a change of turns is a
 * change of what is shown. Where no file tells the time (a gap), this does.
 */
import type { ReplayFile } from "../../../protocol/http/replays.ts";
import {
  beginningOf,
  filesAround,
  paceOf,
  type Scene,
  sceneAfter,
  sceneAt,
  secondsInto,
} from "../../views/playback.ts";

export interface PlayerState {
  positionMs: number;
  /** Which scene is on; -1 when there is none. */
  scene: number;
  playing: boolean;
  speed: number;
  /** It would play, and the picture has yet to come. */
  waiting: boolean;
  /** `end`: of a meeting that is over; `live`: of what there is so far, and it goes on by itself. */
  atEnd: "no" | "end" | "live";
  /** The file that cannot be played, while its scene is on. */
  broken: string | null;
}

interface Deck {
  file: ReplayFile;
  video: HTMLVideoElement;
  /** Of a growing file: how much of it this element was given. */
  bytes: number;
  broken: boolean;
  listening: AbortController;
}

/** The position is told this often while it plays; the clock itself is looked at with every picture drawn. */
const toldEveryMs = 200;
/** Pictures that run at once may drift so far apart before they are put together again. */
const driftMs = 250;
/** A scene is over when this little is left: the last picture stands in any case. */
const lastMs = 20;
/** When nothing can be drawn (the tab is hidden) the sound goes on, and this looks at the clock. */
const hiddenTickMs = 250;

export class Player {
  readonly #addressOf: (file: ReplayFile) => string;
  readonly #decks = new Map<string, Deck>();
  readonly #told = new Set<() => void>();
  #scenes: readonly Scene[] = [];
  #running = false;
  #began = false;
  #state: PlayerState = {
    ...{ positionMs: 0, scene: -1, playing: false, speed: 1 },
    ...{ waiting: false, atEnd: "no", broken: null },
  };
  #exactMs = 0;
  #tickedAt = 0;
  #toldAt = 0;
  #frame = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(addressOf: (file: ReplayFile) => string) {
    this.#addressOf = addressOf;
  }

  get state(): PlayerState {
    return this.#state;
  }

  readonly current = (): PlayerState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#told.add(listener);
    return () => this.#told.delete(listener);
  };

  /** What there is to play, also when it has grown. It stands at `startMs`, or where the first picture is, once there is one. */
  show(scenes: readonly Scene[], { running, startMs }: { running: boolean; startMs: number | null }): void {
    this.#scenes = scenes;
    this.#running = running;
    for (const scene of scenes) {
      for (const file of scene.files) {
        const deck = this.#decks.get(file.id);
        if (deck) deck.file = file;
      }
    }
    if (!this.#began && scenes.some(({ gap }) => gap === null)) {
      this.#began = true;
      this.seek(startMs ?? beginningOf(scenes));
      return;
    }
    this.#change({ scene: sceneAt(scenes, this.#exactMs) });
    this.#goOnIfGrown();
  }

  /** A `<video>` for a file, when it is drawn; answers with how it goes again. */
  attach(file: ReplayFile, video: HTMLVideoElement): () => void {
    const listening = new AbortController();
    const deck: Deck = { file, video, bytes: file.bytes, broken: false, listening };
    this.#decks.set(file.id, deck);
    const { signal } = listening;
    video.addEventListener("error", () => this.#breaks(deck), { signal });
    for (const news of ["playing", "waiting", "seeked", "canplay", "ended"]) {
      video.addEventListener(news, () => this.#tick(), { signal });
    }
    this.#load(deck);
    return () => {
      listening.abort();
      this.#decks.delete(file.id);
      video.pause();
      // Without this the browser keeps the connection and the decoder.
      video.removeAttribute("src");
      video.load();
    };
  }

  play(): void {
    if (this.#scenes.length === 0) return;
    if (this.#state.atEnd === "end") this.seek(beginningOf(this.#scenes));
    this.#change({ playing: true, broken: null });
    this.#startClock();
    this.#setInMotion();
  }

  pause(): void {
    this.#change({ playing: false, waiting: false });
    this.#stopClock();
    for (const { video } of this.#decks.values()) video.pause();
  }

  setSpeed(speed: number): void {
    this.#change({ speed });
    for (const { video } of this.#decks.values()) video.playbackRate = speed;
  }

  seek(ms: number): void {
    const wholeMs = this.#scenes.at(-1)?.toMs ?? 0;
    this.#exactMs = Math.min(Math.max(0, ms), wholeMs);
    const scene = sceneAt(this.#scenes, this.#exactMs);
    this.#change({ positionMs: this.#exactMs, scene, atEnd: "no", broken: null });
    for (const deck of this.#decks.values()) this.#place(deck);
    this.#setInMotion();
  }

  close(): void {
    this.#stopClock();
    this.#told.clear();
  }

  #change(change: Partial<PlayerState>): void {
    const changes = Object.entries(change).some(([key, value]) => this.#state[key as keyof PlayerState] !== value);
    if (!changes) return;
    this.#state = { ...this.#state, ...change };
    this.#toldAt = performance.now();
    for (const listener of this.#told) listener();
  }

  #load(deck: Deck): void {
    const { video, file } = deck;
    deck.bytes = file.bytes;
    video.preload = "auto";
    video.src = this.#addressOf(file);
    video.playbackRate = this.#state.speed;
    this.#place(deck);
    if (this.#state.playing && this.#isOn(file)) start(video);
  }

  #isOn(file: ReplayFile): boolean {
    return this.#scenes[this.#state.scene]?.files.some(({ id }) => id === file.id) ?? false;
  }

  /** Puts an element where its file is now, or where it will begin. */
  #place({ file, video }: Deck): void {
    const { next, nextFromMs } = filesAround(this.#scenes, this.#state.scene);
    const toMs = this.#isOn(file) ? this.#exactMs : next.some(({ id }) => id === file.id) ? nextFromMs : null;
    if (toMs === null) return;
    const seconds = secondsInto(file, toMs);
    if (Math.abs(video.currentTime - seconds) > 0.02) video.currentTime = seconds;
  }

  /** What is on plays, everything else stands still. */
  #setInMotion(): void {
    if (!this.#state.playing) return;
    for (const { file, video, broken } of this.#decks.values()) {
      if (!this.#isOn(file) || broken) video.pause();
      else if (video.paused && !video.ended) start(video, () => this.#notAllowed());
    }
    this.#tickedAt = performance.now();
  }

  /** A browser plays sound only once somebody has pressed something on the page. */
  #notAllowed(): void {
    this.pause();
  }

  #startClock(): void {
    this.#stopClock();
    this.#tickedAt = performance.now();
    const draw = () => {
      this.#tick();
      this.#frame = requestAnimationFrame(draw);
    };
    this.#frame = requestAnimationFrame(draw);
    this.#timer = setInterval(() => this.#tick(), hiddenTickMs);
  }

  #stopClock(): void {
    cancelAnimationFrame(this.#frame);
    clearInterval(this.#timer);
  }

  #tick(): void {
    const now = performance.now();
    const passedMs = Math.min(now - this.#tickedAt, 1_000);
    this.#tickedAt = now;
    const scene = this.#scenes[this.#state.scene];
    if (!this.#state.playing || scene === undefined || this.#state.atEnd === "live") return;
    const on = this.#decksOf(scene);
    const lead = on.find(({ broken, video }) => !broken && !video.ended);
    if (scene.gap !== null || (on.length > 0 && on.every(({ broken }) => broken))) {
      this.#exactMs = Math.min(scene.toMs, this.#exactMs + passedMs * paceOf(scene) * this.#state.speed);
    } else if (lead !== undefined) {
      this.#follow(lead, on, scene);
    } else if (on.length > 0) {
      if (this.#hungry(on)) return;
      this.#exactMs = scene.toMs;
    }
    if (this.#exactMs >= scene.toMs - lastMs) this.#enterNext();
    else if (now - this.#toldAt >= toldEveryMs) this.#change({ positionMs: this.#exactMs });
  }

  #decksOf(scene: Scene): Deck[] {
    return scene.files.flatMap(({ id }) => this.#decks.get(id) ?? []);
  }

  /** The first picture tells the time; the others keep up with it. */
  #follow(lead: Deck, on: readonly Deck[], scene: Scene): void {
    const { video, file } = lead;
    const ready = video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && !video.seeking;
    this.#change({ waiting: !ready || video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA });
    if (!ready) return;
    this.#exactMs = Math.max(scene.fromMs, file.startMs + video.currentTime * 1000);
    for (const other of on) {
      if (other === lead || other.broken || other.video.ended || other.video.seeking) continue;
      const seconds = secondsInto(other.file, this.#exactMs);
      if (Math.abs(other.video.currentTime - seconds) * 1000 > driftMs) other.video.currentTime = seconds;
    }
  }

  /** Everything that is here of a file that grows was played: more of it is loaded, or waited for. */
  #hungry(on: readonly Deck[]): boolean {
    const growing = on.filter(({ file, broken }) => !broken && file.state === "writing");
    const isNewest = this.#scenes.slice(this.#state.scene + 1).every(({ gap }) => gap !== null);
    if (growing.length === 0 || !this.#running || !isNewest) return false;
    this.#change({ positionMs: this.#exactMs, atEnd: "live", waiting: false });
    return true;
  }

  /** There is more than before: what had come to its end goes on from there. Until then it says so once and waits. */
  #goOnIfGrown(): void {
    const scene = this.#scenes[this.#state.scene];
    if (scene === undefined) return;
    const grown = this.#decksOf(scene).filter(({ video, file, bytes }) => video.ended && file.bytes > bytes);
    for (const deck of grown) this.#load(deck);
    if (this.#state.atEnd !== "live") return;
    const waits = scene.gap !== null || scene.files.some(({ state }) => state === "writing");
    const follows = sceneAfter(this.#scenes, this.#state.scene) !== undefined;
    if (waits && grown.length === 0 && !follows && this.#running) return;
    this.#change({ atEnd: "no" });
    this.#setInMotion();
  }

  #enterNext(): void {
    const index = this.#state.scene + 1;
    const scene = this.#scenes[index];
    if (scene === undefined) {
      this.#exactMs = this.#scenes.at(-1)?.toMs ?? 0;
      if (this.#running) this.#change({ positionMs: this.#exactMs, atEnd: "live", waiting: false });
      else {
        this.pause();
        this.#change({ positionMs: this.#exactMs, atEnd: "end", broken: null });
      }
      return;
    }
    this.#exactMs = scene.fromMs;
    // What could not be played lies behind; the sentence about it goes with it.
    this.#change({ scene: index, positionMs: this.#exactMs, broken: null });
    for (const deck of this.#decksOf(scene)) {
      // What plays on from the scene before is left alone: putting it anywhere would be heard.
      if (deck.video.paused) this.#place(deck);
    }
    this.#setInMotion();
  }

  #breaks(deck: Deck): void {
    deck.broken = true;
    if (this.#isOn(deck.file)) this.#change({ broken: deck.file.id, waiting: false });
    this.#tick();
  }
}

/** A play that is overtaken by a pause or another address is no fault; one that the browser forbids is told. */
function start(video: HTMLVideoElement, forbidden: () => void = () => {}): void {
  video.play().catch((fault: unknown) => {
    if (fault instanceof DOMException && fault.name === "NotAllowedError") forbidden();
  });
}
