/** Numbered SQL files, applied once and in order, all that are new in one transaction. Never edited once released. */
import { readdir, readFile } from "node:fs/promises";
import { requireExtensions } from "./extensions.ts";
import { inTransaction, type Pool } from "./pool.ts";

const folder = new URL("./migrations/", import.meta.url);
/** Any number that is ours: two servers that start at once take turns by it. */
const advisoryLock = 7_482_001;

/** Brings the database to this version. Throws when the database is newer than this code. */
export async function migrate(pool: Pool): Promise<void> {
  const files = (await readdir(folder)).filter((name) => /^\d{4}_.*\.sql$/.test(name)).sort();
  await inTransaction(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock($1)", [advisoryLock]);
    await requireExtensions(client);
    await client.query(
      "create table if not exists migrations (name text primary key, at timestamptz not null default now())",
    );
    const { rows } = await client.query<{ name: string }>("select name from migrations order by name");
    const applied = new Set(rows.map((row) => row.name));
    const newer = [...applied].filter((name) => !files.includes(name));
    if (newer.length > 0) {
      throw new Error(`The database was made by a newer Twinlight (it has ${newer.join(", ")}); start that version.`);
    }
    for (const name of files.filter((file) => !applied.has(file))) {
      await client.query(await readFile(new URL(name, folder), "utf8"));
      await client.query("insert into migrations (name) values ($1)", [name]);
    }
  });
}
