import { expect } from "chai";
import { type FrontDoor, openFrontDoor } from "../../support/frontDoor.ts";

describe("Who runs the server", () => {
  let front: FrontDoor;
  let isThere = true;
  before(async () => {
    front = await openFrontDoor({
      metricsToken: "a token of some length",
      checks: [
        { name: "database", check: () => front.pool.query("select 1") },
        {
          name: "media",
          check() {
            if (!isThere) throw new Error("The worker is gone");
            return Promise.resolve();
          },
        },
      ],
    });
  });
  after(() => front.close());

  it("is told that it serves", async () => {
    expect((await front.browser().get("/healthz")).body).to.deep.equal({ ok: true });
  });

  it("is told when all it stands on is there, and what is not", async () => {
    const ready = await front.browser().get("/readyz");
    expect(ready.status).to.equal(200);
    expect(ready.body).to.deep.equal({
      ready: true,
      checks: [
        { name: "database", ok: true },
        { name: "media", ok: true },
      ],
    });
    isThere = false;
    const not = await front.browser().get("/readyz");
    expect(not.status).to.equal(503);
    expect(not.body.checks).to.deep.include({ name: "media", ok: false });
    expect(not.text).not.to.contain("gone");
  });

  it("reads metrics from this machine or with the token; what a proxy passes on is not from this machine", async () => {
    const read = async (headers: Record<string, string>) => (await front.browser().get("/metrics", headers)).status;
    expect(await read({})).to.equal(200);
    expect(await read({ "x-forwarded-for": "198.51.100.7" })).to.equal(403);
    expect(await read({ "x-forwarded-for": "198.51.100.7", authorization: "Bearer a token of some length" })).to.equal(
      200,
    );
    expect(await read({ authorization: "Bearer another" })).to.equal(403);
  });

  it("can read what there is as OpenAPI, made from the schemas that check the requests", async () => {
    const { status, body, headers } = await front.browser().get("/api/openapi.json");
    expect(status).to.equal(200);
    expect(headers.get("content-type")).to.contain("application/json");
    expect(body.openapi).to.equal("3.1.0");
    const described = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    const mounted = front.routes.map(({ method, path }) => `${method} ${path.replace(/:([a-z]+)/g, "{$1}")}`);
    expect(described).to.have.members(mounted);
    const signIn = body.paths["/api/sign-in"].post;
    expect(signIn.requestBody.content["application/json"].schema).to.deep.include({
      ...{ type: "object", required: ["email", "password"], additionalProperties: false },
    });
    const ids = Object.values(body.paths as Record<string, Record<string, { operationId: string }>>)
      .flatMap((methods) => Object.values(methods))
      .map(({ operationId }) => operationId);
    expect(new Set(ids).size).to.equal(ids.length);
  });
});
