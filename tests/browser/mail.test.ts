import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { writeLetter } from "../../server/mail/letters.ts";
import { findings, openChromium, openWindow, scrollsSideways, type Window } from "../support/chromium.ts";
import { type MailServer, openMailServer } from "../support/mailServer.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { expectSound } from "../support/sound.ts";

const phone = { width: 390, height: 844 };
const desktop = { width: 1366, height: 768 };
const password = "seven rivers meet";

describe("letters, by the pages", function () {
  this.timeout(120_000);
  let browser: Browser;
  let open: { close(): Promise<unknown> }[];
  let complaints: string[][];

  before(async () => {
    browser = await openChromium();
  });
  after(() => browser?.close());
  beforeEach(() => {
    open = [];
    complaints = [];
  });
  afterEach(async () => {
    for (const one of open.reverse()) await one.close();
    expect(complaints.flat().join("\n")).to.equal("");
  });

  async function server(environment: Record<string, string> = {}): Promise<TestServer> {
    const started = await startTestServer(environment);
    open.push({ close: () => started.end() });
    return started;
  }

  async function mailServer(): Promise<MailServer> {
    const started = await openMailServer();
    open.push(started);
    return started;
  }

  async function newWindow(): Promise<Window> {
    const made = await openWindow(browser, { viewport: desktop });
    complaints.push(made.complaints);
    open.push(made.context);
    return made;
  }

  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
  const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

  async function begin(page: Page, { url, greeting }: TestServer): Promise<void> {
    await page.goto(/http\S+/.exec(greeting ?? "")?.[0] ?? url);
    await page.getByLabel("Your name").fill("Olga");
    await page.getByLabel("E-mail").fill("olga@example.org");
    await page.getByLabel("Password").fill(password);
    await press(page, "Begin");
    await heading(page, "Good day, Olga").waitFor();
  }

  it("wait in the mailbox without a mail server, which says so, and are handed over from there", async () => {
    const twinlight = await server();
    const { page } = await newWindow();
    await begin(page, twinlight);
    await page.goto(`${twinlight.url}/operate/mail`);
    await page.getByText("No mail server is set, so the letters wait here.").waitFor();
    await page.getByText("No letter yet.").waitFor();
    await expectSound(page, "mail");

    await page.goto(`${twinlight.url}/operate`);
    await page.getByText("No letter waits.").waitFor();
    await press(page, "Invite somebody");
    const dialog = page.getByRole("dialog", { name: "Invite somebody" });
    await dialog.getByLabel("Name", { exact: true }).fill("Petra");
    await dialog.getByLabel("E-mail").fill("petra@example.org");
    await dialog.getByLabel("Role").selectOption({ label: "Operator" });
    await dialog.getByRole("button", { name: "Make the link" }).click();
    const shown = page.getByRole("dialog", { name: "Link for Petra" });
    const link = await shown.getByRole("textbox", { name: "One-time link" }).inputValue();
    await page.keyboard.press("Escape");

    await page.reload();
    await page.getByText("One letter waits.").waitFor();
    await expectSound(page, "mail");
    await page.getByRole("link", { name: "Open the mailbox" }).click();
    await heading(page, "Mailbox").waitFor();
    await page.getByRole("row", { name: /Your invitation to Twinlight.*petra@example\.org.*waiting/ }).waitFor();
    await expectSound(page, "mail");

    await press(page, "Read “Your invitation to Twinlight” to petra@example.org");
    const letter = page.getByRole("dialog", { name: "Your invitation to Twinlight" });
    await letter.getByText(link).waitFor();
    await expectSound(page, "mail");
    await page.keyboard.press("Escape");
    await letter.waitFor({ state: "detached" });
  });

  it("say why they came back, are found by it, and are tried again", async () => {
    const mail = await mailServer();
    mail.answers({ recipient: () => "550 5.1.1 No such user here" });
    const twinlight = await server({ SMTP_URL: mail.url, MAIL_FROM: "Twinlight <letters@example.org>" });
    const { page } = await newWindow();
    await begin(page, twinlight);
    for (const to of ["typo@example.org", "mikko@example.org"]) {
      await writeLetter(twinlight.pool, {
        ...{ to, language: "en", kind: "schoolValidated" },
        facts: { name: "Mikko", school: "Oulun yläkoulu «Äö»", link: `${twinlight.url}/` },
      });
    }
    await page.goto(`${twinlight.url}/operate`);
    await page.waitForFunction("document.body.textContent.includes('came back') || void location.reload()", null, {
      polling: 1_000,
    });
    await page.getByRole("link", { name: "Open the mailbox" }).click();
    await heading(page, "Mailbox").waitFor();
    expect(await page.getByText("No mail server is set").count()).to.equal(0);
    await page.getByText("There is no such mailbox.").first().waitFor();
    await page.getByText("The mail server answered 550 5.1.1.").first().waitFor();
    await page.getByLabel("Show").selectOption({ label: "Sent" });
    await page.getByText("No letter is like this.").waitFor();
    await page.getByLabel("Show").selectOption({ label: "Came back (2)" });
    await expectSound(page, "mail");

    mail.answers({ recipient: () => undefined });
    await press(page, "Try again: “Oulun yläkoulu «Äö» is validated” to mikko@example.org");
    await page.getByText("“Oulun yläkoulu «Äö» is validated” is tried again.").waitFor();
    const [received] = await mail.lettersTo("mikko@example.org");
    expect(received?.subject).to.equal("Oulun yläkoulu «Äö» is validated");
  });

  it("bring a new password to who forgot it, by keyboard alone", async () => {
    const mail = await mailServer();
    const twinlight = await server({ SMTP_URL: mail.url, MAIL_FROM: "letters@example.org" });
    await begin((await newWindow()).page, twinlight);
    const { page } = await newWindow();
    await page.goto(twinlight.url);
    await page.getByRole("link", { name: "Forgot the password?" }).focus();
    await page.keyboard.press("Enter");
    await heading(page, "Forgot the password?").waitFor();
    await expectSound(page, "mail");
    await page.getByLabel("E-mail").focus();
    await page.keyboard.type("olga at example");
    await page.keyboard.press("Enter");
    await page.getByText("This is no e-mail address.").waitFor();
    expect(await page.getByLabel("E-mail").inputValue()).to.equal("olga at example");
    await expectSound(page, "mail");
    await page.getByLabel("E-mail").fill("Olga@example.org");
    await page.keyboard.press("Enter");
    await page.getByText("If Olga@example.org has an account, a letter is on its way").waitFor();
    await expectSound(page, "mail");

    const [letter] = await mail.lettersTo("olga@example.org");
    await page.goto(/https?:\S+#k=\S+/.exec(letter?.text ?? "")?.[0] ?? "no link");
    await heading(page, "Choose a new password").waitFor();
    await page.getByLabel("Password").fill("rivers meet seven times");
    await page.keyboard.press("Enter");
    await heading(page, "Good day, Olga").waitFor();
  });

  it("can be read in the light and in the dark, and need nothing from anywhere", async () => {
    const mail = await mailServer();
    const twinlight = await server({ SMTP_URL: mail.url, MAIL_FROM: "letters@example.org" });
    await writeLetter(twinlight.pool, {
      ...{ to: "ana@example.org", language: "pt", kind: "projectReturned" },
      facts: {
        name: "Ana Σοφία",
        project: "Два берега",
        note: "Mais sobre as idades.\nE o calendário.",
        link: `${twinlight.url}/`,
      },
    });
    const [letter] = await mail.lettersTo("ana@example.org");
    const { page } = await newWindow();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.setContent(letter?.html ?? "");
    expect(await page.locator("html").getAttribute("lang")).to.equal("pt");
    await isSoundLetter(page);
    expect(asked.filter((url) => !url.startsWith("about:"))).to.deep.equal([]);
  });

  /** A letter has no landmarks; everything else holds for it too. */
  async function isSoundLetter(page: Page): Promise<void> {
    for (const [viewport, colorScheme] of [
      [phone, "dark"],
      [desktop, "light"],
    ] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      const found = (await findings(page)).filter((finding) => !/^(region|landmark-one-main):/.test(finding));
      expect(found.join("\n")).to.equal("");
      expect(await scrollsSideways(page)).to.equal(false);
    }
  }
});
