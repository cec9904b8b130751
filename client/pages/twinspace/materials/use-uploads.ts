import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Room } from "../../../../protocol/twinspace/materials.ts";
import { type Sending, Uploads } from "../../../uploads.ts";
import type { Interrupted } from "../../../views/interrupted-uploads.ts";
import { useSpace } from "../space-page.tsx";

export interface UsedUploads {
  readonly uploads: Uploads;
  readonly list: readonly Sending[];
  /** Interrupted by a reload. */
  readonly left: readonly Interrupted[];
}

/** The uploads of this page; they end with it, and choosing the same file goes on with them. */
export function useUploads(room: Room | undefined, arrived: (material: string) => void): UsedUploads {
  const { slug, me } = useSpace();
  const known = useRef(room);
  known.current = room;
  const told = useRef(arrived);
  told.current = arrived;
  const [uploads] = useState(
    () =>
      new Uploads({
        project: slug,
        author: me.author,
        room: () => known.current,
        arrived: (material) => told.current(material),
      }),
  );
  useEffect(() => () => uploads.close(), [uploads]);
  const list = useSyncExternalStore(uploads.subscribe, uploads.list);
  const left = useSyncExternalStore(uploads.subscribe, uploads.left);
  return { uploads, list, left };
}
