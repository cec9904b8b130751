import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { pageModules, pagePaths } from "../../server/pagePaths.ts";
import { type ActiveSpace, openSpace } from "../support/activeSpace.ts";
import { openChromium, openWindow, type Window } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { type FrontDoor, openFrontDoor, type Browser as Visitor } from "../support/frontDoor.ts";
import { good } from "../support/projects.ts";
import { desk, expectSound, phone } from "../support/sound.ts";

const clientFolder = process.env.CLIENT_FOLDER ?? fileURLToPath(new URL("../../client/dist", import.meta.url));
const holidays = [
  ...["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:carnival", "SUMMARY:Carnival"],
  ...["DTSTART;VALUE=DATE:20270208", "DTEND;VALUE=DATE:20270211", "END:VEVENT", "BEGIN:VEVENT", "UID:easter"],
  ...["SUMMARY:Easter", "DTSTART;VALUE=DATE:20270322", "DTEND;VALUE=DATE:20270403", "END:VEVENT", "END:VCALENDAR"],
].join("\r\n");

describe("the calendar page of a TwinSpace", function () {
  this.timeout(120_000);
  let front: FrontDoor;
  let browser: Browser;
  let space: ActiveSpace;
  let here: Window;

  before(async () => {
    front = await openFrontDoor({
      clientFolder,
      pages: pagePaths.map((path) => ({ path, module: pageModules[path] })),
    });
    space = await openSpace(front);
    await front.pool.query("update accounts set time_zone = 'Europe/Lisbon' where id = $1", [space.ana.id]);
    await front.pool.query(
      `insert into meetings (id, code, title, starts_at, length_minutes, settings, chair_account, school_id, project_id)
       values ('river-meeting', 'river-code', 'What lives in our river?', '2027-01-14T15:00Z', 45, '{}', $1, $2, $3)`,
      [space.ana.id, space.schools.aveiro, space.id],
    );
    good(
      await space.mikko.browser.post(`/api/spaces/${space.id}/calendar/items`, {
        ...{ kind: "holiday", title: "Teachers' day", school: space.schools.oulu },
        time: { shape: "days", first: "2027-01-14", last: "2027-01-15" },
      }),
    );
    browser = await openChromium();
    here = await windowOf(space.ana.browser);
  });
  after(async () => {
    await browser?.close();
    await front?.close();
  });
  afterEach(() => {
    const complaints = here.complaints.splice(0).filter((text) => !/WebSocket|socket\.io|net::ERR_/.test(text));
    expect(complaints.join("\n")).to.equal("");
  });

  async function windowOf(own: Visitor, viewport = desk): Promise<Window> {
    const window = await openWindow(browser, { viewport });
    window.context.setDefaultTimeout(15_000);
    await window.context.addCookies([...own.cookies].map(([name, value]) => ({ name, value, url: front.url })));
    return window;
  }
  const opens = (page: Page, query = "") => page.goto(`${front.url}/twinspace/${space.id}/calendar${query}`);
  const button = (page: Page, name: string | RegExp) =>
    page.getByRole("button", { name, exact: typeof name === "string" });
  const cell = (page: Page, name: RegExp) => page.getByRole("gridcell", { name });
  const dialog = (page: Page) => page.getByRole("dialog");

  it("shows a month that is walked by the keyboard, and what is on each day", async () => {
    const { page } = here;
    await opens(page, "?view=month&day=2027-01-14");
    await cell(page, /^Thursday,? 14 January 2027, 2 dates/).focus();
    await page.getByText("in Oulu 17:00").first().waitFor();
    await page.getByText("Holiday in Oulu").first().waitFor();
    const focused = () => page.evaluate("document.activeElement?.textContent ?? ''");
    for (const [key, day] of [
      ["ArrowRight", "15 January 2027"],
      ["ArrowDown", "22 January 2027"],
      ["ArrowUp", "15 January 2027"],
      ["Home", "11 January 2027"],
      ["End", "17 January 2027"],
      ["PageDown", "17 February 2027"],
      ["PageUp", "17 January 2027"],
      ["ArrowLeft", "16 January 2027"],
    ] as const) {
      await page.keyboard.press(key);
      await eventually(async () => String(await focused()).includes(day));
    }
    await page.keyboard.press("Enter");
    await eventually(async () => (await page.evaluate("document.activeElement?.id")) === "calendar-day");
    await opens(page, "?view=month&day=2027-01-14");
    await cell(page, /14 January/).waitFor();
    if (process.env.PICTURES) await page.screenshot({ path: "docs/pictures/twinspace-calendar.png" });
    await expectSound(page, "calendar-month");
  });

  it("shows a week by its hours with both clocks", async () => {
    const { page } = here;
    await button(page, "Week").click();
    await page
      .getByRole("region", { name: /Thursday/ })
      .getByRole("link", { name: /What lives in our river/ })
      .waitFor();
    await page.locator(".week__town", { hasText: "Oulu" }).waitFor();
    await expectSound(page, "calendar-week");
  });

  it("takes a date, says what is wrong with it, changes it, removes it and brings it back", async () => {
    const { page } = here;
    await opens(page, "?view=month&day=2027-01-20");
    await button(page, /^Add a date on/).click();
    await dialog(page).getByRole("button", { name: "Add a date", exact: true }).click();
    await dialog(page).getByText("Fill this in.").first().waitFor();
    await expectSound(page, "calendar-form");
    await page.getByLabel("Title").fill("Water samples are due");
    await page.reload();
    await button(page, /^Add a date on/).click();
    expect(await page.getByLabel("Title").inputValue(), "kept through a reload").to.equal("Water samples are due");
    await page.getByRole("radio", { name: "Deadline" }).check();
    await dialog(page).getByRole("button", { name: "Add a date", exact: true }).click();
    await page.getByText("One date was added.").waitFor();
    await button(page, /^Deadline: Water samples are due, 10:00/)
      .last()
      .click();
    await expectSound(page, "calendar-item");
    await dialog(page).getByRole("button", { name: "Change", exact: true }).click();
    await page.getByLabel("Title").fill("Water samples");
    await button(page, "Save").click();
    await page.getByText("One date was changed.").waitFor();
    await button(page, /^Deadline: Water samples,/)
      .last()
      .click();
    await page.getByText("Who changed what").click();
    await page.getByText("Title: Water samples are due became Water samples").waitFor();
    await dialog(page).getByRole("button", { name: "Remove" }).click();
    await page.getByText("Water samples was removed.").waitFor();
    await button(page, "Undo").click();
    await page.getByText("It is back.").waitFor();
    await button(page, /^Deadline: Water samples,/)
      .first()
      .waitFor();
  });

  it("shows what somebody else wrote meanwhile, and keeps what I wrote", async () => {
    const { page } = here;
    await button(page, /^Deadline: Water samples,/)
      .last()
      .click();
    await dialog(page).getByRole("button", { name: "Change", exact: true }).click();
    await page.getByLabel("Title").fill("Samples of water");
    const { entries } = good(
      await space.mikko.browser.get(`/api/spaces/${space.id}/calendar?from=2027-01-20&to=2027-01-21`),
    );
    const { id, version } = entries[0];
    const time = { shape: "days", first: "2027-01-20", last: "2027-01-20" };
    good(
      await space.mikko.browser.send("PUT", `/api/spaces/${space.id}/calendar/items/${id}`, {
        ...{ kind: "deadline", title: "River samples", time, base: version },
      }),
    );
    await button(page, "Save").click();
    await page
      .getByRole("alert")
      .getByText(/Mikko of two rivers changed this while you wrote/)
      .waitFor();
    expect(await page.getByLabel("Title").inputValue()).to.equal("Samples of water");
    await expectSound(page, "calendar-conflict");
    await button(page, "Save mine all the same").click();
    await button(page, "Save").click();
    await button(page, /^Deadline: Samples of water/)
      .first()
      .waitFor();
  });

  it("takes in a school's holidays, the same again without doubling", async () => {
    const { page } = here;
    for (const [found, choice] of [
      ["New", true],
      ["Here already", false],
    ] as const) {
      await button(page, "More of the calendar").click();
      await page.getByRole("menuitem", { name: "Take in holidays from a file" }).click();
      await page.getByLabel("Or paste what stands in it").fill(holidays);
      await button(page, "Look into it").click();
      await page.getByText(found, { exact: false }).first().waitFor();
      await page.getByText("2 holidays were found").waitFor();
      if (choice) await expectSound(page, "calendar-import");
      if (choice) await button(page, "Take in 2").click();
      else await button(page, "Close").click();
    }
    await opens(page, "?view=month&day=2027-02-09");
    await cell(page, /9 February 2027, one date. Holiday in Aveiro: Carnival/).waitFor();
  });

  it("gives an address for calendar programs, which is taken back", async () => {
    const { page } = here;
    await button(page, "More of the calendar").click();
    await page.getByRole("menuitem", { name: "In my own calendar program" }).click();
    await button(page, "Make the address").click();
    const address = await page.getByLabel("Secret address").inputValue();
    const read = () => fetch(address.replace(/^https?:\/\/[^/]+/, front.url));
    expect((await read()).status).to.equal(200);
    await expectSound(page, "calendar-feed");
    await button(page, "End this address").click();
    await button(page, "Make the address").waitFor();
    expect((await read()).status).to.equal(404);
    await button(page, "Close").click();
  });

  it("is a list on a phone, for pupils on their school's clock", async () => {
    const otter = await space.pupil("Otter", "oulu");
    const there = await windowOf(otter.browser, phone);
    const { page } = there;
    await opens(page, "?day=2027-01-11");
    await page
      .getByRole("link", { name: /^Meeting: What lives in our river\?, 17:00\s*–\s*17:45, in Aveiro 15:00/ })
      .waitFor();
    expect(await button(page, "Add a date").count()).to.equal(0);
    await expectSound(page, "calendar-list");
    await there.context.close();
  });
});
