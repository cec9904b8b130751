import { t } from "../words/words.ts";
import { Dialog } from "./dialog.tsx";
import "./help-dialog.css";

/** The keyboard, and in one sentence how it goes. Opens on `?`. */
export function HelpDialog({ chair, onClose }: { chair: boolean; onClose: () => void }) {
  const keys: [string, string][] = [
    [t("help.space"), t("help.spaceDoes")],
    [t("help.r"), t("help.rDoes")],
    [t("help.c"), t("help.cDoes")],
    [t("help.p"), t("help.pDoes")],
    ...(chair ? [[t("help.e"), t("help.eDoes")] satisfies [string, string]] : []),
    [t("help.question"), t("help.questionDoes")],
    [t("help.escape"), t("help.escapeDoes")],
  ];
  return (
    <Dialog title={t("help.keysTitle")} onClose={onClose}>
      <p>{t("help.how")}</p>
      <dl className="help-keys">
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      {/* A page of its own: the meeting goes on here. */}
      <p>
        <a href={chair ? "/help/leading" : "/help/taking-part"} target="_blank" rel="noreferrer">
          {t("guide.more")}
        </a>
      </p>
    </Dialog>
  );
}
