/**
 * The keys that badges are signed with: made when they are first needed, kept in one file that only the server reads, and
 * every public half published for as long as the file is there. After a rotation new badges are signed with new keys and
 * the old ones can still be checked.
 */
import { chmod, link, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import * as z from "zod";
import { newId } from "../ids.ts";

/**
 * RS256 is what Open Badges 3.0 asks of everybody who checks them; EdDSA is shorter, and what wallets and other libraries
 * prefer.
 */
export const badgeAlgorithms = ["RS256", "EdDSA"] as const;
export type BadgeAlgorithm = (typeof badgeAlgorithms)[number];

const PrivateJwk = z.looseObject({ kty: z.string(), d: z.string() });
const KeyFile = z.strictObject({
  keys: z.array(
    z.strictObject({
      id: z.string(),
      algorithm: z.enum(badgeAlgorithms),
      /** When it was made, ISO 8601. */
      since: z.string(),
      /** Not signed with since then. */
      until: z.string().nullable(),
      jwk: PrivateJwk,
    }),
  ),
});
type KeyFile = z.infer<typeof KeyFile>;
type KeptKey = KeyFile["keys"][number];

export interface PublicKey {
  /** Its thumbprint (RFC 7638). */
  readonly id: string;
  readonly algorithm: BadgeAlgorithm;
  readonly jwk: JWK;
}

export class BadgeKeys {
  readonly #folder: string;
  readonly #file: string;
  #read: { readonly mtimeMs: number; readonly keys: readonly KeptKey[] } | undefined;

  /** @param dataDir where `keys/badges.json` is, or will be */
  constructor(dataDir: string) {
    this.#folder = join(dataDir, "keys");
    this.#file = join(this.#folder, "badges.json");
  }

  /** All of them, the old ones too. */
  async published(): Promise<PublicKey[]> {
    return (await this.#keys()).map(({ id, algorithm, jwk }) => ({
      id,
      algorithm,
      jwk: { ...publicHalf(jwk), kid: id, alg: algorithm, use: "sig" },
    }));
  }

  /** The one that is signed with now. */
  async signing(algorithm: BadgeAlgorithm): Promise<{ id: string; key: Awaited<ReturnType<typeof importJWK>> }> {
    const kept = (await this.#keys()).findLast((key) => key.algorithm === algorithm && key.until === null);
    if (kept === undefined) throw new Error(`${this.#file} has no ${algorithm} key to sign with.`);
    return { id: kept.id, key: await importJWK(kept.jwk as JWK, algorithm) }; // What exportJWK wrote.
  }

  /** From now on new badges are signed with new keys; the old ones stay published. */
  async rotate(now: Date): Promise<void> {
    const until = now.toISOString();
    const old = (await this.#keys()).map((key) => ({ ...key, until: key.until ?? until }));
    const fresh = await makeKeys(now);
    const beside = await this.#writeBeside({ keys: [...old, ...fresh] });
    await rename(beside, this.#file);
  }

  async #keys(): Promise<readonly KeptKey[]> {
    const found = await stat(this.#file).catch(missingIsNull);
    if (found === null) {
      await this.#begin();
      return this.#keys();
    }
    if (this.#read?.mtimeMs === found.mtimeMs) return this.#read.keys;
    const { keys } = KeyFile.parse(JSON.parse(await readFile(this.#file, "utf8")));
    this.#read = { mtimeMs: found.mtimeMs, keys };
    return keys;
  }

  /** Two servers that begin at once end with the same keys: a file that is there is never written over. */
  async #begin(): Promise<void> {
    const beside = await this.#writeBeside({ keys: await makeKeys(new Date()) });
    await link(beside, this.#file).catch((fault: NodeJS.ErrnoException) => {
      if (fault.code !== "EEXIST") throw fault;
    });
    await rm(beside);
  }

  async #writeBeside(content: KeyFile): Promise<string> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const beside = join(this.#folder, `badges-${newId()}.json`);
    await writeFile(beside, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flag: "wx" });
    await chmod(beside, 0o600);
    return beside;
  }
}

async function makeKeys(now: Date): Promise<KeptKey[]> {
  return Promise.all(
    badgeAlgorithms.map(async (algorithm) => {
      const { privateKey } = await generateKeyPair(algorithm, { extractable: true, modulusLength: 2048 });
      const jwk = PrivateJwk.parse(await exportJWK(privateKey));
      const id = await calculateJwkThumbprint(publicHalf(jwk));
      return { id, algorithm, since: now.toISOString(), until: null, jwk };
    }),
  );
}

/** Named one by one: what is not known to be public stays here. */
function publicHalf(jwk: z.infer<typeof PrivateJwk>): JWK {
  const { kty, n, e, crv, x } = jwk as JWK; // What exportJWK wrote.
  return JSON.parse(JSON.stringify({ kty, n, e, crv, x }));
}

function missingIsNull(fault: NodeJS.ErrnoException): null {
  if (fault.code === "ENOENT") return null;
  throw fault;
}
