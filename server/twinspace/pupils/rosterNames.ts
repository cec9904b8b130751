/** Roster names are kept sealed; what opens them is only ever asked for people of the pupil's own school. */
import type { Id } from "../../../protocol/ids.ts";
import { type Secrets, UnreadableSecret } from "../../../storage/secrets.ts";

const about = (pupil: Id) => `roster:${pupil}`;

export const sealRosterName = (secrets: Secrets, pupil: Id, name: string): Buffer => secrets.seal(name, about(pupil));

/** Null where there is none any more, or where the server's key is another one than it was sealed with. */
export function openRosterName(secrets: Secrets, pupil: Id, sealed: Buffer | null): string | null {
  if (sealed === null) return null;
  try {
    return secrets.open(sealed, about(pupil));
  } catch (fault) {
    if (fault instanceof UnreadableSecret) return null;
    throw fault;
  }
}
