import { useState } from "react";
import { aliasKey } from "../../../domain/twinspace/alias.ts";
import { type RosterProblem, readRoster } from "../../../domain/twinspace/rosterList.ts";
import { longestYear } from "../../../protocol/twinspace/pupilLimits.ts";
import type { LoginCards, NewPupil, WantedSecret } from "../../../protocol/twinspace/pupils.ts";
import { proposeAliases } from "../../api/space/pupils.ts";
import { isRefused } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { TextArea, TextField } from "../../parts/field.tsx";
import { Refusal } from "../../parts/said.tsx";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useForm } from "../portal/use-form.ts";
import { useSpace } from "../twinspace/space-page.tsx";
import { PreviewPupils } from "./preview-pupils.tsx";
import { SecretChoice, usualSecret } from "./secret-choice.tsx";

/**
 * From a pasted list to cards: the list, the aliases, the accounts. Names are held by this page alone until they are sent, and
 * written nowhere in the browser: the list stands in the teacher's own register.
 */
export function AddPupils({ made, back }: { made: (cards: LoginCards) => void; back: () => void }) {
  const [list, setList] = useState("");
  const [year, setYear] = useState("");
  const [secret, choose] = useState<WantedSecret>(usualSecret);
  const [preview, setPreview] = useState<{ pupils: NewPupil[]; taken: ReadonlySet<string> }>();
  if (preview !== undefined) {
    return <PreviewPupils {...preview} secret={secret} made={made} back={() => setPreview(undefined)} />;
  }
  return (
    <ListStep
      {...{ list, setList, year, setYear, secret, choose, back }}
      done={(pupils, taken) => setPreview({ pupils, taken })}
    />
  );
}

interface Given {
  list: string;
  setList: (list: string) => void;
  year: string;
  setYear: (year: string) => void;
  secret: WantedSecret;
  choose: (secret: WantedSecret) => void;
  back: () => void;
  done: (pupils: NewPupil[], taken: ReadonlySet<string>) => void;
}

function ListStep({ list, setList, year, setYear, secret, choose, back, done }: Given) {
  const { slug } = useSpace();
  const { lines, problems, tooMany } = readRoster(list);
  const [showsProblems, showProblems] = useState(false);

  const form = useForm(
    () => {
      showProblems(true);
      if (tooMany) return { errors: { list: "pupils.tooMany" } as const };
      if (lines.length === 0 && problems.length === 0) return { errors: { list: "pupils.listEmpty" } as const };
      if (problems.length > 0) return { errors: { list: "form.wrong" } as const };
      return propose();
    },
    ({ pupils, taken }) => done(pupils, taken),
  );

  const propose = async () => {
    const aliases = lines.map(({ alias }) => alias).filter((alias) => alias !== "");
    const answer = await proposeAliases(slug, { count: lines.length, aliases });
    if (isRefused(answer)) return answer;
    const { proposed, taken } = answer.value;
    const pupils = lines.map((line, index): NewPupil => {
      const { picture = "fish", number = index } = proposed[index] ?? {};
      const neutral = `${t(`picture.${picture}`)} ${number}`;
      return { name: line.name, alias: line.alias || neutral, picture, year: line.year || year.trim() };
    });
    return { value: { pupils, taken: new Set(taken.map(aliasKey)) } };
  };

  return (
    <form {...form.props} className="form card pupils-add" aria-label={t("pupils.addTitle")}>
      <TextArea
        label={t("pupils.list")}
        name="list"
        rows={10}
        spellCheck={false}
        autoComplete="off"
        value={list}
        onChange={(event) => setList(event.target.value)}
        hint={t("pupils.listHint")}
        error={form.error("list")}
      />
      {showsProblems && problems.length > 0 ? <Problems problems={problems} /> : null}
      <div className="form__pair">
        <TextField
          label={t("pupils.yearForAll")}
          name="year"
          maxLength={longestYear}
          value={year}
          onChange={(event) => setYear(event.target.value)}
          hint={t("pupils.yearForAllHint")}
        />
      </div>
      <SecretChoice secret={secret} choose={choose} />
      <Trouble refusal={form.refusal} />
      <div className="form__acts">
        <Button type="submit" look="filled" aria-disabled={form.busy}>
          {t("pupils.preview")}
        </Button>
        <Button look="plain" onClick={back}>
          {t("act.cancel")}
        </Button>
      </div>
    </form>
  );
}

const sentences = {
  name: "pupils.wrongName",
  alias: "pupils.wrongAlias",
  year: "pupils.wrongYear",
  tooManyParts: "pupils.wrongParts",
} as const;
const mostShown = 8;

function Problems({ problems }: { problems: readonly RosterProblem[] }) {
  return (
    <Refusal>
      {problems.slice(0, mostShown).map(({ line, wrong }) => (
        <span key={line} className="pupils-problem">
          {t(sentences[wrong], { line })}{" "}
        </span>
      ))}
    </Refusal>
  );
}
