import { readFile } from "node:fs/promises";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { codeOfStep, stepAt } from "../../server/accounts/totp.ts";
import { openChromium, openWindow, type Window } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { type IdentityProvider, openIdentityProvider } from "../support/identityProvider.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { expectSound } from "../support/sound.ts";

const desktop = { width: 1366, height: 768 };
const password = "seven rivers meet";

describe("signing in by more than a password", function () {
  this.timeout(120_000);
  let idp: IdentityProvider;
  let server: TestServer;
  let browser: Browser;
  let olga: Window;
  let ana: Window;
  let secret = "";
  let codes: string[] = [];

  before(async () => {
    idp = await openIdentityProvider({
      ana: { name: "Ana Sousa", email: "ana@example.org", email_verified: true, affiliation: ["staff"] },
      pia: { name: "Pia", email: "pia@example.org", email_verified: true, affiliation: ["student"] },
      nuno: {
        name: "Nuno Dias",
        email: "nuno@example.org",
        email_verified: true,
        affiliation: ["faculty"],
        school: "Escola de Aveiro",
      },
    });
    server = await startTestServer({ ...idp.environment(), REQUIRE_SECOND_FACTOR: "1" });
    idp.serves(server.url);
    browser = await openChromium();
    olga = await openWindow(browser, { viewport: desktop });
    ana = await openWindow(browser, { viewport: desktop });
  });

  after(async () => {
    await browser?.close();
    await server?.end();
    await idp?.stop();
  });

  afterEach(() => {
    expect([...olga.complaints, ...ana.complaints].join("\n")).to.equal("");
  });

  const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });
  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

  async function begin(page: Page, link: string, fields: Record<string, string>): Promise<void> {
    await page.goto(link);
    for (const [label, text] of Object.entries({ ...fields, Password: password })) {
      await page.getByLabel(label, { exact: true }).fill(text);
    }
    await press(page, "Begin");
  }

  async function signInBy(page: Page, email: string): Promise<void> {
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByLabel("Password").press("Enter");
  }

  const secretShown = async (page: Page) => (await page.locator("code").textContent())?.replaceAll(" ", "") ?? "";

  /** Of the next step: one that was shown a moment ago may be used up. */
  const nextCode = (step = 1) => codeOfStep(secret, stepAt(Date.now()) + step);

  it("demands a second factor of the operator before anything else, and shows how to set it up", async () => {
    const { page } = olga;
    const link = /http\S+/.exec(server.greeting ?? "")?.[0] ?? "";
    await begin(page, link, { "Your name": "Olga", "E-mail": "olga@example.org" });
    await heading(page, "Set up a second factor first").waitFor();
    await page.goto(`${server.url}/operate`);
    await heading(page, "Set up a second factor first").waitFor();
    await press(page, "Set up a second factor");
    await page.getByRole("img", { name: /^QR code for the app/ }).waitFor();
    secret = await secretShown(page);
    expect(secret).to.match(/^[A-Z2-7]{32}$/);
    await expectSound(page, "set-up");
    await press(page, "Switch it on");
    await page.getByText("Fill this in.").waitFor();
    await page.getByLabel("Code", { exact: true }).fill("000000");
    await press(page, "Switch it on");
    await page.getByText("This code does not fit.").waitFor();
    await expectSound(page, "set-up-wrong");
  });

  it("shows ten recovery codes once, to be copied, printed or saved", async () => {
    const { page } = olga;
    await page.getByLabel("Code", { exact: true }).fill(nextCode(0));
    await page.getByLabel("Code", { exact: true }).press("Enter");
    await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
    codes = await page.locator(".recovery__codes li").allTextContents();
    expect(codes).to.have.length(10);
    await expectSound(page, "codes");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Save as a file" }).click(),
    ]);
    expect(download.suggestedFilename()).to.equal("twinlight-recovery-codes.txt");
    const file = await readFile(await download.path(), "utf8");
    for (const code of codes) expect(file).to.contain(code);
    await page.emulateMedia({ media: "print" });
    expect(await page.getByText("Each works once.").isVisible()).to.equal(true);
    await page.emulateMedia({ media: "screen" });
    await press(page, "I have kept them");
    await heading(page, "Operate").waitFor();
  });

  it("asks for the code after the password, by keyboard alone, on the page that was asked for", async () => {
    const { page } = olga;
    await page.context().clearCookies();
    await page.goto(`${server.url}/operate`);
    await signInBy(page, "olga@example.org");
    await page.getByLabel("Code", { exact: true }).waitFor();
    await expectSound(page, "second-step");
    await page.reload();
    await page.getByLabel("Code", { exact: true }).fill("111111");
    await page.keyboard.press("Enter");
    await page.getByText("This code does not fit.").waitFor();
    await page.getByLabel("Code", { exact: true }).fill(nextCode());
    await page.keyboard.press("Enter");
    await heading(page, "Operate").waitFor();
  });

  it("takes a recovery code in its place, once", async () => {
    const { page } = olga;
    await page.context().clearCookies();
    await page.goto(server.url);
    await signInBy(page, "olga@example.org");
    await press(page, "I do not have the app here");
    await page.getByLabel("Recovery code").fill(codes[0]?.toLowerCase() ?? "");
    await expectSound(page, "recovery");
    await press(page, "Go on");
    await heading(page, "Good day, Olga").waitFor();
    await page.goto(`${server.url}/account`);
    await page.getByText("9 recovery codes are left.").waitFor();
    await expectSound(page, "account");
  });

  it("links somebody's account with the school's login, after its owner signed in once", async () => {
    const made = await olga.page.evaluate(`fetch("/api/operate/people", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "Ana Sousa", email: "ana@example.org", role: "lead",
        school: { name: "Escola de Aveiro", town: "Aveiro", country: "PT" } }),
    }).then((answer) => answer.json())`);
    const { page } = ana;
    await begin(page, (made as { link: string }).link, {});
    await page.getByText("A second factor keeps it yours").waitFor();
    await expectSound(page, "advice");
    await page.context().clearCookies();
    await page.goto(server.url);
    await expectSound(page, "front-door");
    await page.getByRole("link", { name: "Sign in with School Login" }).click();
    await press(page, "Ana Sousa");
    await heading(page, "Is this account yours?").waitFor();
    expect(await page.getByLabel("E-mail").inputValue()).to.equal("ana@example.org");
    await expectSound(page, "link");
    await page.getByLabel("Password").fill(password);
    await press(page, "Sign in and link");
    await heading(page, "Good day, Ana Sousa").waitFor();
  });

  it("then signs in there alone, on the page that was asked for, and lists and unlinks it", async () => {
    const { page } = ana;
    await page.context().clearCookies({ domain: "127.0.0.1", name: "twinlight" });
    await page.goto(`${server.url}/account`);
    await page.getByRole("link", { name: "Sign in with School Login" }).click();
    await heading(page, "My account").waitFor();
    await page.getByText("as ana@example.org").waitFor();
    await expectSound(page, "linked");
    await press(page, "Unlink School Login");
    await page.getByRole("dialog").getByRole("button", { name: "Unlink" }).click();
    await page.getByText("School Login is unlinked.").waitFor();
    await press(page, "Link with School Login");
    await page.getByText("as ana@example.org").waitFor();
  });

  it("says on a whole page that pupils need no account, and when it was broken off", async () => {
    const { context, page, complaints } = await openWindow(browser, { viewport: desktop });
    await page.goto(server.url);
    await page.getByRole("link", { name: "Sign in with School Login" }).click();
    await press(page, "Pia");
    await page.getByText("Pupils need none: open the link of your meeting.").waitFor();
    await expectSound(page, "pupil");
    await context.clearCookies();
    await page.goto(server.url);
    await page.getByRole("link", { name: "Sign in with School Login" }).click();
    await press(page, "Cancel");
    await page.getByText("it was broken off on the way").waitFor();
    await expectSound(page, "cancelled");
    await page.getByRole("link", { name: "Try again" }).click();
    await press(page, "Nuno Dias");
    await heading(page, "Welcome to Twinlight").waitFor();
    expect(await page.getByLabel("Your name").inputValue()).to.equal("Nuno Dias");
    expect(await page.getByLabel("E-mail").inputValue()).to.equal("nuno@example.org");
    await expectSound(page, "register");
    await page.getByLabel("Password").fill(password);
    await press(page, "Begin");
    await page.waitForURL(/\/(register)?$/);
    await page.goto(`${server.url}/register`);
    await page.getByRole("heading", { name: "Find your school" }).waitFor();
    const words = page.getByLabel("Name, town or number");
    await eventually(async () => (await words.inputValue()) === "Escola de Aveiro");
    await context.clearCookies();
    await page.goto(`${server.url}/sign-in?why=sso.providerDown`);
    await page.getByText("cannot be reached now").waitFor();
    await page.goto(`${server.url}/sign-in?why=nothing.known`);
    await heading(page, "Sign in").waitFor();
    expect(complaints.join("\n")).to.equal("");
    await context.close();
  });

  it("is switched off by its owner, and taken away by the operator", async () => {
    const { page } = ana;
    await page.goto(`${server.url}/account`);
    await press(page, "Set up a second factor");
    secret = await secretShown(page);
    await page.getByLabel("Code", { exact: true }).fill(nextCode(0));
    await press(page, "Switch it on");
    await press(page, "I have kept them");
    await press(page, "Switch off");
    const dialog = page.getByRole("dialog", { name: "Switch the second factor off?" });
    await dialog.getByLabel("Your password").fill("not this one");
    await dialog.getByLabel("Code").fill(nextCode(0));
    await dialog.getByRole("button", { name: "Switch off" }).click();
    await dialog.getByText("This is not the password").waitFor();
    await expectSound(page, "switch-off");
    await dialog.getByRole("button", { name: "Cancel" }).click();

    await olga.page.goto(`${server.url}/operate`);
    await press(olga.page, "Take second factor away from Ana Sousa");
    await expectSound(olga.page, "take-away");
    await olga.page.getByRole("dialog").getByRole("button", { name: "Take second factor away" }).click();
    await olga.page.getByText("Ana Sousa has no second factor any more.").waitFor();
    await page.reload();
    await page.getByText("It is switched off.").waitFor();
  });
});
