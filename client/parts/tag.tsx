import type { ReactNode } from "react";
import type { IconName } from "../looks/icons.ts";
import { Icon } from "./icon.tsx";
import "./tag.css";

export type Tone = "plain" | "good" | "waiting" | "attention" | "bad" | "now";

/** A state in an outline: icon and words, and only then a colour. */
export function Tag({ tone = "plain", icon, children }: { tone?: Tone; icon?: IconName; children: ReactNode }) {
  return (
    <span className={`tag tag--${tone}`}>
      {icon === undefined ? null : <Icon name={icon} />}
      <span>{children}</span>
    </span>
  );
}
