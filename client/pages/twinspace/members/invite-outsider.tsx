import { useState } from "react";
import type { OutsiderRole } from "../../../../protocol/twinspace/members.ts";
import { inviteOutsider, possibleOutsiders } from "../../../api/space/members.ts";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { Radios, Select, TextArea, TextField } from "../../../parts/field.tsx";
import { t } from "../../../words/words.ts";
import { looksLikeEmail } from "../../portal/sign-in-form.tsx";
import { Trouble } from "../../portal/trouble.tsx";
import { useAsked } from "../../portal/use-asked.ts";
import { useForm } from "../../portal/use-form.ts";

/** Asks somebody in as an expert or observer. `done` is told whom, as they are called. */
export function InviteOutsiderButton({ slug, done }: { slug: string; done: (name: string) => void }) {
  const [isOpen, open] = useState(false);
  return (
    <>
      <Button icon="user-plus" onClick={() => open(true)}>
        {t("members.inviteOutsider")}
      </Button>
      {isOpen ? (
        <InviteOutsiderDialog
          slug={slug}
          onClose={() => open(false)}
          done={(name) => {
            open(false);
            done(name);
          }}
        />
      ) : null}
    </>
  );
}

function InviteOutsiderDialog({
  slug,
  done,
  onClose,
}: {
  slug: string;
  done: (name: string) => void;
  onClose: () => void;
}) {
  const { asked } = useAsked(() => possibleOutsiders(slug));
  const people = asked.state === "here" ? asked.value.people : [];
  const [role, choose] = useState<OutsiderRole>("expert");
  const [account, setAccount] = useState("");
  const [email, setEmail] = useState("");
  const form = useForm(
    (fields) => {
      const note = String(fields.get("note")).trim();
      if (account !== "") return inviteOutsider(slug, { account, role, note });
      if (!looksLikeEmail(email.trim())) return { errors: { email: "account.emailWrong" as const } };
      return inviteOutsider(slug, { email: email.trim(), role, note });
    },
    () => done(people.find((one) => one.account === account)?.name ?? email.trim()),
  );
  return (
    <Dialog title={t("members.inviteOutsider")} onClose={onClose}>
      <form {...form.props} className="form">
        <p className="soft">{t("members.inviteOutsiderHint")}</p>
        <Radios
          label={t("members.as")}
          name="role"
          value={role}
          onChoose={choose}
          choices={(["expert", "observer"] as const).map((one) => ({
            value: one,
            label: t(`spaceRole.${one}`),
            hint: t(`spaceRole.${one}May`),
          }))}
        />
        {people.length === 0 ? null : (
          <Select
            label={t("members.contact")}
            name="account"
            value={account}
            onChoose={setAccount}
            choices={[
              { value: "", label: t("members.byEmail") },
              ...people.map(({ account: value, name, school }) => ({
                value,
                label: school === "" ? name : t("correspondence.personAt", { name, school }),
              })),
            ]}
            error={form.error("account")}
          />
        )}
        {account === "" ? (
          <TextField
            label={t("members.email")}
            name="email"
            type="email"
            autoComplete="off"
            spellCheck={false}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            hint={t("members.emailHint")}
            error={form.error("email")}
          />
        ) : null}
        <TextArea label={t("members.note")} name="note" rows={3} maxLength={500} error={form.error("note")} />
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button type="submit" look="filled" icon="envelope-simple" aria-disabled={form.busy}>
            {t("members.send")}
          </Button>
          <Button onClick={onClose}>{t("act.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
