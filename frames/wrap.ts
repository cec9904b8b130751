/**
 * Counters on the wire wrap round: RTP sequence numbers after 16 bits, RTP timestamps after 32, VP8 picture ids after
 * 7 or 15. Of all the numbers that look like `wrapped` on the wire this gives the one nearest to `near`, so that what
 * comes after it can be compared by `<` again. It is negative when the counter steps back across its own start.
 */
export function unwrapNear(near: number, wrapped: number, bits: 7 | 15 | 16 | 32): number {
  const circle = 2 ** bits;
  const ahead = (((wrapped - near) % circle) + circle) % circle;
  return near + (ahead < circle / 2 ? ahead : ahead - circle);
}
