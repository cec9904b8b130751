/** The live line of a TwinSpace: who is let in, what they are told, who is on a page, and when it ends. */
import { once } from "node:events";
import { expect } from "chai";
import { io, type Socket } from "socket.io-client";
import type { LiveNews, PagePresence, ToldSelection, ToldSteps } from "../../../protocol/twinspace/live.ts";
import { eventually } from "../../support/eventually.ts";
import type { Browser } from "../../support/frontDoor.ts";
import { browsersOf, makePermissionWorld, type Name } from "../../support/permissionWorld.ts";
import { startTestServer, type TestServer } from "../../support/server.ts";

const project = "project-active";

/** A browser's line, and everything that it was told. */
class OpenLine {
  readonly socket: Socket;
  readonly news: LiveNews[] = [];
  readonly steps: ToldSteps[] = [];
  readonly signals: ToldSelection[] = [];
  presence: PagePresence | undefined;
  ended: string | undefined;

  constructor(url: string, browser: Browser, to = project, headers: Record<string, string> = {}) {
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    this.socket = io(`${url}/space`, {
      auth: { project: to },
      extraHeaders: { cookie, ...headers },
      transports: ["polling", "websocket"],
      forceNew: true,
      reconnection: false,
    });
    this.socket.on("news", (news: LiveNews) => this.news.push(news));
    this.socket.on("steps", (told: ToldSteps) => this.steps.push(told));
    this.socket.on("signal", (told: ToldSelection) => this.signals.push(told));
    this.socket.on("presence", (told: PagePresence) => {
      this.presence = told;
    });
    this.socket.on("end", ({ refused }: { refused: string }) => {
      this.ended = refused;
    });
  }

  async isLive(): Promise<this> {
    await once(this.socket as unknown as NodeJS.EventEmitter, "live"); // socket.io's emitter has the same `once`
    return this;
  }

  // biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the tests are about
  say = (channel: string, message: object): Promise<any> => this.socket.timeout(5_000).emitWithAck(channel, message);
  names = () => this.presence?.people.map(({ person }) => person.name).sort();
}

describe("the live line of a TwinSpace", () => {
  let server: TestServer;
  let browsers: ReadonlyMap<Name, Browser>;
  const lines: OpenLine[] = [];

  before(async () => {
    server = await startTestServer();
    await makePermissionWorld(server.pool);
    browsers = await browsersOf(server.url);
  });
  after(() => server.end());
  afterEach(() => {
    for (const { socket } of lines.splice(0)) socket.disconnect();
  });

  const browserOf = (name: Name): Browser => {
    const browser = browsers.get(name);
    if (!browser) throw new Error(`${name} has no browser`);
    return browser;
  };
  const line = (name: Name, to = project, headers: Record<string, string> = {}): OpenLine => {
    const opened = new OpenLine(server.url, browserOf(name), to, headers);
    lines.push(opened);
    return opened;
  };
  const live = (name: Name) => line(name).isLive();
  const at = `/api/spaces/${project}/pages`;
  const make = async (settings: object = {}): Promise<string> => {
    const body = { title: "Rivers", parent: null, view: "members", edit: "members", state: "shown", ...settings };
    return (await browserOf("ana").post(at, body)).body.id;
  };
  const insert = (text: string) => ({
    ...{ stepType: "replace", from: 1, to: 1 },
    slice: { content: [{ type: "text", text }] },
  });
  const send = (page: string, version: number, text: string) => ({
    ...{ page, version, clientId: "a-test-client" },
    steps: [insert(text)],
  });

  it("lets in who has a role there, and nobody else", async () => {
    for (const name of ["ana", "tea", "expert", "observer", "pupil", "pupilAdmin", "visitor"] as const)
      await live(name);
    const refusals: [Name, string][] = [
      ["nobody", "account.signedOut"],
      ["rui", "request.notFound"],
      ["operator", "request.notFound"],
      ["css", "request.notFound"],
    ];
    for (const [name, refused] of refusals) {
      const opened = line(name);
      await eventually(() => opened.ended === refused);
    }
    const elsewhere = line("pupil", "project-closed");
    await eventually(() => elsewhere.ended === "request.notFound");
    const suspended = line("ana", "project-suspended");
    await eventually(() => suspended.ended === "space.suspended");
  });

  it("lets in no page of another site, whatever cookies its browser sends", async () => {
    const bySite = line("ana", project, { "sec-fetch-site": "cross-site" });
    const byOrigin = line("ana", project, { origin: "https://evil.example" });
    await eventually(() => bySite.ended === "request.crossSite" && byOrigin.ended === "request.crossSite");
  });

  it("says that somebody wrote in the chat, to members and not to visitors", async () => {
    const [pupil, visitor] = [await live("pupil"), await live("visitor")];
    const chat = `/api/spaces/${project}/chat/messages`;
    expect((await browserOf("ana").post(chat, { words: "A word that is not told" })).status).to.equal(200);
    await eventually(() => pupil.news.length === 1);
    expect(pupil.news).to.deep.equal([{ type: "chat" }]);
    // What is told after it to everybody came, so that what did not come was not sent.
    expect((await browserOf("ana").post(`/api/spaces/${project}/updates`, { words: "Hello" })).status).to.equal(200);
    await eventually(() => visitor.news.length > 0);
    expect(visitor.news).to.deep.equal([{ type: "news" }]);
  });

  it("says that something changed, and nothing of what", async () => {
    const [ana, pupil] = [await live("ana"), await live("pupil")];
    const page = await make();
    await eventually(() => pupil.news.length === 1 && ana.news.length === 1);
    expect(pupil.news).to.deep.equal([{ type: "page", page }]);
  });

  it("tells the steps to who has the page open, by whichever way they came", async () => {
    const page = await make();
    const [ana, mikko, tea] = [await live("ana"), await live("mikko"), await live("tea")];
    expect((await ana.say("open", { page })).version).to.equal(0);
    await mikko.say("open", { page });
    expect(await ana.say("steps", send(page, 0, "Douro"))).to.deep.equal({ taken: true, version: 1 });
    const late = await mikko.say("steps", send(page, 0, "Oulujoki"));
    expect(late).to.deep.include({ taken: false, version: 1 });
    const { page: _, ...byHttp } = send(page, 1, "Tejo ");
    expect((await browserOf("tea").post(`${at}/${page}/steps`, byHttp)).body.taken).to.equal(true);
    await eventually(() => mikko.steps.length === 2 && ana.steps.length === 2);
    expect(mikko.steps.map(({ from, version }) => [from, version])).to.deep.equal([
      [0, 1],
      [1, 2],
    ]);
    expect(tea.steps).to.deep.equal([]);
    await mikko.say("close", { page });
    await ana.say("steps", send(page, 2, "x"));
    await eventually(() => ana.steps.length === 3);
    expect(mikko.steps).to.have.length(2);
  });

  it("says who has the page open, where they are, and that they left", async () => {
    const page = await make();
    const [ana, pupil] = [await live("ana"), await live("pupil")];
    await ana.say("open", { page });
    const { me, people } = await pupil.say("open", { page });
    expect(people.map(({ person }: { person: { name: string } }) => person.name)).to.have.members([
      "ana",
      "Kingfisher",
    ]);
    await eventually(() => ana.names()?.length === 2);
    expect(ana.presence?.people.every(({ writes }) => writes)).to.equal(true);
    const selection = { version: 0, anchor: 1, head: 1 };
    await pupil.say("signal", { page, selection });
    await eventually(() => ana.signals.length === 1);
    expect(ana.signals).to.deep.equal([{ page, key: me, selection }]);
    expect(pupil.signals).to.deep.equal([]);
    pupil.socket.disconnect();
    await eventually(() => ana.names()?.length === 1);
  });

  it("tells visitors of nobody who is there", async () => {
    const page = await make({ view: "visitors" });
    const [pupil, visitor] = [await live("pupil"), await live("visitor")];
    await pupil.say("open", { page });
    const { people } = await visitor.say("open", { page });
    expect(people).to.have.length(1);
    expect(people[0].writes).to.equal(false);
    await eventually(() => pupil.names()?.length === 2);
    expect((await visitor.say("steps", send(page, 0, "x"))).refused).to.equal("account.notAllowed");
  });

  it("opens no page that somebody may not see, and closes it when they may no longer", async () => {
    const staffroom = await make({ view: "teachers" });
    const [ana, pupil] = [await live("ana"), await live("pupil")];
    expect((await pupil.say("open", { page: staffroom })).refused).to.equal("request.notFound");
    expect((await pupil.say("steps", send(staffroom, 0, "x"))).refused).to.equal("request.notFound");
    const page = await make();
    await pupil.say("open", { page });
    await ana.say("open", { page });
    await browserOf("ana").patch(`${at}/${page}`, { view: "teachers" });
    await eventually(() => ana.names()?.join() === "ana");
    await ana.say("steps", send(page, 0, "not for pupils"));
    await eventually(() => ana.steps.length === 1);
    expect(pupil.steps).to.deep.equal([]);
  });

  it("refuses what is no message of its own", async () => {
    const page = await make();
    const ana = await live("ana");
    for (const message of [{}, { page: 1 }, { page, by: "mikko" }, { page: "../x" }]) {
      expect((await ana.say("open", message)).refused).to.equal("command.malformed");
    }
    const hostile = { page, version: 0, clientId: "a-test-client", steps: [{ stepType: "replace", from: 0, to: 0 }] };
    expect((await ana.say("steps", { ...hostile, author: "account:mikko" })).refused).to.equal("command.malformed");
  });

  it("ends when a pupil's place ends, at once when it is told and soon when it is not", async () => {
    await server.pool.query(
      `insert into pupils (id, project_id, school_id, alias, picture, login_code, secret_kind)
       values ('leaving', $1, 'aveiro', 'Swift', 'fox', 'code-9', 'word')`,
      [project],
    );
    const pupil = await live("pupil");
    await server.pool.query("update pupils set state = 'locked' where id = 'pupil'");
    server.spaceLines.tell(project, { type: "members" });
    await eventually(() => pupil.ended === "account.signedOut");
    await server.pool.query("update pupils set state = 'active' where id = 'pupil'");
    const again = await live("pupil");
    await server.pool.query("update pupils set state = 'ended' where id = 'pupil'");
    await server.spaceLines.recheck();
    await eventually(() => again.ended === "account.signedOut");
    await server.pool.query("update pupils set state = 'active' where id = 'pupil'");
  });

  it("ends when somebody signs out, and nothing can be written by it from that moment", async () => {
    const page = await make();
    const tea = await live("tea");
    await tea.say("open", { page });
    await browserOf("tea").post("/api/sign-out");
    expect((await tea.say("steps", send(page, 0, "x"))).refused).to.equal("account.signedOut");
    await server.spaceLines.recheck();
    await eventually(() => tea.ended === "account.signedOut");
  });
});
