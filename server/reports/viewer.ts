/** Who reads a report card: a teacher of the project, or a support service. */
import type { Insider } from "../twinspace/insider.ts";

export interface PartnerViewer {
  readonly side: "partner";
  readonly me: Insider;
}
/** It stands outside of the TwinSpace. `countries`: those it speaks for here; null is the central one. */
export interface ServiceViewer {
  readonly side: "service";
  readonly countries: readonly (string | null)[];
}
export type EntryViewer = PartnerViewer | ServiceViewer;
