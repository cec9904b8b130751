/** Single sign-on by OpenID Connect: somebody at an identity provider who owns an account here. */
import * as z from "zod";
import { At, Id } from "../ids.ts";

/**
 * Where to go once signed in: a path of ours, such as `/account`. Letters, digits, `/`, `-`, `_` and `.`, and never two
 * slashes at its beginning, which would be another server.
 */
export const OwnPath = z.string().regex(/^\/(?![/\\])[A-Za-z0-9/_.-]{0,200}$/);

export const BeginSso = z.strictObject({ to: OwnPath.optional() });

/** What a provider sends its visitor back with: `code` and `state`, or `error`, and whatever else it likes. */
export const SsoReturn = z.record(z.string().max(100), z.string().max(8_000));
export type SsoReturn = z.infer<typeof SsoReturn>;

/** Where the browser must go to be asked by the provider. */
export const SsoAddress = z.strictObject({ address: z.url() });
export type SsoAddress = z.infer<typeof SsoAddress>;

/** Somebody came from the provider whom no account belongs to yet, in this browser, not long ago. */
export const SsoArrival = z.strictObject({
  /** The provider, as its button is called. */
  provider: z.string(),
  /** Confirmed by the provider. */
  email: z.string(),
  /** As the provider knows them; may be empty. */
  name: z.string(),
  school: z.string(),
  /** There is an account with this e-mail, which its owner may link; without it they register. */
  hasAccount: z.boolean(),
});
export type SsoArrival = z.infer<typeof SsoArrival>;

export const Identity = z.strictObject({
  id: Id,
  /** The provider's name where it is the one that is set up now, else its address. */
  provider: z.string(),
  email: z.string(),
  /** As the provider writes it, to look for it here; may be empty. */
  school: z.string(),
  linkedAt: At,
  lastUsedAt: At.nullable(),
});
export type Identity = z.infer<typeof Identity>;

export const MyIdentities = z.strictObject({
  identities: z.array(Identity),
  /** The provider that can be linked now, or null: none is set up, or it is linked already. */
  linkable: z.string().nullable(),
});
export type MyIdentities = z.infer<typeof MyIdentities>;
