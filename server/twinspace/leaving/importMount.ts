/**
 * Where the file of a project comes in: its bytes as they are, to /api/spaces/:project/imports. A mount of its own, because the
 * body is a stream; who asks, who may and how often are seen to as for every route.
 */
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import express from "express";
import { OneSpace } from "../../../protocol/twinspace/space.ts";
import { networkOf, RateLimit } from "../../http/limits.ts";
import { type Mounting, refusalOf, refuse } from "../../http/mount.ts";
import { isRefused } from "../../http/route.ts";
import { newId } from "../../ids.ts";
import { spaceFor } from "../insider.ts";
import { isFull } from "../materials/uploads.ts";
import { dropImportFile } from "./exports.ts";
import { isEmpty, lookThrough } from "./imports.ts";
import { importPath, importsFolder, type LeavingParts, largestImport } from "./parts.ts";

const action = "space.import";
const byNetwork = { times: 60, perMs: 3_600_000 };
const byPerson = { times: 20, perMs: 3_600_000 };

/** The file is larger than it may be. */
class TooLarge extends Error {}

export function importMount(parts: LeavingParts, mounting: Mounting): express.Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const networks = new RateLimit(byNetwork);
  const persons = new RateLimit(byPerson);
  router.post("/api/spaces/:project/imports", async (request, response) => {
    response.set("Cache-Control", "no-store");
    // What is still coming is not read any more.
    const no = (...why: Parameters<typeof refuse> extends [unknown, ...infer W] ? W : never) => {
      response.setHeader("Connection", "close");
      refuse(response, ...why);
    };
    if (!networks.take(networkOf(request.ip))) return no("request.tooMany");
    const who = await mounting.identify(request);
    const refused = refusalOf(action, who);
    if (refused) return no(refused);
    if (!persons.take((who.caller ?? who.place)?.id ?? "")) return no("request.tooMany");
    const named = OneSpace.safeParse({ project: request.params.project });
    if (!named.success) return no("request.notFound");
    const space = await spaceFor(parts.pool, action, who, named.data.project, parts.now(), { writes: true });
    if (isRefused(space)) return no(space.refused);
    if (!(await isEmpty(parts.pool, space.project.id))) return no("import.notEmpty");
    const most = largestImport(parts);
    if (Number(request.headers["content-length"] ?? 0) > most) return no("import.tooLarge");
    const id = newId();
    try {
      await mkdir(importsFolder(parts.exportsFolder), { recursive: true, mode: 0o700 });
      await pipeline(
        request,
        upTo(most),
        createWriteStream(importPath(parts.exportsFolder, id), { flags: "wx", mode: 0o600 }),
      );
    } catch (fault) {
      await dropImportFile(parts.exportsFolder, id);
      if (fault instanceof TooLarge) return no("import.tooLarge");
      if (isFull(fault)) return no("material.diskFull");
      if (request.destroyed && !request.complete) return void response.destroy();
      throw fault;
    }
    const looked = await lookThrough(parts, space, id);
    if (isRefused(looked)) return refuse(response, looked.refused);
    response.json(looked);
  });
  return router;
}

function upTo(most: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      bytes += piece.length;
      done(bytes > most ? new TooLarge() : null, piece);
    },
  });
}
