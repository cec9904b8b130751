import { useState } from "react";
import type { Answer } from "../../../api.ts";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { TextArea } from "../../../parts/field.tsx";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";

const longest = 500;

/** A no with its reason. */
export function ReasonDialog({
  title,
  hint,
  act,
  send,
  done,
  onClose,
}: {
  title: string;
  hint: string;
  act: string;
  send: (reason: string) => Promise<Answer<void>>;
  done: () => void;
  onClose: () => void;
}) {
  const [reason, setReason] = useState("");
  const [isMissing, setMissing] = useState(false);
  const sending = useAct(() => send(reason.trim()), done);
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setMissing(reason.trim() === "");
          if (reason.trim() !== "") sending.run();
        }}
      >
        <TextArea
          label={t("publish.reason")}
          hint={hint}
          rows={3}
          maxLength={longest}
          value={reason}
          error={isMissing ? t("publish.reasonMissing") : undefined}
          onChange={(event) => setReason(event.target.value)}
          data-first
        />
        <Trouble refusal={sending.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" aria-disabled={sending.busy}>
            {act}
          </Button>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
