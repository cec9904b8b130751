/**
 * What Twinlight costs on top of mediasoup: one speaker to many receivers, over real encrypted transports on both sides,
 * in turns: some seconds through a meeting of Twinlight, some through mediasoup alone, each with a worker of its own.
 * Node's share is that of this process while the meeting runs, with everybody's connection, the database and the log.
 */
import { startBareServer } from "../bare/bareServer.ts";
import { Crowd, type Place } from "../crowd/crowd.ts";
import { type Group, median, percentile, quick, round } from "../measure.ts";
import { openRoom, type Room } from "../room.ts";

const sizes = quick ? [10, 100] : [50, 100, 200];
const pairs = quick ? 3 : 8;
const sampleMs = quick ? 1_500 : 2_000;
/** Between switching and measuring. */
const settleMs = 300;

const group: Group = {
  name: "sfu",
  async run(say) {
    const room = await openRoom({ maxSeats: 300 });
    const bare = await startBareServer();
    const crowd = new Crowd();
    const places = {
      own: { kind: "twinlight", url: room.server.url, code: room.code },
      bare: { kind: "bare", url: bare.url, code: "" },
    } satisfies Record<string, Place>;
    try {
      const [speaker = ""] = await crowd.speak(places.own);
      await crowd.speak(places.bare);
      const steer = switches(room, speaker, (on) =>
        Promise.all(bare.producersOf(1).map((producer) => (on ? producer.resume() : producer.pause()))),
      );
      let there = 0;
      for (const size of sizes) {
        await crowd.receive(places.own, size - there);
        await crowd.receive(places.bare, size - there);
        there = size;
        const media = room.server.mediaOf(room.meeting);
        await steer("own");
        await forwards(async () => (await media?.forwardedPackets(speaker)) ?? 0, size);
        await steer("bare");
        await forwards(() => bare.forwardedPackets(), size);
        const ratios: number[] = [];
        const [own, plain, node]: [number[], number[], number[]] = [[], [], []];
        for (let at = 0; at < pairs; at += 1) {
          // Whichever comes second finds a warmer machine: they change places.
          for (const side of at % 2 === 0 ? (["own", "bare"] as const) : (["bare", "own"] as const)) {
            await steer(side);
            const used = await during(side === "own" ? () => ownCpuMs(room) : () => bare.cpuMs());
            (side === "own" ? own : plain).push(used.worker);
            if (side === "own") node.push(used.node);
          }
          ratios.push((own.at(-1) ?? 0) / (plain.at(-1) ?? 1));
        }
        say({
          name: `sfu.overhead.${size}`,
          value: round(median(own)),
          unit: "% of a core",
          ratio: round(median(ratios)),
          against: `mediasoup alone ${round(median(plain))} %`,
          n: pairs,
          note: `workers; ratio of pairs from ${round(Math.min(...ratios))} to ${round(Math.max(...ratios))}, quarter to quarter ${round(percentile(ratios, 0.25))} to ${round(percentile(ratios, 0.75))}`,
        });
        say({
          name: `sfu.node.${size}`,
          value: round(median(node)),
          unit: "% of a core",
          ratio: null,
          against: null,
          n: pairs,
          note: `Node's share, from ${round(Math.min(...node))} to ${round(Math.max(...node))}`,
        });
      }
    } finally {
      await crowd.end();
      await bare.close();
      await room.close();
    }
  },
};
export default group;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function ownCpuMs({ server }: Room): Promise<number> {
  return (await server.workers.cpuMs()).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

/** Lets one side run and the other rest. */
function switches(room: Room, speaker: string, bare: (on: boolean) => Promise<unknown>) {
  return async (side: "own" | "bare") => {
    const host = await room.server.hosts.of(room.meeting);
    await host?.command(speaker, { type: side === "own" ? "floor.raiseHand" : "floor.finishTurn" });
    await bare(side === "bare");
    await pause(settleMs);
  };
}

/** Percentages of a core over one sample. */
async function during(cpuMs: () => Promise<number>): Promise<{ worker: number; node: number }> {
  const [workerBefore, nodeBefore, began] = [await cpuMs(), process.cpuUsage(), performance.now()];
  await pause(sampleMs);
  const node = process.cpuUsage(nodeBefore);
  const lastedMs = performance.now() - began;
  const worker = (await cpuMs()) - workerBefore;
  return { worker: (worker / lastedMs) * 100, node: ((node.user + node.system) / 1000 / lastedMs) * 100 };
}

/** @throws when not everybody is sent what the speaker says */
async function forwards(packets: () => Promise<number>, size: number): Promise<void> {
  const before = await packets();
  await pause(2_000);
  const each = ((await packets()) - before) / size;
  // 50 packets of sound a second, and pictures.
  if (each < 120) throw new Error(`Each of ${size} was sent ${Math.round(each)} packets in 2 s`);
}
