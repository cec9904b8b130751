/** Waits until something is so; gives up after `withinMs` with the last fault, so that a test says what was missing. */
export async function eventually(isSo: () => Promise<boolean> | boolean, withinMs = 20_000): Promise<void> {
  const until = Date.now() + withinMs;
  let fault: unknown = new Error(`It was not so within ${withinMs} ms`);
  while (Date.now() < until) {
    try {
      if (await isSo()) return;
    } catch (cause) {
      fault = cause;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw fault;
}
