/** `npm start`: sets up what is missing, then serves until it is told to end. */
import { begin } from "./setup/begin.mjs";
import { Refusal } from "./setup/say.mjs";

begin(async () => {
  if (process.env.TWINLIGHT_DEMO === "1") {
    throw new Refusal(
      'TWINLIGHT_DEMO makes a demo of every meeting: leave it unset here, and run "npm run demo" for one.',
    );
  }
  const { serve } = await import("./supervise/serve.mjs");
  await serve();
});
