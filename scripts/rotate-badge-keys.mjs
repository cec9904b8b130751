/** `npm run rotate-badge-keys`: new badges are signed with new keys from now on; the old ones stay published. */
import { begin } from "./setup/begin.mjs";

begin(async () => {
  const { rotateBadgeKeys } = await import("./rotate-badge-keys/rotate.mjs");
  await rotateBadgeKeys(process.env);
  process.exit(0);
});
