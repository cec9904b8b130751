/** Who reads a report card: a teacher of the project, or a support service. */
import type { Id } from "../../protocol/ids.ts";
import type { Insider } from "../twinspace/insider.ts";

export interface PartnerViewer {
  readonly side: "partner";
  readonly me: Insider;
}
/** Somebody of a service that reads this card. It stands outside of the TwinSpace. */
export interface ServiceViewer {
  readonly side: "service";
  readonly account: Id;
}
export type EntryViewer = PartnerViewer | ServiceViewer;
