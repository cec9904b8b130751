import { existsSync } from "node:fs";
import { readSettings } from "../../config/settings.ts";
import { BadgeKeys } from "../../server/projects/badgeKeys.ts";
import { Refusal } from "../setup/say.mjs";

/** The server may run meanwhile: it reads the file again. The environment must be the server's. */
export async function rotateBadgeKeys(env) {
  const { dataDir } = readSettings(env);
  // Else a mistyped DATA_DIR would get keys that nobody uses.
  if (!existsSync(dataDir)) throw new Refusal(`There is no Twinlight in ${dataDir}: set DATA_DIR as for npm start.`);
  const keys = new BadgeKeys(dataDir);
  await keys.rotate(new Date());
  process.stdout.write(`Badges are signed with new keys. ${(await keys.published()).length} keys are published.\n`);
}
