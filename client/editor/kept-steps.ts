/**
 * What somebody wrote and the server has not confirmed, kept on this device: a reload, a crash or a closed tab loses nothing.
 * Each open editor has a slot of its own, so that two tabs of one person do not write over each other. A slot begins with the
 * person: on a shared computer nobody is offered what another wrote.
 */
import type { StepJson, TextNode } from "../../domain/text/schema.ts";

export interface KeptSteps {
  /** Under this name the server took, or did not take, what was sent: so nothing is written twice. */
  readonly client: string;
  /** The text as the server last confirmed it, and its version. */
  readonly version: number;
  readonly doc: TextNode;
  /** Written on top of it. */
  readonly steps: readonly StepJson[];
  /** Milliseconds since 1970. An editor that is open says so again and again. */
  readonly at: number;
}

/** A slot that was not touched for so long belongs to no open editor any more. */
export const deadAfterMs = 12_000;
/** So long it is offered again; then the text has moved on and the person too. */
export const forgottenAfterMs = 30 * 86_400_000;

const prefix = (person: string, page: string): string => `twinlight.text:${person}:${page}:`;
export const slotOf = (person: string, page: string, tab: string): string => prefix(person, page) + tab;

/** Says whether it could: a browser may have no room, or allow none. */
export function keep(storage: Storage, slot: string, kept: KeptSteps | null): boolean {
  try {
    if (kept === null) storage.removeItem(slot);
    else storage.setItem(slot, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

/**
 * What was left behind by this tab before it was loaded again, and by tabs that are gone; the oldest first. It stays until
 * `keep(…, null)`.
 */
export function leftBehind(
  storage: Storage,
  person: string,
  page: string,
  tab: string,
  now: number,
): { slot: string; kept: KeptSteps }[] {
  const found: { slot: string; kept: KeptSteps }[] = [];
  for (const slot of slotsIn(storage, prefix(person, page))) {
    const kept = readKept(storage, slot);
    if (kept === undefined || now - kept.at > forgottenAfterMs) keep(storage, slot, null);
    else if (slot === slotOf(person, page, tab) || now - kept.at > deadAfterMs) found.push({ slot, kept });
  }
  return found.sort((a, b) => a.kept.at - b.kept.at);
}

function slotsIn(storage: Storage, begin: string): string[] {
  try {
    return Object.keys(storage).filter((key) => key.startsWith(begin));
  } catch {
    return [];
  }
}

function readKept(storage: Storage, slot: string): KeptSteps | undefined {
  try {
    const read: unknown = JSON.parse(storage.getItem(slot) ?? "null");
    return isKept(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

/** Only this page writes there; a browser's extension, or an older version of ours, may have written something else. */
function isKept(read: unknown): read is KeptSteps {
  if (typeof read !== "object" || read === null) return false;
  const { client, version, doc, steps, at } = read as Partial<KeptSteps>; // each is looked at below
  return (
    typeof client === "string" &&
    typeof version === "number" &&
    typeof at === "number" &&
    typeof doc === "object" &&
    Array.isArray(steps)
  );
}
