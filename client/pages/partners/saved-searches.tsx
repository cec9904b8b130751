import type { PartnerQuery, SavedSearch } from "../../../protocol/http/partners.ts";
import { changeSearch, deleteSearch, mySearches, saveSearch, seeSearchGoing } from "../../api/partners.ts";
import { Button } from "../../parts/button.tsx";
import { Switch, TextField } from "../../parts/field.tsx";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";
import { useAsked } from "../portal/use-asked.ts";
import { useForm } from "../portal/use-form.ts";

/** My saved searches, and what is sought now to be saved as another. */
export function SavedSearches({ query }: { query: PartnerQuery }) {
  const { asked, again } = useAsked(mySearches);
  const form = useForm((fields) => {
    const name = String(fields.get("name")).trim();
    return name === "" ? { errors: { name: "form.missing" } } : saveSearch({ name, query: kept(query) });
  }, again);
  const change = useAct(changeSearch, again);
  const remove = useAct(deleteSearch, again);
  const searches = asked.state === "here" ? asked.value.searches : [];
  const isEmpty = Object.keys(query).length === 0;
  return (
    <section className="card form" aria-labelledby="saved-searches">
      <h2 id="saved-searches" className="home-head">
        {t("searches.title")}
      </h2>
      <p className="soft small">{t("searches.hint")}</p>
      {searches.map((search) => (
        <div key={search.id} className="saved-search">
          <a href={addressOf(search)} onClick={() => seeSearchGoing(search.id)}>
            {search.name}
          </a>
          {search.fresh === 0 ? null : <strong>{t("searches.fresh", { count: search.fresh })}</strong>}
          <Switch
            label={t("searches.letters", { name: search.name })}
            checked={search.letters}
            onChange={(event) => change.run(search.id, { letters: event.target.checked })}
          />
          <Button
            size="small"
            look="danger"
            aria-label={t("searches.delete", { name: search.name })}
            onClick={() => remove.run(search.id)}
          >
            {t("searches.deleteShort")}
          </Button>
        </div>
      ))}
      <Trouble refusal={change.refusal ?? remove.refusal} />
      {isEmpty && asked.state === "here" && searches.length === 0 ? <p>{t("searches.first")}</p> : null}
      {isEmpty ? null : (
        <form {...form.props} className="form">
          <TextField label={t("searches.name")} name="name" maxLength={80} error={form.error("name")} />
          <Trouble refusal={form.refusal} />
          <Button type="submit" icon="bookmark-simple" aria-disabled={form.busy}>
            {t("searches.save")}
          </Button>
        </form>
      )}
    </section>
  );
}

/** In an address ages are words, in what is kept they are numbers. */
function kept(query: PartnerQuery): PartnerQuery {
  const { ageFrom, ageTo, ...rest } = query;
  return {
    ...rest,
    ...(ageFrom === undefined ? {} : { ageFrom: Number(ageFrom) }),
    ...(ageTo === undefined ? {} : { ageTo: Number(ageTo) }),
  };
}

const addressOf = ({ query }: SavedSearch): string =>
  `/partners?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))}`;
