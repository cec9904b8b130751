import type { LabelItem } from "../../../protocol/qualityLabels/desk.ts";
import { Tag, type Tone } from "../../parts/tag.tsx";
import { t } from "../../words/words.ts";

const tones: Readonly<Record<string, Tone>> = {
  ...{ submitted: "attention", inReview: "waiting", granted: "good", notGranted: "plain" },
};

/** The state of an application as a tag. */
export function LabelState({ state }: Pick<LabelItem, "state">) {
  if (state === "draft" || state === "withdrawn") return null;
  return (
    <Tag tone={tones[state] ?? "plain"} {...(state === "granted" ? { icon: "seal-check" } : {})}>
      {t(`labelDesk.state.${state}`)}
    </Tag>
  );
}
