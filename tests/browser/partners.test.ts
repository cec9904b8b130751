import { expect } from "chai";
import { addAccount } from "../../server/accounts/accounts.ts";
import { hashPassword } from "../../server/accounts/passwords.ts";
import { schoolOfName } from "../../server/accounts/schools.ts";
import { newId } from "../../server/ids.ts";
import { desk, People, type Person, phone } from "../support/people.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

const password = "seven rivers meet";

describe("two teachers who look for a partner", function () {
  this.timeout(120_000);
  let server: TestServer;
  let people: People;
  let ana: Person;
  let eleni: Person;

  before(async () => {
    server = await startTestServer();
    people = await People.open(() => server.url);
    await teacher("Ana Sousa", "ana@example.org", { name: "Escola de Aveiro", town: "Aveiro", country: "PT" });
    await teacher("Ελένη Παππά", "eleni@example.org", { name: "3ο Δημοτικό Σχολείο", town: "Βόλος", country: "GR" });
    await server.pool.query(
      "update schools set available = true, age_min = 9, age_max = 12, languages = '{en,el}', subjects = '{music}'",
    );
    ana = await people.somebody();
    eleni = await people.somebody({ window: { viewport: phone } });
    await ana.signsIn("ana@example.org", password);
    await eleni.signsIn("eleni@example.org", password);
  });

  after(async () => {
    await people?.close();
    await server?.end();
  });

  afterEach(async function () {
    if (this.currentTest?.state === "failed") await people.leavePictures(this.currentTest.title);
    expect(people.complaints().join("\n")).to.equal("");
  });

  async function teacher(name: string, email: string, at: { name: string; town: string; country: string }) {
    const school = (await schoolOfName(server.pool, at)).id;
    const passwordHash = await hashPassword(password);
    const id = newId();
    await addAccount(server.pool, {
      ...{ id, email, name, role: "teacher", school, country: null, passwordHash, timeZone: "Europe/Lisbon" },
    });
  }

  async function isSoundEverywhere(person: Person) {
    for (const size of [desk, phone]) {
      await person.page.setViewportSize(size);
      await person.isSound();
    }
  }

  it("say that they are available", async () => {
    for (const person of [ana, eleni]) {
      await person.page.goto(`${server.url}/account`);
      const part = person.page.getByRole("region", { name: "As a partner" });
      await part.getByRole("checkbox", { name: "I am available for projects" }).check();
      await part.getByLabel("About me").fill("I teach music and rivers.");
      await part.getByRole("button", { name: "Save my profile" }).click();
      await part.getByText("Your profile is saved.").waitFor();
    }
    await isSoundEverywhere(ana);
    await ana.page.setViewportSize(desk);
  });

  it("read what to loosen when nobody fits", async () => {
    await ana.page.goto(`${server.url}/partners?words=Volos&country=FI`);
    await ana.sees("No school fits all of this");
    await isSoundEverywhere(ana);
    await ana.page.setViewportSize(desk);
    await ana.page.getByRole("link", { name: "Without Country" }).click();
    await ana.sees("3ο Δημοτικό Σχολείο");
  });

  it("find each other with a typing error, and ask", async () => {
    await ana.page.goto(`${server.url}/partners`);
    await ana.page.getByLabel("Words").fill("Βολλος");
    await ana.press("Search");
    await ana.page.getByRole("article", { name: "3ο Δημοτικό Σχολείο" }).waitFor();
    await ana.sees("“βολλος” is read as βολος");
    expect(await ana.page.getByLabel("Words").inputValue()).to.equal("Βολλος");
    await isSoundEverywhere(ana);
    await ana.shot("partners");
    await ana.page.setViewportSize(desk);
    await ana.press("Ask for contact: Ελένη Παππά");
    await ana.page.getByLabel("Your words").fill("Good day");
    await ana.isSound();
    await ana.press("Send");
    await ana.sees("Write at least 20 letters");
    await ana.page
      .getByLabel("Your words")
      .fill("Good day, our class sings songs about its river. Would yours sing with us?");
    await ana.press("Send");
    await ana.sees("Ελένη Παππά was asked.");
    await ana.page.getByText("Asked", { exact: true }).waitFor();
  });

  it("agree, and see each other's address only then", async () => {
    await eleni.page.goto(`${server.url}/contacts`);
    await eleni.sees("our class sings songs");
    expect(await eleni.page.content()).to.not.contain("ana@example.org");
    await isSoundEverywhere(eleni);
    await eleni.press("Accept Ana Sousa");
    await eleni.page.getByRole("link", { name: "ana@example.org" }).waitFor();
    await eleni.shot("contacts");
    await ana.page.goto(`${server.url}/contacts`);
    await ana.page.getByRole("link", { name: "eleni@example.org" }).waitFor();
    const project = ana.page.getByRole("link", { name: "Start a project with Ελένη Παππά" });
    expect(await project.getAttribute("href")).to.match(/^\/projects\/new\?with=[\w-]+$/);
    await isSoundEverywhere(ana);
    await ana.page.setViewportSize(desk);
  });

  it("write a notice that the other one replies to", async () => {
    await ana.page.goto(`${server.url}/partners/notices/new`);
    await ana.press("Publish");
    await ana.sees("3 things need to be mended");
    await isSoundEverywhere(ana);
    await ana.page.setViewportSize(desk);
    await ana.page.getByLabel("Title").fill("Two rivers sing");
    await ana.page
      .getByLabel("Your idea")
      .fill("We look for a class that sings with ours about the river of its town.");
    await ana.page.getByRole("checkbox", { name: "English" }).check();
    await ana.press("Publish");
    await ana.page.getByRole("heading", { level: 1, name: "Two rivers sing" }).waitFor();
    await ana.sees("No reply yet.");
    await isSoundEverywhere(ana);

    await eleni.page.goto(`${server.url}/partners/notices`);
    await eleni.page.getByRole("link", { name: "Two rivers sing" }).waitFor();
    await isSoundEverywhere(eleni);
    await eleni.shot("notices");
    await eleni.page.getByRole("link", { name: "Two rivers sing" }).click();
    await eleni.press("Reply");
    await eleni.page.getByLabel("Your words").fill("We sing about our river too, every Friday morning.");
    await eleni.press("Send");
    await eleni.sees("You have replied.");
    await isSoundEverywhere(eleni);
    await ana.page.reload();
    await ana.sees("every Friday morning");
  });

  it("save a search", async () => {
    await ana.page.setViewportSize(desk);
    await ana.page.goto(`${server.url}/partners?words=Riga`);
    await ana.page.getByLabel("Name of the search").fill("Riga");
    await ana.press("Save this search");
    await ana.page.getByRole("switch", { name: "Letters for Riga" }).waitFor();
    await isSoundEverywhere(ana);
  });

  it("end the letters of a search by the link in them, without signing in", async () => {
    const { rows } = await server.pool.query<{ token: string }>("select stop_token as token from saved_searches");
    const somebody = await people.somebody();
    await somebody.page.goto(`${server.url}/partners/stop#k=${rows[0]?.token}`);
    await somebody.button("End the letters").waitFor();
    await isSoundEverywhere(somebody);
    await somebody.press("End the letters");
    await somebody.sees("There are no more letters for “Riga”.");
    await isSoundEverywhere(somebody);
    await ana.page.reload();
    const letters = ana.page.getByRole("switch", { name: "Letters for Riga" });
    await letters.waitFor();
    expect(await letters.isChecked()).to.equal(false);
  });

  it("begin a project with the contact as its partner", async () => {
    await ana.page.goto(`${server.url}/contacts`);
    await ana.page.getByRole("link", { name: "Start a project with Ελένη Παππά" }).click();
    await ana.sees("Your partner will be Ελένη Παππά of 3ο Δημοτικό Σχολείο.");
    await isSoundEverywhere(ana);
    await ana.page.setViewportSize(desk);
    await ana.press("Begin the draft");
    await ana.page
      .getByRole("navigation", { name: "Steps" })
      .getByRole("link", { name: /Partner/ })
      .click();
    await ana.sees("Ελένη Παππά writes with you.");
  });

  it("block, and take that back", async () => {
    await eleni.page.goto(`${server.url}/contacts`);
    await eleni.press("Block Ana Sousa");
    const asked = eleni.page.getByRole("dialog", { name: "Block Ana Sousa?" });
    await asked.getByText("They are not told.").waitFor();
    await asked.getByRole("button", { name: "Block", exact: true }).click();
    await eleni.sees("You blocked Ana Sousa.");
    await isSoundEverywhere(eleni);
    await eleni.press("Take back that Ana Sousa is blocked");
    await eleni.sees("No contact yet.");
    await isSoundEverywhere(eleni);
  });
});
