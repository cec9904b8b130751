import type { AskForTwilight, FoundHelp } from "../../protocol/http/help.ts";
import { ask, query } from "../api.ts";

/** Who helps in a country; who is at home in `region` comes first. */
export const findHelp = (country: string, region: string) =>
  ask<FoundHelp>("GET", `/api/help${query({ country, region })}`);
export const askForTwilight = (body: AskForTwilight) => ask<void>("POST", "/api/help/twilight", body);
