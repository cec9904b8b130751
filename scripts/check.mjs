/** `npm run check`: types, format and the directions of imports, in seconds. What the git hook runs. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { begin } from "./setup/begin.mjs";
import { root } from "./setup/places.mjs";
import { say } from "./setup/say.mjs";
import { runStep } from "./setup/tied.mjs";

const program = (name) => join(root, "node_modules", ".bin", name);
const architecture = join("tests", "architecture.test.ts");

const steps = [
  { name: "types", words: [program("tsc"), "-p", "tsconfig.json"], needs: "tsconfig.json" },
  { name: "types of the pages", words: [program("tsc"), "-p", "client/tsconfig.json"], needs: "client/tsconfig.json" },
  { name: "format and lint", words: [program("biome"), "check", "--error-on-warnings"], needs: "biome.json" },
  {
    name: "architecture",
    words: [process.execPath, "node_modules/mocha/bin/mocha.js", "--no-config", "--reporter", "dot", architecture],
    needs: architecture,
  },
];

begin(async () => {
  const results = await Promise.all(
    steps.map(async ({ name, words: [program, ...words], needs }) => {
      if (!existsSync(join(root, needs))) return { name, code: 1, output: `${needs} is missing` };
      return { name, ...(await runStep(program, words, { cwd: root })) };
    }),
  );
  for (const { name, code, output } of results) {
    if (code !== 0) say(`${output.trim()}\n`);
    say(`${code === 0 ? "good" : "BAD "}  ${name}`);
  }
  process.exit(results.every(({ code }) => code === 0) ? 0 : 1);
});
