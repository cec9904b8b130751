/**
 * People at computers of their own, who know of a page what a person knows: what has a name and what is written there.
 * Their camera shows Chromium's moving test picture, their microphone its beeps.
 */
import { expect } from "chai";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { findings, openChromium, openWindow, scrollsSideways, type Window } from "./chromium.ts";
import { eventually } from "./eventually.ts";

export const desk = { width: 1366, height: 768 };
export const phone = { width: 390, height: 844 };
const projector = { width: 1920, height: 1080 };

const devices = [
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream=display-media-type=monitor",
  // Whoever has pressed "Join" has touched the page; Chromium without a screen does not count that after a reload.
  "--autoplay-policy=no-user-gesture-required",
];

/** What a lost connection makes a browser say; no fault of the page. */
const aboutLostConnections = /net::ERR_|WebSocket connection to|status of 502|status of 503/;

/** How long anything may take before a test says what it waited for. */
const patienceMs = 20_000;

/** What the demo's accounts have in common. */
const demoPassword = "twinlight-demo";

export interface Coming {
  /** An account of the demo; without one it is a guest. */
  signedInAs?: string;
  window?: BrowserContextOptions;
}

/** Everybody who comes to one server, in one Chromium. */
export class People {
  readonly #browser: Browser;
  readonly #url: () => string;
  readonly #came: Person[] = [];

  private constructor(browser: Browser, url: () => string) {
    this.#browser = browser;
    this.#url = url;
  }

  /** `url` is asked for each time, since a server may move. */
  static async open(url: () => string, more: readonly string[] = []): Promise<People> {
    return new People(await openChromium([...devices, ...more]), url);
  }

  async somebody({ signedInAs, window = {} }: Coming = {}): Promise<Person> {
    const opened = await openWindow(this.#browser, { viewport: desk, ...window });
    opened.context.setDefaultTimeout(patienceMs);
    const person = new Person(opened, this.#url);
    this.#came.push(person);
    if (signedInAs !== undefined) await person.signsIn(signedInAs);
    return person;
  }

  /** Another tab of the same person's browser. */
  async tabOf(person: Person): Promise<Person> {
    const page = await person.page.context().newPage();
    const tab = new Person({ context: person.page.context(), page, complaints: person.complaints }, this.#url);
    this.#came.push(tab);
    return tab;
  }

  /** What the pages of everybody complained about since the last time; to be empty after every test. */
  complaints(): string[] {
    return this.#came.flatMap((person) => {
      const all = person.complaints.splice(0);
      return person.losesConnections ? all.filter((text) => !aboutLostConnections.test(text)) : all;
    });
  }

  /** With TEST_SHOTS=<folder>: every open page, to see what a failed test saw. */
  async leavePictures(name: string): Promise<void> {
    const folder = process.env.TEST_SHOTS;
    if (!folder) return;
    for (const [index, { page }] of this.#came.entries()) {
      await page.screenshot({ path: `${folder}/failed-${name.replaceAll(/\W+/g, "-")}-${index}.png` }).catch(() => {});
    }
  }

  /** Everybody closes their window. */
  async goHome(): Promise<void> {
    for (const { page } of this.#came.splice(0)) await page.context().close();
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

export class Person {
  readonly page: Page;
  readonly complaints: string[];
  readonly #url: () => string;
  /** From now on this one's connection is lost on purpose. */
  losesConnections = false;

  constructor({ page, complaints }: Window, url: () => string) {
    this.page = page;
    this.complaints = complaints;
    this.#url = url;
  }

  /* Coming. */

  async signsIn(email: string, password = demoPassword): Promise<void> {
    await this.page.goto(`${this.#url()}/`);
    await this.box("E-mail").fill(email);
    await this.page.getByLabel("Password").fill(password);
    await this.press("Sign in");
    await this.page.getByRole("heading", { name: /^Good day/ }).waitFor();
  }

  /** Opens the meeting's page; `key` is what stands behind `#k=` in a link. */
  async opens(code: string, key?: string): Promise<void> {
    await this.page.goto(`${this.#url()}/m/${code}${key === undefined ? "" : `#k=${key}`}`);
  }

  async arrives(code: string, key?: string): Promise<void> {
    await this.opens(code, key);
    await this.box("Your name").waitFor();
  }

  /** Through the door, as far as it goes: into the room, or into the lobby. */
  async joins(code: string, name?: string, key?: string): Promise<void> {
    await this.arrives(code, key);
    await this.hasCamera();
    if (name !== undefined) await this.box("Your name").fill(name);
    await this.press("Join");
  }

  /** The picture of one's own camera is there. */
  hasCamera(): Promise<void> {
    return this.sees("Your camera works");
  }

  async isInRoom(): Promise<void> {
    await this.speaker.waitFor();
  }

  async isInLobby(): Promise<void> {
    await this.page.getByRole("heading", { name: "Waiting to be let in" }).waitFor();
  }

  /* What is on the page. */

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  box(name: string): Locator {
    return this.page.getByRole("textbox", { name, exact: true });
  }

  list(name: string): Locator {
    return this.page.getByRole("list", { name, exact: true });
  }

  get speaker(): Locator {
    return this.page.getByRole("region", { name: "Speaker", exact: true });
  }

  get chat(): Locator {
    return this.page.getByRole("log", { name: "Chat", exact: true });
  }

  get clock(): Locator {
    return this.page.getByRole("timer", { name: "Turn clock" });
  }

  /** The names in the queue, in its order. */
  queue(): Promise<string[]> {
    return this.list("Queue").getByRole("listitem").locator("strong").allTextContents();
  }

  /** The names of the people in the room. */
  people(): Promise<string[]> {
    return this.list("People").getByRole("listitem").locator("strong").allTextContents();
  }

  /** The messages, oldest first. */
  messages(): Promise<string[]> {
    return this.chat.locator(".message__text").allTextContents();
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).locator("visible=true").first().waitFor();
  }

  async seesQueue(...names: string[]): Promise<void> {
    await eventually(async () => {
      expect(await this.queue()).to.deep.equal(names);
      return true;
    });
  }

  async seesPeople(...names: string[]): Promise<void> {
    await eventually(async () => {
      expect(await this.people()).to.have.members(names);
      return true;
    });
  }

  /** Nobody has the floor; `words` is what is written in the place of a picture. */
  async seesNobodySpeak(words = "The floor is free"): Promise<void> {
    await this.speaker.getByText(words).waitFor();
  }

  async seesSpeaker(name: string): Promise<void> {
    await this.speaker.getByText(name, { exact: true }).first().waitFor();
  }

  /** Fresh frames of this speaker (or of a screen, by its label) are really drawn, one after the other. */
  async seesPicture(label: string, withinMs?: number): Promise<void> {
    const first = await this.#pictureOf(label, withinMs);
    await eventually(async () => (await this.#look(label)) !== first && (await this.#look(label)) !== null, withinMs);
  }

  async #pictureOf(label: string, withinMs?: number): Promise<number> {
    let seen: number | null = null;
    await eventually(async () => {
      seen = await this.#look(label);
      return seen !== null;
    }, withinMs);
    return seen ?? 0;
  }

  /** A sum over the picture as it is now, or null while there is none. */
  #look(label: string): Promise<number | null> {
    return this.page.evaluate(`(() => {
      const pictures = [...document.querySelectorAll('section[aria-label="Speaker"] video')];
      const video = pictures.find((one) => one.ariaLabel === ${JSON.stringify(label)} && !("hidden" in one.dataset));
      if (!video || video.videoWidth === 0) return null;
      const canvas = document.createElement("canvas");
      canvas.width = 64;
      canvas.height = 36;
      const brush = canvas.getContext("2d");
      brush.drawImage(video, 0, 0, 64, 36);
      return brush.getImageData(0, 0, 64, 36).data.reduce((sum, part) => (sum * 31 + part) | 0, 7);
    })()`);
  }

  /** Presses Tab until what has this name has the focus, as far as once around the page. */
  async tabsTo(name: string): Promise<void> {
    for (let press = 0; press < 60; press += 1) {
      if ((await this.#focused()) === name) return;
      await this.page.keyboard.press("Tab");
    }
    throw new Error(`Tab never came to "${name}"`);
  }

  async isOn(name: string): Promise<void> {
    await eventually(async () => (await this.#focused()) === name);
  }

  /** The accessible name of what has the focus. */
  #focused(): Promise<string> {
    return this.page.evaluate(`(() => {
      const { ariaLabel, labels, textContent } = document.activeElement;
      return (ariaLabel ?? labels?.[0]?.textContent ?? textContent ?? "").trim();
    })()`);
  }

  /* What one does. */

  async press(name: string): Promise<void> {
    await this.button(name).click();
  }

  raisesHand = () => this.#changesFloor("Raise hand", /^(Lower hand|Finish turn)$/);
  lowersHand = () => this.#changesFloor("Lower hand", /^Raise hand$/);
  finishesTurn = () => this.#changesFloor("Finish turn", /^(Raise|Lower) hand$/);

  /**
   * The one button for the floor. It takes no press right after its meaning changed, so one presses again; but not before
   * an answer has had its time, or the second press would mean what the first one brought about.
   */
  async #changesFloor(name: string, into: RegExp): Promise<void> {
    const after = this.page.getByRole("button", { name: into });
    await this.button(name).waitFor();
    await eventually(async () => {
      if (await this.button(name).isVisible()) await this.button(name).click({ timeout: 1_000 });
      await after.waitFor({ timeout: 4_000 });
      return true;
    });
  }

  /** Writes, and waits until the server has taken it: then the box is empty again. */
  async says(text: string, withinMs?: number): Promise<void> {
    await this.box("Message").fill(text);
    await this.box("Message").press("Enter");
    await eventually(async () => (await this.box("Message").inputValue()) === "", withinMs);
  }

  async reads(text: string): Promise<void> {
    await this.chat.getByText(text, { exact: true }).waitFor();
  }

  async readsAll(texts: readonly string[]): Promise<void> {
    await eventually(async () => {
      expect(await this.messages()).to.deep.equal(texts);
      return true;
    });
  }

  /** What the bar says about the recording. */
  recordingIs(words: "Recorded" | "Recording interrupted"): Promise<void> {
    return this.page.getByRole("banner").getByText(words, { exact: true }).waitFor();
  }

  /** How often this happened so far in the meeting that this person leads, as its replay tells it. */
  async happened(code: string, type: string): Promise<number> {
    const answer = await this.page.request.get(`${this.#url()}/api/replays/${code}`);
    const { log } = (await answer.json()) as { log: { event: { type: string } }[] };
    return log.filter(({ event }) => event.type === type).length;
  }

  /** Something about somebody, from their menu in the list of people. */
  async does(act: string, name: string): Promise<void> {
    await this.press(`Actions for ${name}`);
    await this.page.getByRole("menuitem", { name: act, exact: true }).click();
  }

  /** Something in the settings, which the server switches. */
  async switches(name: string, on: boolean): Promise<void> {
    await this.press("Settings");
    const box = this.page.getByRole("switch", { name, exact: true });
    await box.click();
    await eventually(async () => (await box.isChecked()) === on);
    await this.page.keyboard.press("Escape");
  }

  /** Answers the question that a dialog asks. */
  async confirms(name: string): Promise<void> {
    await this.page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
  }

  async loses(): Promise<void> {
    this.losesConnections = true;
    await this.page.context().setOffline(true);
  }

  async finds(): Promise<void> {
    await this.page.context().setOffline(false);
  }

  /* Whether the page is sound. */

  /** Nothing for axe to find and nothing wider than the window, as it is now. */
  async isSound(): Promise<void> {
    expect((await findings(this.page)).join("\n"), this.page.url()).to.equal("");
    expect(await scrollsSideways(this.page), "the page is wider than its window").to.equal(false);
  }

  /** With TEST_SHOTS=<folder>: what it looks like at all sizes, light and dark. */
  async shot(name: string): Promise<void> {
    const folder = process.env.TEST_SHOTS;
    if (!folder) return;
    const before = this.page.viewportSize() ?? desk;
    for (const size of [desk, phone, projector]) {
      for (const colorScheme of ["light", "dark"] as const) {
        await this.page.setViewportSize(size);
        await this.page.emulateMedia({ colorScheme });
        await this.page.screenshot({ path: `${folder}/${name}-${size.width}-${colorScheme}.png` });
      }
    }
    await this.page.emulateMedia({ colorScheme: "light" });
    await this.page.setViewportSize(before);
  }
}
