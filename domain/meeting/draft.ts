/** How the rules write down what follows: each event is folded at once, so that the next rule sees it. */
import type { MeetingEvent } from "../../protocol/events.ts";
import type { Id } from "../../protocol/ids.ts";
import type { RefusalCode, Refused } from "../../protocol/refusals.ts";
import { evolve } from "./evolve.ts";
import type { Meeting } from "./state.ts";

/** What comes from outside the pure core. `newId` gives an id never given before. */
export interface Given {
  now: number;
  newId: () => Id;
}

/** Words that belong to an event, kept beside the log so that they can be erased (DESIGN 1). */
export interface NewContent {
  id: Id;
  kind: "message" | "pupilName";
  words: string;
}

export interface Decided {
  events: MeetingEvent[];
  contents: NewContent[];
}
export type Decision = Decided | Refused;

export const refused = (code: RefusalCode): Refused => ({ refused: code });
export const isRefused = (answer: object): answer is Refused => "refused" in answer;

export class Draft {
  meeting: Meeting;
  readonly given: Given;
  readonly events: MeetingEvent[] = [];
  readonly contents: NewContent[] = [];

  constructor(meeting: Meeting, given: Given) {
    this.meeting = meeting;
    this.given = given;
  }

  happens(event: MeetingEvent): this {
    this.meeting = evolve(this.meeting, { at: this.given.now, event });
    this.events.push(event);
    return this;
  }

  /** Keeps somebody's words beside the log and answers with the id the event carries. */
  keeps(kind: NewContent["kind"], words: string, id = this.given.newId()): Id {
    this.contents.push({ id, kind, words });
    return id;
  }

  decided(): Decided {
    return { events: this.events, contents: this.contents };
  }
}
