/** `npm run bench [groups]`: what it costs. Results on stdout, as lines of JSON; everything else on stderr. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { begin } from "./setup/begin.mjs";
import { root } from "./setup/places.mjs";
import { sayTo } from "./setup/say.mjs";
import { tied } from "./setup/tied.mjs";

sayTo(process.stderr);
begin(async () => {
  const { toolsForTests } = await import("./setup/tools.mjs");
  const env = await toolsForTests();
  const child = spawn(...tied(process.execPath, [join(root, "bench", "main.ts"), ...process.argv.slice(2)]), {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  for (const signal of ["SIGTERM", "SIGINT"]) {
    process.removeAllListeners(signal);
    process.on(signal, () => child.kill(signal));
  }
  child.once("exit", (code) => process.exit(code ?? 1));
});
