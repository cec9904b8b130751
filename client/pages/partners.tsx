import { useState } from "react";
import { oldest, youngest } from "../../domain/projects/form.ts";
import type { FrontDoor, Me } from "../../protocol/http/accounts.ts";
import type { PartnerFilter, PartnerPerson, PartnerQuery, Partners } from "../../protocol/http/partners.ts";
import { askContact, findPartners } from "../api/partners.ts";
import { isRefused, type Refusal } from "../api.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Checkbox, Select, TextField } from "../parts/field.tsx";
import { Icon } from "../parts/icon.tsx";
import { StatusLine } from "../parts/said.tsx";
import { listOf } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { PartnerCard } from "./partners/partner-card.tsx";
import { SavedSearches } from "./partners/saved-searches.tsx";
import { PartnerFrame } from "./partners/sections.tsx";
import { WriteDialog } from "./partners/write-dialog.tsx";
import { OwnPage } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { type List, useList } from "./portal/use-list.ts";

/** `/partners`: the search stands in the address, so that it can be kept and handed on. */
export default function PartnersPage() {
  return (
    <OwnPage title={t("partners.title")} needs="account">
      {(me, door) => <Search me={me} door={door} />}
    </OwnPage>
  );
}

const filterNames = ["words", "country", "region", "subject", "language", "ageFrom", "ageTo", "available"] as const;

/** What the address asks for; the server refuses what does not fit. */
function queryOf(address: URLSearchParams): PartnerQuery {
  const given = filterNames.flatMap((name) => {
    const value = address.get(name);
    return value === null || value === "" ? [] : [[name, value] as const];
  });
  return Object.fromEntries(given) as PartnerQuery; // Its ages are still words; in an address they are again.
}

function Search({ me, door }: { me: Me; door: FrontDoor }) {
  const wanted = queryOf(new URLSearchParams(location.search));
  const { asked, again, change } = useAsked(() => findPartners(wanted, null));
  const [asking, ask] = useState<PartnerPerson>();
  const [said, say] = useState("");
  return (
    <PartnerFrame
      me={me}
      door={door}
      title={t("partners.title")}
      intro={t("partners.intro")}
      side={me.standings.includes("staff") ? <SavedSearches query={wanted} /> : undefined}
    >
      <SearchForm wanted={wanted} />
      <StatusLine>{said}</StatusLine>
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" ? (
        <Found wanted={wanted} found={asked.value} ask={ask} grown={(more) => change(() => more)} />
      ) : null}
      {asking === undefined ? null : (
        <WriteDialog
          title={t("partners.askTitle", { name: asking.name })}
          name="note"
          send={(note) => askContact({ to: asking.id, note })}
          done={({ relation }) => {
            say(t("partners.sent", { name: asking.name }));
            change((before) => withRelation(before, asking.id, relation));
            ask(undefined);
          }}
          onClose={() => ask(undefined)}
        />
      )}
    </PartnerFrame>
  );
}

const withRelation = (found: Partners, id: string, relation: PartnerPerson["relation"]): Partners => ({
  ...found,
  partners: found.partners.map((partner) => ({
    ...partner,
    people: partner.people.map((person) => (person.id === id ? { ...person, relation } : person)),
  })),
});

/** An ordinary form: pressing Search opens the address of what is sought. */
function SearchForm({ wanted }: { wanted: PartnerQuery }) {
  const [country, chooseCountry] = useState(wanted.country ?? "");
  const [countries, regions] = [useList("country"), useList("region", country === "" ? null : country)];
  const [subjects, languages] = [useList("subject"), useList("language")];
  const any = { value: "", label: t("partners.any") };
  const ages = Array.from({ length: oldest - youngest + 1 }, (_, i) => String(youngest + i));
  const isFiltered = Object.keys(wanted).some((name) => name !== "words");
  const wide = matchMedia("(min-width: 48rem)").matches;
  // A choice is drawn anew when its list is here, and only it: what is being typed stays.
  const keyOf = (name: string, { entries }: List) => `${name} ${entries === undefined}`;
  return (
    <search>
      <form className="card form partner-search" action="/partners">
        <TextField
          label={t("partners.words")}
          hint={t("partners.wordsHint")}
          type="search"
          name="words"
          maxLength={120}
          defaultValue={wanted.words}
        />
        <details open={wide || isFiltered}>
          <summary>
            {t("partners.filters")}
            <Icon name="caret-down" />
          </summary>
          <div className="partner-filters">
            <Select
              label={t("partners.country")}
              name="country"
              value={country}
              onChoose={chooseCountry}
              choices={[any, ...countries.choices]}
            />
            {regions.choices.length === 0 ? null : (
              <Select
                key={keyOf("region", regions)}
                label={t("partners.region")}
                name="region"
                defaultValue={wanted.region ?? ""}
                choices={[any, ...regions.choices]}
              />
            )}
            <Select
              key={keyOf("subject", subjects)}
              label={t("partners.subject")}
              name="subject"
              defaultValue={wanted.subject ?? ""}
              choices={[any, ...subjects.choices]}
            />
            <Select
              key={keyOf("language", languages)}
              label={t("partners.language")}
              name="language"
              defaultValue={wanted.language ?? ""}
              choices={[any, ...languages.choices]}
            />
            {(["ageFrom", "ageTo"] as const).map((name) => (
              <Select
                key={name}
                label={t(`partners.${name}`)}
                name={name}
                defaultValue={String(wanted[name] ?? "")}
                choices={[any, ...ages.map((value) => ({ value, label: value }))]}
              />
            ))}
            <Checkbox
              label={t("partners.available")}
              name="available"
              value="1"
              defaultChecked={wanted.available !== undefined}
            />
          </div>
        </details>
        <div className="form__acts">
          <Button type="submit" look="filled" icon="magnifying-glass">
            {t("partners.search")}
          </Button>
        </div>
      </form>
    </search>
  );
}

function Found({
  wanted,
  found,
  ask,
  grown,
}: {
  wanted: PartnerQuery;
  found: Partners;
  ask: (person: PartnerPerson) => void;
  grown: (found: Partners) => void;
}) {
  const [refusal, setRefusal] = useState<Refusal>();
  const more = async () => {
    const answer = await findPartners(wanted, found.next);
    if (isRefused(answer)) return setRefusal(answer);
    grown({ ...found, next: answer.value.next, partners: [...found.partners, ...answer.value.partners] });
  };
  if (found.partners.length === 0) return <Nothing wanted={wanted} loosen={found.loosen} />;
  return (
    <section className="home-part" aria-label={t("partners.schools")}>
      <p role="status" className="soft">
        {t("partners.found", { count: found.partners.length })}
      </p>
      {found.readAs.map(({ word, as }) => (
        <p key={word}>{t("partners.readAs", { word, as: listOf(as) })}</p>
      ))}
      <ul className="partner-list" aria-label={t("partners.nav")}>
        {found.partners.map((partner) => (
          <li key={partner.school.id}>
            <PartnerCard partner={partner} ask={ask} />
          </li>
        ))}
      </ul>
      <Trouble refusal={refusal} />
      {found.next === null ? null : <Button onClick={() => void more()}>{t("partners.more")}</Button>}
    </section>
  );
}

/** Says what to loosen: each is a link to the search without it. */
function Nothing({ wanted, loosen }: { wanted: PartnerQuery; loosen: readonly PartnerFilter[] }) {
  const without = (filter: PartnerFilter) => {
    const left = Object.entries(wanted).filter(([name]) => name !== filter);
    return `/partners?${new URLSearchParams(left.map(([name, value]) => [name, String(value)]))}`;
  };
  const isWide = Object.keys(wanted).length === 0;
  return (
    <div className="card">
      <EmptyState icon="magnifying-glass" title={isWide ? t("partners.noneYet") : t("partners.none")}>
        {isWide ? undefined : t(loosen.length > 0 ? "partners.loosen" : "partners.loosenNone")}
      </EmptyState>
      <div className="loosen">
        {loosen.map((filter) => (
          <ButtonLink key={filter} href={without(filter)}>
            {t("partners.without", { filter: t(`partners.${filter}`) })}
          </ButtonLink>
        ))}
      </div>
    </div>
  );
}
