/** The built client's files, found by a table of what is there (never by a path from outside), compressed once each. */
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { RequestHandler } from "express";

const types: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".map": "application/json; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};
const compressible = new Set([".js", ".css", ".svg", ".map", ".json", ".txt", ".webmanifest"]);

const gzipped = promisify(gzip);
const brotlied = promisify(brotliCompress);

type Encoding = "br" | "gzip" | "identity";
interface Asset {
  file: string;
  type: string;
  compressible: boolean;
  /** Names below `assets/` hold a hash of their content: they never change. */
  immutable: boolean;
  bodies: Map<Encoding, Promise<Buffer>>;
}

/** Serves what is in `folder` but its pages; looks again when asked for what it does not know (a new build). */
export function assets(folder: string): RequestHandler {
  let table = new Map<string, Asset>();
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;
  const find = async (path: string): Promise<Asset | undefined> => {
    if (!table.has(path) && Date.now() - lookedAt > 1_000) {
      lookedAt = Date.now();
      looking = readTable(folder, table).then((read) => {
        table = read;
      });
    }
    // Who asks while the folder is being read waits for what is found: a page asks for all its files at once.
    if (!table.has(path)) await looking;
    return table.get(path);
  };

  return async (request, response, next) => {
    if (request.method !== "GET" && request.method !== "HEAD") return next();
    if (!types[extname(request.path)]) return next();
    const asset = await find(request.path);
    if (!asset) return next();
    const encoding = chooseEncoding(asset, request.acceptsEncodings("br", "gzip", "identity"));
    const body = await bodyOf(asset, encoding).catch(() => undefined);
    if (!body) {
      table.delete(request.path);
      return next();
    }
    response.setHeader("Content-Type", asset.type);
    response.setHeader(
      "Cache-Control",
      asset.immutable ? "public, max-age=31536000, immutable" : "public, max-age=3600",
    );
    response.setHeader("Vary", "Accept-Encoding");
    if (encoding !== "identity") response.setHeader("Content-Encoding", encoding);
    response.send(body);
  };
}

function chooseEncoding(asset: Asset, accepted: string | false): Encoding {
  if (!asset.compressible) return "identity";
  return accepted === "br" || accepted === "gzip" ? accepted : "identity";
}

function bodyOf(asset: Asset, encoding: Encoding): Promise<Buffer> {
  const known = asset.bodies.get(encoding);
  if (known) return known;
  const body = readFile(asset.file).then((bytes) => compress(bytes, encoding));
  asset.bodies.set(encoding, body);
  return body;
}

async function compress(bytes: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === "gzip") return gzipped(bytes, { level: 9 });
  if (encoding === "br") return brotlied(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
  return bytes;
}

async function readTable(folder: string, before: Map<string, Asset>): Promise<Map<string, Asset>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const table = new Map<string, Asset>();
  for (const entry of entries) {
    const type = types[extname(entry.name)];
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, file).split(sep).join("/")}`;
    if (!entry.isFile() || !type || path.startsWith("/.")) continue;
    const immutable = path.startsWith("/assets/");
    const known = immutable ? before.get(path) : undefined;
    table.set(
      path,
      known ?? { file, type, compressible: compressible.has(extname(entry.name)), immutable, bodies: new Map() },
    );
  }
  return table;
}
