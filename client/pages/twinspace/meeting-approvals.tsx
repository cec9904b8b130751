import { useState } from "react";
import type { Approval, SayToMeeting } from "../../../protocol/twinspace/meetings.ts";
import { sayToMeeting } from "../../api/space/meetings.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { TextArea } from "../../parts/field.tsx";
import { Place } from "../../parts/place.tsx";
import { Tag, type Tone } from "../../parts/tag.tsx";
import { t } from "../../words/words.ts";
import { dateTimeIn } from "../../words/zoned.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";

const tones: Record<Approval["state"], Tone> = {
  waiting: "waiting",
  approved: "good",
  refused: "bad",
  withdrawn: "bad",
};

/** What one school says to a meeting, and what can be said for it. */
export function SchoolSays({
  meeting,
  approval,
  begun,
  zone,
  changed,
}: {
  meeting: string;
  approval: Approval;
  /** Then nothing more is said. */
  begun: boolean;
  zone: string;
  changed: () => void;
}) {
  const { school, state, reason, by, at } = approval;
  const [asksWhy, askWhy] = useState<"refuse" | "withdraw" | null>(null);
  const saying = useAct((said: SayToMeeting) => sayToMeeting(meeting, school.id, said), changed);
  return (
    <li className="row">
      <div className="row__words">
        <strong>
          <Place country={school.country}>{school.name}</Place>
        </strong>
        <span>
          <Tag tone={tones[state]}>{t(`approval.${state}`)}</Tag>
        </span>
        {by === null || state === "waiting" ? null : (
          <span className="soft small">{t("approval.by", { name: by, date: dateTimeIn(at, zone) })}</span>
        )}
        {reason === "" ? null : <blockquote className="my-school__reason">{reason}</blockquote>}
        <Trouble refusal={saying.refusal} />
      </div>
      {approval.mine && !begun ? (
        <div className="row__acts">
          {state === "approved" ? (
            <Button
              size="small"
              aria-label={t("approval.withdrawFor", { school: school.name })}
              onClick={() => askWhy("withdraw")}
            >
              {t("approval.withdraw")}
            </Button>
          ) : (
            <>
              <Button
                size="small"
                look="filled"
                aria-label={t("approval.approveFor", { school: school.name })}
                aria-disabled={saying.busy}
                onClick={() => saying.run({ say: "approve" })}
              >
                {t("approval.approve")}
              </Button>
              {state === "waiting" ? (
                <Button
                  size="small"
                  aria-label={t("approval.refuseFor", { school: school.name })}
                  onClick={() => askWhy("refuse")}
                >
                  {t("approval.refuse")}
                </Button>
              ) : null}
            </>
          )}
        </div>
      ) : null}
      {asksWhy === null ? null : (
        <Why
          title={t(asksWhy === "refuse" ? "approval.refuseFor" : "approval.withdrawFor", { school: school.name })}
          confirm={t(`approval.${asksWhy}`)}
          onSay={(why) => {
            askWhy(null);
            saying.run({ say: asksWhy, reason: why });
          }}
          onClose={() => askWhy(null)}
        />
      )}
    </li>
  );
}

/** A no, or a yes taken back, has a reason. */
function Why({
  title,
  confirm,
  onSay,
  onClose,
}: {
  title: string;
  confirm: string;
  onSay: (reason: string) => void;
  onClose: () => void;
}) {
  const [reason, write] = useState("");
  const [tried, tryIt] = useState(false);
  const isShort = reason.trim().length < 3;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
          <Button
            look="filled"
            onClick={() => {
              tryIt(true);
              if (!isShort) onSay(reason.trim());
            }}
          >
            {confirm}
          </Button>
        </>
      }
    >
      <TextArea
        label={t("approval.reason")}
        hint={t("approval.reasonHint")}
        value={reason}
        maxLength={500}
        data-first
        error={tried && isShort ? t("approval.reasonMissing") : undefined}
        onChange={(event) => write(event.target.value)}
      />
    </Dialog>
  );
}
