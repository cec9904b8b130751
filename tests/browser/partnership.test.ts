/**
 * From two schools that nobody knows to a printed Label and a badge that somebody else verifies, with real mail: what the
 * portal is for, played by six people in windows of their own.
 */
import { join } from "node:path";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { addAccount } from "../../server/accounts/accounts.ts";
import { hashPassword } from "../../server/accounts/passwords.ts";
import { findings, openChromium, openWindow, scrollsSideways, type Window } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { type MailServer, openMailServer } from "../support/mailServer.ts";
import { readPdf } from "../support/pdfText.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { verifyBadge } from "../support/verifyBadge.ts";

const password = "seven rivers meet";

interface Somebody {
  name: string;
  email: string;
  country: string;
  school: string;
  town: string;
  language: string;
}

const georgia: Somebody = {
  ...{ name: "Γεωργία Νικολάου", email: "georgia@volos.test", country: "Greece" },
  ...{ school: "5ο Γυμνάσιο Βόλου", town: "Βόλος", language: "Greek" },
};
const ivan: Somebody = {
  ...{ name: "Иван Петров", email: "ivan@plovdiv.test", country: "Bulgaria" },
  ...{ school: "СУ „Христо Ботев“", town: "Пловдив", language: "Bulgarian" },
};
const title = "Δύο ποτάμια · Две реки";

describe("From two unknown schools to a Label", function () {
  this.timeout(180_000);
  let mail: MailServer;
  let server: TestServer;
  let browser: Browser;
  const windows: Window[] = [];
  let ofGeorgia: Page;
  let ofIvan: Page;
  let desks: Page[];
  let labelAddress = "";

  before(async () => {
    mail = await openMailServer();
    server = await startTestServer({ SMTP_URL: mail.url, MAIL_FROM: "twinlight@portal.test" });
    await addServices();
    browser = await openChromium();
    [ofGeorgia, ofIvan] = [await opens(), await opens()];
    desks = [await opens(), await opens()];
  });
  after(async () => {
    await browser?.close();
    await server?.end();
    await mail?.close();
  });
  afterEach(async function () {
    const folder = process.env.TEST_SHOTS;
    for (const [at, { page }] of windows.entries()) {
      if (folder && this.currentTest?.isFailed()) await page.screenshot({ path: join(folder, `failed-${at}.png`) });
    }
    expect(windows.flatMap(({ complaints }) => complaints).join("\n")).to.equal("");
  });

  /** Who runs the server, and the two countries' services. */
  async function addServices(): Promise<void> {
    const passwordHash = await hashPassword(password);
    for (const [id, role, country] of [
      ["olga", "operator", null],
      ["nss.gr", "support", "GR"],
      ["nss.bg", "support", "BG"],
    ] as const) {
      const account = { id: id.replace(".", "-"), email: `${id}@portal.test`, name: id, role, country, passwordHash };
      await addAccount(server.pool, { ...account, school: null, timeZone: "Europe/Athens" });
    }
  }

  async function opens(): Promise<Page> {
    const window = await openWindow(browser, { viewport: { width: 1366, height: 768 } });
    window.page.setDefaultTimeout(15_000);
    windows.push(window);
    return window.page;
  }

  let shot = 0;
  async function isSound(page: Page, name: string): Promise<void> {
    const folder = process.env.TEST_SHOTS;
    shot += 1;
    if (folder) await page.screenshot({ path: join(folder, `${shot}-${name}.png`), fullPage: true });
    expect((await findings(page)).join("\n"), page.url()).to.equal("");
    expect(await scrollsSideways(page), page.url()).to.equal(false);
  }

  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
  const reads = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
  const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { name }).first().waitFor();

  /** The address of the link in the latest letter to somebody. */
  async function linkTo(email: string, count: number): Promise<string> {
    const letters = await mail.lettersTo(email, count);
    const [link = ""] = /https?:\/\/127\.0\.0\.1:\d+\/\S+/.exec(letters.at(-1)?.text ?? "") ?? [];
    return link;
  }

  async function registers(page: Page, { name, email, language }: Somebody): Promise<void> {
    await page.goto(`${server.url}/`);
    await page.getByRole("link", { name: "Register your school" }).first().click();
    await page.getByLabel("Your name").fill(name);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Language").selectOption({ label: language });
    await page.getByLabel("I work at a school or pre-school and am not a pupil").check();
    await press(page, "Send me the letter");
    await heading(page, "Check your mail");
    await page.goto(await linkTo(email, 1));
    await page.getByLabel("Password", { exact: true }).fill(password);
    await press(page, "Begin");
    await heading(page, "Find your school");
  }

  async function sendsSchool(page: Page, { school, town, country, email }: Somebody): Promise<void> {
    await press(page, "Enter your school");
    await page.getByLabel("Name of the school").fill(school);
    await page.getByLabel("Kind of school").selectOption({ index: 3 });
    await page.getByLabel("Country", { exact: true }).selectOption({ label: country });
    await page.getByLabel("Street and number").fill("1");
    await page.getByLabel("Town").fill(town);
    await page.getByRole("group", { name: "Other languages (optional)" }).locator("summary").click();
    await page.getByLabel("English", { exact: true }).check();
    await page.getByLabel("Youngest pupils").selectOption({ label: "12 years" });
    await page.getByLabel("Oldest pupils").selectOption({ label: "15 years" });
    await page.getByLabel("Number of pupils").fill("310");
    await page.getByLabel("Other schools may find us as a partner").check();
    await page.getByLabel("Principal's name").fill("Μαρία Иванова");
    await page.getByLabel("Principal's e-mail").fill(`head.${email}`);
    await page.getByLabel("What you do there").selectOption({ label: "Teacher" });
    await page.getByLabel("All of this is true").check();
    await press(page, "Send to the support service");
    await heading(page, "Sent");
  }

  async function signsIn(page: Page, email: string, path: string): Promise<void> {
    await page.goto(server.url + path);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByLabel("Password").press("Enter");
  }

  it("registers both, each in their own letters, by a link that came by mail", async () => {
    await registers(ofGeorgia, georgia);
    await registers(ofIvan, ivan);
    await sendsSchool(ofGeorgia, georgia);
    await sendsSchool(ofIvan, ivan);
    await isSound(ofIvan, "sent");
  });

  it("has each country's support service validate its school and its teacher, and tells both", async () => {
    for (const [at, email] of ["nss.gr@portal.test", "nss.bg@portal.test"].entries()) {
      const desk = desks[at] as Page; // two of each
      const them = [georgia, ivan][at] as Somebody;
      await signsIn(desk, email, "/desk");
      for (const what of [them.school, them.name]) {
        await desk.getByRole("link", { name: what }).first().click();
        await press(desk, "Validate");
        await reads(desk, `Done: ${what}`);
      }
      const letters = await mail.lettersTo(them.email, 3);
      expect(letters.map(({ subject }) => subject).join()).to.include(them.school);
      expect(await mail.lettersTo(`head.${them.email}`)).to.have.lengthOf(1);
    }
    await isSound(desks[0] as Page, "desk");
  });

  it("lets them find each other, in spite of a typing error, and agree to work together", async () => {
    for (const page of [ofGeorgia, ofIvan]) {
      await page.goto(`${server.url}/account`);
      await page.getByRole("checkbox", { name: "I am available for projects" }).check();
      await press(page, "Save my profile");
      await reads(page, "Your profile is saved.");
    }
    await ofGeorgia.goto(`${server.url}/partners`);
    await ofGeorgia.getByLabel("Words").fill("Пловдиф");
    await press(ofGeorgia, "Search");
    await ofGeorgia.getByRole("article", { name: ivan.school }).waitFor();
    await isSound(ofGeorgia, "found");
    await press(ofGeorgia, `Ask for contact: ${ivan.name}`);
    await ofGeorgia.getByLabel("Your words").fill("Καλημέρα! Would your class watch a river with ours?");
    await press(ofGeorgia, "Send");
    await reads(ofGeorgia, `${ivan.name} was asked.`);
    await ofIvan.goto(`${server.url}/contacts`);
    await press(ofIvan, `Accept ${georgia.name}`);
    await ofIvan.getByRole("link", { name: georgia.email }).waitFor();
    await ofGeorgia.goto(`${server.url}/contacts`);
    await ofGeorgia.getByRole("link", { name: `Start a project with ${ivan.name}` }).click();
    await heading(ofGeorgia, "Register a project");
  });

  it("lets them write one form and say yes to it", async () => {
    await press(ofGeorgia, "Begin the draft");
    await step(ofGeorgia, "Partner");
    await reads(ofGeorgia, `${ivan.name} writes with you.`);
    await step(ofGeorgia, "The idea");
    await writes(ofGeorgia, "Title", title);
    await writes(ofGeorgia, "Public summary", "Two classes watch what lives in their rivers.");
    await writes(ofGeorgia, "Description", "A year at the Krausidon and the Maritsa.");
    await step(ofGeorgia, "Pupils and languages");
    await ofGeorgia.locator("summary", { hasText: "Nothing chosen yet" }).first().click();
    await ofGeorgia.getByRole("checkbox", { name: "English", exact: true }).check();
    await ofGeorgia.getByLabel("Youngest pupils, years").selectOption("12");
    await ofGeorgia.getByLabel("Oldest pupils, years").selectOption("15");
    await ofGeorgia.getByLabel("Number of pupils").fill("48");
    await step(ofGeorgia, "Subjects and tools");
    await ofGeorgia.locator("summary", { hasText: "Nothing chosen yet" }).first().click();
    await ofGeorgia.getByRole("checkbox", { name: "Biology", exact: true }).check();
    await step(ofGeorgia, "Aims and plan");
    await ofGeorgia.getByLabel("First day").fill("2027-01-11");
    await writes(ofGeorgia, "Work process", "We measure every week and meet by video.");
    await reads(ofGeorgia, "Everything is saved");

    await ofIvan.goto(`${server.url}/projects`);
    await ofIvan.getByRole("link", { name: title, exact: true }).click();
    await ofIvan.getByRole("link", { name: "Write the form", exact: true }).click();
    await step(ofIvan, "Aims and plan");
    await writes(ofIvan, "Aims", "Да знаем какво живее в студената вода.");
    await writes(ofIvan, "Expected results", "A book of both rivers.");
    await reads(ofIvan, "Everything is saved");

    await step(ofGeorgia, "Preview");
    await press(ofGeorgia, "Submit to the partner");
    await reads(ofGeorgia, `Waiting for ${ivan.name}`);
    await ofIvan.goto(`${server.url}/projects`);
    await ofIvan.getByRole("link", { name: title, exact: true }).click();
    await press(ofIvan, "Agree");
    await reads(ofIvan, "Waiting for the support service of Bulgaria");
    await isSound(ofIvan, "agreed");
  });

  it("becomes active when both services have approved: its TwinSpace and report card open, and both are told by letter", async () => {
    for (const desk of desks) {
      await desk.goto(`${server.url}/desk`);
      await desk.getByRole("link", { name: title }).first().click();
      await press(desk, "Approve");
      await heading(desk, "Nothing waits for you");
    }
    await ofGeorgia.goto(`${server.url}/projects`);
    await ofGeorgia.getByRole("link", { name: title, exact: true }).click();
    await heading(ofGeorgia, "TwinSpace");
    await heading(ofGeorgia, "Report card");
    await isSound(ofGeorgia, "active");
    labelAddress = await labelIn(georgia.email);
    expect(await labelIn(ivan.email)).to.not.equal(labelAddress);
  });

  it("gives each school a Label to print, and a badge that somebody else verifies", async () => {
    await ofGeorgia.goto(labelAddress);
    await heading(ofGeorgia, "This label holds");
    await isSound(ofGeorgia, "label");
    const pdf = await ofGeorgia.request.get(await addressOf("Download as PDF"));
    const printed = readPdf(await pdf.body());
    for (const words of [georgia.school, ivan.school, "ποτάμια"]) expect(printed.text).to.include(words);
    expect(printed.missing).to.deep.equal([]);
    const signed = `${await addressOf("Signed credential for wallets (JWT)")}?alg=EdDSA`;
    const jwt = await (await ofGeorgia.request.get(signed)).text();
    const json = async (address: string) => (await fetch(new URL(address, server.url))).json();
    const { payload } = await verifyBadge(jwt, json);
    expect(JSON.stringify(payload)).to.include(georgia.school);
    await expectRejected(verifyBadge(tampered(jwt), json));
  });

  /** The address of the Label, once a letter to this one has it. */
  async function labelIn(email: string): Promise<string> {
    let address = "";
    await eventually(async () => {
      const texts = (await mail.lettersTo(email)).map(({ text }) => text).join("\n");
      address = /https?:\/\/\S+\/labels\/\S+/.exec(texts)?.[0] ?? "";
      return address !== "";
    });
    return address;
  }

  /** Where a link of Georgia's page leads. */
  async function addressOf(name: string): Promise<string> {
    const href = await ofGeorgia.getByRole("link", { name }).getAttribute("href");
    return new URL(href ?? "", server.url).href;
  }

  const step = (page: Page, name: string) =>
    page
      .getByRole("navigation", { name: "Steps" })
      .getByRole("link", { name: new RegExp(name) })
      .click();
  const writes = (page: Page, field: string, text: string) =>
    page.getByRole("textbox", { name: field, exact: true }).fill(text);
});

/** One letter of what was signed is another one. */
const tampered = (jwt: string): string => {
  const [header = "", payload = "", signature = ""] = jwt.split(".");
  const other = Buffer.from(Buffer.from(payload, "base64url").toString().replace("Label", "Lebal")).toString(
    "base64url",
  );
  return [header, other, signature].join(".");
};

async function expectRejected(checked: Promise<unknown>): Promise<void> {
  const outcome = await checked.then(
    () => "verified",
    () => "refused",
  );
  expect(outcome).to.equal("refused");
}
