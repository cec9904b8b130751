import type { Person, SignedIn } from "../../protocol/http/accounts.ts";
import type { MySecondFactor, NewSecondFactor, ProveOwner, RecoveryCodes } from "../../protocol/http/secondFactor.ts";
import type { MyIdentities, SsoAddress, SsoArrival } from "../../protocol/http/sso.ts";
import { ask } from "../api.ts";

const at = encodeURIComponent;
const factor = "/api/me/second-factor";

export const secondStep = (code: string) => ask<SignedIn>("POST", "/api/sign-in/second", { code });
export const mySecondFactor = () => ask<MySecondFactor>("GET", factor);
export const beginSecondFactor = () => ask<NewSecondFactor>("POST", factor);
export const confirmSecondFactor = (code: string) => ask<RecoveryCodes>("POST", `${factor}/confirm`, { code });
export const switchSecondFactorOff = (proof: ProveOwner) => ask<MySecondFactor>("POST", `${factor}/off`, proof);
export const newRecoveryCodes = (proof: ProveOwner) => ask<RecoveryCodes>("POST", `${factor}/recovery-codes`, proof);
export const takeSecondFactorAway = (person: string) =>
  ask<Person>("POST", `/api/operate/people/${at(person)}/second-factor/take-away`);

/** An address, for a link: to the provider and back to the page that is open. */
export const ssoAt = (path: string) => `/api/sso/begin${/^\/[A-Za-z0-9/_.-]+$/.test(path) ? `?to=${at(path)}` : ""}`;
export const ssoArrival = () => ask<SsoArrival>("GET", "/api/sso/arrival");
export const myIdentities = () => ask<MyIdentities>("GET", "/api/me/identities");
export const linkIdentity = () => ask<SsoAddress>("POST", "/api/me/identities");
export const unlinkIdentity = (identity: string) => ask<MyIdentities>("DELETE", `/api/me/identities/${at(identity)}`);
