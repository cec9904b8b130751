/** The portal's tables of routes: everything over http that needs no meeting to run. */
import type { Id } from "../protocol/ids.ts";
import type { ToldSteps } from "../protocol/twinspace/live.ts";
import type { Pool } from "../storage/pool.ts";
import type { Secrets } from "../storage/secrets.ts";
import { passwordLinkRoutes } from "./accounts/passwordLink.ts";
import type { Route } from "./http/route.ts";
import { mailRoutes } from "./mail/routes.ts";
import { approvalRoutes } from "./meetings/approvalRoutes.ts";
import { bookingRoutes } from "./meetings/bookings.ts";
import { projectMeetingRoutes } from "./meetings/projectMeetings.ts";
import { partnerRoutes } from "./partners/routes.ts";
import { projectRoutes } from "./projects/routes.ts";
import { qualityLabelRoutes } from "./qualityLabels/routes.ts";
import { deskRoutes } from "./registry/desk.ts";
import { helpRoutes } from "./registry/help.ts";
import { listRoutes } from "./registry/lists.ts";
import { registryRoutes } from "./registry/routes.ts";
import { reportRoutes } from "./reports/routes.ts";
import type { TellSpace } from "./twinspace/live.ts";
import type { MaterialLimits } from "./twinspace/materials/parts.ts";
import { spaceMeetingRoutes } from "./twinspace/meetings/routes.ts";
import { spaceRoutes } from "./twinspace/routes.ts";

export interface PortalParts {
  readonly pool: Pool;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Where evidence is kept until it is checked. */
  readonly evidenceFolder: string;
  /** Whether letters go out; otherwise the mailbox says that they wait. */
  readonly sends: boolean;
  /** Whether the two approvals of a project have to come from two persons. */
  readonly twoPersons: boolean;
  readonly secrets: Secrets;
  /** Where materials of TwinSpaces are kept. */
  readonly materialsFolder: string;
  /** Where whole projects lie that somebody may download. */
  readonly exportsFolder: string;
  /** Where copies lie that applications for labels stand on. */
  readonly applicationsFolder: string;
  /** Has a project made into one file. */
  readonly queueExport?: ((id: Id) => Promise<void>) | undefined;
  /** How much may be kept there; without it as much as usual. */
  readonly materialLimits?: MaterialLimits | undefined;
  /** Tells the browsers that have a TwinSpace open. */
  readonly tell: TellSpace;
  /** Tells those who have a page open what was written in it. */
  readonly tellSteps?: ((told: ToldSteps) => void) | undefined;
}

export function portalRoutes(parts: PortalParts): Route[] {
  return [
    ...listRoutes(parts),
    ...partnerRoutes(parts),
    ...registryRoutes(parts),
    ...deskRoutes(parts),
    ...passwordLinkRoutes(parts),
    ...mailRoutes(parts),
    ...bookingRoutes(parts),
    ...projectMeetingRoutes(parts),
    ...approvalRoutes(parts),
    ...spaceMeetingRoutes(parts),
    ...helpRoutes(parts),
    ...projectRoutes(parts),
    ...qualityLabelRoutes(parts),
    ...spaceRoutes(parts),
    ...reportRoutes(parts),
  ];
}
