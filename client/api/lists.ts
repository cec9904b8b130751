import type { ListEntries, ListName } from "../../protocol/http/lists.ts";
import { ask } from "../api.ts";

/** What may be chosen today. `country`: only what belongs to it, or to none in particular. */
export const entriesOf = (list: ListName, country?: string) =>
  ask<ListEntries>(
    "GET",
    `/api/lists/${list}${country === undefined ? "" : `?country=${encodeURIComponent(country)}`}`,
  );
