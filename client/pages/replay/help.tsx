import { Dialog } from "../../parts/dialog.tsx";
import "../../parts/help-dialog.css";
import { LinkLine } from "../../parts/link-line.tsx";
import { t } from "../../words/words.ts";

/** The keyboard. Opens on `?`. */
export function ReplayHelp({ onClose }: { onClose: () => void }) {
  const keys = (["space", "arrows", "jl", "pn", "home", "speed", "help"] as const).map(
    (key) => [t(`replay.key.${key}`), t(`replay.key.${key}Does`)] as const,
  );
  return (
    <Dialog title={t("replay.keys")} onClose={onClose}>
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
    </Dialog>
  );
}

/** The link to a moment, where the browser does not let us copy it. */
export function MomentDialog({ link, at, onClose }: { link: string; at: string; onClose: () => void }) {
  return (
    <Dialog title={t("replay.moment", { time: at })} onClose={onClose}>
      <p>{t("replay.momentHint")}</p>
      <LinkLine address={link} name={t("replay.moment", { time: at })} />
    </Dialog>
  );
}
