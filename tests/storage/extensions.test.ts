import { expect } from "chai";
import { requireExtensions } from "../../storage/extensions.ts";
import { openPool } from "../../storage/pool.ts";
import { freshDatabase } from "../support/database.ts";

describe("a database that lacks an extension", function () {
  this.timeout(60_000);

  it("stops the start with a sentence that says what to install; the embedded one lacks none", async () => {
    const database = await freshDatabase();
    const pool = openPool(database.url, 1);
    try {
      await requireExtensions(pool);
      const fault = await requireExtensions(pool, ["pg_trgm", "not_there"]).catch((thrown: Error) => thrown);
      expect(String(fault)).to.contain("lacks the extension not_there").and.contain("postgresql-contrib");
    } finally {
      await pool.end();
      await database.drop();
    }
  });
});
