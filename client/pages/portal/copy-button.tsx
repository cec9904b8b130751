import { useEffect, useRef, useState } from "react";
import { Button, type ButtonLooks } from "../../parts/button.tsx";
import { t } from "../../words/words.ts";

const shownForMs = 2_500;

/**
 * Copies a text and says so: the button's own word becomes "Copied" for a moment, and a status says it aloud. `name` is the
 * accessible name where the label alone would not say what is copied; it begins with the label.
 */
export function CopyButton({
  text,
  label = t("act.copy"),
  name,
  ...looks
}: ButtonLooks & { text: string; label?: string; name?: string }) {
  const [outcome, setOutcome] = useState<"copied" | "failed">();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const copy = async () => {
    const copied = await copyText(text);
    setOutcome(copied ? "copied" : "failed");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOutcome(undefined), copied ? shownForMs : 4 * shownForMs);
  };

  return (
    <span className="copy">
      <Button
        {...looks}
        icon={outcome === "copied" ? "check" : "copy"}
        aria-label={outcome === "copied" ? undefined : name}
        onClick={() => void copy()}
      >
        {outcome === "copied" ? t("act.copied") : label}
      </Button>
      <span role="status" className={outcome === "failed" ? "copy__failed" : "unseen"}>
        {outcome === undefined ? "" : t(outcome === "copied" ? "act.copied" : "act.copyFailed")}
      </span>
    </span>
  );
}

/** False when the browser does not let us. Without a secure context only the older way is there. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const before = document.activeElement;
  const box = document.createElement("textarea");
  box.value = text;
  box.className = "unseen";
  // Inside an open dialog nothing outside of it can be focused.
  (before?.closest("dialog") ?? document.body).append(box);
  box.select();
  const copied = document.execCommand("copy");
  box.remove();
  if (before instanceof HTMLElement) before.focus();
  return copied;
}
