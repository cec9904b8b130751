import { useEffect, useState } from "react";
import type { FrontDoor, Me } from "../../protocol/http/accounts.ts";
import type { Invited } from "../../protocol/twinspace/meetings.ts";
import { bookableProjects, bookMeeting } from "../api.ts";
import { Button } from "../parts/button.tsx";
import { Checkbox, Select, TextArea, TextField } from "../parts/field.tsx";
import {
  capacities,
  leastSeats,
  lengthsInMinutes,
  mostSeats,
  nextRules,
  readBooking,
  turnLimitsMs,
  usual,
} from "../views/booking-form.ts";
import { everybody } from "../views/invited.ts";
import { byName, languages } from "../views/regions.ts";
import { localTimeIn, nextFullHour } from "../views/zoned-time.ts";
import { languageName, lengthInWords } from "../words/formats.ts";
import { languageTag, t } from "../words/words.ts";
import { NextRules } from "./portal/next-rules.tsx";
import { OwnPage, PortalFrame } from "./portal/portal-page.tsx";
import { ErrorSummary, Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { type Form, useForm } from "./portal/use-form.ts";
import { ZoneSelect } from "./portal/zone-select.tsx";
import { WhoMayCome } from "./twinspace/who-may-come.tsx";

/** `/meetings/new` */
export default function BookPage() {
  return (
    <OwnPage title={t("book.title")} needs="books">
      {(me, door) => <Booking me={me} door={door} />}
    </OwnPage>
  );
}

function Booking({ me, door }: { me: Me; door: FrontDoor }) {
  const [project, chooseProject] = useState(() => new URLSearchParams(location.search).get("project") ?? "");
  const [invited, invite] = useState(everybody);
  const form = useForm(
    (fields) => {
      const ofProject = fields.get("project") !== null && fields.get("project") !== "";
      const asked = { atOnce: fields.get("when") === "now", now: Date.now(), invited: ofProject ? invited : null };
      const read = readBooking(fields, asked);
      return "errors" in read ? read : bookMeeting(read.booking);
    },
    ({ meeting }) => location.assign(`/meetings/${meeting.id}`),
  );
  return (
    <PortalFrame door={door} title={t("book.title")} intro={t("book.hint")}>
      <form {...form.props} className="form booking">
        <ErrorSummary form={form} labels={labels()} />
        <div className="booking__parts">
          <What form={form} me={me} project={project} chooseProject={chooseProject} />
          <div className="booking__side">
            {project === "" ? null : <ForWhom form={form} project={project} invited={invited} invite={invite} />}
            <How form={form} />
          </div>
        </div>
        <Trouble refusal={form.refusal} />
        <div className="form__acts booking__acts">
          <Button type="submit" look="filled" size="large" icon="calendar-plus" aria-disabled={form.busy}>
            {t("book.book")}
          </Button>
          <Button type="submit" size="large" icon="video-camera" name="when" value="now" aria-disabled={form.busy}>
            {t("book.startNow")}
          </Button>
        </div>
      </form>
    </PortalFrame>
  );
}

const labels = () => ({
  title: t("book.name"),
  start: t("book.start"),
  timeZone: t("book.zone"),
  lengthMinutes: t("book.length"),
  language: t("book.language"),
  school: t("book.school"),
  project: t("book.project"),
  purpose: t("book.purpose"),
  invited: t("book.who"),
  maxSeats: t("book.size"),
  next: t("book.next"),
  turnLimitMs: t("book.turnLength"),
  capacity: t("book.capacity"),
});

const minutes = (count: number) => lengthInWords(count * 60_000);

interface OfProject {
  project: string;
  chooseProject: (project: string) => void;
}

/** The start that a link asked for, such as a day of the project's calendar; else the next full hour. */
function startAsked(now: number, zone: string): string {
  const start = new URLSearchParams(location.search).get("start") ?? "";
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(start) ? start : nextFullHour(now, zone);
}

function What({ form, me, ...of }: { form: Form; me: Me } & OfProject) {
  const now = Date.now();
  return (
    <section className="card form" aria-labelledby="what">
      <h2 id="what">{t("book.what")}</h2>
      <TextField
        label={t("book.name")}
        name="title"
        maxLength={200}
        autoComplete="off"
        hint={t("book.nameHint")}
        error={form.error("title")}
      />
      <Of form={form} me={me} {...of} />
      <div className="form__pair">
        <TextField
          label={t("book.start")}
          name="start"
          type="datetime-local"
          min={localTimeIn(now, me.timeZone)}
          defaultValue={startAsked(now, me.timeZone)}
          hint={t("book.startHint")}
          error={form.error("start")}
        />
        <Select
          label={t("book.length")}
          name="lengthMinutes"
          defaultValue={String(usual.lengthMinutes)}
          choices={lengthsInMinutes.map((length) => ({ value: String(length), label: minutes(length) }))}
          error={form.error("lengthMinutes")}
        />
      </div>
      <ZoneSelect label={t("book.zone")} zone={me.timeZone} hint={t("book.zoneHint")} error={form.error("timeZone")} />
      <div className="form__pair">
        <Select
          label={t("book.language")}
          name="language"
          defaultValue={me.language}
          choices={byName([...new Set([...languages, me.language])], languageName, languageTag())}
          error={form.error("language")}
        />
        <TextField
          label={t("book.size")}
          name="maxSeats"
          type="number"
          inputMode="numeric"
          min={leastSeats}
          max={mostSeats}
          defaultValue={usual.maxSeats}
          hint={t("book.sizeHint")}
          error={form.error("maxSeats")}
        />
      </div>
    </section>
  );
}

/** For which school and project it is: asked only of who has more than one, or any. A project says the school by itself. */
function Of({ form, me, project, chooseProject }: { form: Form; me: Me } & OfProject) {
  const { asked } = useAsked(bookableProjects);
  const projects = asked.state === "here" ? asked.value.projects : [];
  const schools = me.schools.filter(({ state }) => state === "validated");
  const chosen = projects.find(({ id }) => id === project);
  const isUnknown = asked.state === "here" && project !== "" && chosen === undefined;
  useEffect(() => {
    if (isUnknown) chooseProject("");
  }, [isUnknown, chooseProject]);
  if (projects.length === 0 && schools.length < 2) return null;
  return (
    <div className="form__pair">
      {projects.length === 0 ? null : (
        <Select
          label={t("book.project")}
          name="project"
          value={chosen === undefined ? "" : project}
          onChoose={chooseProject}
          choices={[
            { value: "", label: t("book.projectNone") },
            ...projects.map(({ id, title }) => ({ value: id, label: title })),
          ]}
          hint={t("book.projectHint")}
          error={form.error("project")}
        />
      )}
      {schools.length < 2 || chosen !== undefined ? null : (
        <Select
          label={t("book.school")}
          name="school"
          choices={schools.map(({ id, name, town }) => ({ value: id, label: t("book.schoolIn", { name, town }) }))}
          hint={t("book.schoolHint")}
          error={form.error("school")}
        />
      )}
    </div>
  );
}

/** What it is for and who may come: of a project's meeting. */
function ForWhom({
  form,
  project,
  invited,
  invite,
}: {
  form: Form;
  project: string;
  invited: Invited;
  invite: (invited: Invited) => void;
}) {
  return (
    <section className="card form" aria-labelledby="for-whom">
      <h2 id="for-whom">{t("book.forWhom")}</h2>
      <TextArea
        label={t("book.purpose")}
        name="purpose"
        rows={3}
        maxLength={600}
        hint={t("book.purposeHint")}
        error={form.error("purpose")}
      />
      <WhoMayCome
        key={project}
        project={project}
        invited={invited}
        onChange={invite}
        isWrong={form.error("invited") !== undefined}
      />
    </section>
  );
}

function How({ form }: { form: Form }) {
  return (
    <section className="card form" aria-labelledby="how">
      <h2 id="how">{t("book.how")}</h2>
      <NextRules rules={nextRules} chosen={usual.next} />
      <div className="form__pair">
        <Select
          label={t("book.turnLength")}
          name="turnLimitMs"
          defaultValue=""
          choices={turnLimitsMs.map((ms) => ({
            value: ms === null ? "" : String(ms),
            label: ms === null ? t("book.turnLengthOff") : lengthInWords(ms),
          }))}
          hint={t("book.turnLengthHint")}
          error={form.error("turnLimitMs")}
        />
        <Select
          label={t("book.capacity")}
          name="capacity"
          defaultValue={String(usual.capacity)}
          choices={capacities.map((count) => ({ value: String(count), label: String(count) }))}
          hint={t("book.capacityHint")}
          error={form.error("capacity")}
        />
      </div>
      <Checkbox label={t("book.lobby")} name="lobby" defaultChecked hint={t("book.lobbyHint")} />
      <Checkbox label={t("book.recorded")} name="recorded" hint={t("book.recordedHint")} />
    </section>
  );
}
