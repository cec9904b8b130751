/** Somebody of every role in one TwinSpace, for who tries what may be said there. */
import { type ActiveSpace, openSpace } from "./activeSpace.ts";
import type { Browser, FrontDoor } from "./frontDoor.ts";

export interface Talkers extends Omit<ActiveSpace, "pupil"> {
  readonly founder: Browser;
  readonly teacher: Browser;
  readonly expert: Browser;
  readonly observer: Browser;
  readonly pupil: { readonly id: string; readonly browser: Browser };
  /** Of the other school. */
  readonly pupilAdmin: { readonly id: string; readonly browser: Browser };
  readonly parent: { readonly id: string; readonly browser: Browser };
  newPupil(alias: string): Promise<{ id: string; browser: Browser }>;
  /** Below the TwinSpace's own address. */
  at(path: string): string;
}

export async function openTalk(front: FrontDoor, slug = "two-rivers"): Promise<Talkers> {
  const space = await openSpace(front, slug);
  const helper = async (role: "expert" | "observer") => {
    const { id, browser } = await front.person("teacher", `${role} of ${slug.replaceAll("-", " ")}`);
    await front.pool.query(
      "insert into project_members (project_id, account_id, school_id, role, state) values ($1, $2, null, $3, 'accepted')",
      [slug, id, role],
    );
    return browser;
  };
  const pupil = await space.pupil(`Kingfisher ${slug}`, "aveiro");
  const pupilAdmin = await space.pupil(`Otter ${slug}`, "oulu");
  await front.pool.query("update pupils set role = 'pupilAdmin' where id = $1", [pupilAdmin.id]);
  return {
    ...space,
    ...{ pupil, pupilAdmin, parent: await space.visitor("A parent") },
    newPupil: (alias) => space.pupil(alias, "aveiro"),
    founder: space.ana.browser,
    teacher: space.rui.browser,
    expert: await helper("expert"),
    observer: await helper("observer"),
    at: (path) => `/api/spaces/${slug}/${path}`,
  };
}
