import type { ProjectView } from "../../../protocol/http/projects.ts";
import { agreeToForm, askForChange, declineProject, withdrawProject } from "../../api/projects.ts";
import type { Refusal } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";
import { NoteButton } from "./note-dialog.tsx";

/**
 * Yes, no and otherwise, for founders while it is pending. `read` answers which version of the form has been read here, or
 * why nothing can be said of it yet: what is being written is saved first.
 */
export function FounderActs({
  project,
  changed,
  read = async () => project.version,
}: {
  project: ProjectView;
  changed: (project: ProjectView) => void;
  read?: () => Promise<number | Refusal>;
}) {
  const { id, acts, state } = project;
  const agree = useAct(async () => {
    const version = await read();
    return typeof version === "number" ? agreeToForm(id, version) : version;
  }, changed);
  const partner = project.members.find((one) => one.role === "founder" && one.account !== project.mine?.account);
  const isFirst = state === "draft" || state === "returned";
  const words = state === "draft" ? "projects.submit" : state === "returned" ? "projects.resubmit" : "projects.agree";
  return (
    <div className="project-part">
      {acts.includes("agree") ? (
        <p className="soft">
          {isFirst ? t("projects.submitHint", { name: partner?.name ?? t("word.somebody") }) : t("projects.agreeHint")}
        </p>
      ) : null}
      <div className="project-acts">
        {acts.includes("agree") ? (
          <Button look="filled" size="large" icon="check" onClick={() => agree.run()} aria-disabled={agree.busy}>
            {t(words)}
          </Button>
        ) : null}
        {acts.includes("askChange") ? (
          <NoteButton
            label={t("projects.askChange")}
            title={t("projects.askChange")}
            hint={t("projects.askChangeHint")}
            needed
            send={(note) => askForChange(id, note)}
            done={changed}
          />
        ) : null}
        {acts.includes("decline") ? (
          <NoteButton
            label={t("projects.decline")}
            title={t("projects.declineAsk")}
            hint={t("projects.declineHint")}
            needed={false}
            danger
            send={(note) => declineProject(id, note)}
            done={() => location.assign("/projects")}
          />
        ) : null}
        {acts.includes("withdraw") ? (
          <NoteButton
            label={t("projects.withdraw")}
            title={t("projects.withdrawAsk")}
            hint={t("projects.withdrawHint")}
            needed={false}
            danger
            send={(note) => withdrawProject(id, note)}
            done={() => location.assign(`/projects/${encodeURIComponent(project.slug)}`)}
          />
        ) : null}
      </div>
      <Trouble refusal={agree.refusal} />
      {agree.refusal?.refused === "project.changed" ? (
        <p>
          <Button icon="arrows-clockwise" onClick={() => location.reload()}>
            {t("app.reload")}
          </Button>
        </p>
      ) : null}
    </div>
  );
}
