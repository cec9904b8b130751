/**
 * Files on their way to a TwinSpace, in pieces by the tus protocol: they go on by themselves after a lost connection, and after
 * a reload once the same file is chosen again. The only file that knows tus-js-client.
 */
import { DetailedError, Upload } from "tus-js-client";
import type { Room } from "../protocol/twinspace/materials.ts";
import { uploadsAt } from "./api/space/materials.ts";
import type { Refusal } from "./api.ts";
import { type Interrupted, InterruptedUploads } from "./views/interrupted-uploads.ts";

/**
 * `queued`, others first; `sending`; `paused` by who sends it; `waiting` for the connection; `arriving`, all is there and it is
 * looked at; `arrived` as a material; `refused`.
 */
export type SendingState = "queued" | "sending" | "paused" | "waiting" | "arriving" | "arrived" | "refused";

export interface Sending {
  readonly id: number;
  readonly name: string;
  readonly bytes: number;
  readonly sent: number;
  readonly state: SendingState;
  /** Once it has arrived. */
  readonly material: string | null;
  readonly refusal: Refusal | null;
}

interface Own {
  shown: Sending;
  readonly file: File;
  readonly folder: string | null;
  upload: Upload | undefined;
  again: ReturnType<typeof setTimeout> | undefined;
  tries: number;
}

/** A proxy before the server may take no more at once, and what a bad line loses is little. */
const pieceBytes = 4_000_000;
const atOnce = 2;
const longestWaitMs = 15_000;
const materialHeader = "Twinlight-Material";

export class Uploads {
  readonly #project: string;
  readonly #arrived: (material: string) => void;
  readonly #interrupted: InterruptedUploads;
  readonly #listeners = new Set<() => void>();
  readonly #room: () => Room | undefined;
  #all: Own[] = [];
  #shown: readonly Sending[] = [];
  #left: readonly Interrupted[];
  #next = 1;

  constructor({
    project,
    author,
    room,
    arrived,
  }: {
    project: string;
    /** Who sends: what was interrupted is theirs. */
    author: string;
    /** What is known of the room there is; what would be refused is then not even begun. */
    room: () => Room | undefined;
    arrived: (material: string) => void;
  }) {
    this.#project = project;
    this.#room = room;
    this.#arrived = arrived;
    this.#interrupted = new InterruptedUploads(sessionStorage, `${project} ${author}`);
    this.#left = this.#interrupted.all(Date.now());
  }

  /** For useSyncExternalStore. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) window.addEventListener("online", this.#online);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) window.removeEventListener("online", this.#online);
    };
  };
  readonly list = (): readonly Sending[] => this.#shown;
  /** What a reload interrupted and nobody has gone on with: choosing the file again does. */
  readonly left = (): readonly Interrupted[] => this.#left;

  add(files: Iterable<File>, folder: string | null): void {
    for (const file of files) {
      const shown = { id: this.#next, name: file.name, bytes: file.size, sent: 0, material: null };
      this.#next += 1;
      const refusal = refusalBefore(file, this.#room());
      const state = refusal === null ? "queued" : "refused";
      this.#all.push({
        ...{ file, folder, upload: undefined, again: undefined, tries: 0 },
        shown: { ...shown, state, refusal },
      });
    }
    this.#tell();
    this.#begin();
  }

  pause(id: number): void {
    const own = this.#find(id);
    if (!own) return;
    this.#stop(own);
    this.#change(own, { state: "paused" });
    this.#begin();
  }

  goOn(id: number): void {
    const own = this.#find(id);
    if (!own) return;
    own.tries = 0;
    this.#change(own, { state: "queued", refusal: null });
    this.#begin();
  }

  /** Takes it off the list; what of it has arrived at the server is given up. */
  cancel(id: number): void {
    const own = this.#find(id);
    if (!own) return;
    this.#stop(own);
    const { upload } = own;
    if (upload?.url && own.shown.state !== "arrived") {
      this.#interrupted.forget(upload.url);
      // Where it cannot be told so, the server gives it up by itself a day later.
      Upload.terminate(upload.url, { retryDelays: null }).catch(() => {});
    }
    this.#all = this.#all.filter((each) => each !== own);
    this.#tell();
    this.#begin();
  }

  /** Gives up what a reload interrupted. */
  giveUp({ url }: Interrupted): void {
    this.#interrupted.forget(url);
    Upload.terminate(url, { retryDelays: null }).catch(() => {});
    this.#lookAtLeft();
  }

  /** Takes what has arrived or was refused off the list. */
  dismiss(id: number): void {
    this.#all = this.#all.filter(({ shown }) => shown.id !== id);
    this.#tell();
  }

  /** The page is left: nothing more is sent, and nothing is given up. */
  close(): void {
    for (const own of this.#all) this.#stop(own);
  }

  #find(id: number): Own | undefined {
    return this.#all.find(({ shown }) => shown.id === id);
  }

  #stop(own: Own): void {
    clearTimeout(own.again);
    void own.upload?.abort();
  }

  #begin(): void {
    const busy = this.#all.filter(({ shown: { state } }) => ["sending", "arriving", "waiting"].includes(state));
    const queued = this.#all.filter(({ shown: { state } }) => state === "queued");
    for (const own of queued.slice(0, Math.max(0, atOnce - busy.length))) this.#send(own);
  }

  #send(own: Own): void {
    this.#change(own, { state: "sending" });
    own.upload ??= this.#uploadOf(own);
    own.upload.start();
  }

  #uploadOf(own: Own): Upload {
    const { file, folder } = own;
    const known = this.#interrupted.of(file, Date.now());
    const upload = new Upload(file, {
      endpoint: uploadsAt(this.#project),
      ...(known === undefined ? {} : { uploadUrl: known.url }),
      metadata: { filename: file.name, folder: folder ?? "" },
      chunkSize: pieceBytes,
      // We wait ourselves: for as long as it takes, and at once when the browser says that it is online again.
      retryDelays: null,
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => {
        if (upload.url === null) return;
        this.#interrupted.keep(file, upload.url, Date.now());
      },
      onProgress: (sent, bytes) => {
        own.tries = 0;
        this.#change(own, { sent, state: sent === bytes ? "arriving" : "sending" });
      },
      onSuccess: ({ lastResponse }) => this.#arrive(own, lastResponse.getHeader(materialHeader) ?? null),
      onError: (fault) => this.#failed(own, fault),
    });
    return upload;
  }

  #arrive(own: Own, material: string | null): void {
    if (own.upload?.url) this.#interrupted.forget(own.upload.url);
    this.#change(own, { state: "arrived", sent: own.file.size, material });
    this.#lookAtLeft();
    if (material !== null) this.#arrived(material);
    this.#begin();
  }

  #failed(own: Own, fault: Error): void {
    // Stopped by whoever sends it.
    if (own.shown.state === "paused") return;
    const refusal = refusalIn(fault);
    if (refusal !== null) {
      if (!canGoOn(refusal)) {
        if (own.upload?.url) this.#interrupted.forget(own.upload.url);
        own.upload = undefined;
      }
      this.#change(own, { state: "refused", refusal });
      this.#lookAtLeft();
      this.#begin();
      return;
    }
    own.tries += 1;
    this.#change(own, { state: "waiting" });
    own.again = setTimeout(() => this.#send(own), Math.min(longestWaitMs, 500 * 2 ** own.tries));
  }

  readonly #online = (): void => {
    for (const own of this.#all.filter(({ shown: { state } }) => state === "waiting")) {
      clearTimeout(own.again);
      this.#send(own);
    }
  };

  #change(own: Own, change: Partial<Sending>): void {
    own.shown = { ...own.shown, ...change };
    this.#tell();
  }

  #lookAtLeft(): void {
    this.#left = this.#interrupted.all(Date.now());
    this.#tell();
  }

  #tell(): void {
    this.#shown = this.#all.map(({ shown }) => shown);
    // What goes on in this page is not left over.
    const urls = new Set(this.#all.map(({ upload }) => upload?.url));
    const files = this.#all.map(({ file }) => file);
    this.#left = this.#left.filter((each) => !urls.has(each.url) && !files.some((file) => each.isOf(file)));
    for (const listener of this.#listeners) listener();
  }
}

/** What can be mended elsewhere (room made, signed in again in another tab) and then gone on with from where it was. */
export const canGoOn = ({ refused }: Refusal): boolean =>
  ["material.diskFull", "material.quotaFull", "account.signedOut", "factor.needed"].includes(refused);

/** What is known to be refused is said before anything is sent. */
function refusalBefore(file: File, room: Room | undefined): Refusal | null {
  if (file.size === 0) return { refused: "material.empty" };
  if (/^image\/hei[cf]$/.test(file.type) || /\.hei[cf]$/i.test(file.name)) return { refused: "material.heic" };
  if (room === undefined) return null;
  if (file.size > room.fileBytes) return { refused: "material.tooLarge" };
  if (file.type.startsWith("image/") && file.size > room.imageBytes && !file.type.includes("svg")) {
    return { refused: "material.imageTooLarge" };
  }
  return null;
}

/** What the server said no to for good; null when it did not answer, or is to be asked again. */
function refusalIn(fault: Error): Refusal | null {
  const response = fault instanceof DetailedError ? fault.originalResponse : null;
  if (response === null) return null;
  const status = response.getStatus();
  // Too often, or somebody between us and the server has trouble; 409: more of it is there than we knew.
  if (status === 0 || status === 409 || status === 429 || (status >= 500 && status !== 507)) return null;
  try {
    const answer: unknown = JSON.parse(response.getBody());
    if (typeof answer === "object" && answer !== null && "refused" in answer && typeof answer.refused === "string") {
      // The server's own codes; what is no code is shown by its number of sentences: none.
      return answer as Refusal;
    }
  } catch {
    // A proxy's own page.
  }
  return { refused: status === 413 ? "material.tooLarge" : "command.failed" };
}
