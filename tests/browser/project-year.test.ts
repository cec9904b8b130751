/**
 * A project's year as its report card tells it: two schools write, two meetings write by themselves, a support service answers, a
 * silence is noticed, the year is summed up half-way and at its end, a stranger reads of it, and a teacher is given the Quality
 * Label at the second try. By the pages alone, as people would do it.
 */
import { expect } from "chai";
import type { Locator } from "playwright-core";
import { remind } from "../../server/reports/reminders.ts";
import { eventually } from "../support/eventually.ts";
import { People, type Person, phone } from "../support/people.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { expectSound } from "../support/sound.ts";
import { verifyBadge } from "../support/verifyBadge.ts";

const space = "/twinspace/two-rivers";
const card = `${space}/report`;
const dayMs = 86_400_000;
const meetings = ["Whose river is colder?", "What did the ice leave behind?"] as const;
const question = "May we show the otter film to the town?";
const answer = "Yes, once everybody on it has agreed to it.";

describe("a project's year", function () {
  this.timeout(240_000);
  // Each goes on where the one before it has ended.
  this.bail(true);
  let server: TestServer;
  let people: People;
  let ana: Person;
  let mikko: Person;
  /** Of the support service of Portugal. */
  let paula: Person;

  before(async () => {
    server = await startTestServer({ TWINLIGHT_DEMO: "1" });
    people = await People.open(() => server.url);
    ana = await people.somebody({ signedInAs: "ana@aveiro.demo" });
    mikko = await people.somebody({ signedInAs: "mikko@oulu.demo", window: { viewport: phone, hasTouch: true } });
    paula = await people.somebody({ signedInAs: "nss.pt@demo" });
  });
  after(async () => {
    await people?.close();
    await server?.end();
  });
  afterEach(async function () {
    if (this.currentTest?.isFailed()) await people.leavePictures(this.currentTest.title);
    expect(people.complaints().join("\n")).to.equal("");
  });

  const goes = ({ page }: Person, path: string) => page.goto(`${server.url}${path}`);
  const link = ({ page }: Person, name: string | RegExp) => page.getByRole("link", { name });
  const heading = ({ page }: Person, name: string | RegExp) => page.getByRole("heading", { name }).first().waitFor();
  const field = ({ page }: Person, name: string) => page.getByRole("textbox", { name, exact: true });
  const saved = ({ page }: Person) => page.getByText("Saved", { exact: true }).first().waitFor();

  /** Begins an entry of this kind from the card, fills in what it is told, and shares it with the services. */
  async function tells(person: Person, kind: string, fields: Record<string, string>): Promise<void> {
    await goes(person, card);
    const write = person.page.getByRole("button", { name: /^Write (an|the first) entry$/ });
    await write.first().click();
    await person.page.getByRole("button", { name: new RegExp(`^${kind}`) }).click();
    await person.page.waitForURL(/\/edit$/);
    for (const [name, words] of Object.entries(fields)) await field(person, name).fill(words);
    await saved(person);
    await person.button("Share").first().click();
    await person.page.waitForURL(`${server.url}${card}`);
    await heading(person, fields.Title ?? "");
  }

  it("is told by both schools, in a minute, from a telephone as well", async () => {
    await tells(ana, "Activity", {
      Title: "We measured the Vouga",
      "What was done": "Thirteen degrees, and salty where the sea comes in.",
      "Pupils of Escola de Aveiro": "22",
    });
    await tells(mikko, "Result", {
      Title: "A map of ice",
      "What was done": "Every class drew the part of the river it had walked on.",
    });
    await goes(ana, card);
    await heading(ana, "A map of ice");
    await expectSound(ana.page, "year-card");
  });

  /** Both meet, one of them speaks, and it ends. */
  async function meet(title: string): Promise<void> {
    await goes(ana, `${space}/meetings`);
    await link(ana, "Book a meeting").first().click();
    await ana.box("Title").fill(title);
    await ana.press("Start now");
    await link(ana, "Open the meeting").click();
    await ana.hasCamera();
    await ana.press("Join");
    await ana.isInRoom();
    await goes(mikko, `${space}/meetings`);
    await link(mikko, `Join “${title}”`).click();
    await mikko.hasCamera();
    await mikko.press("Join");
    await mikko.isInRoom();
    await mikko.raisesHand();
    await mikko.button("Finish turn").waitFor();
    await mikko.finishesTurn();
    await ana.press("End meeting for all");
    await ana.confirms("End meeting");
    await heading(ana, "The meeting has ended");
  }

  it("has two meetings, which write their own entries of numbers without a name", async () => {
    for (const title of meetings) await meet(title);
    for (const title of meetings) {
      await eventually(async () => {
        await goes(paula, "/desk/reports");
        await link(paula, /Two rivers/)
          .first()
          .click();
        await heading(paula, "Two rivers");
        return (await paula.page.getByRole("heading", { name: title }).count()) > 0;
      });
    }
    const { rows } = await server.pool.query<{ counts: object }>(
      "select counts from report_entries where kind = 'meeting'",
    );
    expect(rows.length).to.be.at.least(meetings.length);
    expect(JSON.stringify(rows)).not.to.match(/Ana|Mikko/);
  });

  it("asks its support service something, which waits on the desk until it is answered", async () => {
    await goes(ana, card);
    await ana.button("Ask the support service").first().click();
    await ana.page.waitForURL(/\/edit$/);
    await field(ana, "Title").fill(question);
    await field(ana, "Question to the support service").fill("Two pupils have no consent for public pictures.");
    await saved(ana);
    await ana.button("Share").first().click();
    await ana.page.waitForURL(`${server.url}${card}`);
    await ana.sees(/^Waiting for .*since today/);

    await goes(paula, "/desk/reports");
    await link(paula, /Two rivers/)
      .first()
      .click();
    await paula.sees("Waits for you since today");
    await expectSound(paula.page, "year-desk");
    await paula.page.getByRole("button", { name: `Answer: ${question}` }).click();
    await paula.page.getByLabel("Your words").first().fill(answer);
    await paula.button("Send").first().click();
    await paula.sees("It was sent.");
    await goes(ana, card);
    await ana.sees(answer);
    expect(await ana.page.getByText(/^Waiting for/).count()).to.equal(0);
  });

  it("is remembered by letter when it has been silent for sixty days, once", async () => {
    const letters = async () => {
      const { rows } = await server.pool.query<{ to: string }>(
        `select to_address as "to" from mails where kind = 'reportSilent' order by to_address`,
      );
      return rows.map(({ to }) => to);
    };
    const remindedAfter = (days: number) =>
      remind({ pool: server.pool, origin: server.url, now: Date.now() + days * dayMs });
    await remindedAfter(59);
    expect(await letters()).to.deep.equal([]);
    await remindedAfter(61);
    expect(await letters()).to.include.members(["ana@aveiro.demo", "mikko@oulu.demo"]);
    const { length } = await letters();
    await remindedAfter(62);
    expect((await letters()).length).to.equal(length);
  });

  it("is summed up half-way and at its end from what was told, and read by the service", async () => {
    for (const [person, kind, title] of [
      [mikko, "Interim entry", "Half a year of ice"],
      [ana, "Final entry", "What two rivers taught us"],
    ] as const) {
      await goes(person, card);
      await person.button("Write an entry").first().click();
      await person.page.getByRole("button", { name: new RegExp(`^${kind}`) }).click();
      await person.page.waitForURL(/\/edit$/);
      await eventually(async () =>
        (await field(person, "What was done").inputValue()).includes("We measured the Vouga"),
      );
      await field(person, "Title").fill(title);
      await field(person, "What was learned, and how you know").fill("To ask in English, and to wait for the answer.");
      if (kind === "Final entry") await tagWithAll(person);
      await saved(person);
      await person.button("Share").first().click();
      await person.page.waitForURL(`${server.url}${card}`);
      await heading(person, title);
    }
    await goes(paula, "/desk/reports");
    await link(paula, /Two rivers/)
      .first()
      .click();
    await paula.press("Mark all as read");
    await goes(mikko, card);
    await mikko.sees("Your final entry was read. Nothing is wanted any more.");
    await mikko.sees("Read by Portugal");
  });

  /** The entry speaks for every criterion of the label. */
  async function tagWithAll({ page }: Person): Promise<void> {
    const criteria = page.getByRole("group", { name: /^Speaks for these criteria/ });
    await criteria.locator("summary").click();
    for (const box of await criteria.getByRole("checkbox").all()) await box.check();
  }

  it("is found by a stranger, who reads what was chosen and not a name", async () => {
    await goes(ana, `${card}/public`);
    const boxes: Locator = ana.page.getByRole("checkbox", { name: /^Choose / });
    await boxes.first().waitFor();
    for (const name of ["Choose We measured the Vouga", "Choose A map of ice", `Choose ${meetings[0]}`]) {
      await ana.page.getByRole("checkbox", { name }).check();
    }
    await ana.press("Publish 3 entries");
    await ana.sees("Published. Everybody who has the address reads it now.");
    const stranger = await people.somebody({ window: { viewport: phone, javaScriptEnabled: false } });
    await goes(stranger, "/projects/two-rivers/report");
    await heading(stranger, "We measured the Vouga");
    await heading(stranger, meetings[0]);
    const shown = (await stranger.page.locator("body").textContent()) ?? "";
    expect(shown).not.to.match(/\bAna\b|\bMikko\b|otter film/);
  });

  /** Ana fills in what an application wants, looks at it as reviewers will, and sends it. */
  async function applies(words: string): Promise<void> {
    const { page } = ana;
    for (const yes of await page.getByRole("radio", { name: "Yes", exact: true }).all()) await yes.check();
    for (const text of await page.getByRole("textbox", { name: /^Your words: / }).all()) await text.fill(words);
    for (const box of await page.getByRole("checkbox", { name: "What two rivers taught us" }).all()) await box.check();
    await saved(ana);
    await ana.press("Look at it and send");
    await page.getByRole("switch", { name: "If it is granted, my name may stand on the label" }).check();
    await ana.press("Send it");
    await ana.press("Yes, send it");
    await heading(ana, "It is sent");
  }

  /** Paula takes it in review and gives so many points for everything. */
  async function scores(points: number): Promise<void> {
    await goes(paula, "/desk/quality-labels");
    await link(paula, "Review: Two rivers, Ana").click();
    await paula.press("Take in review");
    const criteria = paula.page.getByRole("group", { name: /^Your points/ });
    await criteria.first().waitFor();
    for (const criterion of await criteria.all()) await criterion.getByRole("radio").nth(points).check();
    await saved(paula);
  }

  it("is applied for the Quality Label with, by its teacher, and refused with words that help", async () => {
    await goes(ana, `${card}/quality-label`);
    await ana.press("Begin an application");
    await ana.page.getByRole("heading", { name: "Five questions first" }).waitFor();
    await applies("We measured, and told each other.");
    await scores(1);
    await paula.page.getByLabel("What you write to the teacher").fill("Show what the pupils did together online.");
    await paula.press("Do not give it");
    await heading(paula, "The label was not given");
    await goes(ana, `${card}/quality-label`);
    await heading(ana, "Not granted this time");
    await ana.sees("Show what the pupils did together online.");
    await expectSound(ana.page, "year-not-granted");
  });

  it("is applied for again, granted, and verified by somebody else", async () => {
    await ana.press("Apply again");
    await ana.page.getByRole("heading", { name: "Five questions first" }).waitFor();
    await applies("Pairs of pupils, one of each school, kept one table of numbers and wrote what it means.");
    await scores(4);
    await paula.press("Give the label");
    await heading(paula, "The label was given");
    await goes(ana, `${card}/quality-label`);
    await link(ana, "Open the label").click();
    await heading(ana, "This label holds");
    const stranger = await people.somebody();
    await stranger.page.goto(ana.page.url());
    await heading(stranger, "This label holds");
    await stranger.sees("Ana");
    const [, code = ""] = /\/labels\/([^/?#]+)/.exec(ana.page.url()) ?? [];
    const answer = await fetch(`${server.url}/api/labels/${code}/badge.jwt?alg=EdDSA`);
    const json = async (address: string) => (await fetch(address)).json();
    const { payload } = await verifyBadge(await answer.text(), json);
    expect(JSON.stringify(payload)).to.include("Quality Label");
  });
});
