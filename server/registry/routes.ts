/** Registering, one's schools, and evidence, over http. */

import {
  ChangeSchool,
  FindSchools,
  FoundSchools,
  MySchools,
  OnePlace,
  OneSchool,
  Place,
  Register,
  RegisterSchool,
  SchoolSeen,
} from "../../protocol/http/registry.ts";
import { evidenceTypes, mostEvidenceBytes } from "../../protocol/registry.ts";
import { hasAnybody } from "../accounts/accounts.ts";
import { fileBody, type Route, route } from "../http/route.ts";
import { type EvidenceParts, giveEvidence, readEvidence } from "./evidence.ts";
import { findSchools } from "./finding.ts";
import { askToJoin, endMyPlace, listMySchools } from "./memberships.ts";
import { beginRegistration } from "./registration.ts";
import { changeSchool, registerSchool, seeSchool } from "./schools.ts";

export interface RegistryParts {
  readonly pool: EvidenceParts["pool"];
  /** DATA_DIR/evidence */
  readonly evidenceFolder: string;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const reading = { times: 240, perMs: minuteMs, per: "account" } as const;
const writing = { times: 60, perMs: 10 * minuteMs, per: "account" } as const;

export function registryRoutes({ pool, evidenceFolder }: RegistryParts): Route[] {
  return [...registrationRoutes(pool), ...schoolRoutes(pool), ...placeRoutes({ pool, folder: evidenceFolder })];
}

function registrationRoutes(pool: RegistryParts["pool"]): Route[] {
  return [
    route({
      method: "post",
      path: "/api/register",
      summary: "Ask for a letter by which one registers; the same answer whether the address has an account or not",
      action: "registration.begin",
      // A training evening's whole room registers from one network.
      limit: { times: 60, perMs: hourMs, per: "network" },
      body: Register,
      async handle({ origin }, { body }) {
        // The first account is the operator's.
        if (!(await hasAnybody(pool))) return { refused: "registry.notBegun" };
        const { isStaff: _declared, ...registrant } = body;
        await beginRegistration(pool, registrant, origin);
        return undefined;
      },
    }),
  ];
}

function schoolRoutes(pool: RegistryParts["pool"]): Route[] {
  return [
    route({
      method: "get",
      path: "/api/schools/find",
      summary: "Find one's own school by words, among those that can be joined",
      action: "school.find",
      limit: reading,
      query: FindSchools,
      answer: FoundSchools,
      handle: ({ caller }, { query }) => findSchools(pool, caller.id, query),
    }),
    route({
      method: "post",
      path: "/api/schools",
      summary: "Register a school, and ask for a place there",
      action: "school.register",
      limit: { times: 20, perMs: hourMs, per: "account" },
      body: RegisterSchool,
      answer: SchoolSeen,
      handle: ({ caller, origin }, { body }) => registerSchool(pool, caller, body, origin),
    }),
    route({
      method: "get",
      path: "/api/schools/:school",
      summary: "A school: its card, and for its own people its form and who works there",
      action: "school.see",
      limit: reading,
      params: OneSchool,
      answer: SchoolSeen,
      handle: ({ caller }, { params }) => seeSchool(pool, caller, params.school),
    }),
    route({
      method: "put",
      path: "/api/schools/:school",
      summary: "Change one's school's form; of a refused one this sends it again",
      action: "school.change",
      limit: writing,
      params: OneSchool,
      body: ChangeSchool,
      answer: SchoolSeen,
      handle: ({ caller, origin }, { params, body }) => changeSchool(pool, caller, params.school, body, origin),
    }),
  ];
}

function placeRoutes(parts: EvidenceParts): Route[] {
  const { pool } = parts;
  return [
    route({
      method: "get",
      path: "/api/me/schools",
      summary: "The schools I work at or have asked, and what they wait for",
      action: "membership.list",
      limit: reading,
      answer: MySchools,
      handle: ({ caller }) => listMySchools(pool, caller.id),
    }),
    route({
      method: "post",
      path: "/api/schools/:school/memberships",
      summary: "Ask to join a school",
      action: "membership.ask",
      limit: writing,
      params: OneSchool,
      body: Place,
      answer: MySchools,
      handle: ({ caller, origin }, { params, body }) => askToJoin(pool, caller, params.school, body, origin),
    }),
    route({
      method: "post",
      path: "/api/memberships/:membership/end",
      summary: "Leave a school, or withdraw that one asked",
      action: "membership.end",
      limit: writing,
      params: OnePlace,
      answer: MySchools,
      handle: ({ caller }, { params }) => endMyPlace(pool, caller.id, params.membership),
    }),
    route({
      method: "post",
      path: "/api/memberships/:membership/evidence",
      summary: "Hand in evidence that was asked for: one PDF, JPEG or PNG file",
      action: "evidence.give",
      limit: { times: 20, perMs: hourMs, per: "account" },
      params: OnePlace,
      upload: { maxBytes: mostEvidenceBytes, tooLarge: "evidence.tooLarge", types: evidenceTypes },
      body: fileBody,
      answer: MySchools,
      handle: ({ caller }, { params, body }) => giveEvidence(parts, caller.actor, params.membership, body),
    }),
    route({
      method: "get",
      path: "/api/memberships/:membership/evidence",
      summary: "Look at the evidence; for the support service of that country",
      action: "evidence.read",
      limit: reading,
      params: OnePlace,
      handle: ({ caller }, { params }) => readEvidence(parts, caller.actor, params.membership),
    }),
  ];
}
