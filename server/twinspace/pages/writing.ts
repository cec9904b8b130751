/** Texts are read and written, over http and by the line alike. */
import { emptyText } from "../../../domain/text/schema.ts";
import { viewsOf } from "../../../domain/twinspace/page.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import type { ToldSteps } from "../../../protocol/twinspace/live.ts";
import {
  type MissedSteps,
  mostSocketBytes,
  type NumberedStep,
  type PageOpened,
  type PageVersion,
  type RestoredPage,
  type SendSteps,
  type StepsAnswer,
} from "../../../protocol/twinspace/pages.ts";
import { isRefused, type RefusedFields } from "../../http/route.ts";
import type { Space } from "../insider.ts";
import { peopleOf } from "../names.ts";
import { coveredFor, newsOfPage, type PageParts } from "./changing.ts";
import { actsOn, lineOf, type PageInSight, pageFor, titleFor } from "./sight.ts";
import { isLongAgo, restoreText, stepsAfter, takeSteps, textAt, textJson, textNow, type Writing } from "./texts.ts";
import { subPagesSeen } from "./tree.ts";

export interface WritingParts extends PageParts {
  /** Tells those who have a page open. */
  readonly tellSteps?: ((told: ToldSteps) => void) | undefined;
}

const notFound = { refused: "request.notFound" } as const;
const notAllowed = { refused: "account.notAllowed" } as const;

export async function openPage({ pool }: PageParts, space: Space, page: Id): Promise<PageOpened | Refused> {
  const { project, me } = space;
  const found = await pageFor(pool, space, page);
  if (isRefused(found)) return found;
  const { row, above } = found;
  const text = await textNow(pool, page);
  const people = await peopleOf(pool, project.id, [row.author, row.changedBy ?? row.author]);
  const author = people.get(row.author);
  if (!text || !author) return notFound;
  return {
    ...lineOf(me, row, await subPagesSeen(pool, me, row)),
    above: above.toReversed().map((one) => ({ id: one.id, title: titleFor(me, one) })),
    ...{ author, madeAt: row.madeAt },
    changedBy: (row.changedBy === null ? null : people.get(row.changedBy)) ?? null,
    acts: actsOn(space, found),
    views: viewsOf(me.role),
    doc: coveredFor(space, found) ? { ...emptyText, type: "doc" } : textJson(text.doc),
    version: text.version,
  };
}

/** Whoever only reads follows what is written, for so long; what was taken out before is for who may look at the history. */
const followsMs = 10 * 60_000;

/** Whoever may not read the words of what is hidden is given none of its steps. */
async function readable(parts: PageParts, space: Space, page: Id): Promise<PageInSight | Refused> {
  const found = await pageFor(parts.pool, space, page);
  return isRefused(found) || !coveredFor(space, found) ? found : notAllowed;
}

export async function missedSteps(
  parts: PageParts,
  space: Space,
  page: Id,
  after: number,
): Promise<MissedSteps | Refused> {
  const found = await readable(parts, space, page);
  if (isRefused(found)) return found;
  const missed = await stepsAfter(parts.pool, page, after);
  if (!missed) return notFound;
  const isPast = !actsOn(space, found).history && (await isLongAgo(parts.pool, page, after, parts.now() - followsMs));
  return isPast ? { version: missed.version, steps: [], more: false, anew: true } : missed;
}

function writingOf({ now }: PageParts, space: Space, page: Id): Writing {
  const at = now();
  return {
    ...{ page, author: space.me.author, now: at },
    stretchBegins: (db) => newsOfPage(db, space, page, "pageChanged", at),
  };
}

function refusalToWrite(space: Space, found: PageInSight): Refused | undefined {
  if (actsOn(space, found).write) return undefined;
  return found.row.state === "archived" ? { refused: "page.archived" } : notAllowed;
}

/** `space` is asked for with `page.write`. */
export async function writeSteps(
  parts: WritingParts,
  space: Space,
  page: Id,
  sent: SendSteps,
): Promise<StepsAnswer | RefusedFields> {
  const found = await pageFor(parts.pool, space, page);
  if (isRefused(found)) return found;
  const refused = refusalToWrite(space, found);
  if (refused) return refused;
  const taken = await takeSteps(parts.pool, writingOf(parts, space, page), sent);
  if (isRefused(taken)) return taken;
  const { kept, ...answer } = taken;
  if (kept) tellKept(parts, page, sent.version, kept);
  return answer;
}

/** What is too large for a line is asked for over http. */
function tellKept({ tellSteps }: WritingParts, page: Id, from: number, kept: readonly NumberedStep[]): void {
  const fits = JSON.stringify(kept).length <= mostSocketBytes;
  tellSteps?.({ page, from, version: from + kept.length, steps: fits ? [...kept] : null });
}

export async function lookAtVersion(
  parts: PageParts,
  space: Space,
  page: Id,
  version: number,
): Promise<PageVersion | Refused> {
  const found = await pageFor(parts.pool, space, page);
  if (isRefused(found)) return found;
  if (!actsOn(space, found).history) return notAllowed;
  const text = await textAt(parts.pool, page, version);
  return text ? { version: text.version, doc: textJson(text.doc) } : notFound;
}

export async function restoreVersion(
  parts: WritingParts,
  space: Space,
  page: Id,
  version: number,
): Promise<RestoredPage | RefusedFields> {
  const found = await pageFor(parts.pool, space, page);
  if (isRefused(found)) return found;
  const refused = refusalToWrite(space, found);
  if (refused) return refused;
  if (!actsOn(space, found).history) return notAllowed;
  const restored = await restoreText(parts.pool, writingOf(parts, space, page), version);
  if (isRefused(restored)) return restored;
  if (restored.kept.length > 0) tellKept(parts, page, restored.from, restored.kept);
  return { version: restored.version };
}
