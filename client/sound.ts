/** Plays what is heard. A browser may refuse to until the person has touched the page; that is told, not hidden. */

export class Sound {
  readonly #players = new Map<string, HTMLAudioElement>();
  readonly #blocked: (blocked: boolean) => void;
  #speaker = "";

  /** `blocked`: whether the browser waits for a click before it plays anything. */
  constructor(blocked: (blocked: boolean) => void) {
    this.#blocked = blocked;
  }

  play(id: string, track: MediaStreamTrack): void {
    this.stop(id);
    const player = new Audio();
    player.srcObject = new MediaStream([track]);
    if (this.#speaker !== "") void player.setSinkId?.(this.#speaker).catch(() => {});
    this.#players.set(id, player);
    void this.#start(player);
  }

  stop(id: string): void {
    const player = this.#players.get(id);
    if (!player) return;
    player.srcObject = null;
    this.#players.delete(id);
  }

  /** To be called from a click, after `blocked`. */
  async allow(): Promise<void> {
    await Promise.all([...this.#players.values()].map((player) => this.#start(player)));
  }

  /** Which loudspeaker, where the browser lets one choose. */
  async choose(speaker: string): Promise<void> {
    this.#speaker = speaker;
    await Promise.all([...this.#players.values()].map((player) => player.setSinkId?.(speaker)?.catch(() => {})));
  }

  close(): void {
    for (const id of [...this.#players.keys()]) this.stop(id);
  }

  async #start(player: HTMLAudioElement): Promise<void> {
    try {
      await player.play();
      this.#blocked(false);
    } catch (fault) {
      // Any other fault (the track ended meanwhile) is not the person's to mend.
      if (fault instanceof DOMException && fault.name === "NotAllowedError") this.#blocked(true);
    }
  }
}
