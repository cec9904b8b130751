import { useState } from "react";
import type { BookedMeeting, LinkRole, MeetingLink } from "../../../protocol/http/meetings.ts";
import type { SeatKind } from "../../../protocol/meeting.ts";
import { makeLink } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Select, TextField } from "../../parts/field.tsx";
import type { FieldErrors } from "../../views/field-errors.ts";
import { momentOf } from "../../views/zoned-time.ts";
import { t } from "../../words/words.ts";
import { type ChosenSchool, SchoolField } from "./school-field.tsx";
import { ErrorSummary, Trouble } from "./trouble.tsx";
import { useForm } from "./use-form.ts";

type Asked = Exclude<LinkRole, "chair">;
const kinds: readonly (SeatKind | "unknown")[] = ["pupil", "class", "adult", "unknown"];

/** Another link: who comes by it, of which school, until when. */
export function MakeLinkDialog({
  meeting,
  zone,
  made,
  onClose,
}: {
  meeting: BookedMeeting;
  zone: string;
  made: (link: MeetingLink) => void;
  onClose: () => void;
}) {
  const [school, chooseSchool] = useState<ChosenSchool>(null);
  const [role, chooseRole] = useState<Asked>("participant");
  const form = useForm(
    (fields) => read(fields, meeting.id, role, zone, school),
    ({ link }) => made(link),
  );
  return (
    <Dialog title={t("book.linkMake")} onClose={onClose}>
      <form {...form.props} className="form">
        <ErrorSummary form={form} labels={{ label: t("book.linkLabel"), expiresAt: t("book.linkExpiry") }} />
        <Select
          label={t("book.linkRole")}
          name="role"
          value={role}
          onChoose={chooseRole}
          choices={[
            { value: "participant", label: t("book.linkRoleParticipant") },
            { value: "watcher", label: t("book.linkRoleWatcher") },
          ]}
        />
        <SchoolField
          label={t("book.linkSchool")}
          name="school"
          hint={t("book.linkSchoolHint")}
          chosen={school}
          onChoose={chooseSchool}
          error={form.error("school")}
        />
        {role === "watcher" ? null : (
          <Select
            label={t("book.linkKind")}
            name="kind"
            choices={kinds.map((value) => ({
              value,
              label: value === "unknown" ? t("book.linkKindUnknown") : t(`kind.${value}`),
            }))}
          />
        )}
        <TextField
          label={t("book.linkLabel")}
          name="label"
          maxLength={60}
          autoComplete="off"
          hint={t("book.linkLabelHint")}
          error={form.error("label")}
        />
        <TextField
          label={t("book.linkExpiry")}
          name="expiresAt"
          type="datetime-local"
          hint={t("book.linkExpiryHint")}
          error={form.error("expiresAt")}
        />
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" aria-disabled={form.busy}>
            {t("book.linkMakeIt")}
          </Button>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function read(fields: FormData, meeting: string, role: Asked, zone: string, school: ChosenSchool) {
  const errors: FieldErrors = {};
  const text = (field: string) => String(fields.get(field) ?? "").trim();
  const written = text("expiresAt");
  const expiresAt = written === "" ? null : momentOf(written, zone);
  if (expiresAt === undefined) errors.expiresAt = "book.startMissing";
  else if (expiresAt !== null && expiresAt <= Date.now()) errors.expiresAt = "book.linkExpiryPast";
  if (expiresAt === undefined || Object.keys(errors).length > 0) return { errors };
  return makeLink(meeting, {
    role,
    school: school?.value ?? null,
    kind:
      role === "watcher" ? null : (kinds.filter((kind) => kind !== "unknown").find((k) => k === text("kind")) ?? null),
    label: text("label"),
    expiresAt,
  });
}
