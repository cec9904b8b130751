import type { Refusal as Refused } from "../../api.ts";
import { Refusal } from "../../parts/said.tsx";
import { lengthInWords } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";

const minuteMs = 60_000;

/** Why a pupil was not let in; how long to wait is said in whole minutes. */
export function WaitOr({ refusal }: { refusal: Refused | undefined }) {
  const waitMs = waitOf(refusal?.current);
  if (refusal === undefined || waitMs === undefined) return <Trouble refusal={refusal} />;
  const length = lengthInWords(Math.max(1, Math.ceil(waitMs / minuteMs)) * minuteMs);
  return <Refusal>{t("pupil.waitFor", { length })}</Refusal>;
}

function waitOf(current: unknown): number | undefined {
  if (typeof current !== "object" || current === null || !("waitMs" in current)) return undefined;
  return typeof current.waitMs === "number" ? current.waitMs : undefined;
}
