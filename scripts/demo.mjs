/** `npm run demo`: the same server, on a folder and a world of its own that are made anew at every start. */
import { join } from "node:path";
import { begin } from "./setup/begin.mjs";
import { root } from "./setup/places.mjs";
import { say } from "./setup/say.mjs";

begin(async () => {
  const { DATABASE_URL, SMTP_URL, ...env } = process.env;
  if (DATABASE_URL) say("The demo keeps to a database of its own; DATABASE_URL is left aside.");
  if (SMTP_URL) say("The demo sends no mail: its people are made up. SMTP_URL is left aside.");
  const { serve } = await import("./supervise/serve.mjs");
  await serve({ env: { ...env, DATA_DIR: env.DATA_DIR || join(root, "data-demo"), TWINLIGHT_DEMO: "1" }, demo: true });
});
