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
  try {
    refuseOldNode();
    await installPackages();
    await goOnInOwnNode();
    await main();
  } catch (fault) {
    endWith(fault);
  }
}
