/** A file on its way when the server is killed: what had arrived is there, and it goes on from where it was. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { freePort } from "../../scripts/supervise/ports.mjs";
import { openPool, type Pool } from "../../storage/pool.ts";
import { type ActiveSpace, openSpace } from "../support/activeSpace.ts";
import { freshDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { Browser, invitedPerson } from "../support/frontDoor.ts";
import { toolPaths } from "../support/tools.ts";
import { askOffset, beginUpload, cookiesOf, sendPiece } from "../support/uploading.ts";

const piece = 1_000_000;

describe("an upload, when the server is killed", function () {
  this.timeout(60_000);
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let pool: Pool;
  let dataDir: string;
  let port: number;
  let server: ChildProcess;
  let space: ActiveSpace;
  const url = () => `http://127.0.0.1:${port}`;

  before(async () => {
    database = await freshDatabase();
    pool = openPool(database.url, 2);
    dataDir = await mkdtemp(join(tmpdir(), "twinlight-killed-"));
    port = await freePort("127.0.0.1");
    server = await started();
    const browser = () => new Browser(url());
    space = await openSpace({
      ...{ pool, browser },
      person: (role, name, school = null) => invitedPerson(pool, browser(), role, name, school),
    });
  });

  after(async () => {
    server?.kill("SIGKILL");
    await pool?.end();
    await database?.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  async function started(): Promise<ChildProcess> {
    const child = fork(fileURLToPath(new URL("../../server/main.ts", import.meta.url)), [], {
      env: {
        ...{ ...process.env, ...toolPaths(), DATABASE_URL: database.url, DATA_DIR: dataDir, LOG_LEVEL: "silent" },
        ...{ PORT: String(port), MEDIA_PORT: "0", MEDIA_WORKERS: "1", TWINLIGHT_DEMO: "0" },
      },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    for await (const [message] of on(child)) if (message.ready) break;
    return child;
  }

  async function* on(child: ChildProcess) {
    for (;;) yield (await once(child, "message")) as [{ ready?: string }];
  }

  it("goes on from what had arrived", async () => {
    const { browser } = space.ana;
    const bytes = Buffer.alloc(4 * piece, "the river, ");
    const begun = await beginUpload(browser, space.id, "river.bin", bytes.length);
    const at = begun.headers.get("location") ?? "";
    expect((await sendPiece(browser, url(), at, 0, bytes.subarray(0, piece))).status).to.equal(204);

    // The next piece is on its way, and never ends.
    const sending = request(url() + at, {
      method: "PATCH",
      headers: {
        ...{
          "tus-resumable": "1.0.0",
          "content-type": "application/offset+octet-stream",
          "upload-offset": String(piece),
        },
        ...{ "content-length": String(2 * piece), cookie: cookiesOf(browser) },
      },
    });
    sending.on("error", () => {});
    sending.write(bytes.subarray(piece, 2 * piece));
    const file = join(dataDir, "materials", ".uploads", at.split("/").at(-1) ?? "");
    await eventually(async () => (await readFile(file)).length > piece);

    server.kill("SIGKILL");
    await once(server, "exit");
    server = await started();

    const offset = Number((await askOffset(browser, at)).headers.get("upload-offset"));
    expect(offset).to.be.within(piece + 1, 2 * piece);
    const last = await sendPiece(browser, url(), at, offset, bytes.subarray(offset));
    expect(last.status, last.text).to.equal(204);
    const material = last.headers.get("twinlight-material") ?? "";
    expect((await readFile(join(dataDir, "materials", space.id, material))).equals(bytes)).to.equal(true);
    const { rows } = await pool.query("select name, bytes from materials where id = $1", [material]);
    expect(rows).to.deep.equal([{ name: "river.bin", bytes: bytes.length }]);
  });
});
