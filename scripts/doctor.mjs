/** `npm run doctor`: everything that Twinlight stands on, good or not, and what to do. Installs the packages only. */
import { begin } from "./setup/begin.mjs";

begin(async () => {
  const { examine } = await import("./doctor/examine.mjs");
  const findings = await examine(process.env);
  const width = Math.max(...findings.map(({ what }) => what.length));
  for (const { what, state, found, advice } of findings) {
    process.stdout.write(`${state.padEnd(5)} ${what.padEnd(width)}  ${found}\n`);
    if (advice) process.stdout.write(`${" ".repeat(width + 8)}${advice}\n`);
  }
  const bad = findings.filter(({ state }) => state === "BAD").length;
  process.stdout.write(
    bad === 0 ? "\nTwinlight has all it needs.\n" : `\n${bad} to put right before Twinlight can start.\n`,
  );
  process.exit(bad === 0 ? 0 : 1);
});
