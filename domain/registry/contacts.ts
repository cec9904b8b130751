/**
 * Contacts by mutual consent. Each of two people has at most one row about the other; what they are to each other follows
 * from both. A block is the blocker's own row: to who is blocked everything looks as if they were not answered.
 */
import type { Refused } from "../../protocol/refusals.ts";

/** What somebody wants of the other: they asked, were declined or accepted, or they block. Null: nothing. */
export type Want = "asked" | "declined" | "mutual" | "blocked" | null;
/** Seen by one of the two: what I want of them, what they want of me. */
export interface Between {
  readonly mine: Want;
  readonly theirs: Want;
}
export type Relation = "none" | "asked" | "asksMe" | "declined" | "mutual" | "blocked";
export type ContactAct = "ask" | "accept" | "decline" | "end" | "block" | "unblock";

const dayMs = 86_400_000;
/** How long a question stands, and how long somebody who declined is not asked again. What is older counts as nothing. */
export const lastsMs = { asked: 60 * dayMs, declined: 30 * dayMs } as const;

/** What they are to me. Whether they block me makes no difference. */
export function relationOf({ mine, theirs }: Between): Relation {
  if (mine === "blocked") return "blocked";
  if (mine === "mutual" || theirs === "mutual") return "mutual";
  if (theirs === "asked") return "asksMe";
  return mine ?? "none";
}

/** What both rows then are, and whether the other one is told by letter; or why not. */
export type Following = (Between & { readonly tells: boolean }) | Refused;

export function following(act: ContactAct, between: Between): Following {
  const relation = relationOf(between);
  switch (act) {
    case "ask":
      return followingAsk(relation, between);
    case "accept":
      return relation === "asksMe" ? { mine: null, theirs: "mutual", tells: true } : { refused: "contact.none" };
    case "decline":
      return relation === "asksMe" ? { ...between, theirs: "declined", tells: false } : { refused: "contact.none" };
    case "end":
      return followingEnd(relation, between);
    case "block":
      // What they asked stays as they know it; a contact that was mutual is over, as if it had been ended.
      return { mine: "blocked", theirs: between.theirs === "mutual" ? null : between.theirs, tells: false };
    case "unblock":
      return relation === "blocked" ? { ...between, mine: null, tells: false } : { refused: "contact.none" };
  }
}

function followingAsk(relation: Relation, between: Between): Following {
  switch (relation) {
    case "blocked":
      return { refused: "contact.blocked" };
    case "mutual":
      return { refused: "contact.already" };
    case "asked":
    case "declined":
      return { refused: "contact.alreadyAsked" };
    case "asksMe":
      return { mine: null, theirs: "mutual", tells: true };
    case "none":
      return { ...between, mine: "asked", tells: between.theirs !== "blocked" };
  }
}

function followingEnd(relation: Relation, { mine, theirs }: Between): Following {
  if (relation === "mutual") {
    return { mine: null, theirs: theirs === "mutual" ? null : theirs, tells: false };
  }
  // Who was declined cannot ask again by forgetting that they did.
  return relation === "asked" && mine === "asked" ? { mine: null, theirs, tells: false } : { refused: "contact.none" };
}
