/** A report card as a PDF: what stands in it for whom, and that nothing anybody writes breaks it. */
import { expect } from "chai";
import sharp from "sharp";
import type { MeetingCounts } from "../../../protocol/reports/meetingCounts.ts";
import { type PdfEntry, type ReportPdfFacts, reportPdf } from "../../../server/reports/pdf.ts";
import { type ActiveSpace, openSpace } from "../../support/activeSpace.ts";
import { deskPerson } from "../../support/desks.ts";
import { type FrontDoor, openFrontDoor, type Person } from "../../support/frontDoor.ts";
import { readPdf } from "../../support/pdfText.ts";
import { good } from "../../support/projects.ts";
import { type GivenEntry, givenEntry, openCard } from "../../support/reports.ts";
import { cookiesOf, upload } from "../../support/uploading.ts";

const day = 86_400_000;
/** As it is read, lines joined. */
const inOne = (text: string) => text.replace(/\s+/g, " ");

const entryOf = (more: Partial<PdfEntry> = {}): PdfEntry => ({
  ...{
    kind: "activity",
    title: "We measured both rivers",
    days: ["2026-11-03", "2026-11-03"],
    by: "Ana",
    school: "Aveiro",
  },
  ...{ notes: [], texts: [{ head: "What was done", text: "We measured." }], facts: [], meeting: null },
  ...{ pictures: [], evidence: [], comments: [] },
  ...more,
});
const factsOf = (more: Partial<ReportPdfFacts> = {}): ReportPdfFacts => ({
  ...{
    title: "Two rivers",
    address: "https://twinlight.test/projects/two-rivers/report",
    madeAt: Date.UTC(2026, 10, 24),
  },
  ...{ readers: "public", schools: [{ name: "Escola de Aveiro", town: "Aveiro", country: "PT" }], line: "", intro: "" },
  ...{
    period: "",
    state: "",
    labels: [],
    figures: [],
    entries: [entryOf()],
    leftOut: 0,
    picturesLeftOut: 0,
    comments: [],
  },
  ...more,
});
const read = async (more: Partial<ReportPdfFacts> = {}) => readPdf(await reportPdf(factsOf(more)));

describe("A report card as a PDF", function () {
  this.timeout(60_000);

  describe("drawn", () => {
    it("is tagged, holds its fonts, and says on each page which of how many it is", async () => {
      const { text, embedded, missing, isTagged, pages, size } = await read({
        entries: Array.from({ length: 20 }, (_, n) =>
          entryOf({ title: `Entry ${n}`, texts: [{ head: "", text: "Word ".repeat(200) }] }),
        ),
      });
      expect(isTagged).to.equal(true);
      expect(missing).to.deep.equal([]);
      expect(embedded.length).to.be.at.least(2);
      expect(size.map(Math.round)).to.deep.equal([595, 842]);
      expect(pages).to.be.at.least(4);
      for (let page = 1; page <= pages; page += 1) expect(text).to.contain(`Page ${page} of ${pages}`);
      expect(text).to.contain("24 November 2026").and.contain("twinlight.test/projects/two-rivers/report");
    });

    it("has its headings, its tables and its title as such", async () => {
      const spoke = { school: "Aveiro", adults: 1, pupils: 20, turns: 8, spokeMs: 900_000 };
      const meeting = { lengthMs: 2_520_000, adults: 3, pupils: 41, turns: 14, schools: [spoke] };
      const bytes = await reportPdf(factsOf({ entries: [entryOf({ kind: "meeting", meeting })] }));
      const file = bytes.toString("latin1");
      for (const tag of ["H1", "H2", "H3", "H4", "Table", "TR", "TH", "TD", "P", "Document"]) {
        expect(file, tag).to.match(new RegExp(`/S /${tag}\\b`));
      }
      expect(file)
        .to.match(/\/Lang \(en\)/)
        .and.match(/\/DisplayDocTitle true/);
      expect(inOne(readPdf(bytes).text))
        .to.contain("42 minutes, 3 adults, 41 pupils, 14 turns")
        .and.contain("15 min");
    });

    it("breaks a word that is longer than a line, and keeps all of it", async () => {
      const word = "Donaudampfschifffahrt".repeat(12);
      const { text } = await read({ entries: [entryOf({ texts: [{ head: "", text: word }] })] });
      expect(text.replace(/\s/g, "")).to.contain(word);
    });

    it("says in place of letters that it has no glyphs for where they are to be read, once", async () => {
      const georgian = "ეს არის ტექსტი\nსხვა ტექსტი";
      const { text } = await read({
        entries: [
          entryOf({ title: "שלום", texts: [{ head: "", text: `${georgian}\nBack in English` }], school: "სკოლა" }),
        ],
        schools: [{ name: "სკოლა", town: "თბილისი", country: "GE" }],
      });
      expect(inOne(text).split("cannot be printed here. It is to be read")).to.have.length(2);
      expect(text).to.contain("Back in English").and.contain("A school in Georgia");
      expect(text).to.not.match(/[\u0590-\u05ff\u10a0-\u10ff]/);
    });

    it("prints Greek, Cyrillic and every Latin letter", async () => {
      const { text } = await read({
        entries: [entryOf({ title: "Ελληνικά, български, Łódź, Čeština, Türkiye, Tiếng Việt" })],
      });
      expect(inOne(text)).to.contain("Ελληνικά, български, Łódź, Čeština, Türkiye, Tiếng Việt");
    });

    it("is not broken by pictures, controls, marks of direction, half characters or brackets", async () => {
      const hostile = "😀\u0000\u0007\u202eevil\u202c\ud800 )>> endobj\nstream\n\\( /JS (app.alert(1)) <script>";
      const { text, pages } = await read({
        ...{ title: `Rivers ${hostile}`, line: hostile, intro: hostile, labels: [hostile], state: hostile },
        ...{ schools: [{ name: hostile, town: hostile, country: "PT" }] },
        entries: [entryOf({ title: hostile, by: hostile, school: hostile, texts: [{ head: "", text: hostile }] })],
        comments: [{ by: hostile, kind: "Praise", note: hostile, words: hostile, at: Date.UTC(2026, 0, 1) }],
      });
      expect(pages).to.be.within(1, 3);
      expect(text.replaceAll("\n", "")).to.not.match(/[\p{Cc}\p{Cf}\p{Cs}😀]/u);
      expect(inOne(text)).to.contain("evil");
    });

    it("does not become a book because somebody writes one letter a line", async () => {
      const { pages } = await read({ entries: [entryOf({ texts: [{ head: "", text: "a\n".repeat(2000) }] })] });
      expect(pages).to.be.at.most(4);
    });

    it("never leaves an entry's heading alone at the foot of a page", async () => {
      for (let lines = 1; lines < 60; lines += 7) {
        const first = entryOf({ texts: [{ head: "", text: Array(lines).fill("A line.").join("\n") }] });
        const bytes = await reportPdf(factsOf({ entries: [first, entryOf({ title: "The second one" })] }));
        const onOne = pageTexts(bytes).find((page) => page.includes("The second one"));
        expect(onOne, `${lines} lines`).to.contain("We measured.");
      }
    });

    it("prints three hundred entries while others have their turn", async () => {
      let turns = 0;
      const timer = setInterval(() => {
        turns += 1;
      }, 1);
      try {
        const { pages, text } = await read({
          entries: Array.from({ length: 300 }, (_, n) => entryOf({ title: `Entry number ${n}` })),
          leftOut: 12,
        });
        expect(pages).to.be.at.least(20);
        expect(text).to.contain("Entry number 0").and.contain("Entry number 299");
        expect(inOne(text)).to.contain("12 older entries are left out");
      } finally {
        clearInterval(timer);
      }
      expect(turns).to.be.at.least(20);
    });
  });

  describe("over http", () => {
    let front: FrontDoor;
    let space: ActiveSpace;
    let paula: Person;
    let elena: Person;

    before(async () => {
      front = await openFrontDoor();
      space = await openSpace(front);
      paula = await deskPerson(front, "Paula", "PT");
      elena = await deskPerson(front, "Elena", "ES");
      await openCard(front.pool, space.id, Date.UTC(2026, 8, 1));
    });
    after(() => front?.close());
    beforeEach(async () => {
      front.clock.now = Date.UTC(2026, 10, 24, 12);
      await front.pool.query("delete from report_entries");
      await front.pool.query("delete from report_comments");
    });

    const given = (more: Partial<GivenEntry> & { days?: number } = {}) => {
      const { days = 1, ...entry } = more;
      return givenEntry(front.pool, {
        ...{ project: space.id, author: space.ana.id, school: space.schools.aveiro, at: front.clock.now - days * day },
        ...entry,
      });
    };
    const own = "/api/spaces/two-rivers/report.pdf";
    const desk = "/api/desk/reports/two-rivers/report.pdf";
    const asked = async (by: Person, path: string) => {
      const response = await fetch(front.url + path, { headers: { cookie: cookiesOf(by.browser) } });
      const bytes = Buffer.from(await response.arrayBuffer());
      return { response, bytes, text: response.status === 200 ? inOne(readPdf(bytes).text) : bytes.toString() };
    };

    it("is for its teachers what they share with each other, and for a service what was shared with it", async () => {
      await given({ body: { title: "For everybody", done: "We sang." } });
      await given({ readers: "partners", body: { title: "Among ourselves" } });
      await given({ state: "draft", body: { title: "Half-written" } });
      await given({ removed: true, body: { title: "Thrown away" } });
      const teachers = await asked(space.mikko, own);
      expect(teachers.response.headers.get("content-type")).to.contain("application/pdf");
      expect(teachers.text)
        .to.contain("For everybody")
        .and.contain("Among ourselves")
        .and.contain("For the partners only");
      expect(teachers.text).to.contain("Ana of two rivers").and.contain("Escola de Aveiro");
      expect(teachers.text).to.not.match(/Half-written|Thrown away/);
      const service = await asked(paula, desk);
      expect(service.text).to.contain("For everybody").and.contain("only what was shared with it");
      expect(service.text).to.not.match(/Among ourselves|Half-written|Thrown away/);
    });

    it("is not there for strangers, pupils and services of other countries", async () => {
      await given();
      expect((await asked(elena, desk)).response.status).to.equal(404);
      expect((await front.browser().get(own)).status).to.equal(401);
      expect((await (await space.pupil("Otter", "oulu")).browser.get(own)).status).to.equal(403);
    });

    it("holds of days and kinds what was asked for", async () => {
      await given({ days: 40, body: { title: "In October" } });
      await given({ days: 10, body: { title: "In November" } });
      await given({ days: 5, kind: "result", body: { title: "The film is ready" } });
      expect((await asked(space.ana, `${own}?from=2026-11-01`)).text).to.not.contain("In October");
      expect((await asked(space.ana, `${own}?to=2026-10-31`)).text)
        .to.contain("In October")
        .and.not.contain("November 2026 · In");
      const results = (await asked(space.ana, `${own}?kinds=result,final`)).text;
      expect(results).to.contain("The film is ready").and.not.contain("In November");
      expect((await asked(space.ana, `${own}?kinds=poem`)).response.status).to.equal(400);
    });

    it("says of a meeting numbers, and no name of anybody who was there", async () => {
      const counts: MeetingCounts = {
        ...{ openedAt: front.clock.now - 9 * day, lengthMs: 2_520_000, adults: 3, pupils: 41, classes: 0, turns: 14 },
        ...{ spokeMs: 2_340_000, messages: 3 },
        schools: [{ school: space.schools.oulu, adults: 1, pupils: 21, classes: 0, turns: 6, spokeMs: 1_440_000 }],
      };
      await given({ kind: "meeting", author: null, school: null, counts });
      for (const [by, path] of [
        [space.ana, own],
        [paula, desk],
      ] as const) {
        const { text } = await asked(by, path);
        expect(text)
          .to.contain("42 minutes, 3 adults, 41 pupils, 14 turns")
          .and.contain("Written by the meeting itself");
        expect(text).to.contain("Oulun koulu");
        expect(text).to.not.match(/Ana of|Mikko of|Rui of/);
      }
    });

    it("holds what the services said to the partners, and not what they say to each other", async () => {
      const entry = await given({ body: { title: "First visit", question: "May we go on?" }, asks: "PT" });
      const says = (words: string, readers: string) =>
        paula.browser.post("/api/desk/reports/two-rivers/comments", { entry, kind: "advice", words, readers });
      good(await says("Ask the pupils too.", "partners"));
      good(await says("They seem to be in trouble.", "services"));
      for (const { text } of [await asked(space.ana, own), await asked(paula, desk)]) {
        expect(text).to.contain("May we go on?").and.contain("Ask the pupils too.");
        expect(text).to.not.contain("in trouble");
      }
    });

    it("shows a service a picture of pupils only while they may be shown outside, and says whose school to ask", async () => {
      const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: "#2a6f97" } })
        .jpeg()
        .toBuffer();
      const { material } = await upload(space.ana.browser, front.url, space.id, "class.jpg", picture);
      const { id } = await space.pupil("Kingfisher", "oulu");
      good(
        await space.ana.browser.patch(`/api/spaces/two-rivers/materials/${material}`, {
          ...{ shows: "people", people: [id], alt: "Pupils at the river" },
        }),
      );
      await given({ body: { title: "At the river", evidence: [{ kind: "material", id: material ?? "" }] } });
      const images = (bytes: Buffer) => bytes.toString("latin1").match(/\/Subtype \/Image/g)?.length ?? 0;
      const inside = await asked(space.ana, own);
      expect(images(inside.bytes)).to.equal(1);
      expect(inside.text).to.contain("class.jpg");
      const outside = await asked(paula, desk);
      expect(images(outside.bytes)).to.equal(0);
      expect(outside.text)
        .to.contain("Kept back")
        .and.contain("Oulun koulu")
        .and.not.match(/Kingfisher|class\.jpg/);
    });
  });
});

/** The words of each page by itself: a page's content stands before the next one's. */
function pageTexts(bytes: Buffer): string[] {
  return readPdf(bytes)
    .text.split(/(?=Page \d+ of \d+)/)
    .map(inOne);
}
