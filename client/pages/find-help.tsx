import { useCallback, useEffect, useState } from "react";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { FoundHelp, HelpingAmbassador } from "../../protocol/http/help.ts";
import { findHelp } from "../api/help.ts";
import { EmptyState } from "../parts/empty-state.tsx";
import { Select } from "../parts/field.tsx";
import { Place } from "../parts/place.tsx";
import { ownCountry } from "../views/own-country.ts";
import { byName, countries } from "../views/regions.ts";
import { countryName, languageName, listOf } from "../words/formats.ts";
import { languageTag, t } from "../words/words.ts";
import { TwilightForm } from "./find-help/twilight.tsx";
import { OpenPage, PortalFrame } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { type List, useList } from "./portal/use-list.ts";
import "./front.css";

/** `/find-help`: who helps in a country, and a wish for a twilight session. */
export default function FindHelpPage() {
  return <OpenPage title={t("help.title")}>{(door) => <FindHelp door={door} />}</OpenPage>;
}

function FindHelp({ door }: { door: FrontDoor }) {
  const [country, chooseCountry] = useState(
    () => door.me?.school?.country ?? door.me?.country ?? ownCountry(navigator.languages, countries),
  );
  const [region, chooseRegion] = useState("");
  const regions = useList("region", country === "" ? null : country);
  return (
    <PortalFrame door={door} title={t("help.title")} intro={t("help.intro")}>
      <div className="form form__pair find-help__where">
        <Select
          label={t("help.country")}
          value={country}
          onChoose={(chosen) => {
            chooseCountry(chosen);
            chooseRegion("");
          }}
          choices={[{ value: "", label: t("help.chooseCountry") }, ...byName(countries, countryName, languageTag())]}
        />
        {regions.choices.length === 0 ? null : (
          <Select
            label={t("help.region")}
            value={region}
            onChoose={chooseRegion}
            choices={[{ value: "", label: t("help.allRegions") }, ...regions.choices]}
          />
        )}
      </div>
      {country === "" ? null : (
        <InCountry key={`${country} ${region}`} country={country} region={region} regions={regions} door={door} />
      )}
    </PortalFrame>
  );
}

function InCountry({
  country,
  region,
  regions,
  door,
}: {
  country: string;
  region: string;
  regions: List;
  door: FrontDoor;
}) {
  const { asked, again } = useAsked(useCallback(() => findHelp(country, region), [country, region]));
  useScrolledToHash(asked.state === "here");
  if (asked.state === "asking") return <p role="status">{t("app.loading")}</p>;
  if (asked.state === "refused") return <Trouble refusal={asked.refusal} again={again} />;
  const { service, ambassadors, reachable } = asked.value;
  return (
    <>
      <div className="find-help">
        <Service service={service} />
        <Ambassadors ambassadors={ambassadors} regions={regions} />
      </div>
      <TwilightForm country={country} ambassadors={ambassadors} reachable={reachable} me={door.me} />
    </>
  );
}

function useScrolledToHash(isHere: boolean): void {
  useEffect(() => {
    if (isHere && location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [isHere]);
}

function Service({ service }: Pick<FoundHelp, "service">) {
  return (
    <section className="card form" aria-labelledby="service">
      <h2 id="service" className="home-head">
        {t("help.service")}
      </h2>
      {service === null ? (
        <p>{t("help.noService")}</p>
      ) : (
        <>
          {service.country === null ? <p className="soft">{t("help.central")}</p> : null}
          <p>
            <strong>
              {service.country === null ? service.name : <Place country={service.country}>{service.name}</Place>}
            </strong>
          </p>
          <dl className="facts">
            {service.email === "" ? null : (
              <div>
                <dt>{t("help.email")}</dt>
                <dd>
                  <a href={`mailto:${service.email}`}>{service.email}</a>
                </dd>
              </div>
            )}
            {service.website === "" ? null : (
              <div>
                <dt>{t("help.website")}</dt>
                <dd>
                  <a href={service.website} rel="noreferrer">
                    {service.website.replace(/^https?:\/\//, "")}
                  </a>
                </dd>
              </div>
            )}
            {service.languages.length === 0 ? null : (
              <div>
                <dt>{t("help.languages")}</dt>
                <dd>{listOf(service.languages.map(languageName))}</dd>
              </div>
            )}
          </dl>
        </>
      )}
    </section>
  );
}

function Ambassadors({ ambassadors, regions }: { ambassadors: readonly HelpingAmbassador[]; regions: List }) {
  return (
    <section className="home-part" aria-labelledby="ambassadors">
      <h2 id="ambassadors" className="home-head">
        {t("help.ambassadors")}
      </h2>
      {ambassadors.length === 0 ? (
        <EmptyState icon="users-three" title={t("help.noAmbassadors")} />
      ) : (
        <>
          <p className="soft">{t("help.ambassadorsHint")}</p>
          <ul className="rows" aria-labelledby="ambassadors">
            {ambassadors.map(({ id, name, regions: where, languages }) => (
              <li className="row" key={id}>
                <div className="row__words">
                  <strong>{name}</strong>
                  <span className="soft small">
                    {where.length === 0 ? t("help.wholeCountry") : listOf(where.map(regions.labelOf))}
                    {languages.length === 0 ? null : ` · ${listOf(languages.map(languageName))}`}
                  </span>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
