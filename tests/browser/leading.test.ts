import { expect } from "chai";
import { People, type Person } from "../support/people.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

const code = "two-rivers";

describe("a chair", function () {
  this.timeout(120_000);
  let server: TestServer;
  let people: People;
  let ana: Person;
  let mikko: Person;
  let ines: Person;
  let matti: Person;

  before(async () => {
    server = await startTestServer({ TWINLIGHT_DEMO: "1" });
    people = await People.open(() => server.url);
    ana = await people.somebody({ signedInAs: "ana@aveiro.demo" });
    await ana.joins(code);
    await ana.isInRoom();
    await ana.switches("Lobby on", false);
    mikko = await people.somebody({ signedInAs: "mikko@oulu.demo" });
    [ines, matti] = [await people.somebody(), await people.somebody()];
    await mikko.joins(code);
    await ines.joins(code, "Inês M.");
    await matti.joins(code, "Matti");
    for (const person of [mikko, ines, matti]) await person.isInRoom();
  });
  after(async () => {
    await people?.close();
    await server?.end();
  });
  afterEach(async function () {
    if (this.currentTest?.isFailed()) await people.leavePictures(this.currentTest.title);
    expect(people.complaints().join("\n")).to.equal("");
  });

  async function changesFloor(choice: string): Promise<void> {
    await ana.press("Change");
    await ana.page.getByRole("menuitemradio", { name: choice }).click();
    await ana.sees(`goes on ${choice}`);
  }

  it("gives the turn to whom they choose, and ends it", async () => {
    await ana.does("Give turn", "Matti");
    await matti.button("Finish turn").waitFor();
    await ines.seesPicture("Matti");
    await ines.sees("Ana gave the turn to Matti.");
    await ana.press("End turn");
    await matti.sees("Ana ended your turn. You can raise your hand again.");
    await ines.seesNobodySpeak();
  });

  it("mutes who speaks, and unmutes them again", async () => {
    await matti.raisesHand();
    await ines.seesPicture("Matti");
    await ana.does("Mute", "Matti");
    await matti.sees("You cannot speak now");
    await ines.seesNobodySpeak();
    expect(await matti.button("Raise hand").count()).to.equal(0);
    await matti.isSound();
    await ana.does("Unmute", "Matti");
    await matti.button("Raise hand").waitFor();
  });

  it("changes how the floor goes on: by the chair, fairly, by queue", async () => {
    await changesFloor("by the chair");
    await matti.raisesHand();
    await matti.sees("Ana gives the turns.");
    await ines.raisesHand();
    await ana.seesQueue("Matti", "Inês M.");
    await ana.sees("2 hands are up. Give the turn in People or in the queue.");
    await ana.isSound();
    await changesFloor("fairly");
    // Matti has spoken before, Inês has not.
    await ines.button("Finish turn").waitFor();
    await mikko.sees(/Inês M\. speaks: had the least time so far\./);
    await changesFloor("by queue");
    await ines.finishesTurn();
    await matti.finishesTurn();
    await ana.seesNobodySpeak();
  });

  it("puts the queue in another order, takes a hand down, and clears it", async () => {
    await ines.raisesHand();
    await mikko.raisesHand();
    await matti.raisesHand();
    await ana.seesQueue("Mikko", "Matti");
    await ana.press("Drag Matti to another place");
    await ana.isSound();
    await ana.page.getByRole("menuitem", { name: "Move up" }).click();
    for (const person of [ana, ines]) await person.seesQueue("Matti", "Mikko");
    await matti.sees("You are next");
    await mikko.sees("Matti speaks before you.");
    await ana.does("Lower their hand", "Matti");
    await mikko.sees("You are next");
    await matti.raisesHand();
    await ana.seesQueue("Mikko", "Matti");
    await ana.press("Change");
    await ana.page.getByRole("menuitem", { name: "Clear the queue" }).click();
    await ana.seesQueue();
    for (const person of [mikko, matti]) await person.sees("Ana lowered your hand. You can raise it again.");
    await ines.button("Finish turn").waitFor();
    await ines.finishesTurn();
    await ana.seesNobodySpeak();
  });

  it("limits turns, and makes one longer", async () => {
    await ana.press("Settings");
    await ana.page.getByLabel("Turn length").selectOption({ label: "1 minute" });
    await ana.isSound();
    await ana.page.keyboard.press("Escape");
    await ines.raisesHand();
    await matti.clock.getByText(/^0:5\d$/).waitFor();
    await ana.press("Extend turn");
    await matti.clock.getByText(/^1:[45]\d$/).waitFor();
    await ana.isSound();
    await ana.shot("leading-limited");
    await ines.finishesTurn();
    await ana.press("Settings");
    await ana.page.getByLabel("Turn length").selectOption({ index: 0 });
    await ana.page.keyboard.press("Escape");
  });

  it("locks the meeting, and opens it again", async () => {
    await ana.switches("Lock the meeting", true);
    await ines.page.getByRole("banner").getByText("Locked").waitFor();
    const late = await people.somebody();
    await late.joins(code, "Late");
    await late.sees("This meeting is locked. Ana can open it again.");
    await late.isSound();
    await late.shot("locked");
    await ana.switches("Lock the meeting", false);
    await ana.page.getByRole("banner").getByText("Locked").waitFor({ state: "detached" });
    await late.press("Join");
    await late.isInRoom();
    await late.press("Leave");
    await ana.seesPeople("Ana (you)", "Mikko", "Inês M.", "Matti");
  });

  it("freezes everything: no picture, no sound, no chat, until they resume", async () => {
    await ines.raisesHand();
    await matti.seesPicture("Inês M.");
    await ana.press("Freeze");
    for (const person of [ana, mikko, ines, matti]) {
      await person.seesNobodySpeak("Everything has stopped");
      await person.page.getByRole("img", { name: "Inês M." }).waitFor({ state: "detached" });
      expect(await person.box("Message").isDisabled()).to.equal(true);
    }
    await matti.sees("Ana pressed Freeze. Please wait.");
    expect(await matti.button("Raise hand").count()).to.equal(0);
    await matti.isSound();
    await ana.isSound();
    await ana.shot("frozen-chair");
    await matti.shot("frozen");
    await ana.press("Resume");
    await matti.seesNobodySpeak();
    await matti.says("Are we back?");
    await ana.reads("Are we back?");
    await ines.raisesHand();
    await matti.seesPicture("Inês M.");
    await ines.finishesTurn();
  });

  it("removes somebody, who cannot come back; who comes as somebody new meets the lobby", async () => {
    await ana.does("Remove", "Inês M.");
    await ana.isSound();
    await ana.confirms("Remove");
    await ines.page.getByRole("heading", { name: "You were removed from this meeting" }).waitFor();
    await ines.isSound();
    await ines.page.reload();
    await ines.box("Your name").waitFor();
    await ines.press("Join");
    await ines.page.getByRole("heading", { name: "You were removed from this meeting" }).waitFor();
    const again = await people.somebody();
    await again.joins(code, "Somebody new");
    await again.isInLobby();
    await ana.press("Turn away Somebody new");
    await again.page.getByRole("heading", { name: "You were not let in" }).waitFor();
    await ana.seesPeople("Ana (you)", "Mikko", "Matti");
  });

  it("corrects who somebody is while letting them in", async () => {
    const teacher = await people.somebody();
    await teacher.joins(code, "Teresa");
    await ana.page.getByRole("button", { name: /Correct kind and school of Teresa/ }).click();
    await ana.isSound();
    await ana.page.getByRole("menuitemradio", { name: "Adult" }).click();
    await ana.press("Admit Teresa");
    await teacher.isInRoom();
    await ana.press("Actions for Teresa");
    await ana.page.getByRole("menuitem", { name: "Hand over the chair" }).waitFor();
    await ana.page.keyboard.press("Escape");
    await teacher.press("Leave");
  });

  it("hands over the chair", async () => {
    await ana.does("Hand over the chair", "Mikko");
    await mikko.sees("You lead the meeting now.");
    await mikko.button("Freeze").waitFor();
    // Ana helps from now on: she may still stop everything, and ends no turn and no meeting.
    await ana.button("End meeting for all").waitFor({ state: "detached" });
    await ana.button("Freeze").waitFor();
    await matti.raisesHand();
    await mikko.press("End turn");
    await matti.sees("Mikko ended your turn. You can raise your hand again.");
    await mikko.isSound();
  });

  it("is stood in for by a co-chair while there is none in the room", async () => {
    await mikko.press("Leave");
    await ana.button("End meeting for all").waitFor();
    await matti.raisesHand();
    await ana.press("End turn");
    await matti.button("Raise hand").waitFor();
  });
});
