import type { Service, Services } from "../../../protocol/http/services.ts";
import { addService, appoint, changeService } from "../../api/desk.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Checkbox, Select, TextField } from "../../parts/field.tsx";
import { TickList } from "../../parts/tick-list.tsx";
import type { FieldErrors } from "../../views/field-errors.ts";
import { t } from "../../words/words.ts";
import { looksLikeEmail } from "../portal/sign-in-form.tsx";
import { ErrorSummary, Trouble } from "../portal/trouble.tsx";
import { type Form, useForm } from "../portal/use-form.ts";
import { useList } from "../portal/use-list.ts";

interface Asking {
  done: (services: Services) => void;
  onClose: () => void;
}

const textOf = (fields: FormData, name: string) => String(fields.get(name) ?? "").trim();

function Acts({ form, label, onClose }: { form: Form; label: string; onClose: () => void }) {
  return (
    <>
      <Trouble refusal={form.refusal} />
      <div className="form__acts">
        <Button type="submit" look="filled" aria-disabled={form.busy}>
          {label}
        </Button>
        <Button onClick={onClose}>{t("act.cancel")}</Button>
      </div>
    </>
  );
}

/** What a service says of itself to everybody. */
export function ServiceDialog({ service, done, onClose }: Asking & { service: Service }) {
  const languages = useList("language");
  const form = useForm((fields) => {
    const [name, email, website] = ["name", "email", "website"].map((field) => textOf(fields, field));
    const errors: FieldErrors = {};
    if (!name) errors.name = "form.missing";
    if (email && !looksLikeEmail(email)) errors.email = "account.emailWrong";
    if (website && !/^https?:\/\/[^\s/]+\.[^\s/]+/.test(website)) errors.website = "desk.serviceWebsiteWrong";
    if (Object.keys(errors).length > 0) return { errors };
    return changeService(service.id, {
      ...{ name: name ?? "", email: email ?? "", website: website ?? "" },
      languages: fields.getAll("languages").map(String),
      approvesAddedPartners: fields.has("approvesAddedPartners"),
    });
  }, done);
  return (
    <Dialog title={t("desk.editService", { name: service.name })} onClose={onClose}>
      <form {...form.props} className="form">
        <ErrorSummary
          form={form}
          labels={{ name: t("desk.serviceName"), email: t("desk.serviceEmail"), website: t("desk.serviceWebsite") }}
        />
        <TextField
          label={t("desk.serviceName")}
          name="name"
          maxLength={120}
          defaultValue={service.name}
          data-first
          error={form.error("name")}
        />
        <TextField
          label={t("desk.serviceEmail")}
          hint={t("word.optional")}
          name="email"
          type="email"
          autoComplete="off"
          defaultValue={service.email}
          error={form.error("email")}
        />
        <TextField
          label={t("desk.serviceWebsite")}
          hint={t("word.optional")}
          name="website"
          type="url"
          defaultValue={service.website}
          error={form.error("website")}
        />
        {languages.choices.length === 0 ? null : (
          <TickList
            label={t("desk.serviceLanguages")}
            name="languages"
            choices={languages.choices}
            chosen={service.languages}
            nothing={t("word.none")}
            error={form.error("languages")}
          />
        )}
        {service.country === null ? null : (
          <Checkbox
            label={t("desk.serviceApproves")}
            hint={t("desk.serviceApprovesHint")}
            name="approvesAddedPartners"
            defaultChecked={service.approvesAddedPartners}
          />
        )}
        <Acts form={form} label={t("act.save")} onClose={onClose} />
      </form>
    </Dialog>
  );
}

export function AddServiceDialog({ done, onClose }: Asking) {
  const countries = useList("country");
  const form = useForm((fields) => {
    const [country, name] = [textOf(fields, "country"), textOf(fields, "name")];
    const errors: FieldErrors = {};
    if (country === "") errors.country = "form.choose";
    if (name === "") errors.name = "form.missing";
    return Object.keys(errors).length > 0 ? { errors } : addService({ country, name });
  }, done);
  return (
    <Dialog title={t("desk.addService")} onClose={onClose}>
      <form {...form.props} className="form">
        <ErrorSummary form={form} labels={{ country: t("desk.country"), name: t("desk.serviceName") }} />
        <Select
          label={t("desk.country")}
          name="country"
          choices={[{ value: "", label: t("operate.chooseCountry") }, ...countries.choices]}
          error={form.error("country")}
        />
        <TextField label={t("desk.serviceName")} name="name" maxLength={120} error={form.error("name")} />
        <Acts form={form} label={t("operate.add")} onClose={onClose} />
      </form>
    </Dialog>
  );
}

export function AppointDialog({ service, done, onClose }: Asking & { service: Service }) {
  const form = useForm((fields) => {
    const email = textOf(fields, "email");
    if (!looksLikeEmail(email)) return { errors: { email: email === "" ? "form.missing" : "account.emailWrong" } };
    return appoint(service.id, email);
  }, done);
  return (
    <Dialog title={t("desk.appointTo", { name: service.name })} onClose={onClose}>
      <form {...form.props} className="form">
        <TextField
          label={t("desk.appointEmail")}
          name="email"
          type="email"
          autoComplete="off"
          data-first
          error={form.error("email")}
        />
        <Acts form={form} label={t("desk.appoint")} onClose={onClose} />
      </form>
    </Dialog>
  );
}
