import { Button } from "../../parts/button.tsx";
import { TextField } from "../../parts/field.tsx";
import { t } from "../../words/words.ts";
import { Trouble } from "./trouble.tsx";
import type { Pages } from "./use-pages.ts";

/** Words above a list that is found by them. `nothing`: what is said when nothing fits, else empty. */
export function SearchField({
  label,
  hint,
  words,
  onWords,
  nothing,
}: {
  label: string;
  hint: string;
  words: string;
  onWords: (words: string) => void;
  nothing: string;
}) {
  return (
    <div className="people-search">
      <TextField
        label={label}
        hint={hint}
        type="search"
        autoComplete="off"
        maxLength={120}
        value={words}
        onChange={(event) => onWords(event.target.value)}
      />
      <p role="status" className="soft">
        {nothing}
      </p>
    </div>
  );
}

/** What stands below a list that comes in pages: the next one, or why it did not come. */
export function MoreRows<Row>({ pages }: { pages: Pages<Row> }) {
  if (pages.refusal !== undefined) return <Trouble refusal={pages.refusal} again={pages.again} />;
  if (!pages.hasMore) return null;
  return (
    <div className="form__acts">
      <Button icon="caret-down" onClick={pages.more} aria-disabled={pages.busy}>
        {t("act.showMore")}
      </Button>
    </div>
  );
}
