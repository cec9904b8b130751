import { expect } from "chai";
import { addLink, type NewLink, revokeLink } from "../../server/meetings/links.ts";
import { bookedMeeting } from "../support/meetings.ts";
import { desk, People, phone } from "../support/people.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

describe("coming to a meeting", function () {
  this.timeout(120_000);
  let server: TestServer;
  let people: People;

  before(async () => {
    server = await startTestServer();
    people = await People.open(() => server.url, ["--host-resolver-rules=MAP school.test 127.0.0.1"]);
  });
  after(async () => {
    await people?.close();
    await server?.end();
  });
  afterEach(async function () {
    if (this.currentTest?.isFailed()) await people.leavePictures(this.currentTest.title);
    expect(people.complaints().join("\n")).to.equal("");
    await people.goHome();
  });

  async function booked(settings: Parameters<typeof bookedMeeting>[1] = {}) {
    const meeting = await bookedMeeting(server.pool, { lobby: false, ...settings });
    const link = (given: Partial<NewLink>) =>
      addLink(server.pool, meeting.id, { role: "participant", kind: null, schoolId: meeting.school, ...given });
    return { ...meeting, link };
  }

  /** A booked meeting in whose room its chair, Ana, sits already. */
  async function opened(settings: Parameters<typeof bookedMeeting>[1] = {}) {
    const meeting = await booked(settings);
    const { key } = await meeting.link({ role: "chair", kind: "adult" });
    const ana = await people.somebody();
    await ana.joins(meeting.code, "Ana", key);
    await ana.isInRoom();
    return { ...meeting, ana };
  }

  it("waits before it has begun, and goes on by itself when the chair has come", async () => {
    const { code, link } = await booked();
    const ines = await people.somebody();
    await ines.joins(code, "Inês M.");
    await ines.page.getByRole("heading", { name: "This meeting has not begun yet" }).waitFor();
    await ines.isSound();
    await ines.shot("not-open");
    const { key } = await link({ role: "chair", kind: "adult" });
    const ana = await people.somebody();
    await ana.joins(code, "Ana", key);
    await ines.isInRoom();
    await ana.seesPeople("Ana (you)", "Inês M.");
  });

  it("says what is wrong with the address: nothing there, a link that was revoked, no place left", async () => {
    const { code, id, link } = await opened({ maxSeats: 2 });
    const ines = await people.somebody();
    await ines.opens("no-such-code");
    await ines.page.getByRole("heading", { name: /There is no meeting with this code/ }).waitFor();
    await ines.isSound();
    await ines.shot("unknown-code");
    const revoked = await link({ kind: "pupil" });
    await revokeLink(server.pool, id, revoked.id);
    await ines.opens(code, revoked.key);
    await ines.page.getByRole("heading", { name: /This link is not valid any more/ }).waitFor();
    await ines.isSound();
    await ines.opens("no-such-code");
    await ines.joins(code, "Inês M.");
    await ines.isInRoom();
    const late = await people.somebody();
    await late.joins(code, "Late");
    await late.sees("Every place in this meeting is taken.");
    await late.isSound();
    await ines.press("Leave");
    await late.press("Join");
    await late.isInRoom();
  });

  it("asks for a name, and keeps it for this tab alone", async () => {
    const { code } = await opened();
    const ines = await people.somebody();
    await ines.arrives(code);
    await ines.hasCamera();
    await ines.press("Join");
    await ines.sees("Write a name, so that the others know who you are.");
    await ines.isSound();
    await ines.box("Your name").fill("Inês M.");
    await ines.press("Join");
    await ines.isInRoom();
    await ines.page.reload();
    await ines.box("Your name").waitFor();
    expect(await ines.box("Your name").inputValue()).to.equal("Inês M.");
    const tab = await people.tabOf(ines);
    await tab.arrives(code);
    expect(await tab.box("Your name").inputValue()).to.equal("");
  });

  it("goes without camera and microphone: one listens, writes, and may still have a turn", async () => {
    const { code, ana } = await opened();
    const ines = await people.somebody();
    await ines.arrives(code);
    await ines.hasCamera();
    await ines.press("Only listen");
    await ines.sees("You join without a camera");
    await ines.isSound();
    await ines.shot("only-listen");
    await ines.box("Your name").fill("Inês M.");
    await ines.press("Join");
    await ines.isInRoom();
    await ines.raisesHand();
    await ana.seesSpeaker("Inês M.");
    await ana.page.getByText("Inês M. speaks without a camera").waitFor({ state: "attached" });
    await ana.isSound();
    await ines.says("I only listen today.");
    await ana.reads("I only listen today.");
    await ines.finishesTurn();
    await ana.raisesHand();
    await ines.seesPicture("Ana");
  });

  it("goes without the camera alone", async () => {
    const { code, ana } = await opened();
    const ines = await people.somebody();
    await ines.arrives(code);
    await ines.hasCamera();
    await ines.press("Without camera");
    await ines.sees("You join without a camera");
    await ines.box("Your name").fill("Inês M.");
    await ines.press("Join");
    await ines.isInRoom();
    await ines.raisesHand();
    await ana.page.getByText("Inês M. speaks without a camera").waitFor({ state: "attached" });
    await ines.press("Camera off");
    await ana.seesPicture("Inês M.");
  });

  it("goes also where the browser was told to allow neither", async () => {
    const { code } = await opened();
    const ines = await people.somebody();
    await ines.page.addInitScript(`navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException("Permission denied", "NotAllowedError"))`);
    await ines.arrives(code);
    await ines.sees(/Your browser does not allow the camera/);
    await ines.isSound();
    await ines.shot("denied");
    await ines.box("Your name").fill("Inês M.");
    await ines.press("Join");
    await ines.isInRoom();
    await ines.button("Raise hand").waitFor();
  });

  it("goes by keyboard alone, from the name to the last word", async () => {
    const { code, ana } = await opened();
    const ines = await people.somebody();
    const { keyboard } = ines.page;
    await ines.arrives(code);
    await ines.hasCamera();
    await ines.tabsTo("Your name");
    await keyboard.type("Inês M.");
    await keyboard.press("Enter");
    await ines.isInRoom();
    await ines.tabsTo("Raise hand");
    await keyboard.press("Enter");
    await ana.seesPicture("Inês M.");
    await ines.button("Finish turn").waitFor();
    await keyboard.press("r");
    await ana.seesNobodySpeak();
    await keyboard.press("c");
    await ines.isOn("Message");
    await keyboard.type("Hello from the keyboard");
    await keyboard.press("Enter");
    await ana.reads("Hello from the keyboard");
    await ana.page.locator("body").press("p");
    await ana.tabsTo("Actions for Inês M.");
    await ana.page.keyboard.press("Enter");
    await ana.isOn("Give turn");
    await ana.page.keyboard.press("Enter");
    await ines.button("Finish turn").waitFor();
    await ana.tabsTo("End turn");
    await ana.page.keyboard.press("Space");
    await ines.sees("Ana ended your turn. You can raise your hand again.");
    await ines.tabsTo("Leave");
    await keyboard.press("Enter");
    await ines.page.getByRole("heading", { name: "You left the meeting" }).waitFor();
  });

  it("goes for a whole class, which names who of its pupils speaks", async () => {
    const { code, ana, link } = await opened();
    const { key } = await link({ kind: "class" });
    const six = await people.somebody({ window: { viewport: { width: 1920, height: 1080 } } });
    await six.arrives(code, key);
    await six.sees("The name of your class is enough.");
    await six.hasCamera();
    await six.isSound();
    await six.box("Your name").fill("Class 6A");
    await six.press("Join");
    await six.isInRoom();
    await six.press("Settings");
    await six.page.getByLabel("Pupils behind this projector").fill("Aino\nEetu");
    await six.press("Keep the names");
    await six.isSound();
    await six.page.keyboard.press("Escape");
    await six.page.getByLabel("Who speaks").selectOption({ label: "Eetu" });
    await six.isSound();
    await six.raisesHand();
    await ana.seesSpeaker("Eetu, Class 6A");
    await ana.seesPicture("Eetu, Class 6A");
    await six.shot("class");
    await six.finishesTurn();
  });

  it("shows a class at a small projector who speaks, as large as anybody else", async () => {
    const { code, ana, link } = await opened();
    const { key } = await link({ kind: "class" });
    const six = await people.somebody();
    await six.joins(code, "Class 6A", key);
    await six.isInRoom();
    await ana.raisesHand();
    await six.seesPicture("Ana");
    expect((await six.speaker.boundingBox())?.height).to.be.above(desk.height / 2);
    await six.isSound();
  });

  it("goes as a watcher, who sees and writes and never speaks", async () => {
    const { code, ana, link } = await opened();
    const { key } = await link({ role: "watcher" });
    const wim = await people.somebody();
    await wim.arrives(code, key);
    await wim.sees("You come as a watcher: you see and hear, and need no camera.");
    await wim.isSound();
    await wim.shot("watcher-arriving");
    await wim.box("Your name").fill("Wim");
    await wim.press("Join");
    await wim.isInRoom();
    await wim.sees("You are watching");
    expect(await wim.button("Raise hand").count()).to.equal(0);
    await ana.raisesHand();
    await wim.seesPicture("Ana");
    await wim.isSound();
    await wim.says("What is that bird?");
    await ana.reads("What is that bird?");
  });

  it("goes by touch on a telephone", async () => {
    const { code, ana } = await opened();
    const ines = await people.somebody({ window: { viewport: phone, hasTouch: true, isMobile: true } });
    await ines.arrives(code);
    await ines.sees("Your camera works");
    await ines.isSound();
    await ines.box("Your name").tap();
    await ines.page.keyboard.type("Inês M.");
    await ines.button("Join").tap();
    await ines.isInRoom();
    await ines.isSound();
    await ines.button("Raise hand").tap();
    await ana.seesPicture("Inês M.");
    await ines.button("Finish turn").waitFor();
    await ines.isSound();
    await ines.button("Chat").tap();
    await ines.isSound();
    await ines.box("Message").tap();
    await ines.page.keyboard.type("From my telephone");
    await ines.button("Send").tap();
    await ana.reads("From my telephone");
    await ines.button("People").tap();
    await ines.seesPeople("You", "Ana");
    await ines.isSound();
    await ines.button("React").last().tap();
    await ines.button("Heart").tap();
    await ana.list("People").getByText("Heart").waitFor();
    await ines.isSound();
    await ines.button("Floor").tap();
    await ines.finishesTurn();
    await ines.button("Leave").tap();
    await ines.page.getByRole("heading", { name: "You left the meeting" }).waitFor();
  });

  it("says why there can be no camera where the page came without https", async () => {
    const { code } = await opened();
    const ines = await people.somebody({ window: { viewport: desk } });
    const { port } = new URL(server.url);
    await ines.page.goto(`http://school.test:${port}/m/${code}`);
    await ines.sees(/This page was opened without https/);
    await ines.sees("You join without a camera");
    await ines.isSound();
    await ines.shot("insecure");
    await ines.box("Your name").fill("Inês M.");
    await ines.press("Join");
    await ines.isInRoom();
  });
});
