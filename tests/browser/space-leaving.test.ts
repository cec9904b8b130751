/** A founder takes the project with them; a teacher takes their own data and ends their account. */
import { readFile } from "node:fs/promises";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { type ActiveSpace, openSpace } from "../support/activeSpace.ts";
import { openChromium, openWindow, type Window } from "../support/chromium.ts";
import { Browser as Asker, goodPassword, invitedPerson, type Person } from "../support/frontDoor.ts";
import { good } from "../support/projects.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { expectSound } from "../support/sound.ts";
import { upload } from "../support/uploading.ts";

describe("leaving", function () {
  this.timeout(180_000);
  let server: TestServer;
  let browser: Browser;
  let space: ActiveSpace;
  let file = "";
  const windows: Window[] = [];

  before(async () => {
    server = await startTestServer();
    const ask = () => new Asker(server.url);
    space = await openSpace({
      ...{ pool: server.pool, browser: ask },
      person: (role, name, school = null) => invitedPerson(server.pool, ask(), role, name, school),
    });
    const ana = space.ana.browser;
    good(await ana.post(`/api/spaces/${space.id}/updates`, { words: "We began.", materials: [] }));
    const page = { title: "Otters", parent: null, view: "members", edit: "teachers", state: "shown" };
    good(await ana.post(`/api/spaces/${space.id}/pages`, page));
    for (let n = 1; n <= 20; n += 1) {
      await upload(ana, server.url, space.id, `notes-${n}.txt`, Buffer.from(`Notes ${n}`));
    }
    browser = await openChromium();
  });

  after(async () => {
    for (const { context } of windows) await context.close();
    await browser?.close();
    await server?.end();
  });

  async function pageOf({ browser: asker }: Pick<Person, "browser">): Promise<Page> {
    const window = await openWindow(browser, { viewport: { width: 1366, height: 768 } });
    windows.push(window);
    window.context.setDefaultTimeout(20_000);
    await window.context.addCookies([...asker.cookies].map(([name, value]) => ({ name, value, url: server.url })));
    return window.page;
  }

  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

  async function downloaded(page: Page, name: string): Promise<string> {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name, exact: true }).click(),
    ]);
    return download.path();
  }

  it("lets a founder take the whole project with them", async () => {
    const page = await pageOf(space.ana);
    await page.goto(`${server.url}/twinspace/${space.id}/members`);
    await page.getByRole("link", { name: "Take it with you" }).click();
    await page.getByRole("heading", { name: "A copy of everything" }).waitFor();
    await button(page, "Make a copy").click();
    await page.getByRole("link", { name: "Download", exact: true }).waitFor();
    await expectSound(page, "leaving");
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/twinspace-leaving.png` });
    file = await downloaded(page, "Download");
    expect((await readFile(file)).subarray(0, 2).toString()).to.equal("PK");
  });

  it("lets a founder bring it into an empty TwinSpace", async () => {
    const ask = () => new Asker(server.url);
    const there = await openSpace(
      {
        ...{ pool: server.pool, browser: ask },
        person: (role, name, school = null) => invitedPerson(server.pool, ask(), role, name, school),
      },
      "new-rivers",
    );
    const page = await pageOf(there.ana);
    await page.goto(`${server.url}/twinspace/new-rivers/leaving`);
    await page.getByLabel("File of the project").setInputFiles({
      ...{ name: "rivers.zip", mimeType: "application/zip", buffer: Buffer.from("no zip") },
    });
    await button(page, "Look at it").click();
    await page.getByText("This is not the file of a project").waitFor();
    await page.getByLabel("File of the project").setInputFiles(file);
    await button(page, "Look at it").click();
    await page.getByText("20 materials").waitFor();
    await expectSound(page, "bringing-in");
    await button(page, "Bring it in").click();
    await page.getByRole("link", { name: "Open the TwinSpace" }).click();
    await page.goto(`${server.url}/twinspace/new-rivers/pages`);
    await page.getByText("Otters").first().waitFor();
  });

  it("says what closing does before it is done", async () => {
    const page = await pageOf(space.ana);
    await page.goto(`${server.url}/projects/${space.id}`);
    await button(page, "Close the project").click();
    await page.getByText("Pupils cannot sign in any more.", { exact: false }).waitFor();
    await expectSound(page, "closing");
    await page.getByRole("link", { name: "Take everything with you first" }).waitFor();
    await button(page, "Cancel").click();
  });

  it("lets a teacher take their own data and end their account", async () => {
    const page = await pageOf(space.rui);
    await page.goto(`${server.url}/account`);
    const record = JSON.parse((await readFile(await downloaded(page, "Download everything about me"))).toString());
    expect(record.account[0].email).to.equal(space.rui.email);
    await button(page, "End my account").click();
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    await expectSound(page, "ending");
    await dialog.getByLabel("Your password").fill("not this one");
    await dialog.getByRole("button", { name: "End my account" }).click();
    await dialog
      .getByText(/not the password/)
      .first()
      .waitFor();
    await dialog.getByLabel("Your password").fill(goodPassword);
    await dialog.getByRole("button", { name: "End my account" }).click();
    await page.waitForURL(`${server.url}/`);
    expect(good(await space.rui.browser.get("/api/me")).me).to.equal(null);
  });
});
