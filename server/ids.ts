import { randomBytes } from "node:crypto";
import type { Id } from "../protocol/ids.ts";

/** A new id: 120 random bits, url-safe. */
export const newId = (): Id => randomBytes(15).toString("base64url");
