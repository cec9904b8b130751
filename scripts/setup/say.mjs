/** Where progress goes; `bench` moves it away from stdout, which is for its results alone. */
let out = process.stdout;

// Whoever read it has gone; that is no reason to end.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

export function sayTo(stream) {
  out = stream;
}

/** One line of progress: what is done now, or what is waited for. */
export function say(sentence) {
  out.write(`${sentence}\n`);
}

/** Something that ends the program and that the person who started it can do something about, in one sentence. */
export class Refusal extends Error {
  name = "Refusal";
}

/** Ends the program: a refusal with its sentence alone, anything else with where it happened. */
export function endWith(fault) {
  const expected = fault?.name === "Refusal" || fault?.name === "SettingsError";
  process.stderr.write(`${expected ? fault.message : (fault?.stack ?? fault)}\n`);
  process.exit(1);
}

/** Minutes and seconds, for what takes long. */
export function lengthSince(start) {
  const seconds = Math.round((performance.now() - start) / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
