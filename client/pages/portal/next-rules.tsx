import { useState } from "react";
import type { NextRule } from "../../../protocol/meeting.ts";
import { Radios } from "../../parts/field.tsx";
import { t } from "../../words/words.ts";

const words = {
  byQueue: ["book.nextByQueue", "book.nextByQueueHint"],
  byChair: ["book.nextByChair", "book.nextByChairHint"],
  fair: ["book.nextFair", "book.nextFairHint"],
} as const satisfies Record<NextRule, unknown>;

/** What a rule is called. */
export const nameOfRule = (rule: NextRule): string => t(words[rule][0]);

/** "How the floor goes on", each way explained in a sentence. Its name in the form is `next`. */
export function NextRules({ rules, chosen }: { rules: readonly NextRule[]; chosen: NextRule }) {
  const [rule, choose] = useState<NextRule>(chosen);
  return (
    <Radios
      label={t("book.next")}
      name="next"
      value={rule}
      onChoose={choose}
      choices={rules.map((value) => ({ value, label: t(words[value][0]), hint: t(words[value][1]) }))}
    />
  );
}
