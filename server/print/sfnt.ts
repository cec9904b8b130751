/** The file around a TrueType font's tables. */
import { joined, u16, u32 } from "./bytes.ts";

export type Tables = Map<string, Buffer>;

/** Writes the tables, sorted by their tags as readers expect. */
export function writeSfnt(tables: Tables): Buffer {
  const sorted = [...tables].sort(([one], [other]) => (one < other ? -1 : 1));
  const power = 2 ** Math.floor(Math.log2(sorted.length));
  const head = [u32(0x00010000), u16(sorted.length, power * 16, Math.log2(power), (sorted.length - power) * 16)];
  let at = 12 + sorted.length * 16;
  const entries: Buffer[] = [];
  const bodies: Buffer[] = [];
  for (const [tag, body] of sorted) {
    const whole = joined([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    entries.push(Buffer.from(tag, "latin1"), u32(checksumOf(whole), at, body.length));
    bodies.push(whole);
    at += whole.length;
  }
  return joined([...head, ...entries, ...bodies]);
}

function checksumOf(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  return sum;
}
