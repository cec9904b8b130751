import type { FrontDoor } from "../../../protocol/http/accounts.ts";
import type { EntryView } from "../../../protocol/reports/entries.ts";
import type { SpaceView } from "../../../protocol/twinspace/space.ts";
import { partnerActs } from "../../api/report-desk.ts";
import { ownZone } from "../../views/own-zone.ts";
import { Comments } from "./comments.tsx";

/** What support services said about one entry, and what its teachers answer. */
export function EntryComments({
  space,
  door,
  entry,
  changed,
}: {
  space: SpaceView;
  door: FrontDoor;
  entry: EntryView;
  changed: () => void;
}) {
  return (
    <Comments
      comments={entry.comments}
      side="partner"
      acts={partnerActs(space.slug)}
      mayAnswer={space.open}
      zone={ownZone(door)}
      account={space.me.author}
      changed={changed}
    />
  );
}
