/** A second factor: a one-time password (RFC 6238) from an app, or one of ten recovery codes, after the password. */
import * as z from "zod";
import "../ids.ts";
import { Password } from "./accounts.ts";

export const recoveryCodeCount = 10;

/** Six digits, or a recovery code; spaces, dashes and small letters make no difference. */
export const Code = z.string().trim().min(1).max(40);

/** `POST /api/sign-in/second`: the browser's cookie says whose first step was right. */
export const SecondStep = z.strictObject({ code: Code });
export type SecondStep = z.infer<typeof SecondStep>;

/** What my account has. `off` too while one is being set up. */
export const MySecondFactor = z.strictObject({
  state: z.enum(["off", "on"]),
  /** How many recovery codes were not used yet. */
  codesLeft: z.int().min(0),
  /** Switching it off asks for the password too; an account that only signs in elsewhere has none. */
  hasPassword: z.boolean(),
});
export type MySecondFactor = z.infer<typeof MySecondFactor>;

/** A new secret, to be taken over into an app. It counts only once a code of it was given back. */
export const NewSecondFactor = z.strictObject({
  /** Base32, to be typed where nothing can be scanned. */
  secret: z.string(),
  /** `otpauth://totp/...`, what the picture says. */
  address: z.string(),
  /** The QR code, row by row from the top: `1` is dark. Without its quiet zone. */
  qr: z.array(z.string().regex(/^[01]+$/)),
});
export type NewSecondFactor = z.infer<typeof NewSecondFactor>;

export const ConfirmSecondFactor = z.strictObject({ code: Code });
/** Shown once: only their digests are kept. */
export const RecoveryCodes = z.strictObject({ codes: z.array(z.string()).length(recoveryCodeCount) });
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;

/** For switching off, and for new recovery codes. `password` may be left out only where the account has none. */
export const ProveOwner = z.strictObject({ password: Password.optional(), code: Code });
export type ProveOwner = z.infer<typeof ProveOwner>;
