import { fileAt, pictureAt, savedFileAt } from "../../../api/space/materials.ts";
import type { TextFiles } from "../../../parts/text-view.tsx";

/** Where the materials of a page are. Of a picture one that is wide enough to be read, not the one of the camera. */
export const textFiles = (slug: string): TextFiles => ({
  image: (id) => pictureAt(slug, { id, sizes: [1280] }, 1280),
  shown: (id) => fileAt(slug, id),
  saved: (id) => savedFileAt(slug, id),
});
