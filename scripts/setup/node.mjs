import { spawn } from "node:child_process";
import { constants } from "node:os";
import { dirname } from "node:path";
import { isProgram, ownNode, root } from "./places.mjs";
import { Refusal } from "./say.mjs";
import { tied } from "./tied.mjs";

/** The oldest Node that can read what runs before the packages are there. */
const oldest = 20;
/** The Node that runs everything else. It comes as a package. */
export const wanted = 24;

export function nodeMajor() {
  return Number(process.versions.node.split(".")[0]);
}

export function refuseOldNode() {
  if (nodeMajor() < oldest) {
    throw new Refusal(`Twinlight needs Node ${oldest} or newer to begin with, and this is ${process.version}.`);
  }
}

/**
 * Goes on in the Node that came with the packages. Where this already is that version nothing happens; otherwise the
 * same script is run again and this process only passes on signals and, at the end, the result: the promise then
 * never settles.
 */
export function goOnInOwnNode() {
  if (nodeMajor() === wanted) {
    process.env.PATH = withOwnPrograms(process.env.PATH);
    return Promise.resolve();
  }
  if (!isProgram(ownNode)) {
    if (nodeMajor() > wanted) return Promise.resolve();
    throw new Refusal(
      `Twinlight needs Node ${wanted}, this is ${process.version}, and no package brings one for ${process.platform} on ${process.arch}: install Node ${wanted}.`,
    );
  }
  // Whatever becomes of this process, the other one must not be left behind.
  const child = spawn(...tied(ownNode, [...process.execArgv, ...process.argv.slice(1)]), {
    stdio: "inherit",
    env: { ...process.env, PATH: withOwnPrograms(process.env.PATH) },
  });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) {
    process.removeAllListeners(signal);
    process.on(signal, () => child.kill(signal));
  }
  child.once("error", (fault) => {
    process.stderr.write(`${ownNode} cannot be run: ${fault.message}\n`);
    process.exit(1);
  });
  child.once("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
  return new Promise(() => {});
}

/** Programs of packages ask the path for `node`. */
function withOwnPrograms(path = "") {
  const own = `${dirname(ownNode)}:${root}/node_modules/.bin:`;
  return path.startsWith(own) ? path : own + path;
}
