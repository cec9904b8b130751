import { type ReactNode, useRef, useState } from "react";
import type {
  ChangeMaterial,
  Licence,
  MaterialCard,
  MaterialView,
  Shows,
} from "../../../../protocol/twinspace/materials.ts";
import { changeMaterial, peopleToName } from "../../../api/space/materials.ts";
import { Button } from "../../../parts/button.tsx";
import { Checkbox, Radios, Select, TextArea, TextField } from "../../../parts/field.tsx";
import { Ticks } from "../../../parts/tick-list.tsx";
import { draftOfFields, forgetDraft, keepDraft, readDraft, textIn } from "../../../views/drafts.ts";
import { t } from "../../../words/words.ts";
import { ErrorSummary, Trouble } from "../../portal/trouble.tsx";
import { useAsked } from "../../portal/use-asked.ts";
import { useForm } from "../../portal/use-form.ts";
import { useSpace } from "../space-page.tsx";

/** As protocol/twinspace/materials.ts has them; its schema library stays out of the browser. */
const licences: readonly Licence[] = [
  ...(["unknown", "allRights", "ccBy", "ccBySa", "ccByNd", "ccByNc", "ccByNcSa", "ccByNcNd"] as const),
  ...(["cc0", "publicDomain"] as const),
];
const answers: readonly Shows[] = ["unknown", "nobody", "people"];

/**
 * What is said about a material. Pupils say what it shows and who made it; which people are on it is for teachers. What is typed
 * stays through refusals and reloads.
 */
export function MaterialForm({
  material,
  named = false,
  suggested,
  saved,
  later,
}: {
  material: MaterialView;
  /** The name can be changed too. */
  named?: boolean;
  /** Of what was described before it: a class' pictures often have the same licence and the same author. */
  suggested?: Pick<MaterialView, "licence" | "credit"> | undefined;
  saved: (material: MaterialView) => void;
  later: ReactNode;
}) {
  const { slug } = useSpace();
  const { id, kind, mayNamePeople } = material;
  const key = `material ${id}`;
  const draft = useRef(readDraft(sessionStorage, key)).current;
  const [decorative, setDecorative] = useState(
    draft === undefined ? material.decorative : textIn(draft, "decorative") !== "",
  );
  const [shows, setShows] = useState(material.shows);
  const [people, setPeople] = useState<readonly string[]>(material.people.map(({ author }) => idOf(author)));
  const isSeenOrHeard = kind === "image" || kind === "video" || kind === "sound";
  const first = <F extends "alt" | "credit" | "description" | "name">(field: F): string =>
    draft === undefined ? material[field] : textIn(draft, field);
  const form = useForm(
    (fields) => {
      const text = (name: string) => String(fields.get(name) ?? "");
      const change: ChangeMaterial = {
        ...(named ? { name: text("name") } : {}),
        ...(kind === "image" ? { alt: decorative ? "" : text("alt"), decorative } : {}),
        ...(kind === "link" && named ? { link: text("link") } : {}),
        credit: text("credit"),
        description: text("description"),
        licence: licences.find((each) => each === fields.get("licence")) ?? "unknown",
        ...(mayNamePeople && isSeenOrHeard ? { shows, people: shows === "people" ? [...people] : [] } : {}),
      };
      return changeMaterial(slug, id, change);
    },
    (changed) => {
      forgetDraft(sessionStorage, key);
      saved(changed);
    },
  );
  const labels = { name: t("materials.name"), alt: t("materials.alt"), credit: t("materials.credit") };
  return (
    <form
      {...form.props}
      className="form material-form"
      onInput={(event) => keepDraft(sessionStorage, key, draftOfFields(new FormData(event.currentTarget)))}
    >
      <ErrorSummary form={form} labels={{ ...labels, description: t("materials.description") }} />
      {named ? (
        <TextField
          label={t("materials.name")}
          name="name"
          required
          maxLength={200}
          autoComplete="off"
          defaultValue={first("name")}
          error={form.error("name")}
        />
      ) : null}
      {named && kind === "link" ? (
        <TextField
          label={t("materials.link")}
          name="link"
          type="url"
          maxLength={2000}
          defaultValue={material.link ?? ""}
          error={form.error("link") === undefined ? undefined : t("materials.linkWrong")}
        />
      ) : null}
      {kind === "image" ? (
        <>
          <TextField
            label={t("materials.alt")}
            name="alt"
            hint={t("materials.altHint")}
            maxLength={1000}
            autoComplete="off"
            disabled={decorative}
            defaultValue={first("alt")}
            error={form.error("alt")}
          />
          <Checkbox
            label={t("materials.decorative")}
            hint={t("materials.decorativeHint")}
            name="decorative"
            checked={decorative}
            onChange={(event) => setDecorative(event.target.checked)}
          />
        </>
      ) : null}
      {mayNamePeople && isSeenOrHeard ? (
        <WhoIsShown shows={shows} people={people} setShows={setShows} setPeople={setPeople} />
      ) : null}
      <Select
        label={t("materials.licence")}
        name="licence"
        defaultValue={textIn(draft, "licence") || licenceOf(material, suggested)}
        choices={licences.map((value) => ({ value, label: t(`materials.licence.${value}`) }))}
      />
      <TextField
        label={t("materials.credit")}
        name="credit"
        hint={t("materials.creditHint")}
        maxLength={300}
        autoComplete="off"
        defaultValue={first("credit") || (draft === undefined ? (suggested?.credit ?? "") : "")}
        error={form.error("credit")}
      />
      <TextArea
        label={t("materials.description")}
        name="description"
        rows={2}
        maxLength={4000}
        defaultValue={first("description")}
        error={form.error("description")}
      />
      <Trouble refusal={form.refusal} />
      <div className="form__acts">
        <Button type="submit" look="filled" aria-disabled={form.busy}>
          {t("materials.save")}
        </Button>
        {later}
      </div>
    </form>
  );
}

const licenceOf = (material: MaterialView, suggested?: Pick<MaterialView, "licence">): Licence =>
  material.licence === "unknown" ? (suggested?.licence ?? "unknown") : material.licence;

/** `pupil:<id>`. */
const idOf = (author: MaterialCard["author"]["author"]): string => author.split(":")[1] ?? "";

function WhoIsShown({
  shows,
  people,
  setShows,
  setPeople,
}: {
  shows: Shows;
  people: readonly string[];
  setShows: (shows: Shows) => void;
  setPeople: (people: readonly string[]) => void;
}) {
  return (
    <>
      <Radios
        label={t("materials.shows")}
        name="shows"
        value={shows}
        onChoose={setShows}
        choices={answers.map((value) => ({
          value,
          label: t(`materials.shows.${value}`),
          ...(value === "unknown" ? { hint: t("materials.shows.unknownHint") } : {}),
        }))}
      />
      {shows === "people" ? <Pupils people={people} setPeople={setPeople} /> : null}
    </>
  );
}

function Pupils({ people, setPeople }: { people: readonly string[]; setPeople: (people: readonly string[]) => void }) {
  const { slug } = useSpace();
  const { asked, again } = useAsked(() => peopleToName(slug));
  if (asked.state === "refused") return <Trouble refusal={asked.refusal} again={again} />;
  if (asked.state === "asking") return <p role="status">{t("app.loading")}</p>;
  return (
    <Ticks
      label={t("materials.people")}
      hint={t("materials.peopleHint")}
      nothing={asked.value.people.length === 0 ? t("materials.peopleNone") : t("materials.peopleFind")}
      choices={asked.value.people.map(({ author, name, school }) => ({
        value: idOf(author),
        label: school === null ? name : `${name} (${school.name})`,
      }))}
      chosen={people}
      choose={setPeople}
    />
  );
}
