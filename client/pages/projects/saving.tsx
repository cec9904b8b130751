import { Button } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Refusal } from "../../parts/said.tsx";
import { t } from "../../words/words.ts";
import { sentenceOf } from "../portal/trouble.tsx";
import type { SavedForm } from "./use-saved-form.ts";

/** Whether what is written is safe, in one line; and what to do where it is not. */
export function Saving({ saved: { state, refusal } }: { saved: SavedForm }) {
  if (state === "signedOut") {
    return (
      <Refusal act={{ label: t("projects.signInAgain"), onPress: () => location.reload() }}>
        {t("projects.signedOut")}
      </Refusal>
    );
  }
  if (state === "stopped" && refusal !== undefined) {
    return (
      <div className="project-saving">
        <Refusal>{sentenceOf(refusal)}</Refusal>
        <Button size="small" onClick={() => location.reload()}>
          {t("app.reload")}
        </Button>
      </div>
    );
  }
  const words = {
    saved: t("projects.saved"),
    saving: t("projects.saving"),
    unsaved: t("projects.unsaved"),
    offline: t("projects.offline"),
    signedOut: "",
    stopped: "",
  }[state];
  return (
    <p className="project-saving soft" role="status">
      <Icon name={state === "saved" ? "check" : state === "offline" ? "wifi-slash" : "clock"} />
      {words}
    </p>
  );
}
