/**
 * A project's first month, for two teachers and four pupils of two schools, two of them on telephones: everything by the
 * pages alone, as they would do it, with a real meeting in it whose replay each finds afterwards according to their rights.
 */
import { expect } from "chai";
import { pino } from "pino";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { readSettings } from "../../config/settings.ts";
import { type RunningRecorder, startRecorder } from "../../recorder/main.ts";
import { eventually } from "../support/eventually.ts";
import { People, type Person, phone } from "../support/people.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { expectSound } from "../support/sound.ts";
import { toolPaths } from "../support/tools.ts";

const space = "/twinspace/two-rivers";
const meetingTitle = "Whose river is colder?";
const roster = {
  aveiro: ["Beatriz Carvalhosa", "Tomás Figueirinha"],
  oulu: ["Aino Väisälä", "Eetu Karppanen"],
} as const;
type SchoolName = keyof typeof roster;

/** What stands on a pupil's login card. */
interface Card {
  name: string;
  alias: string;
  code: string;
  secret: string[];
}

describe("a project's first month", function () {
  this.timeout(240_000);
  // Each goes on where the one before it has ended.
  this.bail(true);
  let server: TestServer;
  let recorder: RunningRecorder;
  let people: People;
  let ana: Person;
  let mikko: Person;
  const cards: Record<SchoolName, Card[]> = { aveiro: [], oulu: [] };
  /** By the name on their card. The first of each school has a telephone. */
  const pupils = new Map<string, Person>();

  before(async () => {
    const secret = "a-secret-of-this-test-alone";
    server = await startTestServer({ TWINLIGHT_DEMO: "1", RECORDER_SECRET: secret });
    recorder = await startRecorder(
      readSettings({
        ...{ DATA_DIR: server.dataDir, DATABASE_URL: server.databaseUrl, RECORDER_SECRET: secret, TWINLIGHT_DEMO: "1" },
        ...toolPaths(),
      }),
      pino({ level: "silent" }),
      server.url,
    );
    people = await People.open(() => server.url);
    ana = await people.somebody({ signedInAs: "ana@aveiro.demo" });
    mikko = await people.somebody({ signedInAs: "mikko@oulu.demo" });
  });
  after(async () => {
    await people?.close();
    await recorder?.close();
    await server?.end();
  });
  afterEach(async function () {
    if (this.currentTest?.isFailed()) await people.leavePictures(this.currentTest.title);
    expect(people.complaints().join("\n")).to.equal("");
  });

  const goes = ({ page }: Person, path: string) => page.goto(`${server.url}${path}`);
  const link = ({ page }: Person, name: string | RegExp) => page.getByRole("link", { name });
  const heading = ({ page }: Person, name: string | RegExp) => page.getByRole("heading", { name }).first().waitFor();
  const replayLink = (person: Person) => link(person, `Replay of ${meetingTitle}`);
  const pupil = (school: SchoolName, which: 0 | 1): Person => {
    const person = pupils.get(roster[school][which]);
    if (!person) throw new Error("Nobody has signed in by that card yet");
    return person;
  };
  const aliasOf = (school: SchoolName, which: 0 | 1): string => cards[school][which]?.alias ?? "";

  async function readCards(page: Page): Promise<Card[]> {
    await page.getByRole("heading", { level: 1, name: "Login cards" }).waitFor();
    const read: Card[] = [];
    for (const card of await page.locator(".login-card").all()) {
      const texts = (selector: string) => card.locator(selector).allInnerTexts();
      const [name = "", alias = "", code = ""] = [
        (await texts(".login-card__name"))[0],
        (await texts(".login-card__alias"))[0],
        (await texts(".login-card__code"))[0],
      ];
      read.push({ name, alias, code, secret: await texts(".login-card__secret li > :last-child") });
    }
    return read;
  }

  async function makesPupils(teacher: Person, school: SchoolName): Promise<void> {
    await goes(teacher, `${space}/pupils`);
    await teacher.button("Add pupils").first().click();
    await teacher.box("Class list").fill(roster[school].join("\n"));
    await teacher.press("Go on to the aliases");
    await teacher.press("Make 2 accounts");
    cards[school] = await readCards(teacher.page);
    expect(cards[school].map(({ name }) => name)).to.deep.equal(roster[school]);
  }

  it("begins with login cards, which each teacher prints for their own class", async () => {
    await makesPupils(ana, "aveiro");
    await makesPupils(mikko, "oulu");
  });

  async function signsIn(card: Card, onPhone: boolean): Promise<Person> {
    const person = await people.somebody({ window: onPhone ? { viewport: phone, hasTouch: true } : {} });
    await goes(person, "/");
    await link(person, "Pupils: sign in with your card").click();
    await person.box("Your code").fill(card.code.toLowerCase());
    await person.press("Go on");
    for (const picture of card.secret) await person.press(picture);
    await person.press("Go in");
    await person.page.waitForURL(`${server.url}${space}`);
    return person;
  }

  it("lets four pupils in by their cards, two of them on telephones", async () => {
    for (const school of ["aveiro", "oulu"] as const) {
      for (const [which, card] of cards[school].entries()) pupils.set(card.name, await signsIn(card, which === 0));
    }
    const { page } = pupil("oulu", 0);
    await expectSound(page, "month-home-of-pupil");
  });

  it("has pupils and teachers talk in the forum", async () => {
    await goes(ana, `${space}/forum`);
    await ana.button("Open a discussion").first().click();
    await ana.page.getByLabel("Name").fill("Birds on our rivers");
    await ana.page.getByLabel("What it is for").fill("Tell each other what you saw.");
    await ana.button("Open a discussion").first().click();
    await ana.button("Start a thread").first().click();
    await ana.page.getByLabel("Subject").fill("Who has seen a kingfisher?");
    await ana.page.getByLabel("What you want to ask or say").fill("We look every Monday.");
    await ana.button("Start a thread").first().click();
    await heading(ana, "Who has seen a kingfisher?");
    const eager = pupil("oulu", 0);
    await goes(eager, `${space}/forum`);
    await link(eager, "Birds on our rivers").click();
    await link(eager, "Who has seen a kingfisher?").click();
    await eager.page.getByLabel("Your answer").fill("Two of them, on a branch over the ice.");
    await eager.button("Answer").first().click();
    await eager.page.getByRole("listitem").getByText("Two of them, on a branch over the ice.").waitFor();
    await ana.page.reload();
    await ana.sees("Two of them, on a branch over the ice.");
    await ana.sees(aliasOf("oulu", 0));
  });

  it("has a pupil send a photograph from a telephone, and a teacher say who is on it", async () => {
    const sender = pupil("aveiro", 0);
    await goes(sender, `${space}/materials`);
    const [chooser] = await Promise.all([
      sender.page.waitForEvent("filechooser"),
      sender.button("Upload files").last().click(),
    ]);
    const buffer = await sharp({ create: { width: 800, height: 600, channels: 3, background: "#7aa7b8" } })
      .jpeg()
      .toBuffer();
    await chooser.setFiles([{ name: "vouga.jpg", mimeType: "image/jpeg", buffer }]);
    const form = sender.page.getByRole("region", { name: "Describe vouga.jpg" });
    await form.getByLabel("What is to be seen").fill("The Vouga in the morning");
    await form.getByRole("button", { name: "Save", exact: true }).click();
    await form.waitFor({ state: "detached" });
    await goes(mikko, `${space}/materials`);
    await link(mikko, /vouga/).first().click();
    await mikko.page.getByRole("img", { name: "The Vouga in the morning" }).waitFor();
  });

  it("has both teachers write one page at the same time, which pupils read", async () => {
    const text = ({ page }: Person) => page.getByRole("textbox", { name: "Text of the page" });
    await goes(ana, `${space}/pages`);
    await ana.button("New page").first().click();
    await ana.page.getByLabel("Title").fill("What we found in the first month");
    await ana.page.getByLabel("It is a draft").uncheck();
    await ana.page.getByLabel("Title").press("Enter");
    await text(ana).waitFor();
    await mikko.page.goto(ana.page.url());
    await text(mikko).waitFor();
    await text(ana).focus();
    await text(mikko).focus();
    await Promise.all([
      ana.page.keyboard.type("At the Vouga: eels."),
      mikko.page.keyboard.type("At the Oulujoki: ice."),
    ]);
    for (const teacher of [ana, mikko]) {
      for (const words of ["At the Vouga: eels.", "At the Oulujoki: ice."]) {
        await eventually(async () => ((await text(teacher).textContent()) ?? "").includes(words));
      }
    }
    await goes(pupil("oulu", 0), `${space}/pages`);
    await link(pupil("oulu", 0), "What we found in the first month").first().click();
    await heading(pupil("oulu", 0), "What we found in the first month");
    await expectSound(pupil("oulu", 0).page, "month-page-of-pupil");
  });

  it("has its dates in a calendar, with both schools' clocks", async () => {
    await goes(mikko, `${space}/calendar?view=month&day=2027-01-20`);
    await mikko.page.getByRole("button", { name: /^Add a date on/ }).click();
    await mikko.page.getByLabel("Title").fill("Ice is measured");
    await mikko.page.getByRole("dialog").getByRole("button", { name: "Add a date", exact: true }).click();
    await mikko.sees("One date was added.");
    await goes(pupil("aveiro", 0), `${space}/calendar?view=list&day=2027-01-20`);
    await pupil("aveiro", 0).sees("Ice is measured");
  });

  it("has a meeting booked, to which all come by their own place", async () => {
    await goes(ana, `${space}/meetings`);
    await link(ana, "Book a meeting").first().click();
    await ana.box("Title").fill(meetingTitle);
    await ana.page.getByRole("radio", { name: "All teachers and pupils of the project" }).check();
    await ana.page.getByRole("checkbox", { name: "Recorded" }).check();
    await ana.press("Start now");
    await link(ana, "Open the meeting").click();
    await ana.hasCamera();
    await ana.press("Join");
    await ana.isInRoom();
    const joins = async (person: Person) => {
      await goes(person, `${space}/meetings`);
      await link(person, `Join “${meetingTitle}”`).click();
      await person.hasCamera();
      await person.press("Join");
    };
    await joins(mikko);
    await mikko.isInRoom();
    for (const person of pupils.values()) {
      await joins(person);
      await person.isInLobby();
    }
    const all = [...cards.aveiro, ...cards.oulu].map(({ alias }) => alias);
    for (const name of all) await ana.press(`Admit ${name}`);
    await ana.seesPeople("Ana (you)", "Mikko", ...all);
  });

  it("gives pupils of both schools the floor, and keeps what they show", async () => {
    for (const [school, which] of [
      ["oulu", 0],
      ["aveiro", 1],
    ] as const) {
      const speaker = pupil(school, which);
      await speaker.raisesHand();
      await speaker.button("Finish turn").waitFor();
      for (const watcher of [ana, mikko]) await watcher.seesSpeaker(aliasOf(school, which));
      await pupil(school === "oulu" ? "aveiro" : "oulu", 0).seesPicture(aliasOf(school, which));
      await speaker.finishesTurn();
    }
    await mikko.says("Thank you all");
    await pupil("aveiro", 0).page.waitForTimeout(0);
    await ana.press("End meeting for all");
    await ana.confirms("End meeting");
    await heading(ana, "The meeting has ended");
  });

  async function findsReplay(person: Person, finds: boolean): Promise<void> {
    await eventually(async () => {
      await goes(person, `${space}/meetings`);
      await link(person, meetingTitle).first().waitFor();
      expect(await replayLink(person).count()).to.equal(finds ? 1 : 0);
      return true;
    });
  }

  it("leaves a replay that teachers find at once, and pupils when it is opened to them", async () => {
    await findsReplay(mikko, true);
    for (const person of pupils.values()) await findsReplay(person, false);
    await goes(ana, `${space}/meetings`);
    await replayLink(ana).click();
    await ana.page.getByRole("button", { name: /May watch|Who may watch/ }).click();
    await ana.page.getByRole("menuitemradio", { name: "Members of the project", exact: true }).click();
    for (const person of pupils.values()) await findsReplay(person, true);
    const watcher = pupil("aveiro", 0);
    await replayLink(watcher).click();
    await heading(watcher, meetingTitle);
    await watcher.page.getByRole("slider", { name: "Position" }).waitFor();
    await expectSound(watcher.page, "month-replay-of-pupil");
  });

  it("publishes the page that both wrote, for strangers to read without any script", async () => {
    await goes(ana, `${space}/publish`);
    await ana.press("Publish: What we found in the first month");
    await ana.page.getByRole("button", { name: "Withdraw: What we found in the first month" }).waitFor();
    const stranger = await people.somebody({ window: { viewport: phone, javaScriptEnabled: false } });
    await stranger.page.goto(`${server.url}/p/two-rivers`);
    await link(stranger, "What we found in the first month").first().click();
    await heading(stranger, "What we found in the first month");
    await stranger.sees("At the Vouga: eels.");
    const shown = (await stranger.page.locator("body").textContent()) ?? "";
    for (const { name, alias } of [...cards.aveiro, ...cards.oulu]) {
      expect(shown).not.to.include(name);
      expect(shown).not.to.include(alias);
    }
  });

  it("never shows one school the names of the other's children", async () => {
    const sections = ["", "/pages", "/materials", "/forum", "/chat", "/calendar", "/meetings", "/members", "/pupils"];
    for (const [person, foreign] of [
      [mikko, roster.aveiro],
      [ana, roster.oulu],
      [pupil("oulu", 1), [...roster.aveiro, ...roster.oulu]],
    ] as const) {
      for (const section of sections) {
        await goes(person, `${space}${section}`);
        await person.page.locator("h1").first().waitFor();
        await person.page.waitForLoadState("networkidle");
        const shown = (await person.page.locator("body").textContent()) ?? "";
        for (const name of foreign) expect(shown, `${section} as ${person.page.url()}`).not.to.include(name);
      }
    }
  });
});
