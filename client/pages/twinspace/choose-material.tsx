import { lazy, Suspense } from "react";
import type { MaterialCard } from "../../../protocol/twinspace/materials.ts";

export interface ChooseMaterialProps {
  /** Only these, and only these are asked for; without it every kind, links too. */
  kind?: "image" | "video" | "file";
  /** Has what a page needs to show it; the dialog then still has to be taken away, as when it is closed. */
  onChosen: (material: MaterialCard) => void;
  onClose: () => void;
}

/** Few open it, and uploading weighs more than most pages. */
const ChooseDialog = lazy(() => import("./materials/choose-dialog.tsx"));

/** Choosing one of the project's materials, newest first, or uploading one. */
export function ChooseMaterial(props: ChooseMaterialProps) {
  return (
    <Suspense fallback={null}>
      <ChooseDialog {...props} />
    </Suspense>
  );
}
