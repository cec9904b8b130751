/** Talking in a TwinSpace in real browsers: a teacher at a desk, a pupil with a telephone, a safeguarding lead. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { pageModules, pagePaths } from "../../server/pagePaths.ts";
import { openChromium, openWindow, type Window } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { aveiro, type Browser as Client, type FrontDoor, openFrontDoor, type Person } from "../support/frontDoor.ts";
import { good } from "../support/projects.ts";
import { desk, expectSound, phone } from "../support/sound.ts";
import { openTalk, type Talkers } from "../support/talkers.ts";

const clientFolder = process.env.CLIENT_FOLDER ?? fileURLToPath(new URL("../../client/dist", import.meta.url));

describe("a teacher and a pupil who talk in their TwinSpace", function () {
  this.timeout(180_000);
  let front: FrontDoor;
  let talk: Talkers;
  let browser: Browser;
  let teacher: Window;
  let pupil: Window;
  let lead: Window;
  let leonor: Person;

  before(async () => {
    front = await openFrontDoor({
      clientFolder,
      pages: pagePaths.map((path) => ({ path, module: pageModules[path] })),
    });
    talk = await openTalk(front);
    leonor = await front.person("lead", "Leonor Lead", aveiro);
    await front.pool.query("update accounts set name = 'Ana Sousa' where id = $1", [talk.ana.id]);
    await front.pool.query("update pupils set alias = 'Kingfisher', picture = 'bird' where id = $1", [talk.pupil.id]);
    await front.pool.query("update pupils set alias = 'Otter', picture = 'fish' where id = $1", [talk.pupilAdmin.id]);
    browser = await openChromium();
    teacher = await windowOf(talk.founder, desk);
    pupil = await windowOf(talk.pupil.browser, phone);
    lead = await windowOf(leonor.browser, desk);
    if (process.env.TEST_SHOTS) mkdirSync(process.env.TEST_SHOTS, { recursive: true });
  });

  after(async () => {
    await browser?.close();
    await front?.close();
  });

  beforeEach(() => {
    front.clock.now += 60_000;
  });

  afterEach(() => {
    const complaints = [teacher, pupil, lead].flatMap((window) => window.complaints.splice(0));
    expect(complaints.join("\n")).to.equal("");
  });

  async function windowOf(own: Client, viewport: { width: number; height: number }): Promise<Window> {
    const window = await openWindow(browser, { viewport });
    window.context.setDefaultTimeout(20_000);
    await window.context.addCookies([...own.cookies].map(([name, value]) => ({ name, value, url: front.url })));
    return window;
  }

  const go = (page: Page, path: string) => page.goto(`${front.url}/twinspace/${talk.id}${path}`);
  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).first().click();
  const menu = async (page: Page, of: string, act: string) => {
    await press(page, `More about ${of}`);
    await page.getByRole("menuitem", { name: act, exact: true }).click();
  };
  const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

  /** For the guide: `PICTURES` is docs/pictures. */
  async function picture(page: Page, name: string): Promise<void> {
    const folder = process.env.PICTURES;
    if (!folder) return;
    await page.emulateMedia({ colorScheme: "light" });
    await page.screenshot({ path: join(folder, `${name}.png`) });
  }

  /** A switch turns once the server has said yes. */
  async function turn(name: string, on: boolean): Promise<void> {
    const box = teacher.page.getByLabel(name);
    await box.click();
    await eventually(async () => (await box.isChecked()) === on);
  }

  it("find an empty forum that says what to do, each what is theirs to do", async () => {
    await go(pupil.page, "/forum");
    await sees(pupil.page, "The project's founders, administrators and experts open them.");
    expect(await pupil.page.getByRole("button", { name: "Open a discussion" }).count()).to.equal(0);
    await go(teacher.page, "/forum");
    await press(teacher.page, "Open a discussion");
    await press(teacher.page, "Open a discussion");
    await sees(teacher.page, "Fill this in.");
    await teacher.page.getByLabel("Name").fill("What lives in our rivers");
    await teacher.page.getByLabel("What it is for").fill("Tell each other what you saw.");
    // A reload loses nothing of it.
    await teacher.page.reload();
    await press(teacher.page, "Open a discussion");
    expect(await teacher.page.getByLabel("Name").inputValue()).to.equal("What lives in our rivers");
    await press(teacher.page, "Open a discussion");
    await teacher.page.getByRole("heading", { name: "What lives in our rivers", level: 1 }).waitFor();
    await expectSound(teacher.page, "forum-discussion-empty");
  });

  it("ask and answer, and a script stays the text it is", async () => {
    const { page } = teacher;
    await press(page, "Start a thread");
    await page.getByLabel("Subject").fill("Has anybody seen an otter?");
    await page
      .getByLabel("What you want to ask or say")
      .fill("We look every Monday.\n\nHow to: https://example.org/otters?from=here.");
    await press(page, "Start a thread");
    await page.getByRole("heading", { name: "Has anybody seen an otter?", level: 1 }).waitFor();
    const link = page.getByRole("link", { name: "https://example.org/otters?from=here" });
    expect(await link.getAttribute("href")).to.equal("https://example.org/otters?from=here");
    expect(await link.getAttribute("rel")).to.include("noopener");
    await go(pupil.page, "/forum");
    await pupil.page.getByRole("link", { name: "What lives in our rivers" }).click();
    await sees(pupil.page, "1 new");
    await expectSound(pupil.page, "forum-discussion");
    await pupil.page.getByRole("link", { name: "Has anybody seen an otter?" }).click();
    await pupil.page.getByLabel("Your answer").fill("I saw one <img src=x onerror=alert(1)>");
    await press(pupil.page, "Answer");
    await pupil.page.getByRole("listitem").getByText("I saw one <img src=x onerror=alert(1)>").waitFor();
    expect(await pupil.page.getByLabel("Your answer").inputValue()).to.equal("");
    await expectSound(pupil.page, "forum-thread");
  });

  it("change their own words; the earlier ones stay for teachers", async () => {
    await menu(pupil.page, "Kingfisher's answer", "Edit");
    await pupil.page.getByLabel("Your answer").first().fill("I saw two of them.");
    await press(pupil.page, "Save");
    await sees(pupil.page, "changed");
    await teacher.page.reload();
    await menu(teacher.page, "Kingfisher's answer", "Earlier words");
    await teacher.page.getByRole("dialog").getByText("I saw one").waitFor();
    await teacher.page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  });

  it("remove, and take that back", async () => {
    await menu(pupil.page, "Kingfisher's answer", "Remove");
    await sees(pupil.page, "Removed.");
    await press(pupil.page, "Undo");
    await sees(pupil.page, "I saw two of them.");
  });

  it("lock a thread", async () => {
    await menu(teacher.page, "the thread “Has anybody seen an otter?”", "Lock");
    await sees(teacher.page, "This thread is locked");
    await pupil.page.getByLabel("Your answer").fill("One more thing");
    await press(pupil.page, "Answer");
    await sees(pupil.page, "This thread is locked. It can be read");
    expect(await pupil.page.getByLabel("Your answer").inputValue()).to.equal("One more thing");
    await menu(teacher.page, "the thread “Has anybody seen an otter?”", "Unlock");
    await press(pupil.page, "Answer");
    await pupil.page.getByRole("listitem").getByText("One more thing").waitFor();
    await teacher.page.reload();
    await sees(teacher.page, "One more thing");
    await picture(teacher.page, "twinspace-forum");
  });

  it("write in the chat, and lose nothing when it is closed meanwhile", async () => {
    await go(pupil.page, "/chat");
    await sees(pupil.page, "Nobody has written yet");
    const box = pupil.page.getByRole("textbox", { name: "Your message" });
    await box.fill("Hello from the river!");
    await pupil.page.reload();
    expect(await box.inputValue()).to.equal("Hello from the river!");
    await press(pupil.page, "Send");
    await pupil.page.getByRole("log").getByText("Hello from the river!").waitFor();
    expect(await box.inputValue()).to.equal("");
    front.clock.now += 1000;
    good(await talk.pupilAdmin.browser.post(talk.at("chat/messages"), { words: "You smell of river." }));
    front.clock.now += 1000;
    await go(teacher.page, "/chat");
    await teacher.page.getByRole("textbox", { name: "Your message" }).fill("Good morning, everybody.");
    await teacher.page.keyboard.press("Enter");
    await teacher.page.getByRole("log").getByText("Good morning, everybody.").waitFor();
    await expectSound(teacher.page, "chat");
    await box.fill("But I wanted to say");
    await turn("Pupils write too", false);
    await press(pupil.page, "Send");
    await sees(pupil.page, "Only teachers write in the chat now. What you wrote is kept here.");
    expect(await box.inputValue()).to.equal("But I wanted to say");
    await turn("Pupils write too", true);
    await pupil.page.reload();
    await press(pupil.page, "Send");
    await pupil.page.getByRole("log").getByText("But I wanted to say").waitFor();
    await pupil.page.setViewportSize(phone);
    await expectSound(pupil.page, "chat-pupil");
  });

  it("tell somebody in two steps, who reads it as it was then", async () => {
    await menu(pupil.page, "Otter's message", "Tell somebody");
    const dialog = pupil.page.getByRole("dialog");
    await dialog.getByText("What is wrong?").waitFor();
    await expectSound(pupil.page, "tell-what");
    await dialog.getByRole("button", { name: "Somebody is mean to me or to others" }).click();
    await dialog.getByText(/Leonor Lead of your school will read this/).waitFor();
    await dialog.getByLabel("Do you want to say more?").fill("It is every day.");
    await expectSound(pupil.page, "tell-who");
    await picture(pupil.page, "tell-somebody");
    await dialog.getByRole("button", { name: "Tell them" }).click();
    await dialog.getByText(/If you feel unsafe now/).waitFor();
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await lead.page.goto(`${front.url}/safeguarding`);
    await sees(lead.page, "It is every day.");
    await sees(lead.page, "You smell of river.");
    await sees(lead.page, "Otter wrote it");
    await expectSound(lead.page, "safeguarding");
  });

  it("raise a concern as adults do, all at once", async () => {
    await menu(teacher.page, "Otter's message", "Raise a concern");
    const dialog = teacher.page.getByRole("dialog");
    await dialog.getByText(/It is read by Leonor Lead/).waitFor();
    await dialog.getByLabel("Bullying or unkindness").check();
    await expectSound(teacher.page, "concern");
    await dialog.getByRole("button", { name: "Send in confidence" }).click();
    await dialog.getByText("It was sent").waitFor();
    await dialog.getByRole("button", { name: "Close" }).last().click();
  });

  it("hide with a reason that teachers read, and show again", async () => {
    await menu(teacher.page, "Otter's message", "Hide");
    await teacher.page.getByLabel("Why").fill("Unkind");
    await teacher.page.getByRole("dialog").getByRole("button", { name: "Hide", exact: true }).click();
    await sees(teacher.page, "Hidden from everybody but teachers: Unkind");
    await pupil.page.reload();
    await sees(pupil.page, "A teacher has hidden this.");
    expect(await pupil.page.getByText("You smell of river.").count()).to.equal(0);
    await expectSound(teacher.page, "chat-hidden");
    await menu(teacher.page, "Otter's message", "Show again");
    await pupil.page.reload();
    await sees(pupil.page, "You smell of river.");
  });

  it("keep the bulletin to teachers", async () => {
    await go(teacher.page, "/bulletin");
    await sees(teacher.page, "No note yet");
    await expectSound(teacher.page, "bulletin-empty");
    await teacher.page.getByLabel("Your note").fill("Who prepares the meeting on Monday?");
    await press(teacher.page, "Pin the note up");
    await teacher.page.getByRole("listitem").getByText("Who prepares the meeting on Monday?").waitFor();
    await expectSound(teacher.page, "bulletin");
    await go(pupil.page, "/bulletin");
    await sees(pupil.page, "Only the teachers of the project read and write here");
  });

  it("tell everybody what is new on Home; a pupil's update waits for a teacher", async () => {
    await go(teacher.page, "");
    await press(teacher.page, "Post an update");
    await teacher.page.getByLabel("Your update").fill("On Monday we go to the river.");
    await press(teacher.page, "Post");
    await teacher.page.getByRole("listitem").getByText("On Monday we go to the river.").waitFor();
    const otter = await windowOf(talk.pupilAdmin.browser, phone);
    await go(otter.page, "");
    await press(otter.page, "Post an update");
    await otter.page.getByLabel("Your update").fill("We have built a boat.");
    await press(otter.page, "Post");
    await sees(otter.page, "Your update waits for a teacher.");
    await go(pupil.page, "");
    await sees(pupil.page, "On Monday we go to the river.");
    expect(await pupil.page.getByText("We have built a boat.").count()).to.equal(0);
    await teacher.page.reload();
    await press(teacher.page, "Show it to everybody");
    await menu(teacher.page, "Otter's update", "Keep at the top");
    await sees(teacher.page, "At the top");
    await expectSound(teacher.page, "updates");
    await pupil.page.reload();
    await sees(pupil.page, "We have built a boat.");
    expect(otter.complaints.join("\n")).to.equal("");
  });
});
