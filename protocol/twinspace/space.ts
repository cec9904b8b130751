/** A TwinSpace as whoever is in it finds it: what it is, who they are there, who others are. */
import * as z from "zod";
import { ProjectSlug, ProjectStateName } from "../http/projects.ts";
import { CountryCode, Id } from "../ids.ts";

export const OneSpace = z.strictObject({ project: ProjectSlug });

export const SpaceRoleName = z.enum([
  "founder",
  "teacherAdmin",
  "teacher",
  "expert",
  "observer",
  "pupilAdmin",
  "pupil",
  "visitor",
]);
export type SpaceRoleName = z.infer<typeof SpaceRoleName>;

/** Who made something: `account:<id>`, `pupil:<id>`, `visitor:<id>`. */
export const Author = z.string().regex(/^(account|pupil|visitor):[A-Za-z0-9_-]{1,48}$/);
export type Author = z.infer<typeof Author>;

/** Somebody as everybody in the TwinSpace sees them: a pupil by their alias. `name` empty: they are not here any more. */
export const Person = z.strictObject({
  author: Author,
  kind: z.enum(["adult", "pupil", "visitor"]),
  name: z.string(),
  /** A pupil's picture. */
  picture: z.string().nullable(),
  school: z.strictObject({ id: Id, name: z.string(), country: CountryCode }).nullable(),
});
export type Person = z.infer<typeof Person>;

export const SpaceView = z.strictObject({
  id: Id,
  slug: ProjectSlug,
  title: z.string(),
  state: ProjectStateName,
  /** False when it can only be read: the project is closed. */
  open: z.boolean(),
  me: Person.extend({ role: SpaceRoleName }),
  schools: z.array(z.strictObject({ id: Id, name: z.string(), country: CountryCode })),
});
export type SpaceView = z.infer<typeof SpaceView>;
