/**
 * Writing a page's text at once with others: what is typed here is shown at once and sent as steps; the server puts everybody's
 * steps in one order, and what came first from elsewhere is put under what was typed here. Nothing typed is dropped: what is not
 * confirmed is kept on this device until it is. No React.
 */
import { collab, getVersion, receiveTransaction, sendableSteps } from "prosemirror-collab";
import { Node } from "prosemirror-model";
import { EditorState, type Plugin, type Transaction } from "prosemirror-state";
import { Mapping, Step } from "prosemirror-transform";
import { plainText } from "../../domain/text/plain.ts";
import { type TextNode, textSchema } from "../../domain/text/schema.ts";
import type { PagePerson, TextSelection } from "../../protocol/twinspace/live.ts";
import type { NumberedStep, StepJson, TextJson } from "../../protocol/twinspace/pages.ts";
import { isRefused, type Refusal } from "../api.ts";
import { sendSteps, stepsAfter } from "../api/space/steps.ts";
import { type OpenedPage, type SpaceLine, spaceLine } from "../space-line.ts";
import { type KeptSteps, keep, leftBehind, slotOf } from "./kept-steps.ts";

/**
 * `saved`: the server has everything. `offline`: what is typed is kept here and sent when there is a connection again.
 * `stopped`: the server takes no more, for the reason that `refusal` says; what was typed stays here to be copied.
 */
export type Saving = "saved" | "saving" | "offline" | "stopped";

export interface Watching {
  /** Of prosemirror: the new state is to be shown. */
  shown(state: EditorState): void;
  saving(saving: Saving, refusal: Refusal | undefined): void;
  /** The others who have the page open. */
  people(people: readonly PagePerson[]): void;
  /** Text that was kept from before and fits nowhere any more, to be copied. */
  found(text: string): void;
}

export interface Opened {
  readonly project: string;
  readonly page: string;
  /** Author of who writes, for what is kept on this device. */
  readonly person: string;
  readonly doc: TextJson;
  readonly version: number;
  readonly plugins: readonly Plugin[];
}

const pollEveryMs = 3_000;
const retryAfterMs = 4_000;
const keepAfterMs = 250;
/** In one message; more are sent one message after the other. */
const mostAtOnce = 200;
/** An editor that is open says so in what it keeps (deadAfterMs of kept-steps.ts). */
const touchEveryMs = 4_000;

export class Writing {
  state: EditorState;
  readonly #opened: Opened;
  readonly #watching: Watching;
  readonly #line: SpaceLine;
  readonly #page: OpenedPage;
  readonly #client: string;
  readonly #slot: string;
  readonly #timers: ReturnType<typeof setInterval>[] = [];
  #keeping: ReturnType<typeof setTimeout> | undefined;
  /** The text as the server last confirmed it. */
  #confirmed: Node;
  /** How positions moved from `#mappedFrom` on, one for each confirmed step: for where others say they are. */
  #maps: Mapping = new Mapping();
  #mappedFrom: number;
  #people: readonly PagePerson[] = [];
  #live = false;
  #busy = false;
  #again = false;
  #closed = false;
  #saving: Saving = "saved";

  constructor(opened: Opened, watching: Watching) {
    this.#opened = opened;
    this.#watching = watching;
    const { project, page, person } = opened;
    const tab = tabName();
    const [left] = leftBehind(localStorage, person, page, tab, Date.now());
    const begun = left && takenUp(left.kept, opened, watching);
    if (left && !begun) keep(localStorage, left.slot, null);
    this.#client = begun?.client ?? newClient();
    this.#slot = left && begun ? left.slot : slotOf(person, page, tab);
    this.#confirmed = begun?.doc ?? Node.fromJSON(textSchema, opened.doc);
    this.#mappedFrom = begun?.version ?? opened.version;
    this.state = EditorState.create({
      doc: this.#confirmed,
      plugins: [...opened.plugins, collab({ version: this.#mappedFrom, clientID: this.#client })],
    });
    if (begun) this.state = withSteps(this.state, begun.steps) ?? this.state;
    this.#line = spaceLine(project);
    this.#page = this.#line.openPage(page, {
      people: (people, me) => {
        this.#people = people.filter(({ key }) => key !== me);
        watching.people(this.#people);
      },
      steps: ({ from, steps }) => (steps === null ? this.#sync() : this.#receive(from, steps)),
      live: () => {
        this.#live = true;
        this.#sync();
      },
      offline: () => {
        this.#live = false;
        this.#people = [];
        watching.people([]);
      },
    });
    this.#timers.push(
      setInterval(() => !this.#live && this.#sync(), pollEveryMs),
      setInterval(() => this.#keepNow(), touchEveryMs),
    );
    addEventListener("online", this.#sync);
    addEventListener("pagehide", this.#keepNow);
    this.#sync();
  }

  /** What somebody typed or chose. */
  take(transaction: Transaction): void {
    this.#show(this.state.apply(transaction));
    if (transaction.docChanged) {
      this.#keepSoon();
      this.#sync();
    }
    this.#saySelection();
  }

  /** Where others are, in positions of the text as it is shown here. */
  carets(): { key: string; name: string; anchor: number; head: number }[] {
    return this.#people.flatMap(({ key, person, writes, selection }) => {
      const at = writes ? this.#here(selection) : undefined;
      return at ? [{ key, name: person.name, ...at }] : [];
    });
  }

  close(): void {
    this.#closed = true;
    this.#keepNow();
    this.#timers.forEach(clearInterval);
    clearTimeout(this.#keeping);
    removeEventListener("online", this.#sync);
    removeEventListener("pagehide", this.#keepNow);
    this.#page.close();
    this.#line.letGo();
  }

  /** The whole text, to be copied. */
  text(): string {
    const doc: TextNode = this.state.doc.toJSON();
    return plainText(doc);
  }

  #show(state: EditorState): void {
    this.state = state;
    this.#watching.shown(state);
  }

  #say(saving: Saving, refusal?: Refusal): void {
    if (this.#saving === saving && saving !== "stopped") return;
    this.#saving = saving;
    this.#watching.saving(saving, refusal);
  }

  /** Sends what is not sent and asks for what is missing, one after the other; called again meanwhile it goes round again. */
  readonly #sync = (): void => {
    if (this.#closed || this.#saving === "stopped") return;
    if (this.#busy) {
      this.#again = true;
      return;
    }
    this.#busy = true;
    void this.#round().then((outcome) => {
      this.#busy = false;
      if (this.#closed) return;
      if (outcome === "offline") setTimeout(this.#sync, retryAfterMs);
      else if (this.#again || (outcome === "more" && this.#saving !== "stopped")) {
        this.#again = false;
        this.#sync();
      }
    });
  };

  async #round(): Promise<"done" | "more" | "offline"> {
    const unsent = sendableSteps(this.state);
    if (!unsent) return this.#ask();
    this.#say("saving");
    const version = unsent.version;
    const steps = unsent.steps.slice(0, mostAtOnce).map((step): StepJson => step.toJSON());
    const message = { version, steps, clientId: this.#client };
    const byLine = await this.#page.send(message);
    const answer =
      byLine === null
        ? await sendSteps(this.#opened.project, this.#opened.page, message)
        : "refused" in byLine
          ? byLine
          : { value: byLine };
    if (isRefused(answer)) return this.#refused(answer);
    const { value } = answer;
    if (value.taken) this.#receive(version, steps.map((step) => ({ step, clientId: this.#client })));
    else this.#receive(version, value.steps);
    this.#keepSoon();
    const isSaved = sendableSteps(this.state) === null;
    if (isSaved) {
      this.#keepNow();
      this.#say("saved");
    }
    return isSaved && value.taken ? "done" : "more";
  }

  async #ask(): Promise<"done" | "more" | "offline"> {
    const version = getVersion(this.state);
    const answer = await stepsAfter(this.#opened.project, this.#opened.page, version);
    if (isRefused(answer)) return this.#refused(answer);
    if (answer.value.version < version) return this.#refused({ refused: "request.notFound" });
    this.#receive(version, answer.value.steps);
    if (sendableSteps(this.state) !== null) return "more";
    this.#keepNow();
    this.#say("saved");
    return answer.value.more ? "more" : "done";
  }

  #refused(refusal: Refusal): "done" | "offline" {
    const passes: readonly string[] = ["offline", "request.tooMany", "command.tooMany", "command.failed", "meeting.busy"];
    if (passes.includes(refusal.refused)) {
      this.#say("offline");
      return "offline";
    }
    this.#keepNow();
    this.#say("stopped", refusal);
    return "done";
  }

  /** Steps that begin at this version; those that are here already are passed over, a gap is asked for. */
  #receive(from: number, steps: readonly NumberedStep[]): void {
    const version = getVersion(this.state);
    if (from > version) return this.#sync();
    const fresh = steps.slice(version - from);
    if (fresh.length === 0) return;
    const read = fresh.map(({ step }) => Step.fromJSON(textSchema, step));
    for (const step of read) {
      const { doc } = step.apply(this.#confirmed);
      if (!doc) throw new Error("A step that the server took does not fit here");
      this.#confirmed = doc;
      this.#maps.appendMap(step.getMap());
    }
    const clients = fresh.map(({ clientId }) => clientId);
    this.#show(
      this.state.apply(receiveTransaction(this.state, read, clients, { mapSelectionBackward: true })),
    );
    this.#keepSoon();
  }

  /** A selection in positions of some version, as it is here: past what was confirmed since and what is typed on top. */
  #here(selection: TextSelection): { anchor: number; head: number } | undefined {
    if (selection === null || selection.version < this.#mappedFrom) return undefined;
    const since = this.#maps.slice(selection.version - this.#mappedFrom);
    const typed = new Mapping((sendableSteps(this.state)?.steps ?? []).map((step) => step.getMap()));
    const end = this.state.doc.content.size;
    const at = (position: number) => Math.min(end, Math.max(0, typed.map(since.map(position))));
    return { anchor: at(selection.anchor), head: at(selection.head) };
  }

  #saySelection(): void {
    const unsent = sendableSteps(this.state)?.steps ?? [];
    const back = new Mapping(unsent.map((step) => step.getMap())).invert();
    const { anchor, head } = this.state.selection;
    this.#page.select({ version: getVersion(this.state), anchor: back.map(anchor), head: back.map(head) });
  }

  #keepSoon(): void {
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(this.#keepNow, keepAfterMs);
  }

  readonly #keepNow = (): void => {
    const unsent = sendableSteps(this.state);
    const kept: KeptSteps | null = unsent && {
      client: this.#client,
      version: getVersion(this.state),
      doc: this.#confirmed.toJSON(),
      steps: unsent.steps.map((step) => step.toJSON()),
      at: Date.now(),
    };
    keep(localStorage, this.#slot, kept);
  };
}

interface TakenUp {
  readonly client: string;
  readonly version: number;
  readonly doc: Node;
  readonly steps: readonly Step[];
}

/** What was kept, if it still fits on the text that it was written on; otherwise its words are given to be copied. */
function takenUp(kept: KeptSteps, { version }: Opened, watching: Watching): TakenUp | undefined {
  try {
    const doc = Node.fromJSON(textSchema, kept.doc);
    const steps = kept.steps.map((step) => Step.fromJSON(textSchema, step));
    const state = EditorState.create({ doc });
    const written = withSteps(state, steps);
    if (written && kept.version <= version) return { client: kept.client, version: kept.version, doc, steps };
    const words: TextNode = (written ?? state).doc.toJSON();
    watching.found(plainText(words));
  } catch {
    // What stands there was written by another version of this page, and is no text of this one.
  }
  return undefined;
}

function withSteps(state: EditorState, steps: readonly Step[]): EditorState | undefined {
  const { tr } = state;
  for (const step of steps) if (tr.maybeStep(step).failed) return undefined;
  return state.apply(tr);
}

function newClient(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A name of this tab's own that stays over a reload. */
function tabName(): string {
  const key = "twinlight.tab";
  try {
    const name = sessionStorage.getItem(key) ?? newClient();
    sessionStorage.setItem(key, name);
    return name;
  } catch {
    return newClient();
  }
}
