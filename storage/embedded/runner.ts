import { spawnSync } from "node:child_process";
import { chownSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Under whose name Postgres' programs run, and what stands before their command line. */
export interface Runner {
  readonly prefix: readonly string[];
  /** The name by which the programs know themselves; the owner of the cluster in pg_ident.conf. */
  readonly userName: string;
  /** Who must own the files, as seen from here. `undefined`: whoever made them. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** A sentence for the operator, when this is not the usual way. */
  readonly note?: string;
}

interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Postgres gets SIGINT (a fast, clean shutdown) from the kernel when the process that started it is gone. */
const withParent = ["setpriv", "--pdeathsig", "INT", "--"];

const systemUser = "twinlight";

/**
 * Finds a way to run Postgres here. It refuses to run as root, and asks for a user with a name; so:
 *
 * 1. an ordinary user with a name: as they are;
 * 2. root, or a user without a name (a container's number): in a user namespace, where that user bears another's
 *    number. Files still belong to who started it, and a clone in a closed home folder can be read;
 * 3. root where namespaces are refused: as a system user that may read past the folders' permissions.
 *
 * @param postgres the path of the program
 * @param folder where its files will be; it exists
 * @param avoidNamespaces for tests of the third way
 * @throws Error with one sentence when there is no way
 */
export function findRunner(postgres: string, folder: string, avoidNamespaces = false): Runner {
  const uid = process.geteuid?.() ?? -1;
  const users = readUsers();
  const self = users.find((user) => user.uid === uid);
  if (uid !== 0 && self) {
    const plain: Runner = { prefix: withParent, userName: self.name };
    const problem = problemWith(plain, postgres, folder);
    if (problem) throw new Error(`Postgres cannot run here: ${problem}`);
    return plain;
  }
  const reasons: string[] = [];
  if (!avoidNamespaces) {
    const mapped = namespaceRunner(users);
    const problem = mapped ? problemWith(mapped, postgres, folder) : "there is no user but root in /etc/passwd";
    if (mapped && !problem) return mapped;
    reasons.push(`in a user namespace: ${problem}`);
  }
  if (uid === 0) {
    const other = systemUserRunner(users);
    const problem = typeof other === "string" ? other : problemWith(other, postgres, folder);
    if (typeof other !== "string" && !problem) {
      return {
        ...other,
        note: `User namespaces are refused here, so Postgres runs as the system user "${systemUser}".`,
      };
    }
    reasons.push(`as the system user "${systemUser}": ${problem}`);
  }
  throw new Error(
    `The embedded Postgres cannot run as ${uid === 0 ? "root" : `user ${uid}, who has no name`} here (${reasons.join("; ")}). ` +
      "Start Twinlight as an ordinary user, or set DATABASE_URL.",
  );
}

/** Gives the files to whom the runner needs; nothing is done when the folder is theirs already. */
export function giveTo(runner: Runner, folder: string): void {
  if (process.geteuid?.() !== 0) return;
  const { uid, gid } = runner.owner ?? { uid: 0, gid: 0 };
  if (lstatSync(folder).uid === uid && readdirSync(folder).every((name) => lstatSync(join(folder, name)).uid === uid))
    return;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath, entry.name), uid, gid);
  }
  chownSync(folder, uid, gid);
}

function namespaceRunner(users: readonly User[]): Runner | undefined {
  const other = users.find((user) => user.name === "nobody") ?? users.find((user) => user.uid !== 0);
  if (!other) return undefined;
  return {
    prefix: ["unshare", "--user", `--map-user=${other.uid}`, `--map-group=${other.gid}`, "--", ...withParent],
    userName: other.name,
  };
}

function systemUserRunner(users: readonly User[]): Runner | string {
  let user = users.find((known) => known.name === systemUser);
  if (!user) {
    const made = spawnSync("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", systemUser], {
      encoding: "utf8",
      env: { ...process.env, PATH: `${process.env.PATH ?? ""}:/usr/sbin:/sbin` },
    });
    if (made.status !== 0) return `useradd failed (${(made.stderr ?? "").trim() || made.error?.message})`;
    user = readUsers().find((known) => known.name === systemUser);
    if (!user) return "useradd made no such user";
  }
  // The libraries and the data may lie under a folder that only root may enter; of root's rights, this one is kept.
  const rights = ["--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override"];
  return {
    prefix: [
      "setpriv",
      `--reuid=${user.uid}`,
      `--regid=${user.gid}`,
      "--clear-groups",
      ...rights,
      "--pdeathsig",
      "INT",
      "--",
    ],
    userName: user.name,
    owner: { uid: user.uid, gid: user.gid },
  };
}

/** @returns why the runner does not work, or `undefined` */
function problemWith(runner: Runner, postgres: string, folder: string): string | undefined {
  giveTo(runner, folder);
  const [program = "", ...rest] = [
    ...runner.prefix,
    "sh",
    "-c",
    '"$0" --version >/dev/null && ls "$1" >/dev/null',
    postgres,
    folder,
  ];
  const tried = spawnSync(program, rest, { encoding: "utf8", cwd: "/" });
  if (tried.error) {
    const missing = (tried.error as NodeJS.ErrnoException).code === "ENOENT";
    return missing ? `the command "${program}" (of util-linux) is missing` : tried.error.message;
  }
  if (tried.status === 0) return undefined;
  return tried.stderr.trim().split("\n").at(-1) || `${program} ended with ${tried.status ?? tried.signal}`;
}

function readUsers(): User[] {
  return readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .filter((fields) => fields.length >= 4)
    .map(([name = "", , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}
