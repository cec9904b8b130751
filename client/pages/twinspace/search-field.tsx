import type { FormEvent } from "react";
import { Button } from "../../parts/button.tsx";
import { TextField } from "../../parts/field.tsx";
import { sectionPath } from "../../views/space-sections.ts";
import { t } from "../../words/words.ts";
import "./space-home.css";

/** Searches a TwinSpace. Without `onSubmit` the browser goes to the page with what is found. */
export function SearchField({
  slug,
  words = "",
  onSubmit,
}: {
  slug: string;
  words?: string;
  onSubmit?: (event: FormEvent<HTMLFormElement>) => void;
}) {
  return (
    <search>
      <form
        className="space-search"
        method="get"
        action={`${sectionPath(slug, "home")}/search`}
        {...(onSubmit === undefined ? {} : { onSubmit })}
      >
        <TextField
          label={t("spaceHome.search")}
          name="words"
          type="search"
          maxLength={120}
          defaultValue={words}
          autoComplete="off"
        />
        <Button type="submit" icon="magnifying-glass">
          {t("spaceHome.searchDo")}
        </Button>
      </form>
    </search>
  );
}
