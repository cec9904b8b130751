import { expect } from "chai";
import { People, type Person } from "../support/people.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

const code = "two-rivers";

describe("a meeting in four windows", function () {
  this.timeout(120_000);
  let server: TestServer;
  let people: People;
  let ana: Person;
  let ines: Person;
  let matti: Person;
  let aino: Person;

  before(async () => {
    server = await startTestServer({ TWINLIGHT_DEMO: "1" });
    people = await People.open(() => server.url);
    [ana, ines, matti, aino] = [
      await people.somebody({ signedInAs: "ana@aveiro.demo" }),
      await people.somebody(),
      await people.somebody(),
      await people.somebody(),
    ];
  });
  after(async () => {
    await people?.close();
    await server?.end();
  });
  afterEach(async function () {
    if (this.currentTest?.isFailed()) await people.leavePictures(this.currentTest.title);
    expect(people.complaints().join("\n")).to.equal("");
  });

  it("is led by who booked it, whose name is filled in", async () => {
    await ana.arrives(code);
    expect(await ana.box("Your name").inputValue()).to.equal("Ana");
    await ana.sees("It is recorded");
    await ana.sees("Ana leads this meeting");
    await ana.hasCamera();
    await ana.isSound();
    await ana.shot("arriving");
    await ana.press("Join");
    await ana.isInRoom();
    await ana.seesNobodySpeak();
    await ana.isSound();
  });

  it("lets guests wait until the chair admits them, turns them away, or admits all", async () => {
    await ines.joins(code, "Inês M.");
    await ines.isInLobby();
    await ines.isSound();
    await ines.shot("lobby");
    await ana.list("Lobby").getByText("Inês M.").waitFor();
    const eve = await people.somebody();
    await eve.joins(code, "Eve");
    await eve.isInLobby();
    await ana.button("Turn away Eve").waitFor();
    await ana.isSound();
    await ana.shot("lobby-of-chair");
    await ana.press("Turn away Eve");
    await eve.page.getByRole("heading", { name: "You were not let in" }).waitFor();
    await eve.isSound();
    await eve.page.context().close();
    await ana.press("Admit Inês M.");
    await ines.isInRoom();
    await matti.joins(code, "Matti");
    await aino.joins(code, "Aino K.");
    await ana.button("Admit Matti").waitFor();
    await ana.button("Admit Aino K.").waitFor();
    await ana.press("Admit all");
    await matti.isInRoom();
    await aino.isInRoom();
    await ana.seesPeople("Ana (you)", "Inês M.", "Matti", "Aino K.");
    await aino.seesPeople("You", "Ana", "Inês M.", "Matti");
  });

  it("gives the floor to the first hand, and shows who has it to all others", async () => {
    await ines.raisesHand();
    await ines.button("Finish turn").waitFor();
    await ines.sees("You are speaking");
    for (const person of [ana, matti, aino]) {
      await person.seesSpeaker("Inês M.");
      await person.clock.waitFor();
      await person.seesPicture("Inês M.");
    }
    await ines.seesPicture("You");
    await ines.isSound();
    await ines.shot("speaking");
  });

  it("keeps the hands in the order in which they came, and hands the floor on in it", async () => {
    await matti.raisesHand();
    await matti.sees("You are next");
    await aino.raisesHand();
    await aino.sees("You are 2nd");
    await ana.seesQueue("Matti", "Aino K.");
    await ines.seesQueue("Matti", "Aino K.");
    await aino.seesQueue("Matti", "You");
    await ana.isSound();
    await aino.isSound();
    await ana.shot("leading");
    await aino.shot("second");
    await matti.shot("next");
    await ines.finishesTurn();
    await ines.button("Raise hand").waitFor();
    await matti.button("Finish turn").waitFor();
    for (const person of [ana, ines, aino]) await person.seesPicture("Matti");
    await matti.finishesTurn();
    await aino.button("Finish turn").waitFor();
    for (const person of [ana, ines, matti]) await person.seesPicture("Aino K.");
    await ana.seesQueue();
    await aino.finishesTurn();
    await ana.seesNobodySpeak();
  });

  it("takes a hand back", async () => {
    await matti.raisesHand();
    await ines.raisesHand();
    await ines.lowersHand();
    await ines.button("Raise hand").waitFor();
    await ana.seesQueue();
    await matti.finishesTurn();
    await ana.seesNobodySpeak();
  });

  it("lets everybody write and show what they feel", async () => {
    await ines.says("We found an otter track!");
    await matti.says("Here the river is frozen.");
    for (const person of [ana, ines, matti, aino]) {
      await person.reads("Here the river is frozen.");
      expect(await person.messages()).to.deep.equal(["We found an otter track!", "Here the river is frozen."]);
    }
    await aino.press("React");
    await aino.page.getByRole("menuitem", { name: "Applause" }).click();
    await ana.list("People").getByText("Applause").waitFor();
    await aino.sees("You showed Applause.");
  });

  it("shares a screen while one speaks, and not after", async () => {
    await ines.raisesHand();
    await ines.press("Share screen");
    for (const person of [ana, matti]) await person.seesPicture("The screen of Inês M.");
    await matti.isSound();
    await matti.shot("screen");
    await ines.press("Stop sharing");
    await matti.page.getByRole("img", { name: "The screen of Inês M." }).waitFor({ state: "detached" });
    await ines.press("Share screen");
    await matti.seesPicture("The screen of Inês M.");
    await ana.press("End turn");
    await ines.button("Raise hand").waitFor();
    await ana.seesNobodySpeak();
    await matti.seesNobodySpeak();
  });

  it("opens the help on ? and takes Space held for the floor", async () => {
    // Whoever has just written in the chat is still in its box, where keys are letters.
    await matti.page.evaluate("document.activeElement.blur()");
    await matti.page.keyboard.press("?");
    await matti.page.getByRole("dialog", { name: "Keyboard and help" }).waitFor();
    await matti.isSound();
    await matti.page.keyboard.press("Escape");
    await matti.page.getByRole("dialog").waitFor({ state: "detached" });
    await matti.page.evaluate("document.activeElement.blur()");
    await matti.page.keyboard.down("Space");
    await matti.button("Finish turn").waitFor();
    await ana.seesPicture("Matti");
    await matti.page.keyboard.up("Space");
    await matti.button("Raise hand").waitFor();
    await ana.seesNobodySpeak();
  });

  it("is left with a press, and come back to with another", async () => {
    await aino.press("Leave");
    await aino.page.getByRole("heading", { name: "You left the meeting" }).waitFor();
    await aino.isSound();
    await ana.seesPeople("Ana (you)", "Inês M.", "Matti");
    await aino.press("Come back");
    await aino.hasCamera();
    expect(await aino.box("Your name").inputValue()).to.equal("Aino K.");
    await aino.press("Join");
    await ana.seesPeople("Ana (you)", "Inês M.", "Matti", "Aino K.");
    await aino.isInRoom();
  });

  it("ends for all when the chair has confirmed it, and points to the replay", async () => {
    await ana.press("End meeting for all");
    await ana.isSound();
    await ana.confirms("End meeting");
    for (const person of [ana, ines, matti, aino]) {
      await person.page.getByRole("heading", { name: "The meeting has ended" }).waitFor();
    }
    await ines.isSound();
    await ines.shot("ended");
    expect(await ana.page.getByRole("link", { name: "Watch the replay" }).getAttribute("href")).to.equal(`/r/${code}`);
  });
});
