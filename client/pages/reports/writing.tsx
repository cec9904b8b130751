import { useEffect, useRef, useState } from "react";
import { fieldsOf } from "../../../domain/reports/fields.ts";
import type { CardView } from "../../../protocol/reports/card.ts";
import type { EntryField, EntryReaders, EntryView } from "../../../protocol/reports/entries.ts";
import type { SpaceView } from "../../../protocol/twinspace/space.ts";
import { removeEntry } from "../../api/reports.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Refusal } from "../../parts/said.tsx";
import { Tag } from "../../parts/tag.tsx";
import { entryPath } from "../../views/report-card.ts";
import { kindIcons } from "../../views/report-entry.ts";
import { bodyOf, refusedIn } from "../../views/report-form.ts";
import { sectionPath } from "../../views/space-sections.ts";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { titleOfEntry } from "./entry-card.tsx";
import { EntryMeeting } from "./entry-meeting.tsx";
import { FieldControl } from "./fields.tsx";
import { NamingDialog } from "./naming-dialog.tsx";
import { ReadBy, ReadersField } from "./readers-field.tsx";
import { ReportPath } from "./report-path.tsx";
import { SavingState } from "./saving-state.tsx";
import { type EntryForm, useEntryForm } from "./use-entry-form.ts";
import { type Sharing, useSharing } from "./use-sharing.ts";
import "./reports.css";
import "./entry-form.css";

export interface Opening {
  entry: EntryView;
  card: CardView;
}

/** These are for the services, or they would be nothing. */
const forServices: readonly EntryView["kind"][] = ["question", "interim", "final"];

/** An entry as it is written: few fields first, the others behind "More", and below who reads it. */
export function Writing({ space, entry: begun, card }: { space: SpaceView } & Opening) {
  const { slug } = space;
  const form = useEntryForm(slug, begun, space.me.author);
  const { entry } = form;
  const { kind, state } = entry;
  const sharing = useSharing(slug, form, () => location.assign(sectionPath(slug, "report")));
  const [chosen, setReaders] = useState<EntryReaders>(entry.readers);
  const readers = forServices.includes(kind) ? "services" : chosen;
  const fields = useRef<HTMLDivElement>(null);
  useFocus(fields.current, sharing.errors);
  const isNew = state === "draft" && form.now.version <= 1 && kind !== "meeting";
  useEffect(() => {
    if (begun.version <= 1 && begun.body.title === "" && begun.kind !== "meeting")
      firstControl(fields.current, "title")?.focus();
  }, [begun]);

  const { first, more } = fieldsOf(kind);
  const control = (field: EntryField) => (
    <FieldControl
      key={field}
      field={field}
      form={form}
      error={sharing.errors[field]}
      schools={ownFirst(space)}
      plan={card.plan.items}
    />
  );
  const isMoreWanted = more.some(
    (field) => sharing.errors[field] !== undefined || form.now.fields[field].conflict !== undefined,
  );
  return (
    <>
      <ReportPath leaving={isNew && isUntouched(form, begun) ? () => removeEntry(slug, entry.id) : undefined} />
      <Head form={form} />
      <div className="report-writing">
        <div className="card report-form" ref={fields}>
          {entry.meeting === null ? null : <EntryMeeting meeting={entry.meeting} schools={space.schools} whole />}
          {first.map(control)}
          <More fields={more} wanted={isMoreWanted}>
            {more.map(control)}
          </More>
        </div>
        {state === "shared" ? null : (
          <div className="card report-readers">
            {forServices.includes(kind) ? (
              <ReadBy services={card.services} />
            ) : (
              <ReadersField readers={readers} choose={setReaders} services={card.services} />
            )}
          </div>
        )}
      </div>
      <Trouble refusal={sharing.refusal} />
      {sharing.isHeld && form.state !== "saved" ? <Refusal>{t("reports.held")}</Refusal> : null}
      <Bar form={form} sharing={sharing} readers={readers} slug={slug} />
      <Naming form={form} sharing={sharing} readers={readers} />
    </>
  );
}

/** Nobody has written anything in it yet: it need not stay. */
const isUntouched = ({ now, state }: EntryForm, { body }: EntryView): boolean =>
  state === "saved" && JSON.stringify(bodyOf(now)) === JSON.stringify(body) && body.title === "";

function ownFirst({ schools, me }: SpaceView): SpaceView["schools"] {
  const isMine = ({ id }: { id: string }) => id === me.school?.id;
  return [...schools.filter(isMine), ...schools.filter((school) => !isMine(school))];
}

const firstControl = (fields: HTMLElement | null, field: string): HTMLElement | null | undefined =>
  fields?.querySelector<HTMLElement>(
    `[data-field="${field}"] :is(input, textarea, select, summary, button):not([aria-disabled="true"])`,
  );

/** Goes to the first thing to mend, as it is named. */
function useFocus(fields: HTMLElement | null, errors: Sharing["errors"]) {
  const wrong = Object.keys(errors).join(" ");
  useEffect(() => {
    const [first] = [...(fields?.querySelectorAll<HTMLElement>("[data-field]") ?? [])].filter(({ dataset }) =>
      wrong.split(" ").includes(dataset.field ?? ""),
    );
    if (first !== undefined) firstControl(fields, first.dataset.field ?? "")?.focus();
  }, [fields, wrong]);
}

function Head({ form: { entry } }: { form: EntryForm }) {
  const { kind, state, calendarItem } = entry;
  return (
    <header className="report-form-head">
      <span className="report-form-head__tags">
        <Tag icon={kindIcons[kind]}>{t(`reports.kind.${kind}`)}</Tag>
        {state === "draft" ? (
          <Tag tone="attention" icon="pencil-simple">
            {t("reports.draft")}
          </Tag>
        ) : (
          <Tag tone="good" icon="check">
            {t(entry.readers === "services" ? "reports.sharedServices" : "reports.sharedPartners")}
          </Tag>
        )}
        {calendarItem === null ? null : <Tag icon="calendar-blank">{calendarItem.title}</Tag>}
      </span>
      <h1>{kind === "meeting" ? titleOfEntry(entry) : t(`reports.writing.${kind}`)}</h1>
      {kind === "meeting" ? (
        <p className="soft">{t("reports.meetingHint")}</p>
      ) : kind === "interim" || kind === "final" ? (
        <p className="soft">{t("reports.filledIn")}</p>
      ) : null}
    </header>
  );
}

function More({
  fields,
  wanted,
  children,
}: {
  fields: readonly EntryField[];
  /** Something in it has to be looked at. */
  wanted: boolean;
  children: React.ReactNode;
}) {
  const [isOpen, open] = useState(false);
  if (fields.length === 0) return null;
  const isTelling = (field: EntryField) => !field.endsWith("Day") && field !== "title";
  const some = fields.filter(isTelling).map((field) => t(`reports.field.${field}`));
  return (
    <details className="report-more" open={isOpen || wanted} onToggle={(event) => open(event.currentTarget.open)}>
      <summary>
        <Icon name="caret-right" />
        <span>
          <strong>{t("reports.more")}</strong>
          <span className="soft small">{t("reports.moreSuch", { fields: some.slice(0, 4).join(" · ") })}</span>
        </span>
      </summary>
      <div className="report-form">{children}</div>
    </details>
  );
}

/** Always in reach of a thumb: whether it is saved, and what comes next. */
function Bar({
  form,
  sharing,
  readers,
  slug,
}: {
  form: EntryForm;
  sharing: Sharing;
  readers: EntryReaders;
  slug: string;
}) {
  const { entry } = form;
  return (
    <div className="report-bar">
      <SavingState form={form} />
      {entry.state === "draft" ? (
        <Button
          look="filled"
          icon="paper-plane-right-fill"
          aria-disabled={sharing.busy}
          onClick={() => sharing.share(readers)}
        >
          {t(readers === "services" ? "reports.share" : "reports.sharePartners")}
        </Button>
      ) : (
        <>
          {entry.readers === "partners" ? (
            <Button aria-disabled={sharing.busy} onClick={() => sharing.share("services")}>
              {t("reports.shareToo")}
            </Button>
          ) : null}
          <ButtonLink look="filled" href={entryPath(slug, entry.id)}>
            {t("reports.finish")}
          </ButtonLink>
        </>
      )}
    </div>
  );
}

/** Before it is shared, or where something was written into what others read already. */
function Naming({ form, sharing, readers }: { form: EntryForm; sharing: Sharing; readers: EntryReaders }) {
  const [later, putOff] = useState("");
  const saving = refusedIn(form.now, "entry.namesPupil");
  if (sharing.naming.length > 0) {
    return (
      <NamingDialog
        fields={sharing.naming}
        anyway={t("reports.shareAnyway")}
        confirm={() => sharing.share(readers, true)}
        change={sharing.forgetNaming}
      />
    );
  }
  const asked = JSON.stringify(saving.map((field) => form.now.fields[field].value));
  if (saving.length === 0 || later === asked) return null;
  return (
    <NamingDialog fields={saving} anyway={t("reports.saveAnyway")} confirm={form.insist} change={() => putOff(asked)} />
  );
}
