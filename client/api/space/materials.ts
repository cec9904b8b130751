import type {
  AddLink,
  ChangeFolder,
  ChangeMaterial,
  FindMaterials,
  Folder,
  Folders,
  MakeFolder,
  MaterialCard,
  Materials,
  MaterialView,
  PeopleToName,
} from "../../../protocol/twinspace/materials.ts";
import { ask, query } from "../../api.ts";
import { spaceAt } from "../space.ts";

const at = encodeURIComponent;
const all = (project: string) => `${spaceAt(project)}/materials`;
const one = (project: string, material: string) => `${all(project)}/${at(material)}`;
const folders = (project: string) => `${spaceAt(project)}/folders`;

export const materials = (project: string, asked: FindMaterials) =>
  ask<Materials>("GET", `${all(project)}${query(asked)}`);
export const material = (project: string, id: string) => ask<MaterialView>("GET", one(project, id));
export const addLink = (project: string, body: AddLink) => ask<MaterialView>("POST", all(project), body);
export const changeMaterial = (project: string, id: string, body: ChangeMaterial) =>
  ask<MaterialView>("PATCH", one(project, id), body);
export const removeMaterial = (project: string, id: string) => ask<void>("DELETE", one(project, id));
export const restoreMaterial = (project: string, id: string) =>
  ask<MaterialView>("POST", `${one(project, id)}/restore`);
export const peopleToName = (project: string) => ask<PeopleToName>("GET", `${spaceAt(project)}/people-on-materials`);

export const allFolders = (project: string) => ask<Folders>("GET", folders(project));
export const makeFolder = (project: string, body: MakeFolder) => ask<Folder>("POST", folders(project), body);
export const changeFolder = (project: string, id: string, body: ChangeFolder) =>
  ask<Folder>("PATCH", `${folders(project)}/${at(id)}`, body);
export const removeFolder = (project: string, id: string) => ask<void>("DELETE", `${folders(project)}/${at(id)}`);

/** Where files are sent, piece by piece (client/uploads.ts). */
export const uploadsAt = (project: string) => `${spaceAt(project)}/uploads`;

type Pictured = Pick<MaterialCard, "id" | "sizes">;

/** Addresses, for pictures, films and links that save. */
export const fileAt = (project: string, id: string) => `${one(project, id)}/file`;
export const savedFileAt = (project: string, id: string) => `${fileAt(project, id)}?download=1`;
/** The picture of at least this size there is, or the picture itself. */
export const pictureAt = (project: string, { id, sizes }: Pictured, size: 320 | 1280) =>
  sizes.includes(size) ? `${fileAt(project, id)}?size=${size}` : fileAt(project, id);
