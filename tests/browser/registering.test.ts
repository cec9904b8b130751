import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { pageModules, pagePaths } from "../../server/pagePaths.ts";
import { openChromium, openWindow, type Window } from "../support/chromium.ts";
import { somePdf } from "../support/evidenceFiles.ts";
import { type FrontDoor, openFrontDoor, oulu } from "../support/frontDoor.ts";
import { expectSound } from "../support/sound.ts";

const desktop = { width: 1366, height: 768 };
const password = "seven rivers meet";
const email = "eleni@volos.test";
const clientFolder = fileURLToPath(new URL("../../client/dist", import.meta.url));

describe("registering a school", function () {
  this.timeout(120_000);
  let front: FrontDoor;
  let browser: Browser;
  let eleni: Window;

  before(async () => {
    front = await openFrontDoor({
      clientFolder,
      pages: pagePaths.map((path) => ({ path, module: pageModules[path] })),
    });
    await front.person("operator", "Olga");
    await front.person("teacher", "Aino Virtanen", oulu);
    browser = await openChromium();
    eleni = await openWindow(browser, { viewport: desktop, timezoneId: "Europe/Athens" });
  });

  after(async () => {
    await browser?.close();
    await front?.close();
  });

  afterEach(() => {
    expect(eleni.complaints.join("\n")).to.equal("");
  });

  const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });
  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
  const lastLetter = async (to: string) => {
    const { rows } = await front.pool.query(
      "select kind, text from mails where to_address = $1 order by created_at desc limit 1",
      [to],
    );
    return rows[0] as { kind: string; text: string } | undefined;
  };
  const decide = (school: string, state: string, reason = "") =>
    front.pool.query(
      "update memberships set state = $2, reason = $3, state_at = now() where school_id = (select id from schools where name = $1)",
      [school, state, reason],
    );

  it("begins with who one is, names what is missing, and keeps pupils out", async () => {
    const { page } = eleni;
    await page.goto(front.url);
    await page.getByRole("link", { name: "Register your school" }).first().click();
    await heading(page, "Register your school").waitFor();
    await page.getByText("Pupils never register").waitFor();
    await press(page, "Send me the letter");
    await page.getByText("3 things need to be mended").waitFor();
    await expectSound(page, "1-who");
    await page.getByLabel("Your name").fill("Ελένη Δημητρίου");
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Language").selectOption({ label: "Greek" });
    await page.getByLabel("I work at a school or pre-school and am not a pupil").check();
    await page.getByRole("button", { name: "Send me the letter" }).dblclick();
    await heading(page, "Check your mail").waitFor();
    await page.getByText(`A letter is on its way to ${email}.`).waitFor();
    await expectSound(page, "2-mail");
    const { rows } = await front.pool.query("select from mails where to_address = $1", [email]);
    expect(rows).to.have.length(1);
  });

  it("goes on by the link in the letter", async () => {
    const { page } = eleni;
    const link = /http\S+\/begin#k=\S+/.exec((await lastLetter(email))?.text ?? "")?.[0] ?? "no link";
    await page.goto(link);
    await page.getByText("Your address is confirmed.").waitFor();
    expect(await page.getByLabel("Your name").inputValue()).to.equal("Ελένη Δημητρίου");
    await page.getByLabel("Password").fill(password);
    await expectSound(page, "3-begin");
    await press(page, "Begin");
    await heading(page, "Register your school").waitFor();
    await page.getByRole("heading", { name: "Find your school" }).waitFor();
  });

  it("looks for the school first, however its name is typed, and says when it is not here", async () => {
    const { page } = eleni;
    await page.getByLabel("Name, town or number").fill("OULU");
    await page.keyboard.press("Enter");
    await page.getByText("One school. Is it yours?").waitFor();
    await page.getByRole("button", { name: "Ask to join Oulun koulu" }).waitFor();
    await expectSound(page, "4-found");
    await page.getByLabel("Name, town or number").fill("Γυμνάσιο Βόλου");
    await page.getByLabel("Country").selectOption({ label: "Greece" });
    await press(page, "Find");
    await page.getByText("No school here has these words.").waitFor();
  });

  async function fillIn(page: Page): Promise<void> {
    await page.getByLabel("Name of the school").fill("5ο Γυμνάσιο Βόλου");
    await page.getByLabel("Kind of school").selectOption({ label: "Lower secondary" });
    await page.getByLabel("School number").fill("35 01 234");
    await page.getByLabel("Country").selectOption({ label: "Greece" });
    await page.getByLabel("Region").selectOption({ label: "Θεσσαλία" });
    await page.getByLabel("Street and number").fill("Οδός Ιάσονος 12");
    await page.getByLabel("Town").fill("Βόλος");
    await page.getByRole("group", { name: "Other languages (optional)" }).locator("summary").click();
    await page.getByLabel("English", { exact: true }).check();
    await page.getByRole("group", { name: "Subjects (optional)" }).locator("summary").click();
    await page.getByLabel("Music", { exact: true }).check();
    await page.getByLabel("Youngest pupils").selectOption({ label: "12 years" });
    await page.getByLabel("Oldest pupils").selectOption({ label: "15 years" });
    await page.getByLabel("Number of pupils").fill("310");
    await page.getByLabel("Principal's name").fill("Μαρία Παππά");
  }

  it("keeps the form through a lost session and a reload, and names every field that does not fit", async () => {
    const { page, context } = eleni;
    await press(page, "Enter your school");
    await heading(page, "Enter your school").waitFor();
    await fillIn(page);
    await page.getByLabel("Principal's e-mail").fill(email);
    await press(page, "Send to the support service");
    await page.getByText("3 things need to be mended").waitFor();
    await page.getByText("The principal's e-mail has to be another one than yours.").first().waitFor();
    await expectSound(page, "5-form");
    await page.getByLabel("Principal's e-mail").fill("maria@volos.test");
    await page.getByLabel("What you do there").selectOption({ label: "Teacher" });
    await page.getByLabel("All of this is true").check();

    await context.clearCookies();
    await press(page, "Send to the support service");
    await page.getByText("You were signed out meanwhile.").waitFor();
    await press(page, "Sign in again");
    await heading(page, "Sign in to see this page").waitFor();
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await press(page, "Sign in");
    await page.getByText("It is as you left it.").waitFor();
    await page.goto(front.url);
    await heading(page, "Good day, Ελένη Δημητρίου").waitFor();
    await page.getByText("You belong to no school yet.").waitFor();
    await expectSound(page, "6-home");
    await page.getByRole("link", { name: "Register your school" }).click();
    await page.getByText("It is as you left it.").waitFor();
    expect(await page.getByLabel("Name of the school").inputValue()).to.equal("5ο Γυμνάσιο Βόλου");
    expect(await page.getByLabel("Region").inputValue()).to.equal("GR-E");
    expect(await page.getByLabel("What you do there").inputValue()).to.equal("teacher");
    expect(await page.getByLabel("Language of lessons").inputValue()).to.equal("el");
    const others = page.getByRole("group", { name: "Other languages (optional)" }).locator("summary");
    expect(await others.textContent()).to.equal("English");
  });

  it("is sent once, however often the button is pressed, and says what happens next", async () => {
    const { page } = eleni;
    // What one declares is declared anew.
    await page.getByLabel("All of this is true").check();
    await page.getByRole("button", { name: "Send to the support service" }).dblclick();
    await heading(page, "Sent").waitFor();
    await page.getByText("The support service of Greece checks the school").waitFor();
    await page.getByText("Being checked").waitFor();
    await expectSound(page, "7-sent");
    const { rows } = await front.pool.query(
      "select number, region, languages, state from schools where country = 'GR'",
    );
    expect(rows).to.deep.equal([{ number: "3501234", region: "GR-E", languages: ["el", "en"], state: "submitted" }]);
    expect(await page.evaluate("localStorage.length")).to.equal(0);
  });

  it("hands in evidence that is asked for", async () => {
    const { page } = eleni;
    await decide("5ο Γυμνάσιο Βόλου", "evidenceWanted", "A letter from your principal, please.");
    await page.goto(`${front.url}/account`);
    await page.getByText("A letter from your principal, please.").waitFor();
    await press(page, "Hand it in");
    await page.getByText("Choose a file.").waitFor();
    await expectSound(page, "8-evidence");
    const file = page.getByLabel("Evidence for 5ο Γυμνάσιο Βόλου");
    await file.setInputFiles({
      name: "letter.pdf",
      mimeType: "application/pdf",
      buffer: Buffer.from("no letter at all"),
    });
    await press(page, "Hand it in");
    await page.getByText("Choose a PDF, a JPEG or a PNG file.").waitFor();
    await file.setInputFiles({ name: "letter.pdf", mimeType: "application/pdf", buffer: somePdf });
    await press(page, "Hand it in");
    await page.getByText("It is handed in.").waitFor();
    await page.getByText("Your evidence is there and waits to be looked at.").waitFor();
  });

  it("mends what was refused, and sees the school once it is validated", async () => {
    const { page } = eleni;
    await front.pool.query(
      "update schools set state = 'refused', state_reason = 'This number is of another school.' where country = 'GR'",
    );
    await page.reload();
    await page.getByText("This number is of another school.").waitFor();
    await page.getByRole("link", { name: "Mend the form of 5ο Γυμνάσιο Βόλου" }).click();
    await heading(page, "Change the school's form").waitFor();
    await page.getByLabel("School number").fill("3501235");
    await expectSound(page, "9-mend");
    await press(page, "Send again");
    await page.getByText("Sent to the support service again.").waitFor();
    await front.pool.query("update schools set state = 'validated' where country = 'GR'");
    await decide("5ο Γυμνάσιο Βόλου", "active");
    await page.reload();
    await page.getByText("You work here").waitFor();
    await page.getByText("3501235").waitFor();
    await expectSound(page, "10-school");
  });

  it("loses nothing when a colleague has saved meanwhile", async () => {
    const { page } = eleni;
    await press(page, "Change");
    await page.getByLabel("Number of pupils").fill("320");
    await page.getByLabel("Town").fill("Βόλος, Μαγνησία");
    await front.pool.query(
      "update schools set town = 'Νέα Ιωνία', website = 'https://gym5.example', version = version + 1 where country = 'GR'",
    );
    await press(page, "Save");
    await page.getByText("Somebody else has saved changes meanwhile").waitFor();
    await page.getByText("Town: they wrote “Νέα Ιωνία”").waitFor();
    expect(await page.getByLabel("Town").inputValue()).to.equal("Βόλος, Μαγνησία");
    expect(await page.getByLabel("Website").inputValue()).to.equal("https://gym5.example");
    await expectSound(page, "11-meanwhile");
    await press(page, "Save");
    await page.getByText("Saved.").waitFor();
    const { rows } = await front.pool.query(
      "select town, website, pupil_count as pupils from schools where country = 'GR'",
    );
    expect(rows).to.deep.equal([{ town: "Βόλος, Μαγνησία", website: "https://gym5.example", pupils: 320 }]);
  });

  it("asks to join a second school, and leaves one after being asked", async () => {
    const { page } = eleni;
    await page.goto(`${front.url}/register`);
    await page.getByLabel("Name, town or number").fill("oulun");
    await press(page, "Find");
    await press(page, "Ask to join Oulun koulu");
    const dialog = page.getByRole("dialog", { name: "Ask to join Oulun koulu" });
    await dialog.getByRole("button", { name: "Ask to join" }).click();
    await dialog.getByText("Choose one.").waitFor();
    await dialog.getByLabel("What you do there").selectOption({ label: "Librarian" });
    await expectSound(page, "12-join");
    await dialog.getByRole("button", { name: "Ask to join" }).click();
    await heading(page, "Sent").waitFor();
    await press(page, "Withdraw from Oulun koulu");
    await page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
    await page.getByRole("button", { name: "Withdraw from Oulun koulu" }).waitFor({ state: "detached" });
    await page.goto(`${front.url}/account`);
    await press(page, "Leave 5ο Γυμνάσιο Βόλου");
    await expectSound(page, "13-leave");
    await page.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
    await page.getByText("You have left 5ο Γυμνάσιο Βόλου.").waitFor();
    await page.getByText("You belong to no school yet.").waitFor();
  });

  it("offers the school that has a number already", async () => {
    const { page } = eleni;
    await page.goto(`${front.url}/register`);
    await press(page, "Enter your school");
    await fillIn(page);
    await page.getByLabel("School number").fill("350 1235");
    await page.getByLabel("Principal's e-mail").fill("maria@volos.test");
    await page.getByLabel("What you do there").selectOption({ label: "Teacher" });
    await page.getByLabel("All of this is true").check();
    await press(page, "Send to the support service");
    await page.getByText("There is already a school with this number in this country.").waitFor();
    await page.getByRole("button", { name: "Ask to join 5ο Γυμνάσιο Βόλου" }).waitFor();
    await expectSound(page, "14-number");
  });
});
