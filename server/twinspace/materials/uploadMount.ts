/**
 * Where files come in: the tus protocol 1.0.0 (creation, expiration, termination) at /api/spaces/:project/uploads. A mount of its
 * own, because its bodies are streams and its answers are headers; who asks, who may and how often are seen to as for every route.
 */
import type { IncomingMessage } from "node:http";
import express, { type Request, type RequestHandler, type Response } from "express";
import type { Id } from "../../../protocol/ids.ts";
import { Id as IdShape } from "../../../protocol/ids.ts";
import type { RefusalCode, Refused } from "../../../protocol/refusals.ts";
import { MaterialName, materialHeader } from "../../../protocol/twinspace/materials.ts";
import { OneSpace } from "../../../protocol/twinspace/space.ts";
import { networkOf, RateLimit } from "../../http/limits.ts";
import { type Mounting, refusalOf, refuse } from "../../http/mount.ts";
import { type Identified, isRefused } from "../../http/route.ts";
import { type Space, spaceFor } from "../insider.ts";
import { limitsOf, type MaterialParts } from "./parts.ts";
import { takeUpload } from "./taking.ts";
import { beginUpload, dropUpload, findUpload, givenUpAfterMs, offsetOf, type UploadRow, writeOn } from "./uploads.ts";

const version = "1.0.0";
const action = "material.add";
/** A class behind one address sends its pictures at once, in pieces of some megabytes. */
const byNetwork = { times: 6_000, perMs: 60_000 };
const byPerson = { times: 600, perMs: 60_000 };

interface Asked {
  readonly request: Request;
  readonly response: Response;
  readonly space: Space;
  /** Asks again, for when much time has passed. */
  readonly entry: () => Promise<Space | Refused>;
}

export function uploadMount(parts: MaterialParts, mounting: Mounting): express.Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const pieces = new Pieces(parts);
  const admitted = admission(parts, mounting);
  const many = "/api/spaces/:project/uploads";
  const one = `${many}/:upload`;
  router.options([many, one], (_request, response) => describe(parts, response));
  router.post(
    many,
    admitted((asked) => begin(parts, asked)),
  );
  router.head(
    one,
    admitted((asked) => look(parts, pieces, asked)),
  );
  router.patch(
    one,
    admitted((asked) => goOn(parts, pieces, asked)),
  );
  router.delete(
    one,
    admitted((asked) => giveUp(parts, pieces, asked)),
  );
  return router;
}

function describe(parts: MaterialParts, response: Response): void {
  response
    .status(204)
    .set({
      "Tus-Resumable": version,
      "Tus-Version": version,
      "Tus-Extension": "creation,expiration,termination",
      "Tus-Max-Size": String(limitsOf(parts).fileBytes),
    })
    .end();
}

/** What every route passes before its handler: limits, who asks, the table, their place in the project, the protocol's version. */
function admission(parts: MaterialParts, mounting: Mounting) {
  const networks = new RateLimit(byNetwork);
  const persons = new RateLimit(byPerson);
  const tooMany = (response: Response, limit: RateLimit, key: string): boolean => {
    if (limit.take(key)) return false;
    response.setHeader("Retry-After", limit.waitSeconds(key));
    return true;
  };
  return (handle: (asked: Asked) => Promise<void>): RequestHandler =>
    async (request, response) => {
      response.set({ "Cache-Control": "no-store", "Tus-Resumable": version });
      if (tooMany(response, networks, networkOf(request.ip))) return refuse(response, "request.tooMany");
      const who: Identified = await mounting.identify(request);
      const no = refusalOf(action, who);
      if (no) return refuse(response, no);
      const asker = who.caller ?? who.place;
      if (asker && tooMany(response, persons, asker.id)) return refuse(response, "request.tooMany");
      const named = OneSpace.safeParse({ project: request.params.project });
      if (!named.success) return refuse(response, "request.notFound");
      const entry = () => spaceFor(parts.pool, action, who, named.data.project, parts.now(), { writes: true });
      const space = await entry();
      if (isRefused(space)) return refuse(response, space.refused);
      if (request.headers["tus-resumable"] !== version) {
        response.setHeader("Tus-Version", version);
        return void response.status(412).end();
      }
      await handle({ request, response, space, entry });
    };
}

async function begin(parts: MaterialParts, { request, response, space }: Asked): Promise<void> {
  const bytes = numberIn(request, "upload-length");
  const said = metadata(request.get("upload-metadata") ?? "");
  const name = MaterialName.safeParse(lastOf(said.get("filename") ?? ""));
  const folder = said.get("folder") ?? "";
  if (bytes === undefined || !name.success || (folder !== "" && !IdShape.safeParse(folder).success)) {
    return refuse(response, "request.malformed", name.success ? ["Upload-Length"] : ["name"]);
  }
  const begun = await beginUpload(parts, space, { name: name.data, folder: folder || null, bytes });
  if (isRefused(begun)) return refuse(response, begun.refused, "fields" in begun ? begun.fields : undefined);
  const at = `/api/spaces/${encodeURIComponent(String(request.params.project))}/uploads/${begun.id}`;
  response
    .status(201)
    .set({ Location: at, ...expiry(begun) })
    .end();
}

/** How far it is. One that is whole and was not finished, because this process was killed then, is finished now. */
async function look(parts: MaterialParts, pieces: Pieces, asked: Asked): Promise<void> {
  const upload = await uploadOf(parts, asked);
  if (!upload) return refuse(asked.response, "material.uploadGone");
  await pieces.quiet(upload.id);
  const offset = upload.finishedAt === null ? await offsetOf(parts, upload) : upload.bytes;
  if (offset === undefined) return gone(parts, upload, asked.response);
  await answerOffset(pieces, asked, upload, offset, 200);
}

async function goOn(parts: MaterialParts, pieces: Pieces, asked: Asked): Promise<void> {
  const { request, response } = asked;
  const from = numberIn(request, "upload-offset");
  if (request.get("content-type") !== "application/offset+octet-stream" || from === undefined) {
    return refuse(response, "request.malformed", ["Upload-Offset"]);
  }
  const upload = await uploadOf(parts, asked);
  if (!upload) return refuse(response, "material.uploadGone");
  if (upload.finishedAt !== null) return refuse(response, "material.uploadMoved");
  const written = await pieces.write(upload, from, request);
  if (written === "gone") return gone(parts, upload, response);
  if (written === "brokenOff") return void response.destroy();
  if (isRefused(written)) {
    // What is still coming is not read any more.
    response.setHeader("Connection", "close");
    return refuse(response, written.refused);
  }
  await answerOffset(pieces, asked, upload, written, 204);
}

async function giveUp(parts: MaterialParts, pieces: Pieces, asked: Asked): Promise<void> {
  const upload = await uploadOf(parts, asked);
  if (!upload) return refuse(asked.response, "material.uploadGone");
  await pieces.quiet(upload.id);
  if (upload.finishedAt === null) await dropUpload(parts, upload.id);
  asked.response.status(204).end();
}

async function uploadOf(parts: MaterialParts, { request, space }: Asked): Promise<UploadRow | undefined> {
  const id = IdShape.safeParse(request.params.upload);
  return id.success ? findUpload(parts.pool, space, id.data) : undefined;
}

async function gone(parts: MaterialParts, { id }: UploadRow, response: Response): Promise<void> {
  await dropUpload(parts, id);
  refuse(response, "material.uploadGone");
}

async function answerOffset(
  pieces: Pieces,
  { response, entry }: Asked,
  upload: UploadRow,
  offset: number,
  status: 200 | 204,
): Promise<void> {
  if (offset === upload.bytes) {
    const taken = upload.finishedAt === null ? await pieces.take(upload, entry) : upload.id;
    if (isRefused(taken)) return refuse(response, taken.refused);
    response.setHeader(materialHeader, taken);
  }
  response
    .status(status)
    .set({ "Upload-Offset": String(offset), "Upload-Length": String(upload.bytes), ...expiry(upload) })
    .end();
}

const expiry = ({ touchedAt, finishedAt }: UploadRow): Record<string, string> =>
  finishedAt === null ? { "Upload-Expires": new Date(touchedAt + givenUpAfterMs).toUTCString() } : {};

function numberIn(request: Request, header: string): number | undefined {
  const text = request.get(header) ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** `filename d29ybGQ=,folder MQ==`: names, and values in base64. What cannot be read is not there. */
function metadata(header: string): ReadonlyMap<string, string> {
  const pairs = header
    .slice(0, 4_000)
    .split(",")
    .map((pair) => pair.trim().split(" "));
  return new Map(pairs.map(([key = "", value = ""]) => [key, Buffer.from(value, "base64").toString("utf8")]));
}

/** Of a path only what comes last; what nobody can see or a disk cannot bear is left out. It names nothing on our disk anyway. */
function lastOf(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  return (
    last
      .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, "")
      .trim()
      .slice(0, 200)
      .trim() || "file"
  );
}

/**
 * Who writes at which upload now. A browser that lost its connection comes back before this server has noticed: the newer request
 * ends the older one and begins where that one really came to.
 */
class Pieces {
  readonly #parts: MaterialParts;
  readonly #writing = new Map<Id, { request: IncomingMessage; done: Promise<unknown> }>();
  readonly #taking = new Map<Id, Promise<Id | Refused>>();

  constructor(parts: MaterialParts) {
    this.#parts = parts;
  }

  /** Ends what is being written, and waits until it is. */
  async quiet(id: Id): Promise<void> {
    for (let other = this.#writing.get(id); other !== undefined; other = this.#writing.get(id)) {
      other.request.destroy();
      await other.done;
    }
  }

  async write(
    upload: UploadRow,
    from: number,
    request: IncomingMessage,
  ): Promise<number | Refused | "gone" | "brokenOff"> {
    await this.quiet(upload.id);
    // Nothing is waited for between the last look and the entry: of two that come at once one ends the other.
    if (this.#writing.has(upload.id)) return this.write(upload, from, request);
    const work = this.#write(upload, from, request);
    const done = work
      .catch(() => {})
      .finally(() => {
        if (this.#writing.get(upload.id)?.request === request) this.#writing.delete(upload.id);
      });
    this.#writing.set(upload.id, { request, done });
    return work;
  }

  async #write(
    upload: UploadRow,
    from: number,
    request: IncomingMessage,
  ): Promise<number | Refused | "gone" | "brokenOff"> {
    const offset = await offsetOf(this.#parts, upload);
    if (offset === undefined) return "gone";
    if (offset !== from) return { refused: "material.uploadMoved" satisfies RefusalCode };
    const coming = Number(request.headers["content-length"] ?? 0);
    if (offset + coming > upload.bytes) return { refused: "material.tooLarge" satisfies RefusalCode };
    try {
      return await writeOn(this.#parts, upload, offset, request);
    } catch (fault) {
      if (request.destroyed && !request.complete) return "brokenOff";
      throw fault;
    }
  }

  /** Once, however many ask for it. */
  take(upload: UploadRow, entry: () => Promise<Space | Refused>): Promise<Id | Refused> {
    const known = this.#taking.get(upload.id);
    if (known) return known;
    const taking = takeUpload(this.#parts, upload, entry).finally(() => this.#taking.delete(upload.id));
    this.#taking.set(upload.id, taking);
    return taking;
  }
}
