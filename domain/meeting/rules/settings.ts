/** How the meeting is set: the one way its settings change while it runs. */
import type { Id } from "../../../protocol/ids.ts";
import type { MeetingSettings } from "../../../protocol/meeting.ts";
import type { Draft } from "../draft.ts";

/** What is wished for; zod lets a field that nobody spoke of be present and undefined. */
export type WishedSettings = { [K in keyof MeetingSettings]?: MeetingSettings[K] | undefined };

/** Only what becomes different is said to have changed; the same wish again, from a doubled click, says nothing. */
export function set(draft: Draft, by: Id, wished: WishedSettings): Draft {
  const now: WishedSettings = draft.meeting.settings;
  const changed = Object.entries(wished).filter(
    // The keys are those of `wished`; Object.entries forgets it.
    ([name, value]) => value !== undefined && value !== now[name as keyof MeetingSettings],
  );
  if (changed.length === 0) return draft;
  return draft.happens({ type: "meeting.settingsChanged", by, ...Object.fromEntries(changed) });
}
