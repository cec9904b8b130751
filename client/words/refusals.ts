/** What a refusal says to the person who met it. */
import { isWordKey, say, t } from "./words.ts";

/**
 * The sentence for a refusal's code. `chair` is the chair's name where it is known. A code this build does not know (a newer
 * server) is answered with the server's own sentence if it gave one.
 */
export function refusalSentence(
  code: string,
  told?: { chair?: string | undefined; message?: string | undefined },
): string {
  const key = `refusal.${code}`;
  if (!isWordKey(key)) return told?.message ?? t("refusal.unknown");
  return say(key, { chair: told?.chair ?? t("word.theChair") });
}
