/**
 * `npm run bench [-- groups] [--markdown]`: measures one group after the other. A group that fails is said and the others
 * go on. With `--markdown` the results also replace those of docs/benchmarks.md.
 */
import { inspect } from "node:util";
import { toolPaths } from "../tests/support/tools.ts";
import { writeResults } from "./markdown.ts";
import { type Figure, type Group, table } from "./measure.ts";

const groups: Record<string, () => Promise<{ default: Group }>> = {
  log: () => import("./groups/logAppend.ts"),
  signal: () => import("./groups/signalFanout.ts"),
  floor: () => import("./groups/floor.ts"),
  join: () => import("./groups/join.ts"),
  sfu: () => import("./groups/sfu.ts"),
  replay: () => import("./groups/replay.ts"),
  recording: () => import("./groups/recording.ts"),
  desk: () => import("./groups/desk.ts"),
  partner: () => import("./groups/partners.ts"),
  twinspace: () => import("./groups/twinspace.ts"),
  reportCard: () => import("./groups/reportCard.ts"),
  reportPdf: () => import("./groups/reportPdf.ts"),
  client: () => import("./groups/client.ts"),
};

// `npm run bench` says where they are; for a group run by hand, where it left them.
Object.assign(process.env, toolPaths());

const given = process.argv.slice(2);
const chosen = given.filter((name) => name !== "--markdown");
const began = performance.now();
const unknown = chosen.filter((name) => !(name in groups));
if (unknown.length > 0) {
  process.stderr.write(`There is no group ${unknown.join(", ")}; there are ${Object.keys(groups).join(", ")}.\n`);
  process.exit(1);
}

const all: Figure[] = [];
let failed = false;
for (const [name, load] of Object.entries(groups)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const groupBegan = performance.now();
  process.stderr.write(`Measuring ${name}...\n`);
  try {
    const { default: group } = await load();
    await group.run((figure) => {
      all.push(figure);
      process.stdout.write(`${JSON.stringify(figure)}\n`);
    });
  } catch (fault) {
    failed = true;
    process.stderr.write(`${name} could not be measured: ${inspect(fault)}\n`);
  }
  process.stderr.write(`${name} took ${Math.round((performance.now() - groupBegan) / 1000)} s\n`);
}
process.stderr.write(`\n${table(all)}\n`);
if (given.includes("--markdown")) await writeResults(all, Math.ceil((performance.now() - began) / 60_000));
process.exit(failed ? 1 : 0);
