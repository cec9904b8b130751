/** Materials over http: lists, one, its file, what is said about it, and folders. Files come in by uploadMount.ts. */
import {
  AddLink,
  AskFile,
  ChangeFolder,
  ChangeMaterial,
  FindMaterials,
  Folder,
  Folders,
  MakeFolder,
  Materials,
  MaterialView,
  OneFolder,
  OneMaterial,
  PeopleToName,
} from "../../../protocol/twinspace/materials.ts";
import { OneSpace } from "../../../protocol/twinspace/space.ts";
import { inTransaction } from "../../../storage/pool.ts";
import { isRefused, type Route, route } from "../../http/route.ts";
import { spaceFor } from "../insider.ts";
import { addLink, changeMaterial, removeMaterial, restoreMaterial } from "./changing.ts";
import { allFolders, changeFolder, makeFolder, removeFolder } from "./folders.ts";
import { listMaterials, peopleToName, showMaterial } from "./listing.ts";
import type { MaterialParts } from "./parts.ts";
import { materialFile } from "./serving.ts";

const reading = { times: 600, perMs: 60_000, per: "account" } as const;
/** A page of a list shows as many pictures, and a film is asked for in pieces. */
const files = { times: 3_000, perMs: 60_000, per: "account" } as const;
const writing = { times: 120, perMs: 60_000, per: "account" } as const;

const at = "/api/spaces/:project";

export function materialRoutes(parts: MaterialParts): Route[] {
  return [...readingRoutes(parts), ...writingRoutes(parts), ...folderRoutes(parts)];
}

function readingRoutes(parts: MaterialParts): Route[] {
  const { pool, now } = parts;
  return [
    route({
      method: "get",
      path: `${at}/materials`,
      summary: "Materials of a folder, of a kind or by words, newest first, a page at a time",
      action: "material.read",
      limit: reading,
      params: OneSpace,
      query: FindMaterials,
      answer: Materials,
      async handle(who, { params, query }) {
        const space = await spaceFor(pool, "material.read", who, params.project, now());
        return isRefused(space) ? space : listMaterials(parts, space, query);
      },
    }),
    route({
      method: "get",
      path: `${at}/materials/:material`,
      summary: "One material and what is said about it",
      action: "material.read",
      limit: reading,
      params: OneMaterial,
      answer: MaterialView,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "material.read", who, params.project, now());
        return isRefused(space) ? space : showMaterial(parts, space, params.material);
      },
    }),
    route({
      method: "get",
      path: `${at}/materials/:material/file`,
      summary: "A material's file, or a smaller picture of it; byte ranges are answered",
      action: "material.read",
      limit: files,
      params: OneMaterial,
      query: AskFile,
      async handle(who, { params, query: { size, download } }) {
        const space = await spaceFor(pool, "material.read", who, params.project, now());
        if (isRefused(space)) return space;
        const how = { size: size === undefined ? undefined : Number(size), download: download === "1" };
        return materialFile(parts, space, params.material, how);
      },
    }),
    route({
      method: "get",
      path: `${at}/people-on-materials`,
      summary: "The pupils of a project by alias, to say who is on a picture",
      action: "material.namePeople",
      limit: reading,
      params: OneSpace,
      answer: PeopleToName,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "material.namePeople", who, params.project, now());
        return isRefused(space) ? space : peopleToName(pool, space);
      },
    }),
  ];
}

function writingRoutes({ pool, now, tell }: MaterialParts): Route[] {
  return [
    route({
      method: "post",
      path: `${at}/materials`,
      summary: "Add a link; it is never fetched from here",
      action: "material.add",
      limit: writing,
      params: OneSpace,
      body: AddLink,
      answer: MaterialView,
      async handle(who, { params, body }) {
        const space = await spaceFor(pool, "material.add", who, params.project, now(), { writes: true });
        if (isRefused(space)) return space;
        const added = await inTransaction(pool, (db) => addLink(db, space, body, now()));
        if (!isRefused(added)) tell(space.project.id, { type: "news" });
        return added;
      },
    }),
    route({
      method: "patch",
      path: `${at}/materials/:material`,
      summary: "Say what it shows, who made it and what others may do with it; rename or move it",
      action: "material.change",
      limit: writing,
      params: OneMaterial,
      body: ChangeMaterial,
      answer: MaterialView,
      async handle(who, { params, body }) {
        const space = await spaceFor(pool, "material.change", who, params.project, now(), { writes: true });
        if (isRefused(space)) return space;
        return inTransaction(pool, (db) => changeMaterial(db, space, params.material, body, now()));
      },
    }),
    route({
      method: "delete",
      path: `${at}/materials/:material`,
      summary: "Remove a material; it can be restored for a week",
      action: "material.change",
      limit: writing,
      params: OneMaterial,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "material.change", who, params.project, now(), { writes: true });
        if (isRefused(space)) return space;
        return inTransaction(pool, (db) => removeMaterial(db, space, params.material, now()));
      },
    }),
    route({
      method: "post",
      path: `${at}/materials/:material/restore`,
      summary: "Bring back what was removed",
      action: "material.change",
      limit: writing,
      params: OneMaterial,
      answer: MaterialView,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "material.change", who, params.project, now(), { writes: true });
        if (isRefused(space)) return space;
        return inTransaction(pool, (db) => restoreMaterial(db, space, params.material));
      },
    }),
  ];
}

function folderRoutes({ pool, now }: MaterialParts): Route[] {
  return [
    route({
      method: "get",
      path: `${at}/folders`,
      summary: "Every folder, to move something to",
      action: "material.add",
      limit: reading,
      params: OneSpace,
      answer: Folders,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "material.add", who, params.project, now());
        return isRefused(space) ? space : allFolders(pool, space.project.id);
      },
    }),
    route({
      method: "post",
      path: `${at}/folders`,
      summary: "Make a folder",
      action: "material.add",
      limit: writing,
      params: OneSpace,
      body: MakeFolder,
      answer: Folder,
      async handle(who, { params, body }) {
        const space = await spaceFor(pool, "material.add", who, params.project, now(), { writes: true });
        if (isRefused(space)) return space;
        return inTransaction(pool, (db) => makeFolder(db, space.project.id, space.me, body));
      },
    }),
    route({
      method: "patch",
      path: `${at}/folders/:folder`,
      summary: "Rename or move a folder",
      action: "material.change",
      limit: writing,
      params: OneFolder,
      body: ChangeFolder,
      answer: Folder,
      async handle(who, { params, body }) {
        const space = await spaceFor(pool, "material.change", who, params.project, now(), { writes: true });
        if (isRefused(space)) return space;
        return inTransaction(pool, (db) => changeFolder(db, space.project.id, space.me, params.folder, body));
      },
    }),
    route({
      method: "delete",
      path: `${at}/folders/:folder`,
      summary: "Remove an empty folder",
      action: "material.change",
      limit: writing,
      params: OneFolder,
      async handle(who, { params }) {
        const space = await spaceFor(pool, "material.change", who, params.project, now(), { writes: true });
        if (isRefused(space)) return space;
        return inTransaction(pool, (db) => removeFolder(db, space.project.id, space.me, params.folder));
      },
    }),
  ];
}
