import { expect } from "chai";
import type { Comment } from "../../../protocol/reports/comments.ts";
import { type ActiveSpace, openSpace } from "../../support/activeSpace.ts";
import { deskPerson } from "../../support/desks.ts";
import { type FrontDoor, openFrontDoor, type Person } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";
import { givenEntry, openCard } from "../../support/reports.ts";

const minute = 60_000;

describe("Comments on a report card", () => {
  let front: FrontDoor;
  let space: ActiveSpace;
  let paula: Person;
  let matti: Person;
  let carla: Person;
  let elena: Person;

  before(async () => {
    front = await openFrontDoor();
    space = await openSpace(front);
    paula = await deskPerson(front, "Paula", "PT");
    matti = await deskPerson(front, "Matti", "FI");
    carla = await deskPerson(front, "Carla", null);
    elena = await deskPerson(front, "Elena", "ES");
  });
  after(() => front?.close());
  beforeEach(async () => {
    front.clock.now = Date.now();
    await openCard(front.pool, space.id, front.clock.now - 9 * 86_400_000);
    await front.pool.query("delete from report_entries");
    await front.pool.query("delete from report_comments");
    await front.pool.query("delete from mails");
    await front.pool.query("delete from space_news");
  });

  const desk = `/api/desk/reports/two-rivers/comments`;
  const own = "/api/spaces/two-rivers/report/comments";
  const says = (by: Person, body: object) =>
    by.browser.post(desk, { kind: "advice", words: "Ask the pupils.", ...body });
  const asked = () =>
    givenEntry(front.pool, {
      ...{ project: space.id, author: space.ana.id, school: space.schools.aveiro, asks: "PT" },
      ...{
        body: { title: "First visit", question: "May we go on without Oulu?" },
        at: front.clock.now - 4 * 86_400_000,
      },
    });
  const waits = async (entry: string): Promise<number | null> =>
    (await front.pool.query("select question_since as since from report_entries where id = $1", [entry])).rows[0].since;
  const cardWaits = async (): Promise<number | null> =>
    (await front.pool.query("select question_since as since from report_cards where project_id = $1", [space.id]))
      .rows[0].since;
  const mails = async (kind: string) =>
    (await front.pool.query("select to_address, text from mails where kind = $1 order by to_address", [kind])).rows;
  const onEntry = async (by: Person, entry: string): Promise<Comment[]> => {
    const report = good(await by.browser.get("/api/desk/reports/two-rivers"));
    return report.entries.find(({ id }: { id: string }) => id === entry)?.comments ?? [];
  };

  it("of a service end the waiting of a question they answer, and tell the teachers who, never what", async () => {
    const entry = await asked();
    const { comment } = good(await says(paula, { kind: "answer", entry, words: "Yes, until they are back." }));
    expect(comment).to.include({ kind: "answer", side: "service", country: "PT", mayRemove: true });
    expect(await waits(entry)).to.equal(null);
    expect(await cardWaits()).to.equal(null);
    const letters = await mails("reportComment");
    expect(letters).to.have.length(3);
    expect(letters.every(({ text }) => text.includes("answered") && !text.includes("until they are back"))).to.equal(
      true,
    );
    const { news } = good(await space.rui.browser.get("/api/spaces/two-rivers/news"));
    expect(news[0]).to.include({ kind: "commentWritten", title: "First visit" });
    expect(news[0].person.name).to.equal(comment.by);
    expect(news[0].person.name).not.to.equal("Paula");
  });

  it("are written once, however often the button is pressed", async () => {
    const entry = await asked();
    const all = await Promise.all([1, 2, 3].map(() => says(paula, { kind: "answer", entry, words: "Yes." })));
    expect(new Set(all.map((answer) => good(answer).comment.id)).size).to.equal(1);
    expect(await mails("reportComment")).to.have.length(3);
  });

  it("can be taken back for ten minutes by who wrote them; then the question waits again", async () => {
    const entry = await asked();
    const since = await waits(entry);
    const { comment } = good(await says(paula, { kind: "answer", entry, words: "Yes." }));
    expect((await matti.browser.delete(`${desk}/${comment.id}`)).status).to.equal(404);
    expect((await paula.browser.delete(`${desk}/${comment.id}`)).status).to.equal(204);
    expect(await waits(entry)).to.equal(since);
    expect(await cardWaits()).to.equal(since);
    expect((await paula.browser.delete(`${desk}/${comment.id}`)).status).to.equal(204);
    const { comment: late } = good(await says(paula, { kind: "answer", entry, words: "No." }));
    front.clock.now += 11 * minute;
    const refused = await paula.browser.delete(`${desk}/${late.id}`);
    expect([refused.status, refused.body.refused]).to.deep.equal([409, "report.tooLate"]);
    expect(await waits(entry)).to.equal(null);
  });

  it("taken back leave a question answered that a colleague has answered too", async () => {
    const entry = await asked();
    const { comment: first } = good(await says(paula, { kind: "answer", entry, words: "Yes." }));
    const { comment: second } = good(await says(matti, { kind: "answer", entry, words: "Yes, also from us." }));
    good(await paula.browser.delete(`${desk}/${first.id}`));
    expect(await waits(entry)).to.equal(null);
    good(await matti.browser.delete(`${desk}/${second.id}`));
    expect(await waits(entry)).not.to.equal(null);
  });

  it("are answered by the partners, and a question then counts as answered", async () => {
    const entry = await asked();
    const { comment } = good(await says(matti, { kind: "question", entry, words: "How many pupils?" }));
    const { comment: answer } = good(
      await space.mikko.browser.post(`${own}/${comment.id}/answer`, { words: "Twelve." }),
    );
    expect(answer).to.include({ side: "partner", kind: "answer", by: "Mikko of two rivers", entry });
    const [asking] = (await onEntry(paula, entry)).filter(({ id }) => id === comment.id);
    expect(asking?.answeredAt).to.equal(front.clock.now);
    good(await space.mikko.browser.delete(`${own}/${answer.id}`));
    expect((await onEntry(paula, entry)).find(({ id }) => id === comment.id)?.answeredAt).to.equal(null);
  });

  it("may ask for something to be done by a day, and partners say that it is", async () => {
    const body = { kind: "action", words: "Add photos.", dueDay: "2027-02-01" };
    const { comment } = good(await says(paula, body));
    expect(comment).to.include({ dueDay: "2027-02-01", entry: null, doneAt: null });
    expect((await space.rui.browser.send("PUT", `${own}/${comment.id}/done`, { done: true })).status).to.equal(204);
    const { comments } = good(await paula.browser.get("/api/desk/reports/two-rivers"));
    expect(comments[0].doneAt).to.equal(front.clock.now);
    expect((await says(paula, { kind: "praise", dueDay: "2027-02-01" })).status).to.equal(400);
  });

  it("between services are read by services alone, of whichever country", async () => {
    const entry = await asked();
    const { comment } = good(await says(paula, { entry, words: "Do you know them?", readers: "services" }));
    expect((await onEntry(matti, entry)).map(({ id }) => id)).to.deep.equal([comment.id]);
    expect((await onEntry(carla, entry)).map(({ id }) => id)).to.deep.equal([comment.id]);
    expect(await mails("reportComment")).to.have.length(0);
    const seen = good(await space.ana.browser.get(`/api/spaces/two-rivers/report/entries/${entry}`));
    expect(seen.entry.comments).to.deep.equal([]);
    expect((await space.ana.browser.post(`${own}/${comment.id}/answer`, { words: "Hm?" })).status).to.equal(404);
    const hidden = await says(paula, { entry, kind: "answer", words: "Psst", readers: "services" });
    expect([hidden.status, hidden.body.fields]).to.deep.equal([400, ["readers"]]);
  });

  it("are written about nothing that was not shared with the services, and by no other country", async () => {
    const at = front.clock.now;
    const mine = { project: space.id, author: space.ana.id, at };
    for (const entry of [
      await givenEntry(front.pool, { ...mine, state: "draft" }),
      await givenEntry(front.pool, { ...mine, readers: "partners" }),
      await givenEntry(front.pool, { ...mine, removed: true }),
      "nothing",
    ]) {
      expect((await says(paula, { entry })).status).to.equal(404);
    }
    const entry = await asked();
    expect((await says(elena, { entry })).status).to.equal(404);
    expect((await says(paula, { entry, country: "FI" })).status).to.equal(400);
    expect((await says(space.ana, { entry })).status).to.equal(403);
    expect((await says(space.ana, {})).status).to.equal(403);
  });

  it("come by no letter to who wants none", async () => {
    good(await space.ana.browser.post("/api/news/choices", { subject: "report", choice: "never" }));
    good(await says(paula, { kind: "praise", words: "Well done." }));
    const letters = await mails("reportComment");
    expect(letters.map(({ to_address }) => to_address)).not.to.include(space.ana.email);
    expect(letters).to.have.length(2);
    expect(letters[0]?.text).to.contain("/twinspace/two-rivers/report");
  });
});
