import { expect } from "chai";
import { sessionCookie } from "../../server/accounts/sessions.ts";
import { hashOfToken } from "../../server/accounts/tokens.ts";
import { eventually } from "../support/eventually.ts";
import { People, type Person, phone } from "../support/people.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { expectSound } from "../support/sound.ts";

const space = "/twinspace/two-rivers";
const title = "Whose otter is bigger?";

describe("a meeting of a TwinSpace", function () {
  this.timeout(180_000);
  // Each goes on where the one before it has ended.
  this.bail(true);
  let server: TestServer;
  let people: People;
  let ana: Person;
  let mikko: Person;
  /** Of Oulu, on a telephone; comes. */
  let otter: Person;
  /** Of Aveiro; could have come, and does not. */
  let kingfisher: Person;

  before(async () => {
    server = await startTestServer({ TWINLIGHT_DEMO: "1" });
    people = await People.open(() => server.url);
    ana = await people.somebody({ signedInAs: "ana@aveiro.demo" });
    mikko = await people.somebody({ signedInAs: "mikko@oulu.demo" });
    otter = await pupil("test-otter", "Otter of the test", "FI", { viewport: phone });
    kingfisher = await pupil("test-kingfisher", "Kingfisher of the test", "PT");
  });
  after(async () => {
    await people?.close();
    await server?.end();
  });
  afterEach(async function () {
    if (this.currentTest?.isFailed()) await people.leavePictures(this.currentTest.title);
    expect(people.complaints().join("\n")).to.equal("");
  });

  /** Signed in already: how they sign in is the matter of another test. */
  async function pupil(id: string, alias: string, country: string, window = {}): Promise<Person> {
    await server.pool.query(
      `insert into pupils (id, project_id, school_id, alias, picture, login_code, secret_kind)
       select $1, p.id, s.school_id, $2, 'otter', $1, 'word'
       from projects p join project_schools s on s.project_id = p.id where p.slug = 'two-rivers' and s.country = $3`,
      [id, alias, country],
    );
    await server.pool.query(
      "insert into sessions (token_hash, pupil_id, expires_at) values ($1, $2, now() + interval '1 hour')",
      [hashOfToken(`session-of-${id}`), id],
    );
    const person = await people.somebody({ window });
    await person.page.context().addCookies([{ name: sessionCookie, value: `session-of-${id}`, url: server.url }]);
    return person;
  }
  const goes = (person: Person, path: string) => person.page.goto(`${server.url}${path}`);
  const link = (person: Person, name: string | RegExp) => person.page.getByRole("link", { name });
  const heading = (person: Person, name: string) => person.page.getByRole("heading", { name, exact: true });
  const replayLink = (person: Person) => link(person, `Replay of ${title}`);

  it("is booked from the TwinSpace by a founder, who says what it is for and who may come", async () => {
    await goes(ana, `${space}/meetings`);
    await heading(ana, "Past").waitFor();
    await link(ana, "Book a meeting").first().click();
    await heading(ana, "Book a meeting").waitFor();
    await heading(ana, "For whom").waitFor();
    await ana.box("Title").fill(title);
    await ana.box("What for").fill("We compare what we found at our rivers.");
    await ana.page.getByRole("radio", { name: "Some of them" }).check();
    await ana.press("Book");
    await ana.sees("Choose at least one school, role or person.");
    await expectSound(ana.page, "space-meeting-booking");
    await ana.page.getByRole("radio", { name: "All teachers and pupils of the project" }).check();
    await ana.page.getByRole("checkbox", { name: "Recorded" }).check();
    await ana.press("Start now");
    await heading(ana, title).waitFor();
    await ana.sees("Members of the project come without a link.");
    await expectSound(ana.page, "space-meeting-booked");
  });

  it("is opened to others and back again on its page, by whoever arranges the project's meetings", async () => {
    await goes(mikko, `${space}/meetings`);
    await link(mikko, title).first().click();
    await mikko.press("Change who may come");
    const dialog = mikko.page.getByRole("dialog", { name: "Change who may come" });
    await dialog.getByRole("radio", { name: "Some of them" }).check();
    await mikko.confirms("Save");
    await dialog.getByText("Choose at least one school, role or person.").waitFor();
    await dialog.getByText("Nobody else").click();
    await dialog.getByRole("checkbox", { name: /^Kingfisher of the test/ }).check();
    await dialog.getByRole("group", { name: "As what" }).getByText("None", { exact: true }).click();
    await dialog.getByRole("checkbox", { name: "experts" }).check();
    await expectSound(mikko.page, "space-meeting-who");
    await mikko.confirms("Save");
    await mikko.sees("experts.");
    await mikko.page.getByRole("list", { name: "Asked by name" }).getByText("Kingfisher of the test").waitFor();
    await goes(otter, `${space}/meetings`);
    await heading(otter, "Past").waitFor();
    expect(await link(otter, title).count()).to.equal(0);
    await mikko.press("Change who may come");
    await dialog.getByRole("radio", { name: "All teachers and pupils of the project" }).check();
    await mikko.confirms("Save");
    await mikko.sees("All teachers and pupils of the project.");
  });

  it("is found by pupils in their TwinSpace, who are told to wait until it is opened", async () => {
    await goes(otter, `${space}/meetings`);
    await link(otter, `Join “${title}”`).waitFor();
    await expectSound(otter.page, "space-meetings-of-pupil");
    expect(await link(otter, "Book a meeting").count()).to.equal(0);
    await link(otter, `Join “${title}”`).click();
    await otter.sees("You are Otter of the test here");
    expect(await otter.box("Your name").count()).to.equal(0);
    await otter.isSound();
    await otter.shot("space-meeting-door");
    await otter.hasCamera();
    await otter.press("Join");
    await otter.sees("This meeting has not begun yet");
    expect(await otter.button("Open the meeting").count()).to.equal(0);
  });

  it("is joined by a pupil without a link and under their alias once the chair has opened it", async () => {
    await link(ana, "Open the meeting").click();
    await ana.hasCamera();
    await ana.press("Join");
    await ana.isInRoom();
    await otter.isInLobby();
    await ana.press("Admit Otter of the test");
    await otter.isInRoom();
    await ana.seesPeople("Ana (you)", "Otter of the test");
  });

  it("gives the pupil the floor, who is seen and heard, and writes", async () => {
    await otter.raisesHand();
    await otter.button("Finish turn").waitFor();
    await ana.seesSpeaker("Otter of the test");
    await ana.seesPicture("Otter of the test");
    await otter.finishesTurn();
    await ana.seesNobodySpeak();
    await ana.says("Thank you, Otter!");
    await ana.reads("Thank you, Otter!");
  });

  it("lets nobody in who has no place in the project, and offers to sign in", async () => {
    const stranger = await people.somebody();
    await goes(stranger, `/m/${await codeOf()}`);
    await heading(stranger, "This meeting is for members of a project").waitFor();
    await stranger.isSound();
    await stranger.shot("space-meeting-stranger");
    await stranger.page.context().close();
  });

  it("takes the seat of a pupil whose teacher locks them", async () => {
    await server.pool.query("update pupils set state = 'locked' where id = 'test-otter'");
    await otter.page.getByText(/You are not in this project any more/).waitFor();
    await otter.isSound();
    await server.pool.query("update pupils set state = 'active' where id = 'test-otter'");
  });

  it("leaves its length and how many came, and its replay to those it was opened to", async () => {
    await ana.press("End meeting for all");
    await ana.confirms("End meeting");
    await heading(ana, "The meeting has ended").waitFor();
    for (const person of [otter, kingfisher]) {
      await goes(person, `${space}/meetings`);
      await link(person, title).first().waitFor();
      expect(await replayLink(person).count()).to.equal(0);
    }
    await goes(mikko, `${space}/meetings`);
    await replayLink(mikko).waitFor();
    await expectSound(mikko.page, "space-meetings-past");

    const opens = async (name: string) => {
      await goes(ana, `/r/${await codeOf()}`);
      await ana.page.getByRole("button", { name: /May watch|Who may watch/ }).click();
      await ana.page
        .getByRole("menuitemradio", { name, exact: true })
        .or(ana.page.getByRole("menuitem", { name, exact: true }))
        .click();
    };
    await opens("Who was in the room");
    await findsReplay(otter, true);
    await findsReplay(kingfisher, false);
    await opens("Members of the project");
    await findsReplay(kingfisher, true);
    await replayLink(kingfisher).click();
    await heading(kingfisher, title).waitFor();
    await kingfisher.isSound();
  });

  it("says to members how many came, and to teachers who, and keeps what was written if they want", async () => {
    await goes(otter, `${space}/meetings`);
    await link(otter, title).first().click();
    await heading(otter, "How it was").waitFor();
    await otter.sees("one adult and one pupil");
    expect(await heading(otter, "Who was there").count()).to.equal(0);
    await expectSound(otter.page, "space-meeting-page-of-pupil");
    await goes(mikko, `${space}/meetings`);
    await link(mikko, title).first().click();
    await heading(mikko, "Who was there").waitFor();
    await mikko.page.getByRole("list", { name: "Who was there" }).getByText("Otter of the test").waitFor();
    await mikko.press("Keep the chat as a material");
    await mikko.sees("The chat is among the project's materials.");
    await expectSound(mikko.page, "space-meeting-page");
    const folder = process.env.PICTURES;
    if (!folder) return;
    await goes(mikko, `${space}/meetings`);
    await link(mikko, "What lives in our river?").first().click();
    await heading(mikko, "Who was there").waitFor();
    await mikko.page.screenshot({ path: `${folder}/twinspace-meeting.png` });
  });

  it("waits for a school that wants to say yes beforehand, and is moved to a project later", async () => {
    const { rows } = await server.pool.query(
      "select ps.school_id as school from project_schools ps join projects p on p.id = ps.project_id where p.slug = 'two-rivers' and ps.country = 'FI'",
    );
    await goes(mikko, `/school/${rows[0].school}`);
    await mikko.page.getByRole("switch", { name: "Say yes to each meeting beforehand" }).click();
    await mikko.sees("Saved.");
    await goes(ana, "/meetings/new");
    await ana.box("Title").fill("Booked without a project");
    await ana.press("Start now");
    await heading(ana, "Booked without a project").waitFor();
    await ana.press("Move to a project");
    await ana.sees("You can take it back for ten minutes.");
    await expectSound(ana.page, "space-meeting-move");
    await ana.confirms("Move it");
    await ana.button("Take it back").waitFor();
    await ana.sees("It cannot begin before every school has said yes.");
    await goes(mikko, `/school/${rows[0].school}`);
    await heading(mikko, "Meetings of your school's projects").waitFor();
    await expectSound(mikko.page, "space-meeting-approval");
    await mikko.page.getByRole("button", { name: /^Say no for/ }).click();
    await mikko.confirms("Say no");
    await mikko.sees("Write a few words, so that the others know what to change.");
    await mikko.page.getByRole("dialog").getByRole("textbox", { name: "Why" }).fill("Our bus comes late that day.");
    await mikko.confirms("Say no");
    await mikko.sees("Our bus comes late that day.");
    await mikko.page.getByRole("button", { name: /^Say yes for/ }).click();
    await mikko.page.getByRole("button", { name: /^Take the yes back/ }).waitFor();
    await ana.page.reload();
    await eventually(async () => {
      expect(await ana.page.getByText("Waits for a school's yes").count()).to.equal(0);
      return true;
    });
  });

  async function codeOf(): Promise<string> {
    const { rows } = await server.pool.query<{ code: string }>("select code from meetings where title = $1", [title]);
    return rows[0]?.code ?? "";
  }

  async function findsReplay(person: Person, finds: boolean): Promise<void> {
    await eventually(async () => {
      await goes(person, `${space}/meetings`);
      await link(person, title).first().waitFor();
      expect(await replayLink(person).count()).to.equal(finds ? 1 : 0);
      return true;
    });
  }
});
