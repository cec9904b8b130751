/**
 * Labels as Open Badges 3.0: verifiable credentials, signed as JWTs. An eTwinning Label is given to a school, and nothing in
 * it is about a person; a Quality Label to a teacher, whose name is in it where they agreed to that. Whether one was revoked
 * stands in a signed list of bits at an address of ours, one list for all kinds.
 */
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { SignJWT } from "jose";
import type { AwardKind } from "../../protocol/http/labels.ts";
import type { BadgeAlgorithm, BadgeKeys, PublicKey } from "./badgeKeys.ts";
import type { FoundLabel } from "./labels.ts";

const gzipped = promisify(gzip);

type Json = Readonly<Record<string, unknown>>;

export const credentialContexts = [
  "https://www.w3.org/ns/credentials/v2",
  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
] as const;

/** Entries in one list: what the format wants at least, so that a list tells nothing about one badge. */
export const statusListBits = 131_072;

/** How addresses and files name a kind. */
export const nameInAddress = {
  etwinningLabel: "etwinning-label",
  qualityLabel: "quality-label",
} as const satisfies Record<AwardKind, string>;

/** Addresses below the server's own (`origin`, without a slash at its end). They stand in signed badges: never change them. */
export const badgeAddresses = (origin: string) => ({
  issuer: `${origin}/badges/issuer`,
  key: (id: string) => `${origin}/badges/keys/${id}`,
  achievement: (kind: AwardKind) => `${origin}/badges/${nameInAddress[kind]}`,
  picture: (kind: AwardKind) => `${origin}/badges/${nameInAddress[kind]}.svg`,
  statusList: (list: number) => `${origin}/badges/status/${list}`,
  credential: (code: string) => `${origin}/api/labels/${code}/badge.json`,
  label: (code: string) => `${origin}/labels/${code}`,
});

const issuerName = "Twinlight";

/** Who signs: a profile as Open Badges have it, which also says by which keys, as a document that DID libraries read. */
export function issuerProfile(origin: string, keys: readonly PublicKey[]): Json {
  const { issuer, key } = badgeAddresses(origin);
  const methods = keys.map(({ id, jwk }) => ({
    id: key(id),
    type: "JsonWebKey2020",
    controller: issuer,
    publicKeyJwk: jwk,
  }));
  return {
    "@context": [...credentialContexts, "https://w3id.org/security/suites/jws-2020/v1"],
    id: issuer,
    type: ["Profile"],
    name: issuerName,
    url: origin,
    verificationMethod: methods,
    assertionMethod: methods.map(({ id }) => id),
  };
}

const achievements = {
  etwinningLabel: {
    name: "eTwinning Label",
    description:
      "The school takes part in a project between schools that the support services of its countries approved.",
    narrative:
      "Schools register their partnership as a project, the partner agrees, and the support service of each country approves it.",
    caption: "Two lights that overlap, one lit, one open",
  },
  qualityLabel: {
    name: "Quality Label",
    description:
      "The teacher's work in a project between schools of several countries was read and scored by a support service, and met its criteria.",
    narrative:
      "A teacher applies with evidence of the project. The support service of their country scores it by published criteria; each has a least number of points.",
    caption: "Two lights that overlap, one lit, one open, above five small lights",
  },
} as const satisfies Record<AwardKind, object>;

/** What a label of this kind is given for. */
export function achievement(origin: string, kind: AwardKind): Json {
  const { name, description, narrative, caption } = achievements[kind];
  const { achievement: address, picture } = badgeAddresses(origin);
  return {
    id: address(kind),
    type: ["Achievement"],
    achievementType: "Award",
    name,
    description,
    criteria: { id: `${origin}/labels`, narrative },
    image: { id: picture(kind), type: "Image", caption },
  };
}

/** Whom it is given to: the school, or its teacher, by name where they agreed to that. */
function subjectOf({ kind, holder, school }: FoundLabel): { part: string; name: string } {
  if (kind === "etwinningLabel") return { part: "school", name: school.name };
  return { part: "teacher", name: holder?.name ?? `A teacher of ${school.name}` };
}

/** The credential without its signature. */
export function credentialOf(label: FoundLabel, origin: string): Json {
  const addresses = badgeAddresses(origin);
  const list = Math.floor(label.statusIndex / statusListBits) + 1;
  const index = label.statusIndex % statusListBits;
  const subject = subjectOf(label);
  const others = label.partners.map(({ name, country }) => `${name} (${country})`);
  return {
    "@context": credentialContexts,
    id: addresses.credential(label.code),
    type: ["VerifiableCredential", "OpenBadgeCredential"],
    name: achievements[label.kind].name,
    issuer: { id: addresses.issuer, type: ["Profile"], name: issuerName, url: origin },
    validFrom: new Date(label.issuedAt).toISOString(),
    credentialSubject: {
      id: `${addresses.label(label.code)}#${subject.part}`,
      type: ["AchievementSubject"],
      identifier: [{ type: "IdentityObject", hashed: false, identityHash: subject.name, identityType: "name" }],
      achievement: achievement(origin, label.kind),
    },
    evidence: [
      {
        id: `${origin}/projects/${label.project.slug}`,
        type: ["Evidence"],
        name: label.project.title,
        description: `A project of ${[`${label.school.name} (${label.school.country})`, ...others].join(", ")}`,
      },
    ],
    credentialStatus: {
      id: `${addresses.statusList(list)}#${index}`,
      type: "BitstringStatusListEntry",
      statusPurpose: "revocation",
      statusListIndex: String(index),
      statusListCredential: addresses.statusList(list),
    },
  };
}

/** A JWT whose payload is the credential itself, with what JWTs say about it beside. */
export async function signedBadge(label: FoundLabel, origin: string, keys: BadgeKeys, algorithm: BadgeAlgorithm) {
  return signed(credentialOf(label, origin), badgeAddresses(origin), keys, algorithm);
}

/** The list of revoked badges, signed the same way. `revoked`: the places in this list. */
export async function signedStatusList(
  list: number,
  revoked: readonly number[],
  origin: string,
  keys: BadgeKeys,
  now: number,
): Promise<string> {
  const addresses = badgeAddresses(origin);
  const id = addresses.statusList(list);
  const subject = {
    id: `${id}#list`,
    type: "BitstringStatusList",
    statusPurpose: "revocation",
    encodedList: await encodedList(revoked),
  };
  const credential = {
    "@context": [credentialContexts[0]],
    id,
    type: ["VerifiableCredential", "BitstringStatusListCredential"],
    issuer: addresses.issuer,
    validFrom: new Date(now).toISOString(),
    credentialSubject: subject,
  };
  return signed(credential, addresses, keys, "RS256");
}

async function signed(
  credential: Json,
  addresses: ReturnType<typeof badgeAddresses>,
  keys: BadgeKeys,
  algorithm: BadgeAlgorithm,
): Promise<string> {
  const { id: kid, key } = await keys.signing(algorithm);
  const { id, validFrom, credentialSubject } = credential as {
    // As both makers above write them.
    id: string;
    validFrom: string;
    credentialSubject: { id: string };
  };
  return new SignJWT({ ...credential })
    .setProtectedHeader({ alg: algorithm, typ: "JWT", kid: addresses.key(kid) })
    .setIssuer(addresses.issuer)
    .setJti(id)
    .setSubject(credentialSubject.id)
    .setNotBefore(Math.floor(Date.parse(validFrom) / 1000))
    .sign(key);
}

/** Bits from the left, packed and written as multibase says: `u` and base64url. */
async function encodedList(revoked: readonly number[]): Promise<string> {
  const bits = Buffer.alloc(statusListBits / 8);
  for (const index of revoked) bits.writeUInt8((bits[index >> 3] ?? 0) | (0x80 >> (index & 7)), index >> 3);
  return `u${(await gzipped(bits)).toString("base64url")}`;
}
