/** The crowd as seen from a measurement: a process of its own, so that what it costs is not measured. */
import { fork } from "node:child_process";
import { once } from "node:events";

export interface Place {
  kind: "twinlight" | "bare";
  url: string;
  /** Of the meeting; of no meaning to the bare server. */
  code: string;
}

export type Order = { do: "speak"; place: Place } | { do: "receive"; place: Place; count: number };

export type Answer = { done: true; seats: string[] } | { failed: string };

export class Crowd {
  readonly #child = fork(new URL("./main.ts", import.meta.url), { stdio: ["ignore", 2, 2, "ipc"] });
  #queue: Promise<unknown> = Promise.resolve();

  /** Sends a speaker; answers with their seat. */
  speak(place: Place): Promise<string[]> {
    return this.#order({ do: "speak", place });
  }

  /** So many more who only receive. */
  receive(place: Place, count: number): Promise<string[]> {
    return this.#order({ do: "receive", place, count });
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.disconnect();
    const late = setTimeout(() => this.#child.kill("SIGKILL"), 3_000);
    await once(this.#child, "exit");
    clearTimeout(late);
  }

  #order(order: Order): Promise<string[]> {
    const answered = this.#queue.then(async () => {
      const answer = new Promise<Answer>((resolve) => {
        // Only ours writes to this channel.
        this.#child.once("message", (message) => resolve(message as Answer));
        this.#child.once("exit", (code) => resolve({ failed: `The crowd ended with code ${code}` }));
      });
      this.#child.send(order);
      const said = await answer;
      if ("failed" in said) throw new Error(said.failed);
      return said.seats;
    });
    this.#queue = answered.catch(() => {});
    return answered;
  }
}
