/** What a label of any kind says, before it is drawn. */
import type { Label } from "../../protocol/http/labels.ts";
import { t } from "../words/words.ts";

export interface LabelWords {
  name: string;
  motto: string;
  /** "for its part in the project" */
  for: string;
}

export const wordsOfLabel = ({ kind }: Pick<Label, "kind">): LabelWords =>
  kind === "qualityLabel"
    ? { name: t("quality.name"), motto: t("quality.motto"), for: t("quality.for") }
    : { name: t("label.name"), motto: t("label.motto"), for: t("label.for") };

/** Whom it is given to, in large letters. */
export function holderOf({ holder, school }: Pick<Label, "holder" | "school">): string {
  if (holder === null) return school.name;
  return holder.name ?? t("quality.unnamed", { school: school.name });
}

/** Of files that are saved. */
export const fileNameOf = ({ kind, code }: Pick<Label, "kind" | "code">): string =>
  `${kind === "qualityLabel" ? "quality-label" : "etwinning-label"}-${code}`;
