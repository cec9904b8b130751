/** A page as it would look in public, for the project's teachers: the same renderer, with a notice above it. */
import { materialIdsIn } from "../../../domain/text/materials.ts";
import { isShowable, withoutOthers } from "../../../domain/twinspace/publishing.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { PublicTheme } from "../../../protocol/twinspace/publishing.ts";
import { type BodyAnswer, isRefused, type RefusedFields } from "../../http/route.ts";
import { findPublicProject } from "../../projects/publicProjects.ts";
import { previewAnswer } from "../../publicPages/answers.ts";
import type { Space } from "../insider.ts";
import { pageFor } from "../pages/sight.ts";
import { textAt, textNow } from "../pages/texts.ts";
import { textPage } from "./html.ts";
import { thingsIn } from "./rows.ts";
import { findSite, looksOf, type ServedPage, type Site } from "./site.ts";
import type { SiteParts } from "./siteRoutes.ts";
import { words } from "./words.ts";

/** Also of a draft and of what is kept back: nobody but them sees it. */
export async function previewOf(
  { pool, now }: SiteParts,
  space: Space,
  origin: string,
  id: Id,
  asked: { version?: number | undefined; theme?: PublicTheme | undefined },
): Promise<BodyAnswer | RefusedFields> {
  const { project } = space;
  const found = await pageFor(pool, space, id);
  if (isRefused(found)) return found;
  const text = asked.version === undefined ? await textNow(pool, id) : await textAt(pool, id, asked.version);
  const shown = await findPublicProject(pool, project.slug);
  if (!text || !shown) return { refused: "request.notFound" };
  const whole = text.doc.toJSON();
  const things = (await thingsIn(pool, project.id, materialIdsIn(whole))).filter(isShowable);
  const doc = withoutOthers(whole, new Set(things.map(({ id }) => id)));
  const others = (await findSite(pool, project.slug, now()))?.pages ?? [];
  const parent = found.above.find((one) => others.some((page) => page.id === one.id))?.id ?? null;
  const page: ServedPage = {
    ...{ id, slug: others.find((other) => other.id === id)?.slug ?? "page", title: found.row.title },
    ...{ publishedAt: now(), doc, things, parent },
  };
  const looks = await looksOf(pool, project.id);
  const site: Site = {
    ...{ project: shown, id: project.id, ...looks, theme: asked.theme ?? looks.theme },
    pages: others.some((other) => other.id === id)
      ? others.map((other) => (other.id === id ? page : other))
      : [...others, page],
  };
  const at = `/api/spaces/${encodeURIComponent(project.slug)}/materials`;
  const file = ({ id: material, kind, sizes }: (typeof things)[number]) =>
    `${at}/${encodeURIComponent(material)}/file${kind === "image" && sizes.includes(1280) ? "?size=1280" : ""}`;
  const body = textPage(site, origin, { page, doc, file, notice: words.preview });
  return previewAnswer(body);
}
