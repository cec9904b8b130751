/**
 * Keeps one editor's text and the server's together: sends what was written, receives what others wrote and moves one's own
 * over it (prosemirror-collab). Without a connection it waits, and nothing that was written is lost. No page, no socket.
 */
import { getVersion, receiveTransaction, sendableSteps } from "prosemirror-collab";
import type { Node } from "prosemirror-model";
import type { EditorState, Transaction } from "prosemirror-state";
import { Step } from "prosemirror-transform";
import { type StepJson, textSchema } from "../../domain/text/schema.ts";
import type { MissedSteps, NumberedStep, SendSteps, StepsAnswer } from "../../protocol/twinspace/pages.ts";
import { type Answer, isRefused, type Refusal } from "../api.ts";

/** How text goes to the server and comes from there: a page's routes, or its line. */
export interface TextCarrier {
  send(steps: SendSteps): Promise<Answer<StepsAnswer>>;
  missed(after: number): Promise<Answer<MissedSteps>>;
}

/** The editor, or a text that nobody looks at. */
export interface TextHolder {
  readonly state: EditorState;
  dispatch(transaction: Transaction): void;
}

/** `stopped`: it will not be taken as it is; `refusal` says why. */
export type SyncState = "saved" | "saving" | "offline" | "stopped";

export interface SyncSaid {
  state(state: SyncState, refusal: Refusal | undefined): void;
}

/** The protocol's most at once is more; smaller messages arrive where lines are bad. */
const mostAtOnce = 200;
const afterTypingMs = 400;
const againAfterMs = 3_000;
/** Refusals that go away by themselves. */
const passing: readonly Refusal["refused"][] = ["offline", "request.tooMany", "command.failed"];
/** The server's text is another one than this was: a backup came back. */
const otherText: Refusal = { refused: "text.misfits" };

export class TextSync {
  readonly #holder: TextHolder;
  readonly #clientId: string;
  readonly #carrier: TextCarrier;
  readonly #said: SyncSaid;
  /** As the server has it, without what is still to be sent. */
  #confirmed: Node;
  #state: SyncState = "saved";
  #working: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isBehind = false;

  constructor(holder: TextHolder, clientId: string, confirmed: Node, carrier: TextCarrier, said: SyncSaid) {
    this.#holder = holder;
    this.#clientId = clientId;
    this.#confirmed = confirmed;
    this.#carrier = carrier;
    this.#said = said;
  }

  get state(): SyncState {
    return this.#state;
  }
  get version(): number {
    return getVersion(this.#holder.state);
  }

  /** What was written and not confirmed, with what it stands on; null when everything is. */
  unsent(): { version: number; doc: Node; steps: StepJson[] } | null {
    const sendable = sendableSteps(this.#holder.state);
    if (sendable === null) return null;
    return { version: sendable.version, doc: this.#confirmed, steps: sendable.steps.map((step) => step.toJSON()) };
  }

  /** Something was written: it is sent when the fingers rest. */
  written(): void {
    if (this.#state === "stopped") return;
    if (this.#state === "saved") this.#become("saving");
    if (this.#timer === undefined) this.#soon(afterTypingMs);
  }

  /** Others wrote: `steps` go on from `from`, or are asked for. */
  told({ from, version, steps }: { from: number; version: number; steps: readonly NumberedStep[] | null }): void {
    if (this.#state === "stopped" || version <= this.version) return;
    if (steps !== null && from <= this.version) this.#receive(steps.slice(this.version - from));
    else this.ask();
  }

  /** The server may know more than this does. */
  ask(): void {
    this.#isBehind = true;
    this.#soon(0);
  }

  /** Sends everything now. False when it could not. */
  async flush(): Promise<boolean> {
    for (let tries = 0; tries < 3 && this.#state !== "stopped" && this.unsent() !== null; tries += 1)
      await this.#work();
    return this.unsent() === null;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#state = "stopped";
  }

  #soon(afterMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#work(), afterMs);
  }

  #work(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#working ??= this.#round().finally(() => {
      this.#working = null;
    });
    return this.#working;
  }

  async #round(): Promise<void> {
    while (!this.#isOver()) {
      const unsent = this.unsent();
      if (unsent === null && !this.#isBehind) return this.#become("saved");
      this.#isBehind = false;
      const refusal = unsent === null ? await this.#catchUp() : await this.#send(unsent);
      if (this.#isOver()) return;
      if (refusal === undefined) continue;
      if (!passing.includes(refusal.refused)) return this.#giveUp(refusal);
      this.#isBehind = true;
      this.#soon(againAfterMs);
      return this.#become("offline", refusal);
    }
  }

  async #send({ version, steps }: { version: number; steps: StepJson[] }): Promise<Refusal | undefined> {
    const sent = steps.slice(0, mostAtOnce);
    const answer = await this.#carrier.send({ version, steps: sent, clientId: this.#clientId });
    if (isRefused(answer)) return answer;
    const { value } = answer;
    if (value.taken) {
      // Its own steps may have been told before the answer came.
      if (this.version === version) this.#receive(sent.map((step) => ({ step, clientId: this.#clientId })));
      return undefined;
    }
    return this.#missed(version, value);
  }

  async #catchUp(): Promise<Refusal | undefined> {
    const { version } = this;
    const answer = await this.#carrier.missed(version);
    return isRefused(answer) ? answer : this.#missed(version, answer.value);
  }

  #missed(from: number, { version, steps, more }: Omit<MissedSteps, never>): Refusal | undefined {
    if (version < from) return otherText;
    this.#isBehind ||= more;
    this.#receive(steps.slice(Math.max(0, this.version - from)));
    return undefined;
  }

  #receive(told: readonly NumberedStep[]): void {
    if (told.length === 0) return;
    try {
      const steps = told.map(({ step }) => Step.fromJSON(textSchema, step));
      const { state } = this.#holder;
      const transaction = receiveTransaction(
        state,
        steps,
        told.map(({ clientId }) => clientId),
        { mapSelectionBackward: true },
      );
      this.#confirmed = steps.reduce(applied, this.#confirmed);
      this.#holder.dispatch(transaction);
    } catch {
      // What stands here is not what the server has: nothing more can be joined to it.
      this.#giveUp(otherText);
    }
  }

  /** Asked anew after every wait: it may have been stopped meanwhile. */
  #isOver(): boolean {
    return this.#state === "stopped";
  }

  #giveUp(refusal: Refusal): void {
    this.#become("stopped", refusal);
    clearTimeout(this.#timer);
  }

  #become(state: SyncState, refusal?: Refusal): void {
    this.#state = state;
    this.#said.state(state, refusal);
  }
}

function applied(doc: Node, step: Step): Node {
  const { doc: next, failed } = step.apply(doc);
  if (!next) throw new RangeError(failed ?? "A step does not fit");
  return next;
}
