/** Materials of a whole server as it is started: its limits, its sweep, and the recorder asked to look at a film. */
import { expect } from "chai";
import { type ActiveSpace, openSpace } from "../../support/activeSpace.ts";
import { Browser, invitedPerson } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";
import { startTestServer, type TestServer } from "../../support/server.ts";
import { beginUpload, upload } from "../../support/uploading.ts";

describe("materials of a whole server", function () {
  this.timeout(60_000);
  let server: TestServer;
  let space: ActiveSpace;

  before(async () => {
    server = await startTestServer({ SPACE_QUOTA_MB: "10", SPACE_FILE_MB: "2", SPACE_IMAGE_MB: "1" });
    const browser = () => new Browser(server.url);
    space = await openSpace({
      ...{ pool: server.pool, browser },
      person: (role, name, school = null) => invitedPerson(server.pool, browser(), role, name, school),
    });
  });

  after(() => server?.end());

  it("keep to the limits that were set", async () => {
    const { room } = good(await space.ana.browser.get(`/api/spaces/${space.id}/materials`));
    expect(room).to.deep.equal({ usedBytes: 0, quotaBytes: 10_000_000, fileBytes: 2_000_000, imageBytes: 1_000_000 });
    const begun = await beginUpload(space.ana.browser, space.id, "large.bin", 2_000_001);
    expect(begun.body.refused).to.equal("material.tooLarge");
  });

  it("have the recorder look at a film", async () => {
    const film = Buffer.concat([
      Buffer.from([0, 0, 0, 24]),
      Buffer.from("ftypmp42\0\0\0\0mp42isom", "latin1"),
      Buffer.alloc(200),
    ]);
    const { material } = await upload(space.ana.browser, server.url, space.id, "film.mp4", film);
    const { rows } = await server.pool.query("select data from pgboss.job where name = 'materialFilm'");
    expect(rows).to.deep.equal([{ data: { material } }]);
    const row = await server.pool.query("select kind, film_state as state from materials");
    expect(row.rows).to.deep.equal([{ kind: "video", state: "queued" }]);
  });
});
