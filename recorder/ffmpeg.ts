import { spawn } from "node:child_process";
import { constants, setPriority } from "node:os";

/** So much of what ffmpeg complains about goes into the error. */
const mostWords = 2_000;

/**
 * Runs ffmpeg to its end, behind everything else that runs on this machine. It overwrites its output and asks nothing.
 *
 * @param done told the time in the output up to which it has written, in ms, about twice a second
 * @throws with the end of what it said when it fails; `AbortError` when `signal` ends it
 */
export async function runFfmpeg(
  path: string,
  signal: AbortSignal,
  args: readonly string[],
  done: (ms: number) => void = () => {},
): Promise<void> {
  const given = ["-nostdin", "-hide_banner", "-v", "error", "-y", "-progress", "pipe:1", ...args];
  const child = spawn(path, given, { signal, killSignal: "SIGKILL", stdio: ["ignore", "pipe", "pipe"] });
  lowerPriority(child.pid);
  let words = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-mostWords);
  });
  let rest = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    // It is called `out_time_ms` and counts microseconds.
    for (const line of lines) {
      const [name, value] = line.split("=");
      if (name === "out_time_us" && Number.isFinite(Number(value))) done(Number(value) / 1000);
    }
  });
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, killedBy) => {
      if (code === 0) resolve();
      else reject(new Error(`ffmpeg ended with ${code ?? killedBy}: ${words.trim()}`));
    });
  });
}

function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It ended already, or this system gives no say: it then runs like everything else.
  }
}
