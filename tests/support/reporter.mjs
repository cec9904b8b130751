import mocha from "mocha";

/** How long a run may take to end by itself once the last test is through. */
const graceMs = 15_000;

/**
 * The usual picture of a run, and the counts to whoever started it (`scripts/test.mjs`). A run that does not end by
 * itself has left something open: that is a failure of its own, with a list of what it is.
 */
export default class CountingReporter extends mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const tell = (more = 0) =>
      process.send?.({ passed: this.stats.passes, failed: this.stats.failures + more, skipped: this.stats.pending });
    runner.once("end", () => {
      tell();
      setTimeout(() => {
        const open = process
          .getActiveResourcesInfo()
          .filter((name) => !/^(Pipe|TTYWrap|PipeWrap|FSReqCallback)$/.test(name));
        process.stdout.write(
          `The run does not end: something is still open (${[...new Set(open)].join(", ") || "a pipe"}).\n`,
        );
        tell(1);
        process.exit(1);
      }, graceMs).unref();
    });
  }
}
