import type { ReactNode } from "react";
import { t } from "../words/words.ts";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";
import "./said.css";

/**
 * What just happened, in one line that is replaced and never stacked. The region stays in the page while it is empty, so that
 * screen readers know it.
 */
export function StatusLine({ children }: { children?: ReactNode }) {
  return (
    <div className="status-line" role="status" aria-live="polite">
      {children === undefined || children === null || children === "" ? null : <p>{children}</p>}
    </div>
  );
}

interface Answerable {
  /** A sentence: first what is so, then what can be done. */
  children: ReactNode;
  /** One thing to do about it. */
  act?: { label: string; onPress: () => void } | undefined;
  onClose?: (() => void) | undefined;
}

/** Something went wrong; it stays until it is answered. */
export function Alert(props: Answerable) {
  return <Notice tone="alert" {...props} />;
}

/** An expected no is no error: the same shape, in the lamp's colours. */
export function Refusal(props: Answerable) {
  return <Notice tone="refusal" {...props} />;
}

function Notice({ tone, children, act, onClose }: Answerable & { tone: "alert" | "refusal" }) {
  return (
    <div className={`notice notice--${tone}`} role="alert">
      <Icon name={tone === "alert" ? "warning" : "info"} />
      <p>{children}</p>
      {act === undefined ? null : (
        <Button size="small" onClick={act.onPress}>
          {act.label}
        </Button>
      )}
      {onClose === undefined ? null : (
        <Button size="small" look="plain" onClick={onClose}>
          {t("act.ok")}
        </Button>
      )}
    </div>
  );
}
