/** Where one meeting's media live: looks for a home, and for another one when its worker died. */
import type { MediaHome, MediaWorkers } from "./workers.ts";

export interface LodgingOptions {
  workers: Pick<MediaWorkers, "place">;
  found: (home: MediaHome) => void;
  /** The worker died: all that was made in the home is gone. The next one is being looked for. */
  lost: () => void;
  failed: (fault: unknown) => void;
}

export class Lodging {
  readonly #options: LodgingOptions;
  #home: MediaHome | undefined;
  #looking: Promise<MediaHome> | undefined;
  #closed = false;

  constructor(options: LodgingOptions) {
    this.#options = options;
  }

  get home(): MediaHome | undefined {
    return this.#home;
  }

  /** The home as soon as there is one; rejects when there will be none. */
  find(): Promise<MediaHome> {
    this.#looking ??= this.#look();
    return this.#looking;
  }

  close(): void {
    this.#closed = true;
    this.#home?.close();
    this.#home = undefined;
  }

  #look(): Promise<MediaHome> {
    const looking = this.#options.workers.place(() => this.#lose());
    looking.then(
      (home) => {
        if (this.#closed) return home.close();
        this.#home = home;
        this.#options.found(home);
      },
      (fault: unknown) => {
        this.#looking = undefined;
        if (!this.#closed) this.#options.failed(fault);
      },
    );
    return looking;
  }

  #lose(): void {
    if (this.#closed) return;
    this.#home = undefined;
    this.#looking = this.#look();
    this.#options.lost();
  }
}
