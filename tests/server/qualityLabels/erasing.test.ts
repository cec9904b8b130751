import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { issueAward } from "../../../server/projects/labels.ts";
import { sweepPupils } from "../../../server/twinspace/pupils/ending.ts";
import { type ActiveSpace, openSpace } from "../../support/activeSpace.ts";
import { deskPerson } from "../../support/desks.ts";
import { type FrontDoor, goodPassword, openFrontDoor } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";
import { sentApplication } from "../../support/sentApplication.ts";

describe("Whoever is erased is gone from frozen applications", function () {
  this.timeout(60_000);

  let front: FrontDoor;
  let space: ActiveSpace;

  before(async () => {
    front = await openFrontDoor();
    space = await openSpace(front);
  });
  after(() => front.close());

  /** Everything that is kept of applications, as text. */
  async function table(): Promise<string> {
    const all: unknown[] = [];
    for (const name of ["label_applications", "label_application_files", "label_scores", "label_reviews"]) {
      all.push((await front.pool.query(`select * from ${name} order by 1`)).rows);
    }
    return JSON.stringify(all);
  }

  async function folder(): Promise<string> {
    const parts: string[] = [];
    for (const application of await readdir(front.applicationsFolder).catch(() => [])) {
      for (const file of await readdir(join(front.applicationsFolder, application))) {
        parts.push(file, await readFile(join(front.applicationsFolder, application, file), "utf8"));
      }
    }
    return parts.join("\n");
  }

  const sent = (account: string, files: Parameters<typeof sentApplication>[1]["files"]) =>
    sentApplication(front.pool, {
      ...{ account, project: space.id, school: space.schools.aveiro },
      ...{ files: files ?? [], folder: front.applicationsFolder },
    });

  async function ends(pupil: string): Promise<void> {
    await front.pool.query("update pupils set state = 'ended', ended_at = now(), purge_after = now() where id = $1", [
      pupil,
    ]);
    await sweepPupils(front.pool, Date.now() + 1000, front.applicationsFolder);
  }

  it("a pupil, with every file that shows them and every caption that names them; nothing else changes", async () => {
    const [otter, heron] = [await space.pupil("Otterling", "aveiro"), await space.pupil("Heron", "oulu")];
    await front.pool.query(
      `insert into materials (id, project_id, kind, name, shows, author, created_at, changed_at) values ('m-since', $1, 'image', 'x', 'people', 'account:a', now(), now())`,
      [space.id],
    );
    const id = await sent(space.rui.id, [
      {
        key: "together",
        pupils: [otter.id, heron.id],
        caption: "Otterling and Heron",
        bytes: Buffer.from("SECRET-TOGETHER"),
      },
      { key: "since", material: "m-since", bytes: Buffer.from("SECRET-SINCE"), caption: "Who is this?" },
      { key: "river", caption: "The river, drawn by Otterling", bytes: Buffer.from("just a river") },
      { key: "heron", pupils: [heron.id], caption: "Heron at the river", bytes: Buffer.from("only the heron") },
    ]);
    await front.pool.query("insert into material_people (material_id, pupil_id) values ('m-since', $1)", [otter.id]);
    const before = (await front.pool.query("select frozen, answers from label_applications where id = $1", [id])).rows;
    expect(await folder())
      .to.contain("SECRET-TOGETHER")
      .and.contain("SECRET-SINCE");

    await ends(otter.id);

    const [kept, onDisk] = [await table(), await folder()];
    expect(kept).to.not.contain("Otterling").and.not.contain(otter.id).and.not.contain("Who is this");
    expect(onDisk).to.not.contain("SECRET").and.not.contain("together").and.not.contain("since");
    expect(kept).to.contain("The river, drawn by …").and.contain("Heron at the river");
    expect(onDisk).to.contain("just a river").and.contain("only the heron");
    const after = (await front.pool.query("select frozen, answers from label_applications where id = $1", [id])).rows;
    expect(after).to.deep.equal(before);
    const service = await deskPerson(front, "Paula of the service", "PT");
    const view = good(await service.browser.get(`/api/desk/quality-labels/${id}`));
    const states = Object.fromEntries(
      view.copy.files.map(({ key, state }: { key: string; state: string }) => [key, state]),
    );
    expect(states).to.deep.equal({ together: "erased", since: "erased", river: "shown", heron: "keptBack" });
    for (const key of ["together", "since", "heron"]) {
      expect((await service.browser.get(`/api/desk/quality-labels/${id}/files/${key}`)).status, key).to.equal(404);
    }
    expect((await service.browser.get(`/api/desk/quality-labels/${id}/files/river`)).text).to.equal("just a river");
  });

  it("an account, by every name in what is kept; their label stays, and is nobody's", async () => {
    const { rui } = space;
    const name = "Rui of two rivers";
    const other = await sent(space.ana.id, [
      { key: "photo", caption: `Photo by ${name}`, bytes: Buffer.from("a photo") },
    ]);
    await front.pool.query(
      `update label_applications set frozen = jsonb_set(frozen, '{answers,0,text}', to_jsonb($2::text)), feedback = $2 where id = $1`,
      [other, `With ${name} we measured “both” rivers.`],
    );
    const holder = { account: rui.id, application: other, named: true };
    const code = await issueAward(
      front.pool,
      { kind: "qualityLabel", project: space.id, school: space.schools.aveiro, holder },
      Date.now(),
    );
    expect(await table()).to.contain(name);

    good(await rui.browser.post("/api/me/end", { password: goodPassword }));

    const kept = await table();
    expect(kept).to.not.contain(name);
    expect(kept).to.contain("With … we measured “both” rivers.").and.contain("Photo by …");
    expect(await folder()).to.contain("a photo");
    const { rows } = await front.pool.query("select account_id, named, revoked_at from awards where code = $1", [code]);
    expect(rows).to.deep.equal([{ account_id: null, named: false, revoked_at: null }]);
  });
});
