import { useEffect, useState } from "react";
import type { FrontDoor, Me } from "../../protocol/http/accounts.ts";
import { deskOf, figuresOf } from "../api/desk.ts";
import { Select } from "../parts/field.tsx";
import { byName } from "../views/regions.ts";
import { countryName } from "../words/formats.ts";
import { languageTag, t } from "../words/words.ts";
import { DeskFrame } from "./desk/desk-frame.tsx";
import { MonthsChart } from "./desk/months-chart.tsx";
import { ReportFigures } from "./desk/report-figures.tsx";
import { OwnPage } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { useList } from "./portal/use-list.ts";

/** `/desk/figures`: how many there are, month by month. */
export default function DeskFiguresPage() {
  return (
    <OwnPage title={t("desk.figures")} needs="desk">
      {(me, door) => <Figures me={me} door={door} />}
    </OwnPage>
  );
}

function Figures({ me, door }: { me: Me; door: FrontDoor }) {
  const [country, choose] = useState("");
  const desk = useAsked(() => deskOf());
  const { asked, again } = useAsked(() => figuresOf(country));
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew for another country
  useEffect(() => again(), [country, again]);
  const servesAll = desk.asked.state === "here" && desk.asked.value.servesAll;
  const list = useList("country", servesAll ? undefined : null);
  const own = desk.asked.state === "here" ? desk.asked.value.countries : [];
  const countries = servesAll ? list.choices : byName(own, countryName, languageTag());
  return (
    <DeskFrame me={me} door={door} title={t("desk.figures")} intro={t("desk.figuresHint")}>
      {countries.length < 2 ? null : (
        <div className="desk-filters">
          <Select
            label={t("desk.country")}
            value={country}
            choices={[{ value: "", label: t("desk.allCountries") }, ...countries]}
            onChoose={choose}
          />
        </div>
      )}
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" ? (
        <div className="desk-charts">
          {(["schools", "people", "projects"] as const).map((what) => (
            <MonthsChart
              key={what}
              name={t(`desk.figures.${what}`)}
              months={asked.value.months.map((month) => ({
                month: month.month,
                fresh: month[what],
                total: month[`${what}Total`],
              }))}
            />
          ))}
        </div>
      ) : null}
      <ReportFigures country={country} />
    </DeskFrame>
  );
}
