/** What Prometheus is told of meetings: counts, and packets by seat and worker. No names, titles or codes. */
import { Gauge, type Registry } from "prom-client";
import type { Id } from "../protocol/ids.ts";
import type { MeetingMedia } from "./mediasoup/meetingMedia.ts";
import type { Hosts } from "./meetings/hosts.ts";

/** Values are taken when they are asked for. */
export function countMeetings(registry: Registry, hosts: Hosts, media: ReadonlyMap<Id, MeetingMedia>): void {
  const registers = [registry];
  new Gauge({
    name: "twinlight_meetings_open",
    help: "Meetings that run on this server",
    registers,
    async collect() {
      const running = await hosts.running();
      this.set(running.filter(({ meeting }) => meeting.phase === "open").length);
    },
  });
  new Gauge({
    name: "twinlight_seats_connected",
    help: "Seats with a browser connected",
    registers,
    async collect() {
      const running = await hosts.running();
      this.set(running.reduce((sum, host) => sum + host.connected, 0));
    },
  });
  new Gauge({
    name: "twinlight_forwarded_packets",
    help: "RTP packets of a seat that went to others since its media began",
    labelNames: ["seat", "worker"],
    registers,
    async collect() {
      this.reset();
      const counts = await Promise.all([...media.values()].map((own) => own.forwarded()));
      for (const { seat, worker, packets } of counts.flat()) this.set({ seat, worker }, packets);
    },
  });
}
