/** Pupils' accounts over http: for their own teachers, and the door for pupils. */
import { OwnConsents, RecordConsents } from "../../../protocol/twinspace/consents.ts";
import { pupilsOfSchool } from "../../../protocol/twinspace/pupilLimits.ts";
import {
  ActOnPupils,
  BeginPupilSignIn,
  ChangePupil,
  LoginCards,
  MakePupils,
  OnePupil,
  OwnPupil,
  OwnPupils,
  ProposeAliases,
  ProposedAliases,
  PupilSecond,
  PupilSignedIn,
  PupilSignIn,
  RenewCards,
} from "../../../protocol/twinspace/pupils.ts";
import { OneSpace } from "../../../protocol/twinspace/space.ts";
import { unlessBusy } from "../../accounts/unlessBusy.ts";
import { isRefused, type Route, route } from "../../http/route.ts";
import { type PupilParts, renewCards } from "./cards.ts";
import { actOnPupils, changePupil } from "./changing.ts";
import { ownConsents, recordConsents } from "./consents.ts";
import { makePupils, proposeAliases } from "./making.ts";
import { ownPupils } from "./rows.ts";
import { lookingAtOwnSchool } from "./sight.ts";
import { beginPupilSignIn, signPupilIn } from "./signIn.ts";

const reading = { times: 600, perMs: 60_000, per: "account" } as const;
const writing = { times: 120, perMs: 60_000, per: "account" } as const;
/** A thousand pupils come from one network at nine o'clock; wrong tries have limits of their own (tries.ts). */
const door = { times: 3_000, perMs: 60_000, per: "network" } as const;

export const pupilRoutes = (parts: PupilParts): Route[] => [
  ...ownPupilRoutes(parts),
  ...cardRoutes(parts),
  ...consentRoutes(parts),
  ...doorRoutes(parts),
];

function ownPupilRoutes(parts: PupilParts): Route[] {
  const { pool, secrets, now } = parts;
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/pupils",
      summary: "The pupils of my own school in a TwinSpace, with their names",
      action: "pupil.read",
      limit: reading,
      params: OneSpace,
      answer: OwnPupils,
      async handle(who, { params }) {
        const own = await lookingAtOwnSchool(pool, "pupil.read", who, params.project, now());
        if (isRefused(own)) return own;
        const { project, schools, mayChange } = own;
        const pupils = await ownPupils(pool, secrets, { project: project.id, schools });
        return { pupils, mayChange, left: Math.max(0, pupilsOfSchool - pupils.length) };
      },
    }),
    route({
      method: "patch",
      path: "/api/spaces/:project/pupils/:pupil",
      summary: "Change the name, alias, picture, year or role of a pupil of my own school",
      action: "pupil.change",
      limit: writing,
      params: OnePupil,
      body: ChangePupil,
      answer: OwnPupil,
      handle: (who, { params, body }) => changePupil(parts, who, params.project, params.pupil, body),
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/pupils/acts",
      summary: "Lock, unlock, end or bring back pupils of my own school",
      action: "pupil.change",
      limit: writing,
      params: OneSpace,
      body: ActOnPupils,
      handle: (who, { params, body }) => actOnPupils(parts, who, params.project, body),
    }),
  ];
}

function cardRoutes(parts: PupilParts): Route[] {
  return [
    route({
      method: "post",
      path: "/api/spaces/:project/pupils/propose",
      summary: "Free aliases for new pupils, and which of some are taken",
      action: "pupil.make",
      limit: writing,
      params: OneSpace,
      body: ProposeAliases,
      answer: ProposedAliases,
      handle: (who, { params, body }) => proposeAliases(parts, who, params.project, body),
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/pupils",
      summary: "Make accounts for pupils of my own school; their secrets are answered this once",
      action: "pupil.make",
      limit: writing,
      params: OneSpace,
      body: MakePupils,
      answer: LoginCards,
      handle: (who, { params, body }) => unlessBusy(() => makePupils(parts, who, params.project, body, who.origin)),
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/pupils/cards",
      summary: "New secrets for pupils of my own school; the cards they had hold no longer",
      action: "pupil.make",
      limit: writing,
      params: OneSpace,
      body: RenewCards,
      answer: LoginCards,
      handle: (who, { params, body }) => unlessBusy(() => renewCards(parts, who, params.project, body, who.origin)),
    }),
  ];
}

function consentRoutes(parts: PupilParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/consents",
      summary: "What the parents of my own school's pupils have agreed to",
      action: "consent.read",
      limit: reading,
      params: OneSpace,
      answer: OwnConsents,
      handle: (who, { params }) => ownConsents(parts, who, params.project),
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/consents",
      summary: "Record what parents of pupils of my own school have agreed to",
      action: "consent.record",
      limit: writing,
      params: OneSpace,
      body: RecordConsents,
      handle: (who, { params, body }) => recordConsents(parts, who, params.project, body),
    }),
  ];
}

function doorRoutes(parts: PupilParts): Route[] {
  return [
    route({
      method: "post",
      path: "/api/pupil/begin",
      summary: "What a pupil with this code signs in by; answered for every code alike",
      action: "pupil.signIn",
      limit: door,
      body: BeginPupilSignIn,
      answer: PupilSecond,
      handle: (_context, { body }) => beginPupilSignIn(parts, body),
    }),
    route({
      method: "post",
      path: "/api/pupil/sign-in",
      summary: "Sign in as a pupil, by code and pictures or word",
      action: "pupil.signIn",
      limit: door,
      body: PupilSignIn,
      answer: PupilSignedIn,
      handle: (context, { body }) => unlessBusy(() => signPupilIn(parts, context, body)),
    }),
  ];
}
