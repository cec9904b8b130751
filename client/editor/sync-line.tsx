import { plainText } from "../../domain/text/plain.ts";
import type { TextNode } from "../../domain/text/schema.ts";
import type { Refusal } from "../api.ts";
import { CopyButton } from "../pages/portal/copy-button.tsx";
import { sentenceOf } from "../pages/portal/trouble.tsx";
import { Button } from "../parts/button.tsx";
import { Icon } from "../parts/icon.tsx";
import { t } from "../words/words.ts";
import type { SyncState } from "./text-sync.ts";

const words = {
  saved: "editor.saved",
  saving: "editor.saving",
  offline: "editor.offline",
} as const;
const icons = { saved: "check", saving: "clock", offline: "wifi-slash" } as const;

/** Whether what was written has arrived; where it never will, why, and the way to keep it. */
export function SyncLine({
  state,
  refusal,
  text,
}: {
  state: SyncState;
  refusal: Refusal | undefined;
  text: () => TextNode;
}) {
  if (state !== "stopped") {
    return (
      <p className="sync-line" role="status" data-state={state}>
        <Icon name={icons[state]} />
        {t(words[state])}
      </p>
    );
  }
  return (
    <div className="notice notice--alert sync-stopped" role="alert">
      <Icon name="warning" />
      <div>
        <p>
          {t("editor.stopped")} {refusal === undefined ? "" : sentenceOf(refusal)}
        </p>
        <div className="form__acts">
          <CopyButton text={plainText(text())} label={t("editor.copyText")} />
          <Button onClick={() => location.reload()}>{t("app.reload")}</Button>
        </div>
      </div>
    </div>
  );
}
