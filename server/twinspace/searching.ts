/** One search over everything with words in a TwinSpace. Each part finds by itself what its reader may see. */
import type { FoundThing } from "../../protocol/twinspace/news.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { Space } from "./insider.ts";
import { materialsFound } from "./materials/listing.ts";
import { pagesFound } from "./pages/finding.ts";
import { threadsFound } from "./talk/threads.ts";

const mostOfEach = 20;

export async function findInSpace(db: Queryable, space: Space, words: string): Promise<FoundThing[]> {
  if (words.trim() === "") return [];
  const here = `/twinspace/${encodeURIComponent(space.project.slug)}`;
  const pages = await pagesFound(db, space, words, mostOfEach);
  const materials = await materialsFound(db, space, words, mostOfEach);
  const threads = await threadsFound(db, space, words, mostOfEach);
  return [
    ...pages.map(({ id, title, excerpt }) => ({
      ...({ kind: "page", title, words: excerpt } as const),
      path: `${here}/pages/${encodeURIComponent(id)}`,
    })),
    ...materials.map(({ id, name }) => ({
      ...({ kind: "material", title: name, words: "" } as const),
      path: `${here}/materials/${encodeURIComponent(id)}`,
    })),
    ...threads.map(({ id, title, words: said }) => ({
      ...({ kind: "thread", title, words: said } as const),
      path: `${here}/forum/threads/${encodeURIComponent(id)}`,
    })),
  ];
}
