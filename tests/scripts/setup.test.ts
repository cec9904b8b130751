import { spawn, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { dtlsProblem } from "../../scripts/setup/dtlsCheck.mjs";
import { takeLock } from "../../scripts/setup/lock.mjs";
import { missingPackages } from "../../scripts/setup/packages.mjs";
import { cacheFolder, root } from "../../scripts/setup/places.mjs";
import { findWorker, prepareSources } from "../../scripts/setup/worker.mjs";
import { claimFolder, prepareDemoFolder, refuseDemoFolder } from "../../scripts/supervise/folder.mjs";
import { refuseTakenPorts } from "../../scripts/supervise/ports.mjs";

describe("The set-up", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "twinlight-setup-"));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("finds no package missing that the lock names for this machine", () => {
    expect(missingPackages()).to.deep.equal([]);
  });

  it("is read by Node 20 as far as it runs before the packages are there", () => {
    const imports = /^import .*? from "([^"]+)";$/gm;
    const seen = new Set<string>();
    const visit = (file: string) => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const [, name = ""] of readFileSync(file, "utf8").matchAll(imports)) {
        expect(name, `${file} imports ${name}`).to.match(/^(node:|\.\.?\/.*\.mjs$)/);
        if (name.startsWith(".")) visit(join(file, "..", name));
      }
    };
    for (const script of ["start", "demo", "dev", "test", "bench", "doctor", "check"]) {
      visit(join(root, "scripts", `${script}.mjs`));
    }
    expect(seen.size).to.be.greaterThan(10);
  });

  it("keeps the worker in the user's cache, and with the packages where there is no home", () => {
    expect(cacheFolder({ XDG_CACHE_HOME: join(folder, "cache"), HOME: folder })).to.equal(
      join(folder, "cache", "twinlight"),
    );
    expect(cacheFolder({ XDG_CACHE_HOME: "", HOME: folder })).to.equal(join(folder, ".cache", "twinlight"));
    const withPackages = join(root, "node_modules", ".cache", "twinlight");
    expect(cacheFolder({})).to.equal(withPackages);
    expect(cacheFolder({ HOME: "" })).to.equal(withPackages);
  });

  it("says which variable names a worker that is none", async () => {
    const failure = await findWorker({ MEDIASOUP_WORKER_BIN: join(folder, "none") }).catch(
      (fault: Error) => fault.message,
    );
    expect(failure).to.contain("MEDIASOUP_WORKER_BIN must be the path of a program");
  });

  it("finds in the worker's sources exactly what it changes there", () => {
    prepareSources(folder);
    const source = readFileSync(join(folder, "src", "RTC", "DtlsTransport.cpp"), "utf8");
    expect(source).to.contain("((operationType & BIO_CB_RETURN) != 0)");
    const wraps = [...readFileSync(join(folder, "meson.build"), "utf8").matchAll(/subproject\(\s*'([^']+)'/g)];
    for (const [, name = ""] of wraps) {
      if (name !== "wingetopt") expect(existsSync(join(folder, "subprojects", name)), name).to.equal(true);
    }
  });

  it("has a worker that comes through a browser's handshake", async () => {
    expect(await dtlsProblem(await findWorker())).to.equal(undefined);
  });

  it("does not take a program that is no worker for one", async () => {
    expect(await dtlsProblem("/bin/false")).to.contain("does not start");
  });
});

describe("The data folder", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "twinlight-folder-"));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is for one Twinlight at a time, until that one is gone, however it ended", async () => {
    const lock = new URL("../../scripts/setup/lock.mjs", import.meta.url).href;
    const code = `const { takeLock } = await import(${JSON.stringify(lock)}); console.log(Boolean(takeLock(process.argv[1]))); setInterval(() => {}, 1000);`;
    const other = spawn(process.execPath, ["--input-type=module", "-e", code, join(folder, ".lock")], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [taken] = await once(other.stdout, "data");
    expect(String(taken).trim()).to.equal("true");
    expect(() => claimFolder(folder)).to.throw("Another Twinlight is running");
    other.kill("SIGKILL");
    await once(other, "exit");
    claimFolder(folder);
    expect(takeLock(join(folder, ".lock"))).to.equal(undefined);
  });

  it("is refused when it is no folder", () => {
    writeFileSync(join(folder, "file"), "");
    expect(() => claimFolder(join(folder, "file"))).to.throw("DATA_DIR must be a folder that can be written to");
  });

  it("is refused where an ordinary user may not write", function () {
    if (process.geteuid?.() !== 0) this.skip();
    const module = new URL("../../scripts/supervise/folder.mjs", import.meta.url).href;
    const code = `process.seteuid(65534); const { claimFolder } = await import(${JSON.stringify(module)}); claimFolder(process.argv[1]);`;
    // The module is read as root before the rights are given up.
    const preload = `await import(${JSON.stringify(module)});`;
    const { stderr } = spawnSync(
      process.execPath,
      ["--input-type=module", "-e", preload + code, join(folder, "data")],
      {
        encoding: "utf8",
      },
    );
    expect(stderr).to.contain("(EACCES)");
  });

  it("is wiped by a demo that made it, kept when that is wished, and never touched when it is a school's", () => {
    prepareDemoFolder(folder, false);
    mkdirSync(join(folder, "postgres"));
    prepareDemoFolder(folder, true);
    expect(existsSync(join(folder, "postgres"))).to.equal(true);
    expect(() => refuseDemoFolder(folder)).to.throw("belongs to the demo");
    prepareDemoFolder(folder, false);
    expect(existsSync(join(folder, "postgres"))).to.equal(false);

    const school = join(folder, "school");
    mkdirSync(join(school, "postgres"), { recursive: true });
    expect(() => prepareDemoFolder(school, false)).to.throw("holds something else");
    expect(existsSync(join(school, "postgres"))).to.equal(true);
    refuseDemoFolder(school);
  });
});

describe("The ports", () => {
  it("that are in use are refused with their variable's name", async () => {
    const web = createServer().listen(0, "127.0.0.1");
    const media = createSocket("udp4");
    await Promise.all([once(web, "listening"), new Promise<void>((settle) => media.bind(0, "127.0.0.1", settle))]);
    const settings = { port: 0, host: "127.0.0.1", mediaPort: 0, mediaWorkers: 1, listenIp: "127.0.0.1" };
    try {
      await refuseTakenPorts(settings);
      const { port } = web.address() as AddressInfo;
      expect(await refusal({ ...settings, port }))
        .to.contain(`Port ${port}`)
        .and.to.contain("PORT");
      const mediaPort = media.address().port;
      expect(await refusal({ ...settings, mediaPort })).to.contain("MEDIA_PORT");
      expect(await refusal({ ...settings, host: "192.0.2.1" })).to.contain("HOST");
    } finally {
      await Promise.all([
        new Promise((settle) => web.close(settle)),
        new Promise<void>((settle) => media.close(settle)),
      ]);
    }
  });
});

async function refusal(settings: Parameters<typeof refuseTakenPorts>[0]): Promise<string> {
  return refuseTakenPorts(settings).then(
    () => "nothing was refused",
    (fault: Error) => fault.message,
  );
}
