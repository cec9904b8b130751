import { ownZone } from "../../../views/own-zone.ts";
import { useDoor } from "../../portal/door.ts";

/** In which zone whoever looks reads times. */
export function useZone(): string {
  return ownZone(useDoor() ?? { me: null });
}
