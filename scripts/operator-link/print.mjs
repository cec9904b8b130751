import { existsSync } from "node:fs";
import { join } from "node:path";
import { readSettings } from "../../config/settings.ts";
import { operatorLink } from "../../server/accounts/operatorLink.ts";
import { runningPostgres, startPostgres } from "../../storage/embedded/launcher.ts";
import { migrate } from "../../storage/migrations.ts";
import { openPool } from "../../storage/pool.ts";
import { Refusal } from "../setup/say.mjs";

const flag = "--without-second-factor";

/** Prints the link on stdout. The server may run meanwhile or not; the environment must be the server's. */
export async function printOperatorLink(words, env) {
  const withoutSecondFactor = words.includes(flag);
  const [email, ...more] = words.filter((word) => word !== flag);
  if (!email || more.length > 0) throw new Refusal("Say whose link it is: npm run operator-link -- olga@example.org");
  const settings = readSettings(env);
  const database = await reachDatabase(settings);
  const pool = openPool(database.url, 1);
  try {
    if (!database.isRunning) await migrate(pool);
    const made = await operatorLink(pool, email, originOf(settings), { withoutSecondFactor });
    if (!made) throw new Refusal(`No operator has the address ${email}. Others ask an operator for a link.`);
    const until = new Date(made.expiresAt).toISOString().slice(0, 16).replace("T", " ");
    process.stdout.write(`For ${made.name}, once, until ${until} UTC:\n${made.link}\n`);
  } finally {
    await pool.end();
    await database.leave();
  }
}

/** The one that is set, or the embedded one: as a guest of the server that runs on it, or started for this moment. */
async function reachDatabase({ databaseUrl, dataDir }) {
  const folder = join(dataDir, "postgres");
  const url = databaseUrl ?? runningPostgres(folder);
  if (url) return { url, isRunning: true, leave: async () => {} };
  // Else a mistyped DATA_DIR would begin a new installation.
  if (!existsSync(folder)) throw new Refusal(`There is no Twinlight in ${dataDir}: set DATA_DIR as for npm start.`);
  const postgres = await startPostgres({ folder });
  return { url: postgres.url, isRunning: false, leave: () => postgres.stop() };
}

function originOf({ publicUrl, tls, host, port }) {
  const name = host.includes(":") ? `[${host}]` : host;
  return publicUrl ?? `${tls ? "https" : "http"}://${name}:${port}`;
}
