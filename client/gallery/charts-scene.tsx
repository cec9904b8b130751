import { Bars } from "../parts/charts/bars.tsx";
import { ChartGroup } from "../parts/charts/chart.tsx";
import { MonthColumns } from "../parts/charts/month-columns.tsx";
import { Pips } from "../parts/charts/pips.tsx";
import { SplitBar } from "../parts/charts/split-bar.tsx";
import { PageFrame } from "../parts/page-frame.tsx";

const schools = [
  { key: "a", name: "Escola de Aveiro", country: "PT" },
  { key: "o", name: "Oulun koulu", country: "FI" },
  { key: "v", name: "3ο Δημοτικό Βόλου", country: "GR" },
  { key: "b", name: "СУ „Васил Левски“", country: "BG" },
  { key: "l", name: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkschule am Unterlauf", country: "AT" },
  { key: "h", name: "בית ספר יסודי", country: "IL" },
  { key: "x", name: "A seventh school", country: "FR" },
  { key: "y", name: "An eighth school", country: "ES" },
  { key: "z", name: "A ninth school", country: "IT" },
];
const amounts = [8, 6, 4, 11, 3, 5, 1, 9, 2];
const many = schools.map((school, place) => ({ ...school, value: amounts[place] ?? 0 }));
const months = Array.from({ length: 14 }, (_, month) => ({
  key: String(month),
  name: new Date(Date.UTC(2026, month, 1)).toLocaleDateString("en-GB", { month: "short" }),
  longName: new Date(Date.UTC(2026, month, 1)).toLocaleDateString("en-GB", { month: "long", year: "numeric" }),
  values: schools.map((_, place) => ((month * 7 + place * 5) % 6) * (month % 4 === 3 ? 0 : 1)),
}));

/** Every chart with few and with many parts, and with nothing in it. */
export function ChartsScene({ rtl }: { rtl: boolean }) {
  return (
    <div dir={rtl ? "rtl" : "ltr"}>
      <PageFrame
        title="Charts"
        side={
          <div className="card">
            <ChartGroup title="At a glance">
              <SplitBar title="Who wrote the 14 entries" heads={["School", "Entries"]} parts={many.slice(0, 2)} />
              <Pips
                title="Planned and done"
                rows={[
                  { key: "m", name: "Meetings", done: 3, planned: 4 },
                  { key: "p", name: "Pages", done: 8, planned: 10 },
                  { key: "e", name: "Exhibition", done: 0, planned: 1 },
                  { key: "l", name: "Letters between the two classes", done: 61, planned: 120 },
                  { key: "s", name: "Songs", done: 3, planned: 2 },
                  { key: "t", name: "To know each other", done: 4, planned: null },
                ]}
              />
            </ChartGroup>
          </div>
        }
      >
        <div className="card">
          <SplitBar title="Eight schools and one" heads={["School", "Entries"]} parts={many} />
        </div>
        <div className="card">
          <MonthColumns title="Month by month" head="Month" parts={schools.slice(0, 3)} columns={months} />
        </div>
        <div className="card">
          <MonthColumns title="Nine of them" head="Month" parts={schools} columns={months.slice(0, 3)} />
        </div>
        <div className="card">
          <Bars title="Pieces of evidence" heads={["Criterion", "Pieces"]} parts={many} />
        </div>
        <div className="card">
          <SplitBar
            title="Nothing yet"
            heads={["School", "Entries"]}
            parts={schools.slice(0, 2).map((s) => ({ ...s, value: 0 }))}
          />
          <Bars title="No bars" heads={["School", "Entries"]} parts={[]} />
          <MonthColumns title="No months" head="Month" parts={[]} columns={[]} />
        </div>
      </PageFrame>
    </div>
  );
}
