import { expect } from "chai";
import { People, type Person } from "../support/people.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

const code = "two-rivers";

describe("a lost connection", function () {
  this.timeout(120_000);
  let server: TestServer;
  let people: People;
  let ana: Person;
  let ines: Person;
  let matti: Person;

  before(async () => {
    server = await startTestServer({ TWINLIGHT_DEMO: "1" });
    people = await People.open(() => server.url);
    ana = await people.somebody({ signedInAs: "ana@aveiro.demo" });
    [ines, matti] = [await people.somebody(), await people.somebody()];
    await ana.joins(code);
    await ines.joins(code, "Inês M.");
    await ana.press("Admit Inês M.");
    await matti.joins(code, "Matti");
    await ana.press("Admit Matti");
    for (const person of [ines, matti]) await person.isInRoom();
  });
  after(async () => {
    await people?.close();
    await server?.end();
  });
  afterEach(async function () {
    if (this.currentTest?.isFailed()) await people.leavePictures(this.currentTest.title);
    expect(people.complaints().join("\n")).to.equal("");
  });

  it("costs nobody their place: the page finds the meeting again by itself", async () => {
    await ines.raisesHand();
    await matti.raisesHand();
    await matti.loses();
    await matti.sees("Finding the meeting again…");
    await matti.sees("You stay 1st. Nothing is lost.");
    await ana.list("Queue").getByText("coming back").waitFor();
    await matti.isSound();
    await matti.shot("offline");
    await ana.says("Is Matti there?");
    await matti.finds();
    await matti.sees("You are next");
    await matti.reads("Is Matti there?");
    await ana.seesQueue("Matti");
    await matti.seesPicture("Inês M.");
  });

  it("costs a speaker nothing when it is short", async () => {
    await ines.loses();
    await ines.sees("Finding the meeting again…");
    await ines.finds();
    await ines.button("Finish turn").waitFor();
    await ana.seesSpeaker("Inês M.");
    await ana.seesPicture("Inês M.");
  });

  it("is not what a reload is: seat, hand and place are kept", async () => {
    const seats = (await ana.people()).length;
    await matti.page.reload();
    await matti.box("Your name").waitFor();
    expect(await matti.box("Your name").inputValue()).to.equal("Matti");
    await matti.press("Join");
    await matti.isInRoom();
    await matti.sees("You are next");
    await ana.seesQueue("Matti");
    expect((await ana.people()).length).to.equal(seats);
    await matti.seesPicture("Inês M.");
  });

  it("frees the floor when a speaker does not come back", async () => {
    await ines.page.goto("about:blank");
    await matti.button("Finish turn").waitFor();
    await ana.seesPicture("Matti");
    await matti.finishesTurn();
    await ana.seesNobodySpeak();
  });

  it("is told to the older of two tabs of the same person: the newest goes on", async () => {
    const tab = await people.tabOf(ana);
    await tab.joins(code);
    await tab.isInRoom();
    await ana.page.getByRole("heading", { name: "You joined from another place" }).waitFor();
    await ana.isSound();
    await tab.seesPeople("Ana (you)", "Inês M.", "Matti");
    await matti.raisesHand();
    await tab.seesPicture("Matti");
    await tab.press("End turn");
  });
});
