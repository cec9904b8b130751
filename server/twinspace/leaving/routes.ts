/** Leaving over http: a project as one file, and one that comes in. (The file itself comes by importMount.ts.) */
import { may } from "../../../domain/permissions.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import { Leaving, OneExport, OneImport } from "../../../protocol/twinspace/leaving.ts";
import { OneSpace } from "../../../protocol/twinspace/space.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { actorOfWho, FileAnswer, type Identified, isRefused, nothing, type Route, route } from "../../http/route.ts";
import { findProject, type ProjectRow } from "../../projects/rows.ts";
import { spaceFor } from "../insider.ts";
import { dispositionOf } from "../materials/names.ts";
import { askExport, dropImportFile, exportFile, exportsOf } from "./exports.ts";
import { beginImport, importOf, isEmpty } from "./imports.ts";
import type { LeavingParts } from "./parts.ts";

const reading = { times: 600, perMs: 60_000, per: "account" } as const;
const writing = { times: 30, perMs: 60_000, per: "account" } as const;

/** As `spaceFor`; the central support service has no role in the project and may nevertheless. */
async function leavingFor(db: Queryable, who: Identified, key: string, now: number): Promise<ProjectRow | Refused> {
  const space = await spaceFor(db, "space.export", who, key, now);
  if (!isRefused(space)) return space.project;
  if (!may("space.export", actorOfWho(who), {})) return space;
  const project = await findProject(db, key, now);
  return project && project.activatedAt !== null ? project : { refused: "request.notFound" };
}

export function leavingRoutes(parts: LeavingParts): Route[] {
  const { pool, now } = parts;
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/leaving",
      summary: "Copies of a whole project, and whether one can come in here",
      action: "space.export",
      limit: reading,
      params: OneSpace,
      answer: Leaving,
      async handle(who, { params }): Promise<Leaving | Refused> {
        const project = await leavingFor(pool, who, params.project, now());
        if (isRefused(project)) return project;
        const exports = await exportsOf(pool, project.id, now());
        const space = await spaceFor(pool, "space.import", who, params.project, now());
        if (isRefused(space)) return { exports, mayImport: null, imported: null };
        const imported = await importOf(pool, project.id, space.me.id);
        if (project.state !== "active") return { exports, mayImport: "readOnly", imported };
        return { exports, mayImport: (await isEmpty(pool, project.id)) ? "yes" : "notEmpty", imported };
      },
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/exports",
      summary: "Have a whole project made into one file",
      action: "space.export",
      limit: writing,
      params: OneSpace,
      body: nothing,
      async handle(who, { params }) {
        const project = await leavingFor(pool, who, params.project, now());
        if (isRefused(project)) return project;
        const asked = await askExport(parts, project.id, who.caller.id);
        return isRefused(asked) ? asked : undefined;
      },
    }),
    route({
      method: "get",
      path: "/api/spaces/:project/exports/:export/file",
      summary: "A whole project as one file",
      action: "space.export",
      limit: reading,
      params: OneExport,
      async handle(who, { params }) {
        const project = await leavingFor(pool, who, params.project, now());
        if (isRefused(project)) return project;
        const path = await exportFile(parts, project.id, params.export);
        if (path === undefined) return { refused: "request.notFound" };
        const disposition = dispositionOf("attachment", `${project.slug}.zip`);
        return new FileAnswer(path, "application/zip", undefined, undefined, { "Content-Disposition": disposition });
      },
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/imports/:import/take",
      summary: "Fill an empty TwinSpace with the project that was uploaded",
      action: "space.import",
      limit: writing,
      params: OneImport,
      body: nothing,
      async handle(who, { params }) {
        const entry = (db: Queryable, lock = true) =>
          spaceFor(db, "space.import", who, params.project, now(), { writes: true, lock });
        const space = await entry(pool, false);
        return isRefused(space) ? space : beginImport(parts, space, params.import, entry);
      },
    }),
    route({
      method: "delete",
      path: "/api/spaces/:project/imports/:import",
      summary: "Do not import what was uploaded",
      action: "space.import",
      limit: writing,
      params: OneImport,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "space.import", who, params.project, now());
        if (isRefused(space)) return space;
        const { rowCount } = await pool.query(
          "delete from space_imports where id = $1 and project_id = $2 and by_account = $3 and state <> 'running'",
          [params.import, space.project.id, space.me.id],
        );
        if (rowCount === 1) await dropImportFile(parts.exportsFolder, params.import);
        return undefined;
      },
    }),
  ];
}
