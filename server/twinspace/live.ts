/** What the browsers that have a TwinSpace open are told at once. Losing it loses nothing: they ask again over http. */
import type { Id } from "../../protocol/ids.ts";
import type { LiveNews } from "../../protocol/twinspace/live.ts";
import type { Insider } from "./insider.ts";

/** `to` says who of those who are there may know; without it everybody does. */
export type TellSpace = (project: Id, news: LiveNews, to?: (insider: Insider) => boolean) => void;
