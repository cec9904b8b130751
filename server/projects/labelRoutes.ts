/** The routes of labels and badges: checking, printing, downloading, taking back; what those who verify badges ask for. */
import { encode } from "uqr";
import * as z from "zod";
import { may } from "../../domain/permissions.ts";
import { writeLabelCode } from "../../domain/projects/labelCode.ts";
import { type AwardKind, BadgeAsked, Label, RevokeLabel, TypedLabel } from "../../protocol/http/labels.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { inTransaction, type Pool } from "../../storage/pool.ts";
import type { Head } from "../http/head.ts";
import type { Page } from "../http/pages.ts";
import { actorOf, BodyAnswer, type Caller, type Route, route } from "../http/route.ts";
import type { BadgeKeys } from "./badgeKeys.ts";
import { badgePicture } from "./badgePicture.ts";
import {
  achievement,
  badgeAddresses,
  credentialContexts,
  credentialOf,
  issuerProfile,
  nameInAddress,
  signedBadge,
  signedStatusList,
  statusListBits,
} from "./badges.ts";
import { labelSheet } from "./labelSheet.ts";
import { type FoundLabel, findLabel, revokedIn, revokeLabel } from "./labels.ts";

export interface LabelsWorld {
  readonly pool: Pool;
  readonly keys: BadgeKeys;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Enough for a school hall full of telephones; a million tries at a code would take a week. */
const checking = { times: 120, perMs: 60_000, per: "network" } as const;
/** A page to print is drawn for each who asks. */
const printing = { times: 30, perMs: 60_000, per: "network" } as const;
/** Whoever verifies badges does so for many schools. */
const verifying = { times: 600, perMs: 60_000, per: "network" } as const;
const changing = { times: 30, perMs: 60_000, per: "account" } as const;

const unknown: Refused = { refused: "label.unknown" };
const revoked: Refused = { refused: "label.revoked" };

const json = (value: unknown, type = "application/json") =>
  new BodyAnswer(JSON.stringify(value), `${type}; charset=utf-8`);

export function labelRoutes(world: LabelsWorld): Route[] {
  return [...checkRoutes(world), ...badgeRoutes(world), ...verifierRoutes(world)];
}

function checkRoutes({ pool, now }: LabelsWorld): Route[] {
  return [
    route({
      method: "get",
      path: "/api/labels/:code",
      summary: "Whether a label holds, of which kind, project and school, issued when and by whom",
      action: "label.check",
      limit: checking,
      params: TypedLabel,
      answer: Label,
      handle: async ({ caller, origin }, { params }) => {
        const label = await findLabel(pool, params.code);
        return label === undefined ? unknown : shown(label, origin, caller);
      },
    }),
    route({
      method: "get",
      path: "/api/labels/:code/label.pdf",
      summary: "The label to print, A4 landscape",
      action: "label.check",
      limit: printing,
      params: TypedLabel,
      handle: async ({ origin }, { params }) => {
        const label = await findLabel(pool, params.code);
        if (label === undefined) return unknown;
        if (label.revokedAt !== null) return revoked;
        return new BodyAnswer(await sheetOf(label, origin), "application/pdf", `${fileName(label)}.pdf`);
      },
    }),
    route({
      method: "post",
      path: "/api/labels/:code/revoke",
      summary: "Take a label back: for the support service of the school's country, and the central one",
      action: "label.revoke",
      limit: changing,
      params: TypedLabel,
      body: RevokeLabel,
      answer: Label,
      handle: async ({ caller, origin }, { params, body }) => {
        const label = await findLabel(pool, params.code);
        if (label === undefined) return unknown;
        if (!mayRevoke(label, caller)) return { refused: "account.notAllowed" };
        const taken = await inTransaction(pool, (db) =>
          revokeLabel(db, label.id, { ...body, by: caller.id, now: now() }),
        );
        if (!taken) return revoked;
        const after = await findLabel(pool, params.code);
        return after === undefined ? unknown : shown(after, origin, caller);
      },
    }),
  ];
}

function badgeRoutes({ pool, keys }: LabelsWorld): Route[] {
  return [
    route({
      method: "get",
      path: "/api/labels/:code/badge.jwt",
      summary: "The label as an Open Badge 3.0, signed (RS256, or EdDSA with ?alg=EdDSA)",
      action: "label.check",
      limit: checking,
      params: TypedLabel,
      query: BadgeAsked,
      handle: async ({ origin }, { params, query }) => {
        const label = await findLabel(pool, params.code);
        if (label === undefined) return unknown;
        return new BodyAnswer(await signedBadge(label, origin, keys, query.alg), "application/vc+jwt");
      },
    }),
    route({
      method: "get",
      path: "/api/labels/:code/badge.json",
      summary: "The same as JSON, without its signature",
      action: "label.check",
      limit: checking,
      params: TypedLabel,
      handle: async ({ origin }, { params }) => {
        const label = await findLabel(pool, params.code);
        return label === undefined ? unknown : json(credentialOf(label, origin), "application/vc+ld+json");
      },
    }),
    route({
      method: "get",
      path: "/api/labels/:code/badge.svg",
      summary: "The badge's picture with the signed credential in it",
      action: "label.check",
      limit: checking,
      params: TypedLabel,
      handle: async ({ origin }, { params }) => {
        const label = await findLabel(pool, params.code);
        if (label === undefined) return unknown;
        const picture = badgePicture(label.kind, await signedBadge(label, origin, keys, "RS256"));
        return new BodyAnswer(picture, "image/svg+xml", `${fileName(label)}.svg`);
      },
    }),
  ];
}

const KeyId = z.strictObject({ key: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });
const ListNumber = z.strictObject({
  list: z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .transform(Number),
});

const kinds: readonly AwardKind[] = ["etwinningLabel", "qualityLabel"];
const kindNames = { etwinningLabel: "eTwinning Label", qualityLabel: "Quality Label" } as const;

const fileName = ({ kind, code }: FoundLabel) => `${nameInAddress[kind]}-${writeLabelCode(code)}`;

/** For libraries that check badges. They stand at addresses that never change. */
function verifierRoutes({ pool, keys, now }: LabelsWorld): Route[] {
  const open = { method: "get", action: "badge.verify", limit: verifying } as const;
  return [
    route({
      ...open,
      path: "/badges/issuer",
      summary: "Who issues badges, and by which keys",
      handle: async ({ origin }) => json(issuerProfile(origin, await keys.published())),
    }),
    route({
      ...open,
      path: "/badges/keys",
      summary: "The public keys of badges as a JWK set",
      handle: async () => json({ keys: (await keys.published()).map(({ jwk }) => jwk) }, "application/jwk-set+json"),
    }),
    route({
      ...open,
      path: "/badges/keys/:key",
      summary: "One public key of badges, as a JWK",
      params: KeyId,
      handle: async (_context, { params }) => {
        const key = (await keys.published()).find(({ id }) => id === params.key);
        return key === undefined ? { refused: "request.notFound" } : json(key.jwk, "application/jwk+json");
      },
    }),
    ...kinds.flatMap((kind) => [
      route({
        ...open,
        path: `/badges/${nameInAddress[kind]}`,
        summary: `What the ${kindNames[kind]} is given for`,
        handle: async ({ origin }) => json({ "@context": credentialContexts, ...achievement(origin, kind) }),
      }),
      route({
        ...open,
        path: `/badges/${nameInAddress[kind]}.svg`,
        summary: `The picture of the ${kindNames[kind]}'s badge`,
        handle: async () => new BodyAnswer(badgePicture(kind), "image/svg+xml"),
      }),
    ]),
    route({
      ...open,
      path: "/badges/status/:list",
      summary: "Which badges were revoked: a signed Bitstring Status List",
      params: ListNumber,
      handle: async ({ origin }, { params }) => {
        const bits = await revokedIn(pool, (params.list - 1) * statusListBits, statusListBits);
        if (bits === null) return { refused: "request.notFound" };
        return new BodyAnswer(await signedStatusList(params.list, bits, origin, keys, now()), "application/vc+jwt");
      },
    }),
  ];
}

const mayRevoke = (label: FoundLabel, caller: Caller | null) =>
  may("label.revoke", actorOf(caller), { countries: [label.school.country] });

function shown(label: FoundLabel, origin: string, caller: Caller | null): Label {
  const { kind, holder, issuedAt, revokedAt, reason, school, partners, project, issuedBy } = label;
  return {
    kind,
    holder: holder && { name: holder.name },
    code: writeLabelCode(label.code),
    address: addressOf(label, origin),
    qr: qrRows(addressOf(label, origin)),
    state: revokedAt === null ? "valid" : "revoked",
    issuedAt,
    revokedAt,
    reason,
    school,
    partners: [...partners],
    project: { ...project },
    issuedBy: [...issuedBy],
    revocable: revokedAt === null && mayRevoke(label, caller),
  };
}

const qrRows = (text: string) =>
  encode(text, { ecc: "M", border: 0 }).data.map((row) => row.map((dark) => (dark ? "1" : "0")).join(""));

const addressOf = (label: FoundLabel, origin: string) => badgeAddresses(origin).label(writeLabelCode(label.code));

function sheetOf(label: FoundLabel, origin: string): Promise<Buffer> {
  const { kind, holder, school, partners, project, issuedAt } = label;
  return labelSheet({
    ...{ kind, holder: holder?.name ?? null, school, partners, project, issuedAt },
    issuedBy: label.issuedBy.map(({ name }) => name),
    code: writeLabelCode(label.code),
    address: addressOf(label, origin),
  });
}

const holderOf = ({ holder, school }: FoundLabel) =>
  holder === null ? school.name : `${holder.name ?? "A teacher"} of ${school.name}`;

/** The check page: what stands in its head is for who shares its address; an unknown code has the status that is true. */
export function labelPage({ pool }: Pick<LabelsWorld, "pool">): Page {
  const path = "/labels/:code";
  return {
    path,
    async refuse(_context, { code = "" }) {
      return (await findLabel(pool, code)) === undefined ? unknown : undefined;
    },
    async head({ origin }, { code = "" }): Promise<Head | undefined> {
      const label = await findLabel(pool, code);
      if (label === undefined) return undefined;
      const holds = label.revokedAt === null;
      return {
        title: `${kindNames[label.kind]}: ${label.project.title}`,
        description: holds
          ? `${holderOf(label)} has the ${kindNames[label.kind]} for the project “${label.project.title}”.`
          : `This ${kindNames[label.kind]} holds no longer.`,
        address: addressOf(label, origin),
        picture: `${origin}/card.png`,
      };
    },
  };
}
