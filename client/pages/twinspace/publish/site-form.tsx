import { useState } from "react";
import type { PublicTheme, Publishing } from "../../../../protocol/twinspace/publishing.ts";
import { changeSite } from "../../../api/space/publishing.ts";
import { Button, ButtonLink } from "../../../parts/button.tsx";
import { Checkbox, TextField } from "../../../parts/field.tsx";
import { StatusLine } from "../../../parts/said.tsx";
import { t } from "../../../words/words.ts";
import { Trouble } from "../../portal/trouble.tsx";
import { useAct } from "../../portal/use-act.ts";

/** As protocol/twinspace/publishing.ts has them; its schema library stays out of the browser. */
const themes: readonly PublicTheme[] = ["river", "meadow", "brick", "slate"];
const longestTagline = 160;

/** Where the public site is, and how it looks; only admins change that. */
export function SiteForm({
  shown: { slug, site, served, mayDecide },
  theme,
  onTheme,
}: {
  shown: Publishing;
  theme: PublicTheme;
  onTheme: (theme: PublicTheme) => void;
}) {
  const [tagline, setTagline] = useState(site.tagline);
  const [listed, setListed] = useState(site.listed);
  const [said, say] = useState("");
  const save = useAct(
    () => changeSite(slug, { theme, tagline: tagline.trim(), listed }),
    () => say(t("publish.saved")),
  );
  const address = `/p/${encodeURIComponent(slug)}`;
  return (
    <section className="card publish-site" aria-labelledby="public-site">
      <h2 id="public-site" className="home-head">
        {t("publish.address")}
      </h2>
      <p className="publish-address">
        <bdi>{`${location.origin}/p/${slug}`}</bdi>
      </p>
      {served === 0 ? (
        <p className="soft">{t("publish.nothingYet")}</p>
      ) : (
        <>
          <p>{t("publish.pagesPublic", { pages: served })}</p>
          <ButtonLink icon="globe-simple" href={address}>
            {t("publish.open")}
          </ButtonLink>
        </>
      )}
      {mayDecide ? (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            say("");
            save.run();
          }}
        >
          <fieldset className="publish-themes">
            <legend className="field__label">{t("publish.theme")}</legend>
            {themes.map((each) => (
              <label key={each} className={`publish-theme publish-theme--${each}`}>
                <input type="radio" name="theme" value={each} checked={each === theme} onChange={() => onTheme(each)} />
                <span className="publish-theme__drawn" aria-hidden="true" />
                <span>{t(`publish.theme.${each}`)}</span>
              </label>
            ))}
          </fieldset>
          <TextField
            label={t("publish.tagline")}
            hint={t("publish.taglineHint")}
            maxLength={longestTagline}
            value={tagline}
            onChange={(event) => setTagline(event.target.value)}
          />
          <Checkbox
            label={t("publish.listed")}
            hint={t("publish.listedHint")}
            checked={listed}
            onChange={(event) => setListed(event.target.checked)}
          />
          <Trouble refusal={save.refusal} />
          <div className="form__acts">
            <Button type="submit" aria-disabled={save.busy}>
              {t("act.save")}
            </Button>
          </div>
          <StatusLine>{said}</StatusLine>
        </form>
      ) : null}
    </section>
  );
}
