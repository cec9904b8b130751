/** `npm run operator-link -- <email>`: a one-time link for an operator who lost the password and gets no mail. */
import { begin } from "./setup/begin.mjs";

begin(async () => {
  const { printOperatorLink } = await import("./operator-link/print.mjs");
  await printOperatorLink(process.argv.slice(2), process.env);
  process.exit(0);
});
