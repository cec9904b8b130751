/** One-time passwords by time (RFC 6238) as every app knows them: SHA-1, six digits, 30 seconds. */
import { HOTP, Secret, TOTP } from "otpauth";

const stepMs = 30_000;
const shape = { algorithm: "SHA1", digits: 6 } as const;
/** A telephone's clock may be one step off, either way. */
const skewSteps = 1;

/** 160 bits, in base32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

export const stepAt = (now: number): number => Math.floor(now / stepMs);

/** The code of one step. */
export const codeOfStep = (secret: string, step: number): string =>
  HOTP.generate({ secret: Secret.fromBase32(secret), counter: step, ...shape });

/** Which step around `now` this is the code of, or null. */
export function stepOfCode(secret: string, code: string, now: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const counter = stepAt(now);
  const off = HOTP.validate({ token: code, secret: Secret.fromBase32(secret), counter, window: skewSteps, ...shape });
  return off === null ? null : counter + off;
}

/** What the QR code says. `label` names the account in the app's list. */
export const totpAddress = (secret: string, label: string): string =>
  new TOTP({
    issuer: "Twinlight",
    label,
    secret: Secret.fromBase32(secret),
    period: stepMs / 1000,
    ...shape,
  }).toString();
