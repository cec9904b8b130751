import { readFile } from "node:fs/promises";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { openChromium, openWindow, type Window } from "../support/chromium.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { expectSound } from "../support/sound.ts";

const desktop = { width: 1366, height: 768 };
const password = "seven rivers meet";
/** Coming, and never too far away to be booked. */
const nextYear = new Date().getUTCFullYear() + 1;

describe("the pages around the meetings", function () {
  this.timeout(120_000);
  let server: TestServer;
  let browser: Browser;
  let operator: Window;
  let teacher: Window;

  before(async () => {
    server = await startTestServer();
    browser = await openChromium();
    operator = await openWindow(browser, { viewport: desktop });
    teacher = await openWindow(browser, {
      viewport: desktop,
      timezoneId: "Europe/Lisbon",
      permissions: ["clipboard-read", "clipboard-write"],
    });
  });

  after(async () => {
    await browser?.close();
    await server?.end();
  });

  afterEach(() => {
    expect([...operator.complaints, ...teacher.complaints].join("\n")).to.equal("");
  });

  const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

  async function press(page: Page, name: string): Promise<void> {
    await page.getByRole("button", { name, exact: true }).click();
  }

  /** By the pages alone, as somebody at the keyboard would. */
  async function signIn(page: Page, email: string): Promise<void> {
    await page.goto(server.url);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(password);
    await press(page, "Sign in");
  }

  it("say at the front door how the operator begins, while nobody has an account", async () => {
    const { page } = operator;
    await page.goto(server.url);
    await page.getByRole("heading", { name: "Nobody has an account yet" }).waitFor();
    expect(await page.getByRole("textbox", { name: "Meeting code" }).count()).to.equal(1);
    expect(await page.getByRole("button", { name: "Sign in" }).count()).to.equal(0);
    await expectSound(page, "portal");
  });

  it("name every field that is missing, keep what was written, and make the first operator by a one-time link", async () => {
    const { page } = operator;
    const link = /http\S+/.exec(server.greeting ?? "")?.[0] ?? "";
    await page.goto(link);
    await page.getByLabel("Your name").fill("Olga");
    await press(page, "Begin");
    await page.getByText("2 things need to be mended").waitFor();
    expect(await page.getByLabel("Your name").inputValue()).to.equal("Olga");
    await expectSound(page, "portal");

    await page.getByRole("link", { name: "E-mail" }).click();
    await page.keyboard.type("olga@example.org");
    await page.getByLabel("Password").fill("short");
    await press(page, "Begin");
    await page.getByText("Choose a password of at least 10 characters").waitFor();
    expect(await page.getByLabel("E-mail").inputValue()).to.equal("olga@example.org");
    await page.getByLabel("Password").fill(password);
    await press(page, "Begin");
    await heading(page, "Good day, Olga").waitFor();
    await expectSound(page, "portal");

    await page.goto(link);
    await page.getByText("This invitation was used or has expired").waitFor();
    await expectSound(page, "portal");
  });

  let invitation = "";

  it("let the operator invite a teacher of a new school, and show the link once", async () => {
    const { page } = operator;
    await page.goto(`${server.url}/operate`);
    await press(page, "Invite somebody");
    const dialog = page.getByRole("dialog", { name: "Invite somebody" });
    await dialog.getByLabel("Name", { exact: true }).fill("Ana Sousa");
    await dialog.getByLabel("E-mail").fill("ana@example.org");
    await dialog.getByLabel("School", { exact: true }).click();
    await dialog.getByRole("option", { name: "A new school" }).click();
    await dialog.getByLabel("Name of the school").fill("Escola de Aveiro");
    await dialog.getByLabel("Town").fill("Aveiro");
    await dialog.getByLabel("Country").selectOption({ label: "Portugal" });
    await expectSound(page, "portal");
    await dialog.getByRole("button", { name: "Make the link" }).click();
    const shown = page.getByRole("dialog", { name: "Link for Ana Sousa" });
    invitation = await shown.getByRole("textbox", { name: "One-time link" }).inputValue();
    expect(invitation).to.match(/\/begin#k=[A-Za-z0-9_-]{43}$/);
    await expectSound(page, "portal");
    await page.keyboard.press("Escape");

    await page.reload();
    await page.getByRole("row", { name: /Ana Sousa.*invited/ }).waitFor();
    expect(await page.content()).to.not.contain(invitation.split("#")[1]);
    await expectSound(page, "portal");
  });

  it("let the teacher answer, and show an empty list with the one thing to do", async () => {
    const { page } = teacher;
    await page.goto(invitation);
    await page.getByText("You were invited as Teacher of Escola de Aveiro.").waitFor();
    await expectSound(page, "portal");
    await page.getByLabel("Password").fill(password);
    await press(page, "Begin");
    await heading(page, "Good day, Ana Sousa").waitFor();
    await page.getByText("No meeting yet. Book the first one.").waitFor();
    await expectSound(page, "portal");
  });

  it("keep the operator's page from who is none, with a sentence", async () => {
    const { page } = teacher;
    await page.goto(`${server.url}/operate`);
    await page.getByText("Only the person who runs this server sees it.").waitFor();
    await expectSound(page, "portal");
    await operator.page.goto(`${server.url}/meetings/new`);
    await operator.page.getByText("Your account leads no meetings.").waitFor();
  });

  it("book a meeting once, however often the button is pressed, and list its links", async () => {
    const { page } = teacher;
    await page.goto(server.url);
    await page.getByRole("link", { name: "Book a meeting" }).click();
    await page.getByLabel("Title").fill(" ");
    await press(page, "Book");
    await page.getByText("Write what the meeting is about.").waitFor();
    await expectSound(page, "portal");

    await page.getByLabel("Title").fill("What lives in our river?");
    await page.getByLabel("Start", { exact: true }).fill(`${nextYear}-03-12T10:00`);
    await page.getByLabel("Length", { exact: true }).selectOption({ label: "45 minutes" });
    await page.getByRole("radio", { name: "Fair" }).check();
    await page.getByLabel("Turn length").selectOption({ label: "2 minutes" });
    await page.getByLabel("Recorded").check();
    await page.getByRole("button", { name: "Book", exact: true }).dblclick();
    await heading(page, "What lives in our river?").waitFor();
    const { rows } = await server.pool.query("select starts_at, settings from meetings");
    expect(rows).to.have.length(1);
    expect(Number(rows[0].starts_at)).to.equal(Date.UTC(nextYear, 2, 12, 10));
    expect(rows[0].settings).to.include({ next: "fair", turnLimitMs: 120_000, recorded: true, lobby: true });

    const list = page.getByRole("list", { name: "Links" });
    const names = await list.getByRole("listitem").locator("strong").allTextContents();
    expect(names.map((name) => name.trim())).to.deep.equal([
      "Chair (for you)",
      "Pupil, Escola de Aveiro",
      "Class, Escola de Aveiro",
      "Adult, Escola de Aveiro",
      "Guests, by the code",
      "Watcher",
    ]);
    await expectSound(page, "portal");
  });

  it("copy a link and say so", async () => {
    const { page } = teacher;
    await press(page, "Copy the link for Class, Escola de Aveiro");
    await page.getByRole("status").filter({ hasText: "Copied" }).waitFor({ state: "attached" });
    expect(await page.evaluate("navigator.clipboard.readText()")).to.match(/\/m\/[a-z-]+#k=[A-Za-z0-9_-]+$/);
  });

  it("make another link for a label and revoke it, after asking", async () => {
    const { page } = teacher;
    await press(page, "Make a link");
    const dialog = page.getByRole("dialog", { name: "Make a link" });
    await dialog.getByLabel("School").fill("aveiro");
    await dialog.getByRole("option", { name: "Escola de Aveiro, Aveiro" }).click();
    await dialog.getByLabel("Kind").selectOption({ label: "Class" });
    await dialog.getByLabel("Label").fill("6A");
    await dialog.getByLabel("Works until").fill("2020-01-01T10:00");
    await dialog.getByRole("button", { name: "Make the link" }).click();
    await dialog.getByText("This time has passed. Choose a later one.").waitFor();
    await expectSound(page, "portal");
    await dialog.getByLabel("Works until").fill(`${nextYear}-03-13T18:00`);
    await dialog.getByRole("button", { name: "Make the link" }).click();
    await page.getByText("The link for Class, Escola de Aveiro, 6A is made.").waitFor();

    const row = page.getByRole("listitem").filter({ hasText: "Aveiro, 6A" });
    expect(await row.textContent()).to.contain(`works until 13 March ${nextYear} at 18:00`);
    const address = new URL((await row.locator(".link__address").textContent()) ?? "");
    const knock = () =>
      fetch(`${server.url}/api/meetings/${address.pathname.slice(3)}/door`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ key: address.hash.slice(3) }),
      });
    expect((await knock()).status).to.equal(200);

    await press(page, "Revoke the link for Class, Escola de Aveiro, 6A");
    const asking = page.getByRole("dialog");
    await expectSound(page, "portal");
    await asking.getByRole("button", { name: "Cancel" }).click();
    expect((await knock()).status).to.equal(200);
    await press(page, "Revoke the link for Class, Escola de Aveiro, 6A");
    await asking.getByRole("button", { name: "Revoke" }).click();
    await row.getByText("no longer works").waitFor();
    expect((await knock()).status).to.equal(403);
    await expectSound(page, "portal");
  });

  it("give out a text and a calendar file with the one link they are for", async () => {
    const { page } = teacher;
    await page.getByLabel("For", { exact: true }).selectOption({ label: "Class, Escola de Aveiro" });
    const text = await page.getByLabel("Text for an invitation").inputValue();
    const link = /http\S+#k=\S+/.exec(text)?.[0] ?? "no link";
    expect(text).to.contain("“What lives in our river?”").and.contain(`12 March ${nextYear}`);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Calendar file" }).click(),
    ]);
    const file = (await readFile(await download.path(), "utf8")).replaceAll("\r\n ", "");
    expect(download.suggestedFilename()).to.match(/^[a-z-]+\.ics$/);
    expect(file).to.contain("SUMMARY:What lives in our river?").and.contain(`DTSTART:${nextYear}0312T100000Z`);
    expect(file).to.contain(link);
  });

  it("start a meeting now, list my meetings with the next one first, and call one off", async () => {
    const { page } = teacher;
    await page.goto(server.url);
    await page.getByRole("article", { name: "What lives in our river?" }).waitFor();
    await press(page, "Start now");
    await page.getByRole("link", { name: "Open the meeting" }).waitFor();
    const now = await page.getByRole("heading", { level: 1 }).textContent();
    await page.goto(server.url);
    const next = page.getByRole("article");
    expect(await next.getAttribute("aria-labelledby")).to.equal("next-title");
    expect(await next.getByRole("heading").textContent()).to.equal(now);
    expect(await page.getByRole("list", { name: "After that" }).textContent()).to.contain("What lives in our river?");
    await expectSound(page, "portal");

    await page.getByRole("link", { name: "What lives in our river?", exact: true }).click();
    await press(page, "Call off");
    await page.getByRole("dialog").getByRole("button", { name: "Call off" }).click();
    await heading(page, "Good day, Ana Sousa").waitFor();
    expect(await page.getByText("What lives in our river?").count()).to.equal(0);
  });

  it("find a meeting by a code however it is written, and say when there is none", async () => {
    const { page } = teacher;
    const { rows } = await server.pool.query<{ code: string }>("select code from meetings");
    const code = rows[0]?.code ?? "";
    await page.getByLabel("Meeting code").fill("???");
    await press(page, "Go to the meeting");
    await page.getByText("This is no meeting code.").waitFor();
    await page.getByLabel("Meeting code").fill(` ${code.replaceAll("-", " ").toUpperCase()} `);
    await press(page, "Go to the meeting");
    await page.waitForURL(`${server.url}/m/${code}`);
  });

  it("change my name, time zone and password", async () => {
    const { page } = teacher;
    await page.goto(`${server.url}/account`);
    await page.getByLabel("Your name").fill("Ana S.");
    await page.getByLabel("Time zone").selectOption({ label: "Helsinki (Europe)" });
    await press(page, "Save");
    await page.getByText("Saved.").waitFor();
    await page.getByLabel("Password so far").fill("not this one");
    await page.getByLabel("New password").fill("rivers meet seven times");
    await press(page, "Change the password");
    await page.getByText("This is not the password so far.").waitFor();
    await expectSound(page, "portal");
    await page.getByLabel("Password so far").fill(password);
    await press(page, "Change the password");
    await page.getByText("The password is changed.").waitFor();
    await page.reload();
    expect(await page.getByLabel("Your name").inputValue()).to.equal("Ana S.");
    expect(await page.getByLabel("Time zone").inputValue()).to.equal("Europe/Helsinki");
  });

  it("sign out everywhere, and ask to sign in where somebody must be known", async () => {
    const { page } = teacher;
    const other = await openWindow(browser);
    await other.page.goto(`${server.url}/account`);
    await heading(other.page, "Sign in to see this page").waitFor();
    await expectSound(other.page, "portal");
    await other.page.getByLabel("E-mail").fill("ana@example.org");
    await other.page.getByLabel("Password").fill(password);
    await press(other.page, "Sign in");
    await other.page.getByText("E-mail and password do not fit.").waitFor();
    await other.page.getByLabel("Password").fill("rivers meet seven times");
    await press(other.page, "Sign in");
    await heading(other.page, "My account").waitFor();

    await press(page, "Sign out everywhere");
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    await expectSound(page, "portal");
    await other.page.reload();
    await heading(other.page, "Sign in to see this page").waitFor();
    expect(other.complaints.join("\n")).to.equal("");
    await other.context.close();
  });

  it("reset a password and end an account, each after asking", async () => {
    const { page } = operator;
    await page.goto(`${server.url}/operate`);
    await press(page, "Reset password of Ana S.");
    await page.getByRole("dialog").getByRole("button", { name: "Reset password" }).click();
    await page.getByRole("textbox", { name: "One-time link" }).waitFor();
    await page.keyboard.press("Escape");
    await press(page, "End account of Ana S.");
    await page.getByRole("dialog").getByRole("button", { name: "End account" }).click();
    await page.getByText("The account of Ana S. has ended.").waitFor();
    await page.getByRole("row", { name: /Ana S\..*ended/ }).waitFor();
    await expectSound(page, "portal");
    await signIn(teacher.page, "ana@example.org");
    await teacher.page.getByText("E-mail and password do not fit.").waitFor();
  });

  it("say that there is no connection, and keep what was written", async () => {
    const { page, context, complaints } = teacher;
    await page.getByLabel("Password").fill(password);
    await context.setOffline(true);
    await press(page, "Sign in");
    await page.getByText("There is no connection to the server.").waitFor();
    await context.setOffline(false);
    expect(await page.getByLabel("E-mail").inputValue()).to.equal("ana@example.org");
    expect(await page.getByLabel("Password").inputValue()).to.equal(password);
    complaints.splice(
      0,
      complaints.length,
      ...complaints.filter((text) => !text.includes("ERR_INTERNET_DISCONNECTED")),
    );
  });

  it("say that there is nothing at an address nobody has", async () => {
    const { page } = operator;
    const answer = await page.goto(`${server.url}/nothing/here`);
    expect(answer?.status()).to.equal(404);
    await heading(page, "There is nothing here").waitFor();
    await expectSound(page, "portal");
  });
});
