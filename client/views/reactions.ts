import type { Reaction } from "../../protocol/meeting.ts";
import type { IconName } from "../looks/icons.ts";
import { t } from "../words/words.ts";

/** In the order they are offered. */
export const reactionsOffered: readonly Reaction[] = ["applause", "heart", "laugh", "surprise", "thumbUp", "question"];

export const reactionIcons: Readonly<Record<Reaction, IconName>> = {
  applause: "hands-clapping",
  heart: "heart",
  laugh: "smiley",
  surprise: "sparkle",
  thumbUp: "thumbs-up",
  question: "question",
};

export const reactionWords = (reaction: Reaction): string => t(`react.${reaction}`);
