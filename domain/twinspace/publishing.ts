/** When a page may be public, and what keeps it back. What is public is a copy of a page, never its living text. */
import type { Id } from "../../protocol/ids.ts";
import type { HeldWhy, NotOpenWhy, PublishedState } from "../../protocol/twinspace/publishing.ts";
import type { TextNode } from "../text/schema.ts";
import type { PageFacts } from "./page.ts";

export type PublishAct = "ask" | "publish" | "withdraw" | "again" | "refuse";

/** `asks`: somebody's question about it waits for an answer. `copied`: there is a copy of it. */
export interface Publishing {
  readonly state: PublishedState;
  readonly asks: boolean;
  readonly copied: boolean;
}

/** What it is after an act; undefined where that cannot be done now. Null: nobody has asked for it yet. */
export function afterAct(before: Publishing | null, act: PublishAct): Publishing | undefined {
  const copied = before?.copied ?? false;
  switch (act) {
    case "ask":
      // What is public stays so while its changes are asked for.
      return { state: before?.state === "public" ? "public" : "asked", asks: true, copied };
    case "publish":
      return { state: "public", asks: false, copied: true };
    case "withdraw":
      return before?.state === "public" ? { state: "withdrawn", asks: false, copied } : undefined;
    case "again":
      return before?.state === "withdrawn" && copied ? { state: "public", asks: false, copied } : undefined;
    case "refuse":
      if (!before?.asks) return undefined;
      return { state: before.state === "asked" ? "refused" : before.state, asks: false, copied };
  }
}

/** Why this page is for nobody outside, by its own settings or those of a page above it; undefined when it may be public. */
export function whyNotOpen(
  page: Pick<PageFacts, "view" | "state" | "removed" | "hidden">,
  above: readonly Pick<PageFacts, "view" | "state" | "removed" | "hidden">[],
): NotOpenWhy | undefined {
  const line = [page, ...above];
  if (line.some(({ removed }) => removed)) return "removed";
  if (line.some(({ hidden }) => hidden)) return "hidden";
  if (line.some(({ view }) => view === "teachers")) return "teachers";
  return line.some(({ state }) => state === "draft") ? "draft" : undefined;
}

/** A material of the page's own project, as it is now. */
export interface ShownThing {
  readonly id: Id;
  readonly kind: "image" | "video" | "sound" | "file" | "link";
  readonly shows: "unknown" | "nobody" | "people";
  /** The pupils who were named. */
  readonly pupils: readonly Id[];
  readonly hidden: boolean;
  readonly removed: boolean;
}

export interface HeldThing {
  readonly material: Id;
  readonly why: HeldWhy;
  /** Whose consent is missing. */
  readonly pupils: readonly Id[];
}

/** What can be put on a public page: not what was hidden or removed, and no link, which has no file. */
export const isShowable = ({ kind, hidden, removed }: ShownThing): boolean => !hidden && !removed && kind !== "link";

/**
 * What of these keeps a page from being public: unknown counts as no. People of whom nobody is named are unknown, too.
 *
 * @param missing the pupils without the consent that is needed
 */
export function heldBack(things: readonly ShownThing[], missing: ReadonlySet<Id>): HeldThing[] {
  return things.flatMap((thing): HeldThing[] => {
    const { id: material, kind, shows } = thing;
    if (thing.removed) return [];
    if (thing.hidden) return [{ material, why: "hidden", pupils: [] }];
    if (kind === "file" || kind === "link" || shows === "nobody") return [];
    if (shows === "unknown") return [{ material, why: "unknown", pupils: [] }];
    if (thing.pupils.length === 0) return [{ material, why: "nobodyNamed", pupils: [] }];
    const pupils = thing.pupils.filter((pupil) => missing.has(pupil));
    return pupils.length === 0 ? [] : [{ material, why: "consent", pupils }];
  });
}

/** The text without the other materials in it, so that nothing is left of them: what was written below a picture goes with it. */
export function withoutOthers(text: TextNode, shown: ReadonlySet<Id>): TextNode {
  if (!Array.isArray(text.content)) return text;
  const kept = text.content.filter(({ type, attrs }) => {
    if (type !== "image" && type !== "video" && type !== "file") return true;
    return typeof attrs?.material === "string" && shown.has(attrs.material);
  });
  return { ...text, content: kept.map((node) => withoutOthers(node, shown)) };
}
