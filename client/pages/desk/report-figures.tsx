import { useEffect } from "react";
import type { ReportFigures as Figures } from "../../../protocol/reports/desk.ts";
import { reportFigures, reportFiguresFile } from "../../api/report-desk.ts";
import { ButtonLink } from "../../parts/button.tsx";
import { Place } from "../../parts/place.tsx";
import { Worklist, type WorklistColumn } from "../../parts/worklist.tsx";
import { countryName } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAsked } from "../portal/use-asked.ts";
import { yearInWords } from "./report-filters.tsx";
import "./report-desk.css";

type Row = Figures["rows"][number];

const counted = [
  "projects",
  "activeCards",
  "entries",
  "meetings",
  "pupils",
  "finals",
  "etwinningLabels",
  "qualityLabels",
] as const satisfies readonly (keyof Row)[];

const columns: WorklistColumn<Row>[] = [
  { head: t("reportFigures.year"), names: true, cell: ({ year }) => yearInWords(year) },
  {
    head: t("reportFigures.country"),
    cell: ({ country }) => <Place country={country}>{countryName(country)}</Place>,
  },
  ...counted.map((what) => ({ head: t(`reportFigures.${what}`), number: true, cell: (row: Row) => row[what] })),
];

/** What came of report cards, by school year and country. */
export function ReportFigures({ country }: { country: string }) {
  const { asked, again } = useAsked(() => reportFigures(country));
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew for another country
  useEffect(() => again(), [country, again]);
  return (
    <section className="report-part" aria-labelledby="report-figures">
      <h2 id="report-figures" className="home-head">
        {t("reportFigures.title")}
      </h2>
      <p className="soft">{t("reportFigures.hint")}</p>
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state !== "here" ? null : asked.value.rows.length === 0 ? (
        <p>{t("reportFigures.none")}</p>
      ) : (
        <>
          <div className="report-figures">
            <Worklist
              name={t("reportFigures.title")}
              columns={columns}
              rows={asked.value.rows}
              keyOf={({ year, country: of }) => `${year} ${of}`}
            />
          </div>
          <p>
            <ButtonLink icon="download-simple" href={reportFiguresFile(country)} download>
              {t("reportFigures.csv")}
            </ButtonLink>
          </p>
        </>
      )}
    </section>
  );
}
