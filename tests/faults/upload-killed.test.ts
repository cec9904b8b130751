/** A file on its way when the server is killed: what had arrived is there, and it goes on from where it was. */
import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { expect } from "chai";
import { type ActiveSpace, openSpace } from "../support/activeSpace.ts";
import { eventually } from "../support/eventually.ts";
import { Browser, invitedPerson } from "../support/frontDoor.ts";
import { type KilledServer, startKilledServer } from "../support/killedServer.ts";
import { askOffset, beginUpload, cookiesOf, sendPiece } from "../support/uploading.ts";

const piece = 1_000_000;

describe("an upload, when the server is killed", function () {
  this.timeout(60_000);
  let server: KilledServer;
  let space: ActiveSpace;

  before(async () => {
    server = await startKilledServer();
    const { url, pool } = server;
    const browser = () => new Browser(url);
    space = await openSpace({
      ...{ pool, browser },
      person: (role, name, school = null) => invitedPerson(pool, browser(), role, name, school),
    });
  });
  after(() => server?.end());

  it("goes on from what had arrived", async () => {
    const { browser } = space.ana;
    const bytes = Buffer.alloc(4 * piece, "the river, ");
    const begun = await beginUpload(browser, space.id, "river.bin", bytes.length);
    const at = begun.headers.get("location") ?? "";
    expect((await sendPiece(browser, server.url, at, 0, bytes.subarray(0, piece))).status).to.equal(204);

    // The next piece is on its way, and never ends.
    const sending = request(server.url + at, {
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
    const file = join(server.dataDir, "materials", ".uploads", at.split("/").at(-1) ?? "");
    await eventually(async () => (await readFile(file)).length > piece);

    await server.kill();
    await server.start();

    const offset = Number((await askOffset(browser, at)).headers.get("upload-offset"));
    expect(offset).to.be.within(piece + 1, 2 * piece);
    const last = await sendPiece(browser, server.url, at, offset, bytes.subarray(offset));
    expect(last.status, last.text).to.equal(204);
    const material = last.headers.get("twinlight-material") ?? "";
    expect((await readFile(join(server.dataDir, "materials", space.id, material))).equals(bytes)).to.equal(true);
    const { rows } = await server.pool.query("select name, bytes from materials where id = $1", [material]);
    expect(rows).to.deep.equal([{ name: "river.bin", bytes: bytes.length }]);
  });
});
