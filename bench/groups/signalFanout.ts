/**
 * A hand raised in a meeting of 300 connected seats until the last of them has it, against one bare socket.io broadcast
 * to as many sockets in the same run; and 300 joins in 5 s from one address. Clients share this machine with the server.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { io, type Socket } from "socket.io-client";
import { bookedMeeting } from "../../tests/support/meetings.ts";
import { Guest } from "../../tests/support/server.ts";
import { type Group, percentiles, round } from "../measure.ts";
import { startBenchServer, startDatabase } from "../world.ts";

const seats = 300;
const joinsWithinMs = 5_000;
const rounds = 60;

const group: Group = {
  name: "signal",
  async run(say) {
    const database = await startDatabase();
    const server = await startBenchServer(database);
    const guests: Guest[] = [];
    try {
      const booked = await bookedMeeting(database.pool, { lobby: false, maxSeats: 400, next: "byChair" });
      const host = await server.hosts.of(booked.id);
      await host?.system({ type: "meeting.open" });
      const joins = await joinStorm(server.url, booked.code, guests);
      const failures = joins.filter((join) => join.failed).length;
      say({
        name: "signal.joins.failed",
        value: failures,
        unit: "joins",
        ratio: null,
        against: null,
        n: seats,
        note: `${seats} in ${joinsWithinMs / 1000} s from one address`,
      });
      for (const figure of percentiles(
        "signal.joins",
        joins.map(({ ms }) => ms),
        { note: "from asking for a seat to the snapshot" },
      ))
        say(figure);
      const bare = await bareBroadcasts();
      const hands = await raisedHands(guests);
      for (const figure of percentiles("signal.fanout", hands, {
        shares: [0.5, 0.95, 0.99],
        against: { name: "bare socket.io broadcast", samples: bare },
        note: `${seats} sockets, the last one`,
      }))
        say(figure);
      say({
        name: "signal.fanout.overhead",
        value: round(median(hands) - median(bare)),
        unit: "ms",
        ratio: null,
        against: null,
        n: rounds,
        note: "decide, append, show for each",
      });
    } finally {
      for (const guest of guests) guest.close();
      await server.close();
      await database.end();
    }
  },
};
export default group;

const median = (samples: readonly number[]) => [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 0;

async function joinStorm(url: string, code: string, guests: Guest[]): Promise<{ ms: number; failed: boolean }[]> {
  return Promise.all(
    Array.from({ length: seats }, async (_, index) => {
      await new Promise((resolve) => setTimeout(resolve, (index * joinsWithinMs) / seats));
      const began = performance.now();
      try {
        guests.push(await Guest.comes(url, code, `Guest ${index}`));
        return { ms: performance.now() - began, failed: false };
      } catch {
        return { ms: performance.now() - began, failed: true };
      }
    }),
  );
}

/** From sending the command until the last of all has been told that the hand is up. */
async function raisedHands(guests: readonly Guest[]): Promise<number[]> {
  const samples: number[] = [];
  const [raiser] = guests;
  if (!raiser) throw new Error("Nobody came");
  for (let round = 0; round < rounds; round += 1) {
    const all = Promise.all(guests.map((guest) => told(guest.socket, "floor.handRaised")));
    const began = performance.now();
    void raiser.send({ type: "floor.raiseHand" });
    await all;
    samples.push(performance.now() - began);
    await raiser.send({ type: "floor.lowerHand" });
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  return samples;
}

function told(socket: Socket, type: string): Promise<void> {
  return new Promise((resolve) => {
    const listen = (message: { event: { type: string } }) => {
      if (message.event.type !== type) return;
      socket.off("event", listen);
      resolve();
    };
    socket.on("event", listen);
  });
}

async function bareBroadcasts(): Promise<number[]> {
  const web = createServer().listen(0, "127.0.0.1");
  const server = new Server(web);
  server.on("connection", (socket) =>
    socket.on("raise", () => server.emit("event", { event: { type: "raised", seat: "x" }, n: 1, at: 1 })),
  );
  await new Promise((resolve) => web.once("listening", resolve));
  // A server that listens on a host and a port has an address of this kind.
  const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  const sockets = Array.from({ length: seats }, () => io(url, { transports: ["websocket"], forceNew: true }));
  await Promise.all(sockets.map((socket) => new Promise<void>((resolve) => socket.on("connect", () => resolve()))));
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const all = Promise.all(sockets.map((socket) => told(socket, "raised")));
    const began = performance.now();
    sockets[0]?.emit("raise");
    await all;
    samples.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  for (const socket of sockets) socket.disconnect();
  await server.close();
  return samples;
}
