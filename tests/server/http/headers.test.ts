import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { expect } from "chai";
import { preloadLinks, readManifest } from "../../../server/http/preloads.ts";
import { type FrontDoor, openFrontDoor } from "../../support/frontDoor.ts";

const script = `console.log("${"hello ".repeat(500)}");`;

describe("What every answer forbids", () => {
  let front: FrontDoor;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "twinlight-client-"));
    mkdirSync(join(folder, "assets"));
    mkdirSync(join(folder, ".vite"));
    writeFileSync(
      join(folder, "index.html"),
      '<!doctype html><head><meta property="csp-nonce" nonce="%NONCE%"></head><p>%NONCE%',
    );
    writeFileSync(join(folder, "assets", "main-abc123.js"), script);
    writeFileSync(join(folder, "mark.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
    const manifest = { "pages/replay.tsx": { file: "assets/replay-1.js" } };
    writeFileSync(join(folder, ".vite", "manifest.json"), JSON.stringify(manifest));
    const refuse = async () => ({ refused: "replay.notAllowed" }) as const;
    const pages = [{ path: "/" }, { path: "/m/:code" }, { path: "/r/:code", refuse, module: "pages/replay.tsx" }];
    front = await openFrontDoor({ clientFolder: folder, pages });
  });
  after(async () => {
    await front.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is this policy and no other, with a nonce of its own each time", async () => {
    const nonces = new Set<string>();
    for (const path of ["/", "/m/two-rivers", "/api/me", "/nowhere", "/healthz"]) {
      const { headers } = await front.browser().get(path, { accept: "text/html" });
      const policy = headers.get("content-security-policy") ?? "";
      const nonce = policy.match(/'nonce-([A-Za-z0-9+/=]{24})'/)?.[1] ?? "";
      nonces.add(nonce);
      expect(policy, path).to.equal(
        `default-src 'self'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; ` +
          "media-src 'self' blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; " +
          "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'",
      );
    }
    expect(nonces.size).to.equal(5);
  });

  it("lets our own pages alone ask for camera, microphone, screen and full screen", async () => {
    const { headers } = await front.browser().get("/");
    const policy = headers.get("permissions-policy") ?? "";
    for (const feature of ["camera", "microphone", "display-capture", "fullscreen"]) {
      expect(policy).to.contain(`${feature}=(self)`);
    }
    expect(policy).to.contain("geolocation=()");
  });

  it("tells no other site where somebody came from, what this runs on, nor lets it frame us", async () => {
    const { headers } = await front.browser().get("/");
    expect(headers.get("referrer-policy")).to.equal("no-referrer");
    expect(headers.get("x-content-type-options")).to.equal("nosniff");
    expect(headers.get("x-frame-options")).to.equal("DENY");
    expect(headers.get("x-powered-by")).to.equal(null);
    expect(headers.get("strict-transport-security")).to.equal(null);
  });

  it("fills the page's nonce in with that of its policy", async () => {
    const { text, headers } = await front.browser().get("/m/bamo-kuti-refa-nizu");
    const nonce = headers.get("content-security-policy")?.match(/'nonce-([^']+)'/)?.[1];
    expect(text).to.equal(`<!doctype html><head><meta property="csp-nonce" nonce="${nonce}"></head><p>${nonce}`);
    expect(headers.get("cache-control")).to.equal("no-store");
  });

  it("sends the page with the status that is true", async () => {
    const browser = front.browser({ accept: "text/html" });
    expect((await browser.get("/")).status).to.equal(200);
    const forbidden = await browser.get("/r/two-rivers-1");
    expect(forbidden.status).to.equal(403);
    expect(forbidden.text).to.contain('<link rel="modulepreload" crossorigin href="/assets/replay-1.js"></head>');
    const unknown = await browser.get("/no/such/page");
    expect(unknown.status).to.equal(404);
    expect(unknown.text).to.contain("<!doctype html>");
    expect((await browser.get("/api/nothing")).body).to.deep.include({ refused: "request.notFound" });
  });

  it("serves scripts compressed and for a year, other files for an hour", async () => {
    const { headers, bytes } = await raw("/assets/main-abc123.js", { "accept-encoding": "br, gzip" });
    expect(headers["content-encoding"]).to.equal("br");
    expect(headers["content-type"]).to.equal("text/javascript; charset=utf-8");
    expect(headers["cache-control"]).to.equal("public, max-age=31536000, immutable");
    expect(brotliDecompressSync(bytes).toString()).to.equal(script);
    expect((await raw("/assets/main-abc123.js", {})).bytes.toString()).to.equal(script);
    expect((await raw("/mark.svg", {})).headers["cache-control"]).to.equal("public, max-age=3600");
  });

  it("serves a file of a new build without a restart", async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    writeFileSync(join(folder, "assets", "late-def456.js"), "1");
    expect((await raw("/assets/late-def456.js", {})).bytes.toString()).to.equal("1");
  });

  it("serves nothing outside of the build, however the path is written", async () => {
    const paths = [
      ...[
        "/.vite/manifest.json",
        "/../package.json",
        "/assets/../../package.json",
        "/assets/%2e%2e/%2e%2e/package.json",
      ],
      ...["/assets/..%2f..%2fpackage.json", "//etc/passwd.txt", "/assets/main-abc123.js%00.json", "/assets/%c0%ae.js"],
    ];
    for (const path of paths) {
      const { status } = await raw(path, {});
      expect(status, path).to.be.oneOf([400, 404]);
    }
  });

  function raw(path: string, headers: Record<string, string>) {
    return new Promise<{ status: number; headers: http.IncomingHttpHeaders; bytes: Buffer }>((resolve, reject) => {
      const { hostname, port } = new URL(front.url);
      const request = http.get({ hostname, port, path, headers }, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(chunks) });
      });
      request.on("error", reject);
    });
  }
});

describe("With https", () => {
  let front: FrontDoor;
  before(async () => {
    front = await openFrontDoor({ https: true, publicUrl: "https://meet.example.org" });
  });
  after(() => front.close());

  it("browsers are told to stay with it", async () => {
    const { headers } = await front.browser().get("/api/me");
    expect(headers.get("strict-transport-security")).to.equal("max-age=15552000");
    expect(headers.get("content-security-policy")).not.to.contain("upgrade-insecure-requests");
  });

  it("the cookie is held to this host and to https", async () => {
    const ana = await front.person("teacher", "Ana");
    expect([...ana.browser.cookies.keys()]).to.deep.equal(["__Host-twinlight"]);
    expect((await ana.browser.get("/api/me")).body.me.name).to.equal("Ana");
    const token = ana.browser.cookies.get("__Host-twinlight");
    const tossed = await front.browser().get("/api/me", { cookie: `twinlight=${token}` });
    expect(tossed.body.me).to.equal(null);
  });

  it("links are made for the public address", async () => {
    const operator = await front.person("operator", "Otto");
    const { body } = await operator.browser.post("/api/operate/people", {
      ...{ name: "Ana", email: "ana2@school.test", role: "ambassador", school: null },
    });
    expect(body.link).to.match(/^https:\/\/meet\.example\.org\/begin#k=[A-Za-z0-9_-]{43}$/);
  });
});

describe("A page's preloads", () => {
  const manifest = readManifest(
    JSON.stringify({
      "index.html": { file: "assets/index-1.js", isEntry: true, imports: ["_words.js"], css: ["assets/base-1.css"] },
      "_words.js": { file: "assets/words-1.js" },
      "_session.js": { file: "assets/session-1.js", imports: ["_words.js", "pages/meeting.tsx"] },
      "pages/meeting.tsx": {
        ...{ file: "assets/meeting-1.js", imports: ["index.html", "_session.js"] },
        css: ["assets/base-1.css", "assets/room-1.css"],
      },
    }),
  );

  it("are what it needs and index.html does not name", () => {
    expect(preloadLinks(manifest, "pages/meeting.tsx")).to.equal(
      '<link rel="modulepreload" crossorigin href="/assets/meeting-1.js">' +
        '<link rel="modulepreload" crossorigin href="/assets/session-1.js">' +
        '<link rel="preload" as="style" crossorigin href="/assets/room-1.css">',
    );
  });

  it("are none for a page that was not built, and without a manifest", () => {
    expect(preloadLinks(manifest, "pages/other.tsx")).to.equal("");
    expect(preloadLinks(readManifest("{oops"), "pages/meeting.tsx")).to.equal("");
  });
});
