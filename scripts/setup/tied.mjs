import { spawn } from "node:child_process";
import { commandPath } from "./places.mjs";

/**
 * A command line whose program gets SIGTERM from the kernel when the process that started it is gone, however it ended.
 *
 * @returns {[string, string[]]}
 */
export function tied(program, words) {
  const setpriv = commandPath("setpriv");
  return setpriv ? [setpriv, ["--pdeathsig", "TERM", "--", program, ...words]] : [program, words];
}

/**
 * Runs a step of the set-up, tied to this process.
 *
 * @param {import("node:child_process").SpawnOptions & { onOutput?: (text: string) => void }} options
 * @returns {Promise<{ code: number, output: string }>} what it said on stdout and stderr, and how it ended
 */
export function runStep(program, words, { onOutput, ...options } = {}) {
  const child = spawn(...tied(program, words), { stdio: ["ignore", "pipe", "pipe"], ...options });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text) => {
      output += text;
      onOutput?.(text);
    });
  }
  return new Promise((settle, reject) => {
    child.once("error", reject);
    child.once("close", (code) => settle({ code: code ?? 1, output }));
  });
}
