import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import * as z from "zod";
import { mayAtAll, nobody } from "../../../domain/permissions.ts";
import { refusals } from "../../../protocol/refusals.ts";
import { findAccount } from "../../../server/accounts/accounts.ts";
import { BodyAnswer, FileAnswer, Redirect, route } from "../../../server/http/route.ts";
import { statusOf } from "../../../server/http/statuses.ts";
import { type FrontDoor, openFrontDoor } from "../../support/frontDoor.ts";

const enough = { times: 1_000, perMs: 1_000, per: "network" } as const;
const open = { action: "door.look", limit: enough } as const;
const folder = mkdtempSync(join(tmpdir(), "twinlight-answers-"));
const film = randomBytes(1_000);
writeFileSync(join(folder, ".film.webm"), film);

const tried = [
  route({
    ...{ method: "post", path: "/api/try/echo/:word", summary: "Says it again", ...open },
    params: z.strictObject({ word: z.string().max(5) }),
    query: z.strictObject({ loud: z.literal("1").optional() }),
    body: z.strictObject({ times: z.int().min(1), more: z.strictObject({ a: z.string() }).optional() }),
    answer: z.strictObject({ said: z.string() }),
    handle: async (_context, { params, query, body }) => ({
      said: `${params.word}${query.loud ? "!" : ""}`.repeat(body.times),
    }),
  }),
  route({
    ...{ method: "get", path: "/api/try/leak", summary: "Would say too much", ...open },
    answer: z.strictObject({ name: z.string() }),
    async handle() {
      const row = { name: "Ana", password_hash: "never to be seen" };
      return row;
    },
  }),
  route({
    ...{ method: "get", path: "/api/try/fault", summary: "Fails", ...open },
    async handle() {
      const cause = Object.assign(new Error("the database said no"), { detail: "Key (name)=(a pupil) exists" });
      throw new Error("It failed inside", { cause });
    },
  }),
  route({
    ...{ method: "get", path: "/api/try/busy", summary: "Refuses", ...open },
    handle: async () => ({ refused: "meeting.busy" }) as const,
  }),
  route({
    ...{ method: "get", path: "/api/try/away", summary: "Leads away", ...open },
    handle: async () => new Redirect("/m/two-rivers"),
  }),
  route({
    ...{ method: "get", path: "/api/try/film", summary: "A file", ...open },
    handle: async () => new FileAnswer(join(folder, ".film.webm"), "video/webm"),
  }),
  route({
    ...{ method: "get", path: "/api/try/no-film", summary: "A file that is gone", ...open },
    handle: async () => new FileAnswer(join(folder, "gone.webm"), "video/webm"),
  }),
  route({
    ...{ method: "get", path: "/api/try/text", summary: "Text", ...open },
    handle: async () => new BodyAnswer("one, two", "text/plain; charset=utf-8", "a file.txt"),
  }),
  route({
    ...{ method: "get", path: "/api/try/seldom", summary: "Seldom", action: "door.look" },
    limit: { times: 3, perMs: 3_600_000, per: "network" },
    handle: async () => undefined,
  }),
  route({
    ...{ method: "get", path: "/api/try/mine-seldom", summary: "Seldom, by account", action: "account.change" },
    limit: { times: 2, perMs: 3_600_000, per: "account" },
    handle: async () => undefined,
  }),
];

describe("A mounted route", () => {
  let front: FrontDoor;
  before(async () => {
    front = await openFrontDoor({ routes: tried, trustProxy: ["loopback"] });
  });
  after(async () => {
    await front.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const echo = (body: unknown, path = "/api/try/echo/hi") => front.browser().post(path, body);

  it("answers what its handler gave for what its schemas read", async () => {
    expect((await echo({ times: 2 }, "/api/try/echo/hi?loud=1")).body).to.deep.equal({ said: "hi!hi!" });
  });

  it("refuses what does not fit, naming the fields and repeating nothing", async () => {
    expect((await echo({ times: 0 })).body).to.deep.equal({
      ...{ refused: "request.malformed", message: refusals["request.malformed"], fields: ["times"] },
    });
    const unknown = { times: 1, secret: "whisper", more: { a: "x", b: 1 } };
    const answer = await echo(unknown, "/api/try/echo/too-long?shout=1");
    expect(answer.status).to.equal(400);
    expect(answer.body.fields).to.have.members(["word", "shout", "secret", "more.b"]);
    expect(answer.text + front.logged()).not.to.contain("whisper");
  });

  it("refuses a body that is no JSON, an array, too large, or of another type", async () => {
    expect((await echo("{oops")).status).to.equal(400);
    expect((await echo("[]")).status).to.equal(400);
    expect((await echo('"text"')).status).to.equal(400);
    const large = await echo({ times: 1, more: { a: "x".repeat(64 * 1024) } });
    expect(large.status).to.equal(413);
    expect(large.body.refused).to.equal("command.tooLarge");
    const form = await front.browser().post("/api/try/echo/hi", "times=1", {
      "content-type": "application/x-www-form-urlencoded",
    });
    expect(form.status).to.equal(400);
    const prototype = await echo('{"times":1,"__proto__":{"a":1}}');
    expect(prototype.status).to.equal(400);
  });

  it("lets nothing out that its answer does not name", async () => {
    const { status, text } = await front.browser().get("/api/try/leak");
    expect(status).to.equal(500);
    expect(text).not.to.contain("never to be seen");
    expect(front.logged()).not.to.contain("never to be seen");
  });

  it("answers a fault with a number by which the log has it, and its cause, and nobody's words", async () => {
    const { status, body, text } = await front.browser().get("/api/try/fault");
    expect(status).to.equal(500);
    expect(body).to.deep.include({ refused: "command.failed", message: refusals["command.failed"] });
    expect(text).not.to.contain("inside");
    const line = front
      .logged()
      .split("\n")
      .find((entry) => entry.includes(body.incident));
    expect(line).to.contain("It failed inside").and.to.contain("the database said no");
    expect(line).to.contain("GET /api/try/fault");
    expect(line).not.to.contain("a pupil");
  });

  it("gives refusals their status", async () => {
    expect((await front.browser().get("/api/try/busy")).status).to.equal(503);
    expect(statusOf("floor.handUp")).to.equal(409);
    expect(statusOf("meeting.ended")).to.equal(410);
  });

  it("leads away only within", async () => {
    const { status, headers } = await front.browser().get("/api/try/away");
    expect(status).to.equal(303);
    expect(headers.get("location")).to.equal("/m/two-rivers");
  });

  it("serves a part of a file, and says when it is gone", async () => {
    const part = await fetch(`${front.url}/api/try/film`, { headers: { range: "bytes=100-199" } });
    expect(part.status).to.equal(206);
    expect(part.headers.get("content-range")).to.equal("bytes 100-199/1000");
    expect(part.headers.get("content-type")).to.equal("video/webm");
    expect(Buffer.from(await part.arrayBuffer()).equals(film.subarray(100, 200))).to.equal(true);
    const gone = await front.browser().get("/api/try/no-film");
    expect(gone.status).to.equal(404);
    expect(gone.body.refused).to.equal("request.notFound");
  });

  it("serves text to be saved under a name", async () => {
    const { text, headers } = await front.browser().get("/api/try/text");
    expect(text).to.equal("one, two");
    expect(headers.get("content-disposition")).to.equal('attachment; filename="a file.txt"');
  });

  it("counts by network, and says when to come again", async () => {
    const from = (address: string) => front.browser().get("/api/try/seldom", { "x-forwarded-for": address });
    for (const last of ["1", "2", "3"]) expect((await from(`2001:db8:0:7::${last}`)).status).to.equal(204);
    const fourth = await from("2001:db8:0:7:ffff::4");
    expect(fourth.status).to.equal(429);
    expect(fourth.body.refused).to.equal("request.tooMany");
    expect(Number(fourth.headers.get("retry-after"))).to.be.within(1, 1_200);
    expect((await from("2001:db8:0:8::1")).status).to.equal(204);
    expect((await from("198.51.100.7")).status).to.equal(204);
  });

  it("counts by account, whatever network it comes from", async () => {
    const ana = await front.person("teacher", "Ana");
    const rui = await front.person("teacher", "Rui");
    const ask = (address: string) => ana.browser.get("/api/try/mine-seldom", { "x-forwarded-for": address });
    expect((await ask("198.51.100.1")).status).to.equal(204);
    expect((await ask("198.51.100.2")).status).to.equal(204);
    expect((await ask("198.51.100.3")).status).to.equal(429);
    expect((await rui.browser.get("/api/try/mine-seldom")).status).to.equal(204);
  });

  it("is the only thing that answers below /api", async () => {
    expect((await front.browser().get("/api/try")).body.refused).to.equal("request.notFound");
    expect((await front.browser().send("PUT", "/api/sign-in", {})).status).to.equal(404);
    expect((await front.browser().post("/api/sign-in/", {})).status).to.equal(404);
  });

  it("does not believe a proxy nobody told it of", async () => {
    const bare = await openFrontDoor({ routes: tried });
    try {
      const statuses: number[] = [];
      for (const last of [1, 2, 3, 4]) {
        const answer = await bare.browser().get("/api/try/seldom", { "x-forwarded-for": `198.51.100.${last}` });
        statuses.push(answer.status);
      }
      expect(statuses).to.deep.equal([204, 204, 204, 429]);
    } finally {
      await bare.close();
    }
  });
});

describe("Every route", () => {
  let front: FrontDoor;
  before(async () => {
    front = await openFrontDoor();
  });
  after(() => front.close());

  const example = (path: string) => path.replace(/:[a-z]+/g, "some-id");

  it("that is not for everybody refuses who is signed out", async () => {
    for (const { method, path, action } of front.routes.filter((it) => !mayAtAll(it.action, nobody))) {
      const answer = await front.browser().send(method.toUpperCase(), example(path), method === "get" ? undefined : {});
      expect(answer.status, `${method} ${path}: ${action}`).to.equal(401);
      expect(answer.body.refused).to.equal("account.signedOut");
    }
  });

  it("that is not for somebody refuses them before it looks at what they ask for", async () => {
    const roles = ["teacher", "lead", "support", "ambassador", "operator"] as const;
    for (const role of roles) {
      const { browser, id } = await front.person(role, `Any ${role}`);
      const account = await findAccount(front.pool, id);
      for (const { method, path, action } of front.routes) {
        if (!account || mayAtAll(action, account.actor)) continue;
        const answer = await browser.send(method.toUpperCase(), example(path), method === "get" ? undefined : {});
        expect(answer.status, `${method} ${path} by ${role}`).to.equal(403);
        expect(answer.body.refused).to.equal("account.notAllowed");
      }
    }
  });

  it("refuses a field and a query nobody knows", async () => {
    const people = await Promise.all([
      front.person("teacher", "Field"),
      front.person("operator", "Field"),
      front.person("support", "Field"),
      front.person("lead", "Field"),
    ]);
    const actors = await Promise.all(people.map(({ id }) => findAccount(front.pool, id)));
    for (const { method, path, action } of front.routes) {
      // A provider of single sign-on may answer with more than the standard knows, and must be borne with.
      if (path === "/api/sso/return") continue;
      const able = actors.findIndex((account) => account !== undefined && mayAtAll(action, account.actor));
      const browser = people[able]?.browser ?? front.browser();
      const send = (query: string, body?: unknown) => browser.send(method.toUpperCase(), example(path) + query, body);
      const asked = await send("?surprise=1", method === "get" ? undefined : { surprise: 1 });
      expect(asked.status, `${method} ${path}`).to.equal(400);
      expect(asked.body.fields).to.include("surprise");
    }
  });

  it("says at most how often it may be used", () => {
    for (const { path, limit } of front.routes) expect([limit].flat(), path).not.to.have.length(0);
  });
});
