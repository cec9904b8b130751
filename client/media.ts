/**
 * Sound and picture in the browser: the only file that knows mediasoup-client. No React; it follows the session by
 * itself: who speaks is read from the meeting, what is to be shown from the server's notices.
 *
 * What this page does about its own microphone is a courtesy. That nobody is heard without the floor is the server's.
 */
import { Device } from "mediasoup-client";
import type { Consumer, Producer, RtpCapabilities, Transport, TransportOptions } from "mediasoup-client/types";
import { isHere, type Meeting, turnOf } from "../domain/meeting/state.ts";
import { maxBitrates } from "../protocol/codecs.ts";
import type { Id } from "../protocol/ids.ts";
import type { MediaAnswer, MediaNotice, MediaRequest, ToldConsumer, TransportParameters } from "../protocol/media.ts";
import type { MediumKind } from "../protocol/meeting.ts";
import { openScreen } from "./devices.ts";
import { Sound } from "./sound.ts";

/** What there is of one seat. Its tracks are there before the turn, and stand still without it. */
export type ShownMedia = Partial<Record<MediumKind, MediaStreamTrack>>;

/** `connecting` also while a lost path is being found again. */
export type MediaLink = "off" | "connecting" | "live";

/** What of the session media need; `Session` has it all. */
export interface MediaSession {
  readonly state: { link: "connecting" | "live" | "offline" | "over"; seat: Id | null; meeting: Meeting | null };
  subscribe(changed: () => void): () => void;
  request<T extends MediaRequest["type"]>(request: Extract<MediaRequest, { type: T }>): Promise<MediaAnswer<T>>;
  onMediaNotice(told: (notice: MediaNotice) => void): () => void;
}

export interface MediaOptions {
  session: MediaSession;
  /** Comes with the ticket. With it media begin in one round trip. */
  routerRtpCapabilities?: unknown;
  /** What there is of a seat changed. */
  onShown?: (seat: Id, shown: ShownMedia) => void;
  onLink?: (link: MediaLink) => void;
  /** The browser plays no sound until the person clicks; then call `allowSound`. */
  onSoundBlocked?: (blocked: boolean) => void;
  /** The shared screen ended, by the browser's own button or with the turn. */
  onScreenEnded?: () => void;
}

export interface ShownStats {
  seat: Id;
  medium: MediumKind;
  framesDecoded: number;
  packetsReceived: number;
  bytesReceived: number;
}

/** A path that is lost this long is looked for anew. */
const lostForMs = 2_000;
const askAgainAfterMs = 400;

class MediaRefusal extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`The server refused: ${code}`);
    this.code = code;
  }
}

interface Taken {
  consumer: Consumer;
  seat: Id;
  medium: MediumKind;
}

/**
 * To be called while nobody waits yet: a browser's first peer connection and certificate cost it some ten milliseconds
 * that are then no part of joining.
 */
export async function warmMedia(routerRtpCapabilities: unknown): Promise<void> {
  try {
    spareCertificate ??= ownCertificate();
    await Promise.all([spareCertificate, loadDevice(routerRtpCapabilities)]);
    const trial = new RTCPeerConnection();
    trial.addTransceiver("audio", { direction: "recvonly" });
    trial.addTransceiver("video", { direction: "recvonly" });
    await trial.createOffer();
    trial.close();
  } catch {
    // Whatever is missing here is said when media are opened.
  }
}

/** Opens media on a session; it begins at once if the seat is in the room, otherwise when it is let in. */
export function openMedia(options: MediaOptions): Media {
  return new Media(options);
}

export class Media {
  readonly #options: MediaOptions;
  readonly #session: MediaSession;
  readonly #sound: Sound;
  readonly #shown = new Map<Id, ShownMedia>();
  readonly #taken = new Map<Id, Taken>();
  readonly #taking = new Set<Id>();
  /** Told before the answer that they belong to. */
  readonly #early: ToldConsumer[] = [];
  readonly #producers = new Map<MediumKind, Producer>();
  readonly #own: Partial<Record<MediumKind, MediaStreamTrack>> = {};
  readonly #unsubscribe: (() => void)[];
  #device: Promise<Device> | undefined;
  #receiving: Transport | undefined;
  #sending: Promise<Transport> | undefined;
  #link: MediaLink = "off";
  /** Counts the beginnings: what an older one still answers is of no use any more. */
  #round = 0;
  #begun = false;
  #called = false;
  #speaking = false;
  #muted = false;
  #sessionLink: MediaSession["state"]["link"];
  #arranging: Promise<void> | undefined;
  #arrangeAgain = false;
  #closed = false;

  constructor(options: MediaOptions) {
    this.#options = options;
    this.#session = options.session;
    this.#sessionLink = options.session.state.link;
    this.#sound = new Sound((blocked) => options.onSoundBlocked?.(blocked));
    if (options.routerRtpCapabilities) this.#device = loadDevice(options.routerRtpCapabilities);
    this.#unsubscribe = [
      this.#session.onMediaNotice((notice) => void this.#take(notice)),
      this.#session.subscribe(() => this.#follow()),
    ];
    // Before the first snapshot as well: the server knows whether this seat is in the room.
    if (this.#mayBegin()) void this.#begin();
  }

  get link(): MediaLink {
    return this.#link;
  }

  get streams(): ReadonlyMap<Id, ShownMedia> {
    return this.#shown;
  }

  /**
   * What this seat can send; null takes a device away. The tracks stay the caller's (preview, stills): sound is sent
   * from a copy that is silent without the floor. Nothing is sent before the server asks for it.
   */
  prepare(tracks: { microphone?: MediaStreamTrack | null; camera?: MediaStreamTrack | null }): void {
    if (tracks.microphone !== undefined) this.#ownMicrophone(tracks.microphone);
    if (tracks.camera !== undefined) this.#setOwn("camera", tracks.camera);
    // The transport is there before the hand goes up; a turn that comes at once then waits for one thing less.
    if (this.#receiving && (this.#own.microphone || this.#own.camera)) void this.#sendTransport().catch(() => {});
    this.#arrange();
  }

  /** One's own mute button, for this turn and the next ones. */
  muteMicrophone(muted: boolean): void {
    this.#muted = muted;
    this.#openMicrophone();
  }

  /** From a click, with the floor. False when the person changed their mind or the server said no. */
  async startScreen(): Promise<boolean> {
    const track = await openScreen();
    if (!track) return false;
    track.addEventListener("ended", () => this.stopScreen(), { once: true });
    this.#setOwn("screen", track);
    this.#arrange();
    await this.#arranging;
    if (this.#producers.has("screen")) return true;
    this.stopScreen();
    return false;
  }

  stopScreen(): void {
    const track = this.#own.screen;
    if (!track) return;
    this.#setOwn("screen", null);
    track.stop();
    this.#closeProducer("screen", true);
    this.#options.onScreenEnded?.();
  }

  /** From a click, when `onSoundBlocked` said so. */
  allowSound(): Promise<void> {
    return this.#sound.allow();
  }

  chooseLoudspeaker(deviceId: string): Promise<void> {
    return this.#sound.choose(deviceId);
  }

  /** The picture of a seat stands still: ask its sender for a whole one. */
  async requestPicture(seat: Id): Promise<void> {
    for (const { consumer, seat: of } of this.#taken.values()) {
      if (of !== seat || consumer.kind !== "video") continue;
      await this.#ask({ type: "media.requestKeyFrame", consumer: consumer.id }).catch(() => {});
    }
  }

  async stats(): Promise<ShownStats[]> {
    const all = [...this.#taken.values()].map(async ({ consumer, seat, medium }) => {
      const report = consumer.closed ? [] : [...(await consumer.getStats()).values()];
      const {
        framesDecoded = 0,
        packetsReceived = 0,
        bytesReceived = 0,
      } = report.find(({ type }) => type === "inbound-rtp") ?? {};
      return { seat, medium, framesDecoded, packetsReceived, bytesReceived };
    });
    return Promise.all(all);
  }

  /** Ends all of it. The tracks given to `prepare` go on. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const stop of this.#unsubscribe) stop();
    this.#putAway();
    this.#own.microphone?.stop();
    this.#own.screen?.stop();
    this.#sound.close();
    this.#setLink("off");
  }

  /* The session. */

  #mayBegin(): boolean {
    const { link, seat, meeting } = this.#session.state;
    if (this.#closed || this.#begun || link === "over" || link === "offline") return false;
    if (!meeting || seat === null) return true;
    const place = meeting.seats[seat];
    return meeting.phase === "open" && place !== undefined && isHere(place);
  }

  #follow(): void {
    const { link, seat, meeting } = this.#session.state;
    const before = this.#sessionLink;
    this.#sessionLink = link;
    if (link === "over" || meeting?.phase === "ended") {
      this.#putAway();
      return;
    }
    this.#speak(meeting !== null && seat !== null && turnOf(meeting, seat) !== undefined);
    if (this.#mayBegin()) void this.#begin();
    else if (this.#begun && link === "live" && before === "offline") void this.#continue();
  }

  #speak(speaking: boolean): void {
    if (speaking === this.#speaking) return;
    this.#speaking = speaking;
    this.#openMicrophone();
    if (!speaking) this.stopScreen();
    this.#arrange();
  }

  async #take(notice: MediaNotice): Promise<void> {
    switch (notice.type) {
      case "media.consumers":
        return this.#takeUp(notice.consumers);
      case "media.consumersClosed":
        for (const id of notice.consumers) this.#drop(id);
        return;
      case "media.getReady":
        this.#called = true;
        return this.#arrange();
      case "media.standDown":
        this.#called = false;
        return this.#arrange();
      case "media.producersClosed":
        return this.#lostProducers((id) => notice.producers.includes(id));
      case "media.restart":
        this.#putAway();
        return this.#begin();
    }
  }

  /* Beginning. */

  async #begin(): Promise<void> {
    if (this.#closed) return;
    this.#begun = true;
    this.#round += 1;
    const round = this.#round;
    this.#setLink("connecting");
    try {
      await (this.#device ? this.#beginAtOnce(await this.#device, round) : this.#beginUnprepared(round));
    } catch (fault) {
      if (round !== this.#round) return;
      this.#putAway();
      const waits = fault instanceof MediaRefusal && !worthAskingAgain.has(fault.code);
      // Who is not in the room begins when the session says that they are.
      if (waits) this.#begun = false;
      else this.#later(() => this.#begin());
    }
  }

  async #beginAtOnce(device: Device, round: number): Promise<void> {
    const certificate = await takeCertificate();
    const answer = await this.#ask({
      type: "media.begin",
      rtpCapabilities: { ...device.recvRtpCapabilities },
      ...(certificate ? { dtlsParameters: certificate.dtlsParameters } : {}),
    });
    if (round !== this.#round) return;
    this.#receiveBy(device, answer.receive, certificate?.certificate);
    await this.#takeUp([...answer.consumers, ...this.#early.splice(0)]);
    this.#afterBegin();
  }

  /** Without the router's capabilities known before: one round trip more. */
  async #beginUnprepared(round: number): Promise<void> {
    const answer = await this.#ask({ type: "media.begin" });
    this.#device = loadDevice(answer.routerRtpCapabilities);
    const device = await this.#device;
    if (round !== this.#round) return;
    this.#receiveBy(device, answer.receive, undefined);
    const { consumers } = await this.#ask({
      type: "media.receive",
      rtpCapabilities: { ...device.recvRtpCapabilities },
    });
    if (round !== this.#round) return;
    await this.#takeUp([...consumers, ...this.#early.splice(0)]);
    this.#afterBegin();
  }

  #afterBegin(): void {
    if (this.#taken.size === 0) this.#setLink("live");
    if (this.#own.microphone || this.#own.camera) void this.#sendTransport().catch(() => {});
    this.#arrange();
  }

  /** The connection was lost and found. Notices may have been lost with it; media themselves most often went on. */
  async #continue(): Promise<void> {
    const [round, receiving] = [this.#round, this.#receiving];
    if (!receiving) return this.#begin();
    try {
      const sending = await this.#sending?.catch(() => undefined);
      const answer = await this.#ask({
        type: "media.continue",
        receive: receiving.id,
        send: sending && !sending.closed ? sending.id : null,
      });
      if (round !== this.#round) return;
      const there = new Set(answer.consumers.map(({ id }) => id));
      for (const id of [...this.#taken.keys()]) if (!there.has(id)) this.#drop(id);
      this.#lostProducers((id) => !answer.producers.includes(id));
      await this.#takeUp(answer.consumers);
      this.#arrange();
    } catch (fault) {
      if (round !== this.#round || this.#session.state.link !== "live") return;
      if (!(fault instanceof MediaRefusal)) return this.#later(() => this.#continue());
      this.#putAway();
      await this.#begin();
    }
  }

  /** Once more after a moment, unless something else has begun until then. */
  #later(work: () => Promise<void>): void {
    const round = this.#round;
    setTimeout(() => {
      if (round === this.#round && !this.#closed && this.#session.state.link !== "over") void work();
    }, askAgainAfterMs);
  }

  /* Receiving. */

  #receiveBy(device: Device, parameters: TransportParameters, certificate: RTCCertificate | undefined): void {
    const transport = device.createRecvTransport({
      ...asTransportOptions(parameters),
      ...(certificate ? { additionalSettings: { certificates: [certificate] } } : {}),
    });
    transport.on("connect", ({ dtlsParameters }, done) => {
      // The path is tried while the server is told; it knows this end already when the certificate was announced.
      if (!certificate) this.#tell({ type: "media.connectTransport", transport: transport.id, dtlsParameters });
      done();
    });
    this.#watchPath(transport);
    this.#receiving = transport;
  }

  async #takeUp(consumers: readonly ToldConsumer[]): Promise<void> {
    const transport = this.#receiving;
    if (!transport) {
      this.#early.push(...consumers);
      return;
    }
    const fresh = consumers.filter(({ id }) => !this.#taken.has(id) && !this.#taking.has(id));
    // Asked for at once, they are taken up together.
    const taken = await Promise.all(fresh.map((told) => this.#takeOne(transport, told)));
    const awaited = fresh.filter(({ awaited }, index) => awaited && taken[index]).map(({ id }) => id);
    if (awaited.length > 0) this.#tell({ type: "media.shown", consumers: awaited });
  }

  async #takeOne(transport: Transport, told: ToldConsumer): Promise<boolean> {
    const { id, producer, seat, medium, kind } = told;
    this.#taking.add(id);
    try {
      const consumer = await transport.consume({ id, producerId: producer, kind, rtpParameters: asRtp(told) });
      if (transport !== this.#receiving) return false;
      if (!this.#taking.delete(id)) {
        consumer.close();
        return false;
      }
      this.#taken.set(id, { consumer, seat, medium });
      if (medium === "microphone") this.#sound.play(id, consumer.track);
      this.#show(seat, { ...this.#shown.get(seat), [medium]: consumer.track });
      return true;
    } catch {
      // The transport closed meanwhile.
      this.#taking.delete(id);
      return false;
    }
  }

  #drop(id: Id): void {
    this.#taking.delete(id);
    this.#early.splice(0, this.#early.length, ...this.#early.filter((told) => told.id !== id));
    const taken = this.#taken.get(id);
    if (!taken) return;
    const { consumer, seat, medium } = taken;
    this.#taken.delete(id);
    this.#sound.stop(id);
    consumer.close();
    const shown = { ...this.#shown.get(seat) };
    // A newer producer of the same medium may have taken its place.
    if (shown[medium] !== consumer.track) return;
    delete shown[medium];
    this.#show(seat, shown);
  }

  #show(seat: Id, shown: ShownMedia): void {
    if (Object.keys(shown).length > 0) this.#shown.set(seat, shown);
    else this.#shown.delete(seat);
    this.#options.onShown?.(seat, shown);
  }

  /* Sending. */

  #ownMicrophone(track: MediaStreamTrack | null): void {
    const former = this.#own.microphone;
    this.#setOwn("microphone", track?.clone() ?? null);
    former?.stop();
    this.#openMicrophone();
  }

  #setOwn(medium: MediumKind, track: MediaStreamTrack | null): void {
    if (track) this.#own[medium] = track;
    else delete this.#own[medium];
  }

  #openMicrophone(): void {
    if (this.#own.microphone) this.#own.microphone.enabled = this.#speaking && !this.#muted;
  }

  /** Brings what is sent in line with what is wanted. One at a time; asked again meanwhile, it looks once more. */
  #arrange(): void {
    this.#arrangeAgain = true;
    this.#arranging ??= this.#arrangeAll().finally(() => {
      this.#arranging = undefined;
      if (this.#arrangeAgain) this.#arrange();
    });
  }

  async #arrangeAll(): Promise<void> {
    while (this.#arrangeAgain) {
      this.#arrangeAgain = false;
      const round = this.#round;
      try {
        for (const medium of ["microphone", "camera", "screen"] as const) await this.#arrangeOne(medium);
      } catch (fault) {
        const refused = fault instanceof MediaRefusal ? fault.code : "";
        // Everything of this round is gone on the server: begin anew. Without the floor: wait to be called.
        if (refused === "media.unknown" && round === this.#round && this.#receiving) {
          this.#putAway();
          void this.#begin();
        } else if (refused === "" || worthAskingAgain.has(refused)) {
          this.#later(async () => this.#arrange());
        }
      }
    }
  }

  async #arrangeOne(medium: MediumKind): Promise<void> {
    const track = this.#own[medium];
    const producer = this.#producers.get(medium);
    if (!track) return this.#closeProducer(medium, true);
    const wanted = medium === "screen" ? this.#speaking : this.#called || this.#speaking;
    if (producer && !producer.closed) {
      if (producer.track !== track) await producer.replaceTrack({ track });
      // Out of line no picture is sent, though the producer stays for the next turn. Sound goes on, as silence that the
      // server drops: a sender that was halted goes on counting where it was, everybody takes the gap for a delay of the
      // network, and their browsers hold back sound and picture by as much, up to two seconds.
      const halts = medium !== "microphone" && producer.appData.sends !== wanted;
      if (halts) await producer.setRtpEncodingParameters({ active: wanted });
      producer.appData.sends = wanted;
      return;
    }
    if (wanted && this.#receiving) await this.#produce(medium, track);
  }

  async #produce(medium: MediumKind, track: MediaStreamTrack): Promise<void> {
    const transport = await this.#sendTransport();
    const producer = await transport.produce({
      track,
      stopTracks: false,
      disableTrackOnPause: false,
      encodings: [{ maxBitrate: maxBitrates[medium], ...(medium === "screen" ? { maxFramerate: 15 } : {}) }],
      codecOptions:
        medium === "microphone"
          ? { opusStereo: false, opusFec: true, opusDtx: false }
          : { videoGoogleStartBitrate: 500 },
      appData: { medium, sends: true },
    });
    if (transport.closed) return;
    this.#producers.set(medium, producer);
  }

  #sendTransport(): Promise<Transport> {
    this.#sending ??= this.#makeSendTransport();
    const making = this.#sending;
    making.catch(() => {
      if (this.#sending === making) this.#sending = undefined;
    });
    return making;
  }

  async #makeSendTransport(): Promise<Transport> {
    const [round, device] = [this.#round, await this.#device];
    const { transport: parameters } = await this.#ask({ type: "media.createTransport" });
    if (round !== this.#round || !device) throw new Error("Media began anew");
    const transport = device.createSendTransport(asTransportOptions(parameters));
    transport.on("connect", ({ dtlsParameters }, done) => {
      this.#tell({ type: "media.connectTransport", transport: transport.id, dtlsParameters });
      done();
    });
    transport.on("produce", ({ kind, rtpParameters, appData }, done, failed) => {
      this.#ask({
        type: "media.produce",
        transport: transport.id,
        medium: appData.medium as MediumKind,
        kind,
        rtpParameters: { ...rtpParameters },
      }).then(({ producer }) => done({ id: producer }), failed);
    });
    this.#watchPath(transport);
    return transport;
  }

  #closeProducer(medium: MediumKind, tellServer: boolean): void {
    const producer = this.#producers.get(medium);
    if (!producer) return;
    this.#producers.delete(medium);
    producer.close();
    if (tellServer) this.#tell({ type: "media.closeProducer", producer: producer.id });
  }

  #lostProducers(lost: (id: Id) => boolean): void {
    for (const [medium, producer] of [...this.#producers]) {
      if (!lost(producer.id)) continue;
      this.#closeProducer(medium, false);
      if (medium === "screen") this.stopScreen();
    }
    this.#arrange();
  }

  /* Paths. */

  /** A lost path is looked for anew, again and again; the server keeps its end meanwhile. */
  #watchPath(transport: Transport): void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (afterMs: number) => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        if (transport.closed || transport.connectionState === "connected") return;
        await this.#restartIce(transport);
        look(lostForMs * 2);
      }, afterMs);
    };
    transport.on("connectionstatechange", (state) => {
      if (state === "connected") clearTimeout(timer);
      if (state === "disconnected") look(lostForMs);
      if (state === "failed") look(0);
      if (transport === this.#receiving) this.#setLink(state === "connected" ? "live" : "connecting");
    });
  }

  async #restartIce(transport: Transport): Promise<void> {
    const round = this.#round;
    try {
      const answer = await this.#ask({ type: "media.restartIce", transport: transport.id });
      // The server's parameters are mediasoup's own.
      await transport.restartIce({ iceParameters: answer.iceParameters as TransportOptions["iceParameters"] });
    } catch (fault) {
      const gone = fault instanceof MediaRefusal && fault.code === "media.unknown";
      if (!gone || round !== this.#round || this.#closed) return;
      this.#putAway();
      await this.#begin();
    }
  }

  /* Small change. */

  /** Lets go of everything of this round, not of one's own tracks. */
  #putAway(): void {
    this.#round += 1;
    this.#begun = false;
    this.#called = false;
    const [receiving, sending] = [this.#receiving, this.#sending];
    this.#receiving = undefined;
    this.#sending = undefined;
    for (const id of [...this.#taken.keys()]) this.#drop(id);
    this.#taking.clear();
    this.#early.length = 0;
    this.#producers.clear();
    receiving?.close();
    void sending?.then(
      (transport) => transport.close(),
      () => {},
    );
    this.#setLink("off");
  }

  #setLink(link: MediaLink): void {
    if (link === this.#link) return;
    this.#link = link;
    this.#options.onLink?.(link);
  }

  /** @throws MediaRefusal, or what the connection says when it is lost */
  async #ask<T extends MediaRequest["type"]>(request: Extract<MediaRequest, { type: T }>) {
    const answer = await this.#session.request<T>(request);
    if (typeof answer === "object" && "refused" in answer) throw new MediaRefusal(answer.refused);
    return answer;
  }

  /** What needs no answer: should it be lost, the path is looked for anew or the next arrangement mends it. */
  #tell<T extends MediaRequest["type"]>(request: Extract<MediaRequest, { type: T }>): void {
    this.#session.request<T>(request).catch(() => {});
  }
}

const worthAskingAgain: ReadonlySet<string> = new Set(["media.unavailable", "command.tooMany", "command.failed"]);

let loaded: { capabilities: string; device: Promise<Device> } | undefined;

/** What this browser and that router have in common. It is worked out once, mostly while somebody stands at the door. */
function loadDevice(routerRtpCapabilities: unknown): Promise<Device> {
  const capabilities = JSON.stringify(routerRtpCapabilities);
  if (loaded?.capabilities === capabilities) return loaded.device;
  const device = newDevice(routerRtpCapabilities);
  loaded = { capabilities, device };
  device.catch(() => {
    // Tried anew the next time.
    loaded = undefined;
  });
  return device;
}

async function newDevice(routerRtpCapabilities: unknown): Promise<Device> {
  const device = await Device.factory();
  await device.load({ routerRtpCapabilities: routerRtpCapabilities as RtpCapabilities });
  return device;
}

let spareCertificate: ReturnType<typeof ownCertificate> | undefined;

function takeCertificate() {
  const spare = spareCertificate;
  spareCertificate = undefined;
  return spare ?? ownCertificate();
}

/** A certificate whose fingerprints are known before the transport; undefined where the browser does not tell them. */
async function ownCertificate() {
  const certificate = await RTCPeerConnection.generateCertificate({ name: "ECDSA", namedCurve: "P-256" } as never);
  const prints = certificate.getFingerprints?.() ?? [];
  const fingerprints = prints.map(({ algorithm, value }) => ({ algorithm, value: value?.toUpperCase() }));
  if (fingerprints.length === 0) return undefined;
  return { certificate, dtlsParameters: { role: "client", fingerprints } };
}

// The server passes mediasoup's own parameters on as they are; mediasoup-client checks them.
const asTransportOptions = (given: TransportParameters) => given as TransportOptions;
const asRtp = (told: ToldConsumer) => told.rtpParameters as Parameters<Transport["consume"]>[0]["rtpParameters"];
