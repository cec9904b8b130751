/** The report as it would look in public with these entries in it, for the project's teachers: drawn as the public one is. */
import type { Id } from "../../../protocol/ids.ts";
import type { Queryable } from "../../../storage/pool.ts";
import type { BodyAnswer, RefusedFields } from "../../http/route.ts";
import { previewAnswer } from "../../publicPages/answers.ts";
import type { Space } from "../../twinspace/insider.ts";
import { entryRows } from "../rows.ts";
import { copiesOf } from "./copying.ts";
import { fileInside, served, type ToServe } from "./finding.ts";
import { reportPage } from "./html.ts";
import { copyRows, reportRow } from "./rows.ts";
import { words } from "./words.ts";

/** With what is public already, in its order; what is looked at stands in its own place there, or behind. */
export async function previewOf(
  db: Queryable,
  { project }: Space,
  asked: { readonly origin: string; readonly entries: readonly Id[] },
  now: number,
): Promise<BodyAnswer | RefusedFields> {
  const rows = await entryRows(db, project.id, { ids: asked.entries, only: "shared" });
  const fresh = new Map(
    (await copiesOf(db, project.id, rows)).map(({ row, copy, things }) => [
      row.id,
      { id: row.id, copy, things, at: now },
    ]),
  );
  const here = await copyRows(db, project.id, { served: true });
  const known = new Set(here.map(({ id }) => id));
  const copies: ToServe["copies"] = [
    ...here.map((copy) => fresh.get(copy.id) ?? copy),
    ...asked.entries.flatMap((id) => (known.has(id) ? [] : (fresh.get(id) ?? []))),
  ];
  const { line, intro, parts, publishedAt } = await reportRow(db, project.id);
  const when = { publishedAt: publishedAt ?? now, changedAt: now };
  const shown = await served(
    db,
    {
      ...{ project: project.id, slug: project.slug, copies, words: { line, intro, parts }, listed: false, when },
      file: fileInside(project.slug),
    },
    now,
  );
  if (!shown) return { refused: "request.notFound" };
  return previewAnswer(reportPage(shown, asked.origin, { notice: words.preview }));
}
