/**
 * The house as docs/architecture.md draws it, kept by reading every source file's imports. When a test here fails the
 * house is about to change its shape: move the code, or change the shape on purpose, here and in the document.
 */
import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, normalize } from "node:path";
import { expect } from "chai";
import { en } from "../client/words/en/index.ts";
import { refusals } from "../protocol/refusals.ts";

const root = new URL("..", import.meta.url).pathname;

/** Which of our folders a folder may import from, itself aside. Scripts, tests and benches may use everything. */
const mayImport: Record<string, readonly string[]> = {
  protocol: [],
  domain: ["protocol"],
  frames: [],
  storage: ["protocol"],
  config: ["protocol"],
  server: ["protocol", "domain", "frames", "storage", "config"],
  recorder: ["protocol", "domain", "frames", "storage", "config"],
  client: ["protocol", "domain", "frames"],
};
const folders = Object.keys(mayImport);
const pure = ["protocol", "domain", "frames"];
/** Which packages a pure folder may stand on, besides what is its own: they are as pure as it is. */
const purePackages: readonly { under: string; packages: readonly string[] }[] = [
  { under: "protocol/", packages: ["zod"] },
  // Why: docs/decisions/0018-a-page-is-its-steps.md.
  { under: "domain/text/", packages: ["prosemirror-model", "prosemirror-transform"] },
];

interface Source {
  /** From the root of the repository. */
  path: string;
  folder: string;
  code: string;
  imports: string[];
}

function pathsIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .filter((path) => !/(^|\/)(node_modules|dist|dist-[a-z]+)\//.test(path));
}

const isSource = (path: string) => /\.(ts|tsx|mjs)$/.test(path);
const read = (path: string) => readFileSync(join(root, path), "utf8");

function source(path: string): Source {
  const code = withoutComments(read(path));
  const [folder = ""] = path.split("/");
  return { path, folder, code, imports: importsOf(code) };
}

/** Good enough for code that a formatter has written: a comment has its line to itself or ends one. */
const withoutComments = (code: string) => code.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");

const fixed = /(?:^|\n)\s*(?:import|export)\b[^"';=]*?\bfrom\s*["']([^"']+)["']/g;
const bare = /(?:^|\n)\s*import\s*["']([^"']+)["']/g;
const dynamic = /\bimport\(\s*["']([^"']+)["']/g;

const importsOf = (code: string): string[] =>
  [fixed, bare, dynamic].flatMap((shape) => [...code.matchAll(shape)].map(([, name = ""]) => name));

/** The file an import means, from the root, or undefined for a package. */
const ours = (from: Source, name: string) =>
  name.startsWith(".") ? normalize(join(dirname(from.path), name)) : undefined;

const sources = folders.flatMap(pathsIn).filter(isSource).map(source);
const faults = (find: (source: Source) => string[]) => sources.flatMap((from) => find(from));

describe("the house", () => {
  it("is read here", () => {
    for (const folder of folders) {
      expect(
        sources.filter((from) => from.folder === folder),
        folder,
      ).to.not.deep.equal([]);
    }
    expect(sources.flatMap(({ imports }) => imports).length).to.be.greaterThan(sources.length);
  });

  it("imports in one direction only", () => {
    const wrong = faults((from) =>
      from.imports.flatMap((name) => {
        const [into = ""] = ours(from, name)?.split("/") ?? [];
        const allowed = [from.folder, ...(mayImport[from.folder] ?? [])];
        return into === "" || allowed.includes(into) ? [] : [`${from.path} imports ${name}`];
      }),
    );
    expect(wrong).to.deep.equal([]);
  });

  it("keeps protocol, domain and frames free of Node, packages, time and chance", () => {
    const restless =
      /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bcrypto\b|\bperformance\b|\bset(Timeout|Interval)\b|\bprocess\./;
    const wrong = faults((from) => {
      if (!pure.includes(from.folder)) return [];
      const packages = from.imports.filter((name) => !name.startsWith("."));
      const known = purePackages.filter(({ under }) => from.path.startsWith(under)).flatMap(({ packages }) => packages);
      const strangers = packages.filter((name) => !known.includes(name));
      const found = restless.exec(from.code)?.[0];
      return [...strangers, ...(found ? [found] : [])].map((what) => `${from.path}: ${what}`);
    });
    expect(wrong).to.deep.equal([]);
  });

  it("gives the browser nothing of Node, save to what builds its page", () => {
    const wrong = faults((from) => {
      if (from.folder !== "client" || /^client\/(vite\.config|gallery\/|looks\/)/.test(from.path)) return [];
      return from.imports.filter((name) => isBuiltin(name)).map((name) => `${from.path} imports ${name}`);
    });
    expect(wrong).to.deep.equal([]);
  });

  it("knows mediasoup-client in client/media.ts only", () => {
    const knowing = sources.filter(({ imports }) => imports.some((name) => /^mediasoup-client(\/|$)/.test(name)));
    expect(knowing.map(({ path }) => path)).to.deep.equal(["client/media.ts"]);
  });

  it("knows nodemailer in server/mail/post.ts only", () => {
    const knowing = sources.filter(({ imports }) => imports.some((name) => /^nodemailer(\/|$)/.test(name)));
    expect(knowing.map(({ path }) => path)).to.deep.equal(["server/mail/post.ts"]);
  });

  it("knows tus-js-client in client/uploads.ts only, and decodes pictures in two places", () => {
    const knowing = (name: string) => sources.filter(({ imports }) => imports.includes(name)).map(({ path }) => path);
    expect(knowing("tus-js-client")).to.deep.equal(["client/uploads.ts"]);
    // Hostile pictures come in by the first alone; the second reads what ffmpeg has just written.
    expect(knowing("sharp").sort()).to.deep.equal([
      "recorder/materialFilms.ts",
      "server/twinspace/materials/images.ts",
    ]);
  });

  it("starts other programs only from scripts, the recorder's ffmpeg and the embedded Postgres", () => {
    const starting = sources.filter(({ imports }) => imports.some((name) => /^(node:)?child_process$/.test(name)));
    const elsewhere = starting
      .map(({ path }) => path)
      .filter((path) => !/^(recorder\/|storage\/embedded\/)/.test(path));
    expect(elsewhere).to.deep.equal([]);
  });

  it("sets zod up wherever it makes a schema", () => {
    const wrong = faults((from) => {
      if (from.folder !== "protocol" || from.path === "protocol/ids.ts" || !from.imports.includes("zod")) return [];
      const byValue = /(?:^|\n)import\s+(?!type\b)[^"';]*["'](?:\.\/|\.\.\/)ids\.ts["']/.test(from.code);
      return byValue ? [] : [from.path];
    });
    expect(wrong, "these do not import ids.ts, which tells zod not to try new Function").to.deep.equal([]);
  });

  it("has no corner for things without a name", () => {
    const all = [...folders, "scripts", "tests", "bench"].flatMap(pathsIn);
    const nameless =
      /(^|\/)(shared|utils?|common|helpers?|misc|lib)\/|(manager|helper|utils?|handler)s?\.(ts|tsx|mjs)$/i;
    expect(all.filter((path) => nameless.test(path))).to.deep.equal([]);
  });
});

describe("refusals", () => {
  const codes = Object.keys(refusals);

  it("are all used: each is the answer to something", () => {
    const elsewhere = sources.filter(
      ({ path }) => path !== "protocol/refusals.ts" && !path.startsWith("client/words/"),
    );
    const used = new Set(
      elsewhere.flatMap(({ code }) => [...code.matchAll(/"([a-z]+\.[a-zA-Z]+)"/g)].map(([, found]) => found)),
    );
    expect(codes.filter((code) => !used.has(code))).to.deep.equal([]);
  });

  it("all have a sentence for who meets them", () => {
    const words: Record<string, unknown> = en;
    expect(codes.filter((code) => !words[`refusal.${code}`])).to.deep.equal([]);
  });
});

describe("migrations", () => {
  it("are numbered without a gap", () => {
    const numbers = pathsIn("storage/migrations").map((path) => /(\d{4})_[a-z_]+\.sql$/i.exec(path)?.[1]);
    expect(numbers.sort()).to.deep.equal(numbers.map((_, index) => String(index + 1).padStart(4, "0")));
  });
});
