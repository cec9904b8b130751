import { useRef, useState } from "react";
import { t } from "../words/words.ts";
import { Button } from "./button.tsx";
import "./link-line.css";

/** An address to be given away: seen whole, copied with one press. `name` says whose it is. */
export function LinkLine({ address, name, label }: { address: string; name: string; label?: string }) {
  const [copied, setCopied] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      setCopied(true);
    } catch {
      // No clipboard without https or without leave: select it, so that the keys do it.
      box.current?.select();
    }
  };
  return (
    <span className="link-line">
      <input
        ref={box}
        className="input"
        readOnly
        aria-label={label ?? name}
        value={address}
        onFocus={(event) => event.target.select()}
      />
      <Button size="small" icon={copied ? "check" : "copy"} aria-label={name} onClick={() => void copy()}>
        {copied ? t("act.copied") : t("act.copy")}
      </Button>
    </span>
  );
}
