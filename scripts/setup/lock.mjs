import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Takes a lock that the kernel keeps: it is free again as soon as this process is gone, however it ended. (flock
 * locks what was opened, and that is shared with the program `flock`, which only asks for it.)
 *
 * @param {string} file made when missing
 * @param {number} patienceS how long to wait for another to let go of it; 0: not at all
 * @returns {(() => void) | undefined} lets go of it; `undefined`: another has it
 */
export function takeLock(file, patienceS = 0) {
  mkdirSync(dirname(file), { recursive: true });
  const opened = openSync(file, "a", 0o600);
  const words = patienceS > 0 ? ["-w", String(patienceS), "3"] : ["-n", "3"];
  const { status, error } = spawnSync("flock", words, { stdio: ["ignore", "ignore", "ignore", opened] });
  // Without the program (it is Debian's util-linux) there is no lock, which is no reason not to start.
  if (status === 0 || error) return () => closeSync(opened);
  closeSync(opened);
  return undefined;
}
