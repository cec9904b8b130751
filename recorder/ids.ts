import { randomBytes } from "node:crypto";

/** 96 bits, url-safe: names a recording and its file, and cannot be guessed. */
export const newId = (): string => randomBytes(12).toString("base64url");
