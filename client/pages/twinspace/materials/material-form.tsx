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
import { type Draft, draftOfFields, forgetDraft, keepDraft, readDraft, textIn } from "../../../views/drafts.ts";
import { t } from "../../../words/words.ts";
import { ErrorSummary, Trouble } from "../../portal/trouble.tsx";
import { useAsked } from "../../portal/use-asked.ts";
import { type Form, useForm } from "../../portal/use-form.ts";
import { useSpace } from "../space-page.tsx";

/** As protocol/twinspace/materials.ts has them; its schema library stays out of the browser. */
const licences: readonly Licence[] = [
  ...(["unknown", "allRights", "ccBy", "ccBySa", "ccByNd", "ccByNc", "ccByNcSa", "ccByNcNd"] as const),
  ...(["cc0", "publicDomain"] as const),
];
const answers: readonly Shows[] = ["unknown", "nobody", "people"];

type Suggested = Pick<MaterialView, "licence" | "credit"> | undefined;

/**
 * What is said about a material. Who brought it and who keeps the order say what it shows and who made it; which people are on it
 * is for teachers, of anybody's. What is typed stays through refusals and reloads.
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
  suggested?: Suggested;
  saved: (material: MaterialView) => void;
  later: ReactNode;
}) {
  const { slug } = useSpace();
  const { id, kind, mayChange, mayNamePeople } = material;
  const key = `material ${id}`;
  const draft = useRef(readDraft(sessionStorage, key)).current;
  const [shows, setShows] = useState(answers.find((each) => each === textIn(draft, "shows")) ?? material.shows);
  const [people, setPeople] = useState<readonly string[]>(material.people.map(({ author }) => idOf(author)));
  const saysWho = mayNamePeople && (kind === "image" || kind === "video" || kind === "sound");
  const form = useForm(
    (fields) =>
      changeMaterial(slug, id, {
        ...(mayChange ? wordsIn(fields, kind, named) : {}),
        ...(saysWho ? { shows, people: shows === "people" ? [...people] : [] } : {}),
      }),
    (changed) => {
      forgetDraft(sessionStorage, key);
      saved(changed);
    },
  );
  const labels = { name: t("materials.name"), alt: t("materials.alt"), credit: t("materials.credit") };
  const who = saysWho ? <WhoIsShown shows={shows} people={people} setShows={setShows} setPeople={setPeople} /> : null;
  return (
    <form
      {...form.props}
      className="form material-form"
      onInput={(event) => keepDraft(sessionStorage, key, draftOfFields(new FormData(event.currentTarget)))}
    >
      <ErrorSummary form={form} labels={{ ...labels, description: t("materials.description") }} />
      {mayChange ? (
        <>
          {named ? <Named material={material} draft={draft} form={form} /> : null}
          {kind === "image" ? <Seen material={material} draft={draft} form={form} /> : null}
          {who}
          <Made material={material} draft={draft} form={form} suggested={suggested} />
        </>
      ) : (
        who
      )}
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

function wordsIn(fields: FormData, kind: MaterialView["kind"], named: boolean): ChangeMaterial {
  const text = (name: string) => String(fields.get(name) ?? "");
  const decorative = fields.get("decorative") !== null;
  return {
    ...(named ? { name: text("name") } : {}),
    ...(kind === "image" ? { alt: decorative ? "" : text("alt"), decorative } : {}),
    ...(kind === "link" && named ? { link: text("link") } : {}),
    credit: text("credit"),
    description: text("description"),
    licence: licences.find((each) => each === fields.get("licence")) ?? "unknown",
  };
}

interface Part {
  material: MaterialView;
  draft: Draft | undefined;
  form: Form;
}

/** What was typed before a reload, else what is saved. */
const first = ({ material, draft }: Part, field: "alt" | "credit" | "description" | "name"): string =>
  draft?.[field] === undefined ? material[field] : textIn(draft, field);

function Named(part: Part) {
  const { material, form } = part;
  return (
    <>
      <TextField
        label={t("materials.name")}
        name="name"
        required
        maxLength={200}
        autoComplete="off"
        defaultValue={first(part, "name")}
        error={form.error("name")}
      />
      {material.kind === "link" ? (
        <TextField
          label={t("materials.link")}
          name="link"
          type="url"
          maxLength={2000}
          defaultValue={textIn(part.draft, "link") || (material.link ?? "")}
          error={form.error("link") === undefined ? undefined : t("materials.linkWrong")}
        />
      ) : null}
    </>
  );
}

/** For whoever cannot see the picture. */
function Seen(part: Part) {
  const { material, draft, form } = part;
  const [decorative, setDecorative] = useState(
    draft === undefined ? material.decorative : textIn(draft, "decorative") !== "",
  );
  return (
    <>
      <TextField
        label={t("materials.alt")}
        name="alt"
        hint={t("materials.altHint")}
        maxLength={1000}
        autoComplete="off"
        disabled={decorative}
        defaultValue={first(part, "alt")}
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
  );
}

function Made({ suggested, ...part }: Part & { suggested: Suggested }) {
  const { material, draft, form } = part;
  return (
    <>
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
        defaultValue={first(part, "credit") || (draft === undefined ? (suggested?.credit ?? "") : "")}
        error={form.error("credit")}
      />
      <TextArea
        label={t("materials.description")}
        name="description"
        rows={2}
        maxLength={4000}
        defaultValue={first(part, "description")}
        error={form.error("description")}
      />
    </>
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
