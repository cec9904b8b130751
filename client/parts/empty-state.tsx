import type { ReactNode } from "react";
import type { IconName } from "../looks/icons.ts";
import { Icon } from "./icon.tsx";
import "./empty-state.css";

/** Nothing yet: one drawn thing under the lamp, one sentence, one button. */
export function EmptyState({
  icon,
  title,
  children,
  act,
}: {
  icon: IconName;
  title: string;
  children?: ReactNode;
  act?: ReactNode;
}) {
  return (
    <div className="empty-state">
      <span className="empty-state__lamp">
        <Icon name={icon} />
      </span>
      <p className="empty-state__title">{title}</p>
      {children === undefined ? null : <p className="soft">{children}</p>}
      {act}
    </div>
  );
}
