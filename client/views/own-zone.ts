/** In which zone somebody reads times: their account's, else their browser's. */
import type { FrontDoor } from "../../protocol/http/accounts.ts";

export const ownZone = ({ me }: Pick<FrontDoor, "me">): string =>
  me?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
