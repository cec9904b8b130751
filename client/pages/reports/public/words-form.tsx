import type { PublicReportView, ReportPart } from "../../../../protocol/reports/published.ts";
import { Button } from "../../../parts/button.tsx";
import { Checkbox, TextArea, TextField } from "../../../parts/field.tsx";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import type { SavedWords } from "./use-saved-words.ts";

/** As protocol/reports/published.ts has them; its schema library stays out of the browser. */
const parts: readonly ReportPart[] = ["glance", "facts", "labels"];
const longestLine = 160;
const longestIntro = 2000;

/** What stands above and beside the entries. It keeps itself; public it is with the next publishing. */
export function WordsForm({ saved, view }: { saved: SavedWords; view: PublicReportView }) {
  const { words, change, state, refusal, theirs, take } = saved;
  return (
    <section className="card public-report-part" aria-labelledby="words">
      <h2 id="words" className="home-head">
        {t("reportPublic.words")}
      </h2>
      <form className="form" onSubmit={(event) => event.preventDefault()}>
        <TextField
          label={t("reportPublic.line")}
          hint={t("reportPublic.mayBeEmpty")}
          maxLength={longestLine}
          value={words.line}
          onChange={(event) => change({ line: event.target.value })}
        />
        <TextArea
          label={t("reportPublic.beginning")}
          hint={t("reportPublic.beginningHint")}
          rows={4}
          maxLength={longestIntro}
          value={words.intro}
          onChange={(event) => change({ intro: event.target.value })}
        />
        <fieldset className="public-report-ticks">
          <legend className="field__label">{t("reportPublic.parts")}</legend>
          {parts.map((part) => (
            <Checkbox
              key={part}
              label={t(`reportPublic.part.${part}`)}
              checked={words.parts.includes(part)}
              onChange={(event) =>
                change({
                  parts: event.target.checked ? [...words.parts, part] : words.parts.filter((each) => each !== part),
                })
              }
            />
          ))}
        </fieldset>
        <Checkbox
          label={t("reportPublic.listed")}
          hint={t("reportPublic.listedHint")}
          checked={words.listed}
          onChange={(event) => change({ listed: event.target.checked })}
        />
      </form>
      <p role="status" className="soft small">
        {state === "untouched"
          ? view.wordsChanged
            ? t("reportPublic.wordsChanged")
            : ""
          : theirs === undefined
            ? t(`reportPublic.${state}`)
            : ""}
      </p>
      {theirs === undefined ? null : (
        <div className="public-report-held" role="alert">
          <p>
            <strong>{t("reportPublic.theirs")}</strong>
          </p>
          <p dir="auto">{theirs.line}</p>
          <p dir="auto">{theirs.intro}</p>
          <div className="public-report-acts">
            <Button size="small" onClick={() => take("mine")}>
              {t("reportPublic.takeMine")}
            </Button>
            <Button size="small" onClick={() => take("theirs")}>
              {t("reportPublic.takeTheirs")}
            </Button>
          </div>
        </div>
      )}
      <Trouble refusal={state === "notKept" && refusal?.refused !== "offline" ? refusal : undefined} />
    </section>
  );
}
