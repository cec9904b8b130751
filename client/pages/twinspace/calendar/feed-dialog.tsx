import { calendarFeed, endFeed, makeFeed } from "../../../api/space/calendar.ts";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { TextField } from "../../../parts/field.tsx";
import { t } from "../../../words/words.ts";
import { dateTimeIn } from "../../../words/zoned.ts";
import { CopyButton } from "../../portal/copy-button.tsx";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";
import { useAsked } from "../../portal/use-asked.ts";

/** The secret address by which one's own calendar program reads these dates. */
export function FeedDialog({ slug, zone, onClose }: { slug: string; zone: string; onClose: () => void }) {
  const { asked, again, change } = useAsked(() => calendarFeed(slug));
  const make = useAct(
    () => makeFeed(slug),
    (feed) => change(() => feed),
  );
  const end = useAct(
    () => endFeed(slug),
    (feed) => change(() => feed),
  );
  const feed = asked.state === "here" ? asked.value : undefined;
  return (
    <Dialog title={t("calendar.feed")} onClose={onClose}>
      <p className="soft">{t("calendar.feedHint")}</p>
      <Trouble refusal={asked.state === "refused" ? asked.refusal : undefined} again={again} />
      <Trouble refusal={make.refusal ?? end.refusal} />
      {feed === undefined ? null : feed.address === null ? (
        <div className="form__acts">
          <Button look="filled" icon="link-simple" disabled={make.busy} onClick={() => make.run()}>
            {t("calendar.feedMake")}
          </Button>
        </div>
      ) : (
        <>
          <TextField label={t("calendar.feedAddress")} value={feed.address} readOnly />
          <p className="soft small">
            {feed.usedAt === null
              ? t("calendar.feedUnused")
              : t("calendar.feedUsed", { when: dateTimeIn(feed.usedAt, zone) })}
          </p>
          <div className="form__acts">
            <CopyButton look="filled" text={feed.address} label={t("calendar.feedCopy")} />
            <Button disabled={make.busy} onClick={() => make.run()}>
              {t("calendar.feedRenew")}
            </Button>
            <Button look="danger" disabled={end.busy} onClick={() => end.run()}>
              {t("calendar.feedEnd")}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
