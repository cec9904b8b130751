/**
 * Secrets that must be read again (a one-time password's seed) are kept sealed, under a key that is not in the database:
 * who gets hold of a copy of the database alone has none of them.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

export interface Secrets {
  /**
   * AES-256-GCM. `about` says whose and what it is (`secondFactor:<account>`): what was sealed about one thing does not
   * open about another, so that rows cannot be exchanged.
   */
  seal(text: string, about: string): Buffer;
  /** @throws UnreadableSecret where the key is another, or the bytes were changed */
  open(sealed: Buffer, about: string): string;
  /** A keyed digest (32 bytes), for what is compared only and is too short to be safe as a plain one. */
  digest(text: string, about: string): Buffer;
}

/** The key is not the one by which this was sealed, or somebody changed it. */
export class UnreadableSecret extends Error {
  override readonly name = "UnreadableSecret";
}

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * The key is `given` (SECRETS_KEY), or else a file below `folder` that only this user can read. It is looked for, and made
 * where there is none, when it is first needed.
 */
export function secretsUnder(folder: string, given: string | undefined): Secrets {
  let kept: { sealing: Buffer; digesting: Buffer } | undefined;
  const keys = () => {
    kept ??= derived(given ?? keyInFile(folder));
    return kept;
  };
  return {
    seal(text, about) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", keys().sealing, nonce).setAAD(Buffer.from(about));
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), sealed]);
    },
    open: (sealed, about) => opened(keys().sealing, sealed, about),
    digest: (text, about) => createHmac("sha256", keys().digesting).update(`${about}\0${text}`).digest(),
  };
}

function opened(key: Buffer, sealed: Buffer, about: string): string {
  const from = 1 + nonceBytes + tagBytes;
  if (sealed.length < from || sealed[0] !== version) throw new UnreadableSecret("This is nothing that was sealed here");
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(1, 1 + nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(1 + nonceBytes, from));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(from)), decipher.final()]).toString("utf8");
  } catch {
    throw new UnreadableSecret("A secret cannot be read: it was sealed under another key, or changed");
  }
}

/** Two keys of one, so that what is digested tells nothing about what is sealed. */
function derived(key: string): { sealing: Buffer; digesting: Buffer } {
  const of = (purpose: string) => Buffer.from(hkdfSync("sha256", key, "twinlight", purpose, 32));
  return { sealing: of("seal"), digesting: of("digest") };
}

const keyFile = (folder: string) => join(folder, "secrets.key");

function keyInFile(folder: string): string {
  return readKey(folder) ?? makeKey(folder);
}

function readKey(folder: string): string | undefined {
  try {
    const text = readFileSync(keyFile(folder), "utf8").trim();
    if (text.length < 32) throw new Error(`${keyFile(folder)} holds no key`);
    return text;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw fault;
  }
}

/** Written aside and then linked: of two processes at the same time one makes the key, and both use it whole. */
function makeKey(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const aside = `${keyFile(folder)}.${process.pid}.${randomBytes(4).toString("hex")}`;
  const file = openSync(aside, "wx", 0o600);
  try {
    writeSync(file, `${randomBytes(32).toString("base64")}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(aside, keyFile(folder));
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== "EEXIST") throw fault;
  } finally {
    rmSync(aside, { force: true });
  }
  const key = readKey(folder);
  if (key === undefined) throw new Error(`${keyFile(folder)} could not be made`);
  return key;
}
