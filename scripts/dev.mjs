/** `npm run dev`: as `npm start`, and whatever is changed is built or started again. */
import { spawn } from "node:child_process";
import { watch } from "node:fs";
import { join } from "node:path";
import { begin } from "./setup/begin.mjs";
import { root } from "./setup/places.mjs";
import { tied } from "./setup/tied.mjs";

/** Which of the two processes a folder's sources belong to. */
const owners = {
  protocol: ["server", "recorder"],
  domain: ["server", "recorder"],
  frames: ["server", "recorder"],
  storage: ["server", "recorder"],
  config: ["server", "recorder"],
  server: ["server"],
  recorder: ["recorder"],
};
/** An editor writes a file in several steps. */
const settleMs = 200;

begin(async () => {
  const { serve } = await import("./supervise/serve.mjs");
  const running = await serve({ env: { NODE_ENV: "development", ...process.env } });
  for (const [folder, names] of Object.entries(owners)) {
    let timer;
    watch(join(root, folder), { recursive: true }, (_change, file) => {
      if (!file || !/\.(ts|sql|json)$/.test(file)) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        for (const name of names) running[name].restart();
      }, settleMs);
    });
  }
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const words = [vite, "build", "--watch", "--config", join("client", "vite.config.ts"), "--logLevel", "warn"];
  spawn(...tied(process.execPath, words), { cwd: root, stdio: ["ignore", 2, 2] });
});
