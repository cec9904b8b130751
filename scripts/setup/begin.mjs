import { goOnInOwnNode, refuseOldNode } from "./node.mjs";
import { installPackages } from "./packages.mjs";
import { endWith } from "./say.mjs";

/**
 * What every script does first: the packages, and the Node that came with them. What is imported before this call is
 * plain JavaScript without packages, which Node 20 reads; what is imported after it may be TypeScript.
 *
 * @param {() => Promise<void>} main the script itself, under the right Node
 */
export async function begin(main) {
  // Asked to end while it still sets things up: what it started is tied to it, and nothing is half done for good.
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => process.exit(0));
  endWithNpm();
  try {
    refuseOldNode();
    await installPackages();
    await goOnInOwnNode();
    await main();
  } catch (fault) {
    endWith(fault);
  }
}

/** npm started this and is gone: killed, so that it could not pass that on. Nobody would end this any more. */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGTERM");
  }, 500).unref();
}
