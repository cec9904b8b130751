/** The one way to Postgres. Numbers that fit come back as numbers, times as milliseconds since 1970. */
import pg from "pg";

const int8 = 20;
const timestamptz = 1184;

/** A server that takes a connection and says nothing is given up after this; the next query tries again. */
const connectWithinMs = 10_000;

export type Pool = pg.Pool;
/** What a query may run on: the pool, or the client of a transaction. */
export type Queryable = Pick<pg.Pool, "query"> | Pick<pg.PoolClient, "query">;

export function openPool(databaseUrl: string, size = 10): Pool {
  const types = {
    getTypeParser(oid: number, format?: "text" | "binary") {
      if (oid === int8) return Number;
      if (oid === timestamptz) return (text: string) => Date.parse(text);
      return pg.types.getTypeParser(oid, format);
    },
  };
  // pg's own type for `types` names every overload of getTypeParser; ours answers the same for each of them.
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: size,
    connectionTimeoutMillis: connectWithinMs,
    types: types as pg.CustomTypesConfig,
  });
  // An idle client whose server went away reports here; the next query opens a new one.
  pool.on("error", () => {});
  // One in use says it itself, between two queries of a transaction; the next query then fails and tells why.
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** Runs `work` in a transaction: committed when it resolves, rolled back when it throws. */
export async function inTransaction<T>(pool: Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (fault) {
    await client.query("rollback").catch(() => {});
    throw fault;
  } finally {
    client.release();
  }
}
