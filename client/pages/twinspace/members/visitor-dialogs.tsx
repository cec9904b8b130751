import { useState } from "react";
import type { Visitor, VisitorLink, VisitorRelation } from "../../../../protocol/twinspace/members.ts";
import { inviteVisitor, renewVisitor } from "../../../api/space/members.ts";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { Select, TextField } from "../../../parts/field.tsx";
import { QrCode } from "../../../parts/qr-code.tsx";
import { t } from "../../../words/words.ts";
import { CopyButton } from "../../portal/copy-button.tsx";
import { looksLikeEmail } from "../../portal/sign-in-form.tsx";
import { Trouble } from "../../portal/trouble.tsx";
import { useForm } from "../../portal/use-form.ts";

const dayMs = 86_400_000;
const usualDays = 90;
const longestDays = 400;

/** So many days from now, as a box for days writes it. */
const dayIn = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);

function UntilField({ error }: { error: string | undefined }) {
  return (
    <TextField
      label={t("visitors.until")}
      name="until"
      type="date"
      defaultValue={dayIn(usualDays)}
      min={dayIn(0)}
      max={dayIn(longestDays)}
      hint={t("visitors.untilHint")}
      error={error}
    />
  );
}

const relations: readonly VisitorRelation[] = ["parent", "head", "inspector", "other"];

export function InviteVisitorDialog({
  slug,
  done,
  onClose,
}: {
  slug: string;
  done: (made: VisitorLink) => void;
  onClose: () => void;
}) {
  const [relation, choose] = useState<VisitorRelation>("parent");
  const form = useForm((fields) => {
    const name = String(fields.get("name")).trim();
    const email = String(fields.get("email")).trim();
    const until = String(fields.get("until"));
    if (name === "") return { errors: { name: "form.missing" } };
    if (email !== "" && !looksLikeEmail(email)) return { errors: { email: "account.emailWrong" } };
    if (until === "") return { errors: { until: "form.missing" } };
    return inviteVisitor(slug, { name, relation, email: email === "" ? null : email, until });
  }, done);
  return (
    <Dialog title={t("visitors.invite")} onClose={onClose}>
      <form {...form.props} className="form">
        <TextField
          label={t("visitors.name")}
          name="name"
          maxLength={80}
          autoComplete="off"
          data-first
          error={form.error("name")}
        />
        <Select
          label={t("visitors.relation")}
          value={relation}
          onChoose={choose}
          choices={relations.map((value) => ({ value, label: t(`visitors.${value}`) }))}
        />
        <TextField
          label={t("visitors.email")}
          name="email"
          type="email"
          autoComplete="off"
          spellCheck={false}
          hint={t("visitors.emailHint")}
          error={form.error("email")}
        />
        <UntilField error={form.error("until")} />
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" icon="link-simple" aria-disabled={form.busy}>
            {t("visitors.make")}
          </Button>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

export function RenewVisitorDialog({
  slug,
  visitor: { id, name },
  done,
  onClose,
}: {
  slug: string;
  visitor: Visitor;
  done: (made: VisitorLink) => void;
  onClose: () => void;
}) {
  const form = useForm((fields) => {
    const until = String(fields.get("until"));
    return until === "" ? { errors: { until: "form.missing" } } : renewVisitor(slug, id, until);
  }, done);
  return (
    <Dialog title={t("visitors.renewTitle", { name })} onClose={onClose}>
      <form {...form.props} className="form">
        <p>{t("visitors.renewHint")}</p>
        <UntilField error={form.error("until")} />
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" icon="link-simple" aria-disabled={form.busy}>
            {t("visitors.make")}
          </Button>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Shown once: the server keeps only what the link can be recognised by. */
export function LinkDialog({
  made: {
    visitor: { name, email },
    link,
    code,
  },
  onClose,
}: {
  made: VisitorLink;
  onClose: () => void;
}) {
  return (
    <Dialog title={t("visitors.linkTitle", { name })} onClose={onClose}>
      <div className="form">
        <p>{t("visitors.linkHint", { name })}</p>
        {email === null ? null : <p>{t("visitors.mailed", { email })}</p>}
        <TextField label={t("visitors.link")} value={link} readOnly onFocus={(event) => event.target.select()} />
        <CopyButton text={link} label={t("visitors.copy")} />
        <div className="visitors__code">
          <QrCode rows={code} name={t("visitors.code", { name })} />
        </div>
      </div>
    </Dialog>
  );
}
