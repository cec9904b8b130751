import { useEffect, useState } from "react";
import type { FrontDoor, Me } from "../../protocol/http/accounts.ts";
import type { Desk, DeskItem, DeskRef } from "../../protocol/http/desk.ts";
import { type DeskFilter, decide, deskItems, deskOf } from "../api/desk.ts";
import { EmptyState } from "../parts/empty-state.tsx";
import { StatusLine } from "../parts/said.tsx";
import { itemOfHash, keyOfItem } from "../views/desk.ts";
import { countryName, listOf } from "../words/formats.ts";
import { t } from "../words/words.ts";
import { DeskFrame } from "./desk/desk-frame.tsx";
import { DeskFilters } from "./desk/filters.tsx";
import { ItemList } from "./desk/item-list.tsx";
import { ItemPane } from "./desk/item-pane.tsx";
import { OwnPage } from "./portal/portal-page.tsx";
import { sentenceOf, Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";
import { usePages } from "./portal/use-pages.ts";

/** `/desk`: what waits for a support service, and what it decided. */
export default function DeskPage() {
  return (
    <OwnPage title={t("desk.title")} needs="desk">
      {(me, door) => <Worktop me={me} door={door} />}
    </OwnPage>
  );
}

function Worktop({ me, door }: { me: Me; door: FrontDoor }) {
  const [filter, setFilter] = useState<DeskFilter>({ shelf: "waiting", kind: "", country: "" });
  const desk = useAsked(() => deskOf(filter.country));
  const { again } = desk;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew for another country
  useEffect(() => again(), [filter.country, again]);
  if (desk.asked.state === "asking") return <DeskFrame me={me} door={door} title={t("desk.title")} />;
  if (desk.asked.state === "refused") {
    return (
      <DeskFrame me={me} door={door} title={t("desk.title")}>
        <Trouble refusal={desk.asked.refusal} again={again} />
      </DeskFrame>
    );
  }
  const { value } = desk.asked;
  return (
    <DeskFrame me={me} door={door} title={titleOf(value)} intro={introOf(value)}>
      <Laid me={me} desk={value} filter={filter} setFilter={setFilter} recount={again} />
    </DeskFrame>
  );
}

function titleOf({ waiting }: Desk): string {
  const count = waiting.reduce((sum, one) => sum + one.count, 0);
  return count === 0 ? t("desk.nothingWaits") : t("desk.waits", { count });
}

function introOf({ servesAll, countries }: Desk): string {
  return servesAll ? t("desk.servesAll") : t("desk.serves", { countries: listOf(countries.map(countryName)) });
}

function Laid({
  me,
  desk,
  filter,
  setFilter,
  recount,
}: {
  me: Me;
  desk: Desk;
  filter: DeskFilter;
  setFilter: (filter: DeskFilter) => void;
  recount: () => void;
}) {
  const [words, setWords] = useState("");
  const [ticked, tick] = useState<readonly DeskItem[]>([]);
  const [said, say] = useState<string>();
  const [open, close] = useOpenItem();
  const pages = usePages(words, (sought, after) => deskItems(filter, sought, after));
  const { again } = pages;
  const isFirst = useFirst();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is another list
  useEffect(() => {
    if (!isFirst()) again();
    tick([]);
  }, [filter.shelf, filter.kind, filter.country]);

  const refresh = (sentence: string) => {
    say(sentence);
    tick([]);
    again();
    recount();
  };
  const accepting = useAct(
    (items: readonly DeskItem[]) => decide({ items: items.map(refOf), decision: { act: "accept" } }),
    ({ count }) => refresh(t("desk.acceptedMany", { count })),
  );

  return (
    <>
      <div className="desk-narrowing" data-open={open === null ? undefined : true}>
        <DeskFilters desk={desk} filter={filter} setFilter={setFilter} words={words} setWords={setWords} />
      </div>
      <StatusLine>{said}</StatusLine>
      <Trouble refusal={pages.refusal} again={again} />
      {accepting.refusal === undefined ? null : (
        <Stuck fields={accepting.refusal.fields} items={ticked} why={sentenceOf(accepting.refusal)} />
      )}
      <div className="desk" data-open={open === null ? undefined : true}>
        <ItemList
          pages={pages}
          filter={filter}
          sought={words}
          zone={me.timeZone}
          open={open}
          ticked={ticked}
          tick={tick}
          busy={accepting.busy}
          accept={() => accepting.run(ticked)}
        />
        <div className="desk__item">
          {open === null ? (
            <EmptyState icon="archive" title={t("desk.choose")}>
              {t("desk.chooseHint")}
            </EmptyState>
          ) : (
            <ItemPane
              key={keyOfItem(open)}
              item={open}
              me={me}
              twoPersons={desk.twoPersons}
              changed={refresh}
              close={close}
            />
          )}
        </div>
      </div>
    </>
  );
}

const refOf = ({ kind, id, country }: DeskItem): DeskRef => ({ kind, id, country });

/** Which of several could not be, where the server names it. */
function Stuck({
  fields,
  items,
  why,
}: {
  fields: readonly string[] | undefined;
  items: readonly DeskItem[];
  why: string;
}) {
  const place = /^items\.(\d+)$/.exec(fields?.[0] ?? "")?.[1];
  const item = place === undefined ? undefined : items[Number(place)];
  return (
    <div className="notice notice--refusal" role="alert">
      <p>{item === undefined ? why : t("desk.stuck", { title: item.title, why })}</p>
    </div>
  );
}

/** What is open stands in the address, so that the browser's own way back leads to the list. */
function useOpenItem(): [DeskRef | null, () => void] {
  const [open, setOpen] = useState(() => itemOfHash(location.hash));
  useEffect(() => {
    const look = () => setOpen(itemOfHash(location.hash));
    addEventListener("hashchange", look);
    return () => removeEventListener("hashchange", look);
  }, []);
  return [open, () => location.assign("#")];
}

/** True the first time it is asked. */
function useFirst(): () => boolean {
  const [asked] = useState({ before: false });
  return () => {
    const isFirst = !asked.before;
    asked.before = true;
    return isFirst;
  };
}
