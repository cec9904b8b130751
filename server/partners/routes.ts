/** Finding a partner over http: the search, what staff say of themselves, saved searches. */
import {
  ChangeSearch,
  LettersStopped,
  OneSearch,
  PartnerPage,
  PartnerProfile,
  Partners,
  SavedSearches,
  SaveSearch,
  StopLetters,
} from "../../protocol/http/partners.ts";
import type { Pool } from "../../storage/pool.ts";
import { type Caller, type Route, route } from "../http/route.ts";
import { contactRoutes } from "./contactRoutes.ts";
import { minuteMs, reading, writing } from "./limits.ts";
import { noticeRoutes } from "./noticeRoutes.ts";
import { changeProfile, profileOf } from "./profile.ts";
import { changeSearch, deleteSearch, listSearches, saveSearch, stopLetters } from "./savedSearches.ts";
import { type Seeker, searchPartners } from "./search.ts";

export interface PartnerParts {
  readonly pool: Pool;
}

const seekerOf = ({ id, actor }: Caller): Seeker => ({ id, schools: actor.schools.map((school) => school.id) });

export function partnerRoutes(parts: PartnerParts): Route[] {
  return [...findingRoutes(parts), ...searchRoutes(parts), ...contactRoutes(parts), ...noticeRoutes(parts)];
}

function findingRoutes({ pool }: PartnerParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/partners",
      summary:
        "Schools that are available for projects, with who is available in them; a page at a time, the best first",
      action: "partner.search",
      limit: { times: 60, perMs: minuteMs, per: "account" },
      query: PartnerPage,
      answer: Partners,
      handle: ({ caller }, { query }) => searchPartners(pool, seekerOf(caller), query),
    }),
    route({
      method: "get",
      path: "/api/me/partner",
      summary: "What I say of myself as a partner",
      action: "partner.profile",
      limit: reading,
      answer: PartnerProfile,
      handle: async ({ caller }) => (await profileOf(pool, caller.id)) ?? { refused: "account.signedOut" },
    }),
    route({
      method: "put",
      path: "/api/me/partner",
      summary: "Say of myself whether I am available, and for what; from then on I am found or not",
      action: "partner.profile",
      limit: writing,
      body: PartnerProfile,
      answer: PartnerProfile,
      handle: ({ caller }, { body }) => changeProfile(pool, caller.id, body),
    }),
  ];
}

function searchRoutes({ pool }: PartnerParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/partner-searches",
      summary: "My saved searches, with how many fit that did not before",
      action: "partner.save",
      limit: reading,
      answer: SavedSearches,
      handle: async ({ caller }) => ({ searches: await listSearches(pool, seekerOf(caller)) }),
    }),
    route({
      method: "post",
      path: "/api/partner-searches",
      summary: "Save a search; a letter tells when somebody new fits, at most once a day",
      action: "partner.save",
      limit: writing,
      body: SaveSearch,
      answer: SavedSearches,
      async handle({ caller }, { body }) {
        const refused = await saveSearch(pool, caller.id, body);
        return refused ?? { searches: await listSearches(pool, seekerOf(caller)) };
      },
    }),
    route({
      method: "patch",
      path: "/api/partner-searches/:search",
      summary: "Whether letters are wanted for a saved search; that what fits has been seen",
      action: "partner.save",
      limit: writing,
      params: OneSearch,
      body: ChangeSearch,
      async handle({ caller }, { params, body }) {
        const changed = await changeSearch(pool, caller.id, params.search, body);
        return changed ? undefined : { refused: "search.unknown" };
      },
    }),
    route({
      method: "delete",
      path: "/api/partner-searches/:search",
      summary: "Delete a saved search",
      action: "partner.save",
      limit: writing,
      params: OneSearch,
      async handle({ caller }, { params }) {
        const deleted = await deleteSearch(pool, caller.id, params.search);
        return deleted ? undefined : { refused: "search.unknown" };
      },
    }),
    route({
      method: "post",
      path: "/api/partner-searches/stop",
      summary: "End the letters of a saved search by the link that stands in them",
      action: "partner.stopLetters",
      limit: { times: 60, perMs: minuteMs, per: "network" },
      body: StopLetters,
      answer: LettersStopped,
      async handle(_context, { body }) {
        const name = await stopLetters(pool, body.token);
        return name === undefined ? { refused: "search.unknown" } : { name };
      },
    }),
  ];
}
