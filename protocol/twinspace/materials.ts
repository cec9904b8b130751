/** Materials of a TwinSpace: files, links, their folders, and what is said about them. */
import * as z from "zod";
import { At, Id, oneLine } from "../ids.ts";
import { Hidden } from "./hidden.ts";
import { OneSpace, Person } from "./space.ts";

export const MaterialKind = z.enum(["image", "video", "sound", "file", "link"]);
export type MaterialKind = z.infer<typeof MaterialKind>;

/** What others may do with it. */
export const Licence = z.enum([
  "unknown",
  "allRights",
  "ccBy",
  "ccBySa",
  "ccByNd",
  "ccByNc",
  "ccByNcSa",
  "ccByNcNd",
  "cc0",
  "publicDomain",
]);
export type Licence = z.infer<typeof Licence>;

/** Whether people are to be seen or heard. Of what is unknown nothing can be published. */
export const Shows = z.enum(["unknown", "nobody", "people"]);
export type Shows = z.infer<typeof Shows>;

/** The smaller pictures that are made of an image, by their longer side in pixels. */
export const imageSizes = [320, 1280] as const;
/** Browsers that resume ask by these: the protocol is tus 1.0.0, this header is ours. */
export const materialHeader = "Twinlight-Material";
export const mostFolderDepth = 8;
export const mostPeopleShown = 200;

/** A name without a path: files are called what people call them. */
export const MaterialName = oneLine(200);
export const FolderName = oneLine(80);

const Words = (longest: number) =>
  z
    .string()
    .max(longest * 2)
    .overwrite((text) =>
      text
        .replace(/\r\n?/g, "\n")
        .replace(/[^\P{Cc}\n]/gu, "")
        .replace(/\p{Cs}/gu, "\ufffd")
        .trim(),
    )
    .max(longest);

/** Only what a browser may be sent to. */
export const WebLink = z
  .string()
  .trim()
  .max(2000)
  .refine((text) => {
    try {
      const { protocol, username, password } = new URL(text);
      return /^https?:\/\//i.test(text) && /^https?:$/.test(protocol) && !username && !password;
    } catch {
      return false;
    }
  });

export const Folder = z.strictObject({ id: Id, name: FolderName, mayChange: z.boolean() });
export type Folder = z.infer<typeof Folder>;
const Crumb = z.strictObject({ id: Id, name: z.string() });
export type Crumb = z.infer<typeof Crumb>;

/** As lists and pages show it. What is hidden has neither name nor file for whoever is no teacher. */
export const MaterialCard = z.strictObject({
  id: Id,
  kind: MaterialKind,
  name: z.string(),
  /** By what stands in it; empty for links. */
  type: z.string(),
  bytes: z.int().nonnegative(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** Which smaller pictures there are, of an image or of a video's first moment. */
  sizes: z.array(z.int()),
  link: z.string().nullable(),
  alt: z.string(),
  decorative: z.boolean(),
  shows: Shows,
  author: Person,
  createdAt: At,
  hidden: Hidden.nullable(),
  mayChange: z.boolean(),
});
export type MaterialCard = z.infer<typeof MaterialCard>;

export const MaterialView = MaterialCard.extend({
  licence: Licence,
  credit: z.string(),
  description: z.string(),
  /** The pupils on it, by their aliases. */
  people: z.array(Person),
  folder: z.array(Crumb),
  /** Pages that show it and that I may see. */
  pages: z.array(z.strictObject({ id: Id, title: z.string() })),
  /** Only teachers say who is to be seen. */
  mayNamePeople: z.boolean(),
});
export type MaterialView = z.infer<typeof MaterialView>;

/** How much may come, and how much is there. */
export const Room = z.strictObject({
  usedBytes: z.int().nonnegative(),
  quotaBytes: z.int().nonnegative(),
  fileBytes: z.int().nonnegative(),
  imageBytes: z.int().nonnegative(),
});
export type Room = z.infer<typeof Room>;

/** `folder`: an id, `top` or `all`. */
export const FindMaterials = z.strictObject({
  folder: z.union([z.enum(["top", "all"]), Id]).optional(),
  kind: MaterialKind.optional(),
  words: z.string().max(200).optional(),
  after: z.string().max(300).optional(),
});
export type FindMaterials = z.infer<typeof FindMaterials>;

export const Materials = z.strictObject({
  /** From the top down to the folder that is shown. */
  path: z.array(Crumb),
  folders: z.array(Folder),
  materials: z.array(MaterialCard),
  next: z.string().nullable(),
  room: Room,
  mayAdd: z.boolean(),
});
export type Materials = z.infer<typeof Materials>;

export const OneMaterial = OneSpace.extend({ material: Id });
export const OneFolder = OneSpace.extend({ folder: Id });
export const AskFile = z.strictObject({
  size: z.enum(["320", "1280"]).optional(),
  download: z.literal("1").optional(),
});

export const ChangeMaterial = z.strictObject({
  name: MaterialName.optional(),
  /** Null moves it to the top. */
  folder: Id.nullable().optional(),
  link: WebLink.optional(),
  licence: Licence.optional(),
  credit: Words(300).optional(),
  alt: Words(1000).optional(),
  decorative: z.boolean().optional(),
  description: Words(4000).optional(),
  shows: Shows.optional(),
  /** The whole list of pupils' ids; said together with `shows: people`. */
  people: z.array(Id).max(mostPeopleShown).optional(),
});
export type ChangeMaterial = z.infer<typeof ChangeMaterial>;

export const AddLink = z.strictObject({
  link: WebLink,
  name: MaterialName,
  folder: Id.nullable(),
  description: Words(4000).default(""),
});
export type AddLink = z.input<typeof AddLink>;

export const MakeFolder = z.strictObject({ name: FolderName, parent: Id.nullable() });
export type MakeFolder = z.infer<typeof MakeFolder>;
export const ChangeFolder = z.strictObject({ name: FolderName.optional(), parent: Id.nullable().optional() });
export type ChangeFolder = z.infer<typeof ChangeFolder>;

/** Every folder, for a list to move something to. */
export const Folders = z.strictObject({
  folders: z.array(z.strictObject({ id: Id, name: z.string(), parent: Id.nullable() })),
});
export type Folders = z.infer<typeof Folders>;

/** The pupils of a project by alias, for teachers who say who is to be seen. */
export const PeopleToName = z.strictObject({ people: z.array(Person) });
export type PeopleToName = z.infer<typeof PeopleToName>;
