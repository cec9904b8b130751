import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../scripts/setup/places.mjs";
import { answerInvitation, invite } from "../../server/accounts/invitations.ts";
import { isRefused } from "../../server/http/route.ts";
import { startPostgres } from "../../storage/embedded/launcher.ts";
import { migrate } from "../../storage/migrations.ts";
import { openPool } from "../../storage/pool.ts";
import { aveiro, goodPassword } from "../support/frontDoor.ts";

describe("The operator's way back in", function () {
  this.timeout(120_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "twinlight-link-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function run(...words: string[]): Promise<{ code: number | null; out: string; err: string }> {
    const env = { ...process.env, DATA_DIR: folder, DATABASE_URL: "", PUBLIC_URL: "https://meet.example.org" };
    const child = spawn(process.execPath, [join(root, "scripts", "operator-link.mjs"), ...words], { env });
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      err += chunk;
    });
    return new Promise((done) => child.once("close", (code) => done({ code, out, err })));
  }

  it("is not there where no Twinlight is, and asks whose it is", async () => {
    expect(await run("olga@example.org")).to.deep.include({ code: 1, out: "" });
    const { code, err } = await run();
    expect(code).to.equal(1);
    expect(err).to.contain("npm run operator-link -- ");
  });

  it("is printed beside a server that runs, and where none runs, and works once", async () => {
    const postgres = await startPostgres({ folder: join(folder, "postgres") });
    const pool = openPool(postgres.url, 2);
    let link: string | undefined;
    try {
      await migrate(pool);
      const olga = await invite(pool, null, {
        name: "Olga",
        email: "olga@example.org",
        role: "operator",
        school: null,
      });
      const ana = await invite(pool, null, { name: "Ana", email: "ana@example.org", role: "teacher", school: aveiro });
      expect(isRefused(olga) || isRefused(ana)).to.equal(false);

      const { code, out } = await run(" Olga@Example.org ");
      expect(code).to.equal(0);
      link = /^https:\/\/meet\.example\.org\/begin#k=(\S+)$/m.exec(out)?.[1];
      if (!link) throw new Error(`no link in ${out}`);
      const answer = { token: link, password: goodPassword };
      expect(await answerInvitation(pool, answer)).to.include({ name: "Olga" });
      expect(await answerInvitation(pool, answer)).to.deep.equal({ refused: "invitation.invalid" });

      const { rows } = await pool.query<{ id: string }>("select id from accounts where operator");
      await pool.query("insert into second_factors (account_id, secret, confirmed_at) values ($1, '', now())", [
        rows[0]?.id,
      ]);
      const left = async () => (await pool.query("select from second_factors")).rowCount;
      expect((await run("olga@example.org")).code).to.equal(0);
      expect(await left(), "asked for nothing").to.equal(1);
      expect((await run("olga@example.org", "--without-second-factor")).code).to.equal(0);
      expect(await left()).to.equal(0);

      const teacher = await run("ana@example.org");
      expect(teacher).to.deep.include({ code: 1, out: "" });
      expect(teacher.err).to.equal("No operator has the address ana@example.org. Others ask an operator for a link.\n");
    } finally {
      await pool.end();
      await postgres.stop();
    }
    const alone = await run("olga@example.org");
    expect(alone.code, alone.err).to.equal(0);
    expect(alone.out).to.contain("https://meet.example.org/begin#k=").and.not.contain(link);
  });
});
