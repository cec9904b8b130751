/**
 * The clock by which packets arrive: ms since 1970 with a fraction, near the system's clock, which is that of the log,
 * but growing evenly. The system's is set now and then, by a little or by much; a little is made up for bit by bit, so
 * that no recording has a step in it.
 *
 * On another machine than the server's this clock is off by what the two machines' clocks are. Up to some ms, as with
 * NTP, nothing is lost; a clock that is behind by more cuts that much off the beginning of every turn.
 */
export function growingClock(): () => number {
  let offsetMs = Date.now() - performance.now();
  let setAtMs = performance.now();
  return () => {
    const nowMs = performance.now();
    if (nowMs - setAtMs >= everyMs) {
      const offMs = Date.now() - (nowMs + offsetMs);
      offsetMs += Math.abs(offMs) > stepMs ? offMs : Math.max(-pullMs, Math.min(pullMs, offMs));
      setAtMs = nowMs;
    }
    return nowMs + offsetMs;
  };
}

const everyMs = 1_000;
/** The most that a second may become longer or shorter. */
const pullMs = 2;
/** Further off than this, the system's clock was set: turns would be cut off if this one stayed behind. */
const stepMs = 250;
