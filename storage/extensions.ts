/** What Postgres must bring besides itself. The embedded one has it; a database of the operator's own may lack it. */
import type { Queryable } from "./pool.ts";

/** `unaccent`: words without their accents; `pg_trgm`: words with a typing error. Both are of Postgres' own contrib. */
const needed = ["pg_trgm", "unaccent"] as const;

/** @throws with a sentence that says what to install, when something is missing */
export async function requireExtensions(db: Queryable, wanted: readonly string[] = needed): Promise<void> {
  const { rows } = await db.query<{ name: string }>("select name from pg_available_extensions where name = any($1)", [
    wanted,
  ]);
  const missing = wanted.filter((one) => !rows.some(({ name }) => name === one));
  if (missing.length === 0) return;
  throw new Error(
    `The database lacks the extension${missing.length > 1 ? "s" : ""} ${missing.join(" and ")}. Install Postgres' contrib ` +
      "package on its machine (on Debian and Ubuntu postgresql-contrib), then start again.",
  );
}
