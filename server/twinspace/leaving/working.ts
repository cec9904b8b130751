/** Some process of this server makes the exports that were asked for, one after the other. */
import type { Logger } from "pino";
import { type Boss, type ExportJob, exportQueue } from "../../../storage/jobs.ts";
import { keepSweepingExports, makeExport } from "./exports.ts";
import type { LeavingParts } from "./parts.ts";

/** `origin`: the address of this server, for the links in the letters. */
export async function startExports(given: {
  readonly parts: LeavingParts;
  readonly boss: Boss;
  readonly origin: string;
  readonly log: Logger;
}): Promise<{ stop(): Promise<void> }> {
  const { parts, boss, origin, log } = given;
  const ending = new AbortController();
  let underWay: Promise<unknown> = Promise.resolve();
  await boss.work<ExportJob>(
    exportQueue,
    { notifyPollingIntervalSeconds: 2, pollingIntervalSeconds: 2 },
    async ([job]) => {
      if (!job) return;
      const id = job.data.export;
      const fault = (err: unknown) => log.error({ err, export: id }, "An export could not be made");
      underWay = makeExport(parts, id, origin, fault, ending.signal);
      await underWay;
    },
  );
  const sweeping = keepSweepingExports(parts, log);
  return {
    async stop() {
      sweeping.stop();
      ending.abort();
      await boss.offWork(exportQueue, { wait: false });
      await underWay;
    },
  };
}
