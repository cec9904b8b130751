/** What the front door said, for parts deep in a page: who is signed in, and which ways in there are. */
import { createContext, useContext } from "react";
import type { FrontDoor } from "../../../protocol/http/accounts.ts";

const Door = createContext<FrontDoor | null>(null);

export const DoorProvider = Door.Provider;

/** Null outside of OpenPage. */
export const useDoor = (): FrontDoor | null => useContext(Door);
