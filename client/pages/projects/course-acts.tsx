import { useState } from "react";
import type { ProjectView } from "../../../protocol/http/projects.ts";
import { closeProject, leaveProject, liftProject, reopenProject, suspendProject } from "../../api/projects.ts";
import { Button } from "../../parts/button.tsx";
import { ConfirmDialog } from "../../parts/dialog.tsx";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";
import { NoteButton } from "./note-dialog.tsx";
import "../leaving/leaving.css";

/** Closing, opening again, leaving; halting, for a support service. */
export function CourseActs({ project, changed }: { project: ProjectView; changed: (project: ProjectView) => void }) {
  const { id, acts } = project;
  const [asking, ask] = useState<"close" | "leave">();
  const close = useAct(() => closeProject(id), changed);
  const reopen = useAct(() => reopenProject(id), changed);
  const leave = useAct(
    () => leaveProject(id),
    () => location.assign("/projects"),
  );
  return (
    <div className="project-acts">
      {acts.includes("reopen") ? (
        <Button icon="door-open" onClick={() => reopen.run()} aria-disabled={reopen.busy}>
          {t("projects.reopen")}
        </Button>
      ) : null}
      {acts.includes("close") ? (
        <Button look="danger" onClick={() => ask("close")}>
          {t("projects.close")}
        </Button>
      ) : null}
      {acts.includes("leave") ? (
        <Button look="danger" onClick={() => ask("leave")}>
          {t("projects.leave")}
        </Button>
      ) : null}
      {acts.includes("suspend") ? (
        <NoteButton
          label={t("projects.suspend")}
          title={t("projects.suspend")}
          hint={t("projects.suspendHint")}
          needed
          danger
          send={(note) => suspendProject(id, note)}
          done={changed}
        />
      ) : null}
      {acts.includes("lift") ? (
        <NoteButton
          label={t("projects.lift")}
          title={t("projects.lift")}
          hint={t("projects.suspendHint")}
          needed
          send={(note) => liftProject(id, note)}
          done={changed}
        />
      ) : null}
      {asking === undefined ? null : (
        <ConfirmDialog
          title={t(`projects.${asking}Ask`)}
          confirm={t(`projects.${asking}`)}
          onConfirm={asking === "close" ? close.run : leave.run}
          onClose={() => ask(undefined)}
        >
          <p>{t(`projects.${asking}Hint`)}</p>
          {asking === "close" ? <Closing slug={project.slug} /> : null}
        </ConfirmDialog>
      )}
      <Trouble refusal={close.refusal ?? reopen.refusal ?? leave.refusal} />
    </div>
  );
}

/** What closing does, and what is better done before. */
function Closing({ slug }: { slug: string }) {
  return (
    <>
      <p>{t("leaving.closing")}</p>
      <ul className="leaving-list">
        <li>{t("leaving.closingPupils")}</li>
        <li>{t("leaving.closingRead")}</li>
        <li>{t("leaving.closingArchive")}</li>
      </ul>
      <p>
        <a href={`/twinspace/${encodeURIComponent(slug)}/leaving`}>{t("leaving.closingFirst")}</a>
      </p>
    </>
  );
}
