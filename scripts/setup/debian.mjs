import { spawn, spawnSync } from "node:child_process";
import { commandPath } from "./places.mjs";
import { lengthSince, Refusal, say } from "./say.mjs";

const patienceMs = 15 * 60_000;

/**
 * Installs Debian's packages that are missing, as root or by a sudo that asks nothing.
 *
 * @param {string[]} packages
 * @param {string} purpose completes "Twinlight needs ... "
 * @throws Refusal with the exact command to run, where it may not install something itself
 */
export async function installDebian(packages, purpose) {
  const missing = missingDebian(packages);
  if (missing.length === 0) return;
  if (!commandPath("apt-get")) {
    throw new Refusal(`Twinlight needs ${missing.join(", ")} ${purpose}: install them with this system's own means.`);
  }
  const asRoot = rootPrefix();
  const install = ["apt-get", "install", "-y", "--no-install-recommends", ...missing];
  if (!asRoot) {
    throw new Refusal(
      `Twinlight needs more of Debian's packages ${purpose}: run "sudo ${install.join(" ")}" and start again.`,
    );
  }
  say(`Installing ${missing.join(", ")} ${purpose}.`);
  const began = performance.now();
  const quiet = ["-qq", "-o", "DPkg::Lock::Timeout=120", "-o", "Dpkg::Use-Pty=0"];
  const run = (...words) => runApt([...asRoot, "apt-get", ...quiet, ...words]);
  let done = await run(...install.slice(1));
  if (done.code !== 0) {
    // A fresh machine has no lists of packages yet, and an old one outdated ones.
    await run("update");
    done = await run(...install.slice(1));
  }
  if (done.code !== 0) {
    const reason = done.output.trim().split("\n").at(-1);
    throw new Refusal(
      `Debian's packages could not be installed (${reason}): run "${[...asRoot, ...install].join(" ")}" by hand.`,
    );
  }
  say(`Installed (${lengthSince(began)}).`);
}

/** Not tied to this process: a system's installation is better finished than cut off. */
function runApt([program, ...words]) {
  const child = spawn(program, words, {
    stdio: ["ignore", "pipe", "pipe"],
    timeout: patienceMs,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", NEEDRESTART_SUSPEND: "1" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  return new Promise((settle, reject) => {
    child.once("error", reject);
    child.once("close", (code) => settle({ code: code ?? 1, output }));
  });
}

/** @returns {string[]} those that dpkg does not know as installed; all, where there is no dpkg */
export function missingDebian(packages) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders are dpkg's
  const asked = spawnSync("dpkg-query", ["-W", "-f", "${Package} ${db:Status-Status}\n", ...packages], {
    encoding: "utf8",
  });
  const installed = new Set(
    (asked.stdout ?? "")
      .split("\n")
      .filter((line) => line.endsWith(" installed"))
      .map((line) => line.split(" ")[0]),
  );
  return packages.filter((name) => !installed.has(name));
}

/** @returns {string[] | undefined} what stands before a command to run it as root; `undefined`: it cannot be */
function rootPrefix() {
  if (process.geteuid?.() === 0) return [];
  return spawnSync("sudo", ["-n", "true"], { stdio: "ignore" }).status === 0 ? ["sudo", "-n"] : undefined;
}
