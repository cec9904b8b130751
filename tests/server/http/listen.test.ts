import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import tls from "node:tls";
import { expect } from "chai";
import { pino } from "pino";
import { type Door, openDoor } from "../../../server/http/listen.ts";
import { type Certificate, selfSigned } from "../../support/certificate.ts";

const lines: string[] = [];
const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });

describe("The door with https", () => {
  const folder = mkdtempSync(join(tmpdir(), "twinlight-tls-"));
  const files = { certFile: join(folder, "cert.pem"), keyFile: join(folder, "key.pem") };
  let door: Door;
  before(async () => {
    write(selfSigned("first"));
    const answer = (_request: unknown, response: { end(text: string): void }) => response.end("here");
    door = await openDoor(answer, { host: "127.0.0.1", port: 0, tls: files, log, lookEveryMs: 20 });
  });
  after(async () => {
    await door.close(0);
    rmSync(folder, { recursive: true, force: true });
  });

  it("serves with the certificate it was given", async () => {
    expect(door.url).to.match(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(await shownName()).to.equal("first");
  });

  it("reads a renewed one again, without a restart", async () => {
    write(selfSigned("second"));
    expect(await shownOnceItIs("second")).to.equal("second");
  });

  it("keeps the one before while a half renewed pair does not fit", async () => {
    const third = selfSigned("third");
    replace(files.certFile, third.cert);
    while (!lines.some((line) => line.includes("does not fit yet"))) await wait(20);
    expect(await shownName()).to.equal("second");
    replace(files.keyFile, third.key);
    expect(await shownOnceItIs("third")).to.equal("third");
  });

  it("never logs the key", () => {
    expect(lines.join("")).not.to.contain("PRIVATE KEY");
  });

  function write({ cert, key }: Certificate): void {
    replace(files.certFile, cert);
    replace(files.keyFile, key);
  }

  /** As those who renew certificates do: a new file in the old one's place. */
  function replace(file: string, text: string): void {
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  }

  async function shownOnceItIs(name: string): Promise<string | undefined> {
    for (let tries = 0; tries < 250 && (await shownName()) !== name; tries += 1) await wait(20);
    return shownName();
  }

  function shownName(): Promise<string | undefined> {
    return new Promise((resolve, reject) => {
      const port = Number(new URL(door.url).port);
      const socket = tls.connect({ host: "127.0.0.1", port, rejectUnauthorized: false }, () => {
        resolve(socket.getPeerCertificate().subject?.CN?.toString());
        socket.destroy();
      });
      socket.on("error", reject);
    });
  }
});

describe("The door", () => {
  it("says when its port is taken", async () => {
    const first = await openDoor(() => {}, { host: "127.0.0.1", port: 0, tls: undefined, log });
    const port = Number(new URL(first.url).port);
    const second = await openDoor(() => {}, { host: "127.0.0.1", port, tls: undefined, log }).catch((fault) => fault);
    expect(second).to.be.an("error").with.property("code", "EADDRINUSE");
    await first.close(0);
  });

  it("closes with a request that never ends still open", async () => {
    const door = await openDoor(() => {}, { host: "127.0.0.1", port: 0, tls: undefined, log });
    const request = fetch(door.url).catch(() => "cut");
    await wait(50);
    await door.close(50);
    expect(await request).to.equal("cut");
  });
});
