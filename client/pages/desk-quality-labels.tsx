import { useEffect, useState } from "react";
import type { FrontDoor, Me } from "../../protocol/http/accounts.ts";
import type { LabelItem, LabelItems, LabelShelf } from "../../protocol/qualityLabels/desk.ts";
import { deskOf } from "../api/desk.ts";
import { type LabelFilter, labelsFile, sentLabels } from "../api/quality-label-desk.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Select, TextField } from "../parts/field.tsx";
import { Place } from "../parts/place.tsx";
import { Worklist, type WorklistColumn } from "../parts/worklist.tsx";
import { ageInWords } from "../views/desk.ts";
import { byName } from "../views/regions.ts";
import { countryName, listOf, longDate } from "../words/formats.ts";
import { languageTag, t } from "../words/words.ts";
import { DeskFrame } from "./desk/desk-frame.tsx";
import { OwnPage } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAsked } from "./portal/use-asked.ts";
import { useList } from "./portal/use-list.ts";
import { usePages } from "./portal/use-pages.ts";
import { LabelState } from "./quality-labels/label-state.tsx";
import "./quality-labels/review.css";

/** `/desk/quality-labels`: applications that wait for a support service, and what it decided. */
export default function DeskQualityLabelsPage() {
  return (
    <OwnPage title={t("labelDesk.title")} needs="desk">
      {(me, door) => <Applications me={me} door={door} />}
    </OwnPage>
  );
}

const shelves: readonly LabelShelf[] = ["waiting", "inReview", "decided"];

function Applications({ me, door }: { me: Me; door: FrontDoor }) {
  const [filter, setFilter] = useState<LabelFilter>({ shelf: "waiting", country: "" });
  const [counts, setCounts] = useState<LabelItems["counts"]>();
  const [words, setWords] = useState("");
  // The filter is a part of what is looked for: another one begins the list anew.
  const pages = usePages(JSON.stringify([filter, words]), (asked, after) => {
    const [of, sought]: [LabelFilter, string] = JSON.parse(asked);
    return sentLabels(of, sought, after, setCounts);
  });
  useEffect(() => {
    addEventListener("focus", pages.again);
    return () => removeEventListener("focus", pages.again);
  }, [pages.again]);
  const { rows } = pages;
  return (
    <DeskFrame me={me} door={door} title={t("labelDesk.title")} intro={t("labelDesk.intro")}>
      <div className="desk-narrowing">
        <div className="desk-filters">
          <Select
            label={t("labelDesk.shelf")}
            value={filter.shelf}
            choices={shelves.map((value) => ({
              value,
              label:
                value === "decided"
                  ? t("labelDesk.shelf.decided")
                  : t(`labelDesk.shelf.${value}`, { count: counts?.[value] ?? 0 }),
            }))}
            onChoose={(shelf) => setFilter({ ...filter, shelf })}
          />
          <Countries country={filter.country} choose={(country) => setFilter({ ...filter, country })} />
          <TextField
            label={t("labelDesk.sought")}
            type="search"
            autoComplete="off"
            maxLength={120}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
          <ButtonLink icon="download-simple" href={labelsFile(filter, words)} download>
            {t("desk.csvName")}
          </ButtonLink>
        </div>
      </div>
      <Trouble refusal={pages.refusal} again={pages.again} />
      {rows === undefined && pages.refusal === undefined ? <p role="status">{t("app.loading")}</p> : null}
      {rows?.length === 0 ? (
        <EmptyState
          icon="seal-check"
          title={words.trim() === "" ? t(`labelDesk.empty.${filter.shelf}`) : t("labelDesk.emptyFound")}
        >
          {words.trim() === "" ? t("labelDesk.emptyHint") : undefined}
        </EmptyState>
      ) : null}
      {rows === undefined || rows.length === 0 ? null : (
        <Worklist
          name={t("labelDesk.list")}
          columns={columnsOf(filter.shelf)}
          rows={rows}
          keyOf={({ id }) => id}
          waits={({ state, reviewers }) =>
            state === "submitted" || reviewers.some(({ own }) => own && state === "inReview")
          }
        />
      )}
      {pages.hasMore ? (
        <p>
          <Button icon="caret-down" aria-disabled={pages.busy} onClick={pages.more}>
            {t("act.showMore")}
          </Button>
        </p>
      ) : null}
    </DeskFrame>
  );
}

/** Only where there are several to choose from. */
function Countries({ country, choose }: { country: string; choose: (country: string) => void }) {
  const { asked } = useAsked(() => deskOf());
  const desk = asked.state === "here" ? asked.value : undefined;
  const list = useList("country", desk?.servesAll ? undefined : null);
  const choices = desk?.servesAll ? list.choices : byName(desk?.countries ?? [], countryName, languageTag());
  if (choices.length < 2) return null;
  return (
    <Select
      label={t("desk.country")}
      value={country}
      choices={[{ value: "", label: t("desk.allCountries") }, ...choices]}
      onChoose={choose}
    />
  );
}

function columnsOf(shelf: LabelShelf): WorklistColumn<LabelItem>[] {
  const isDecided = shelf === "decided";
  return [
    { head: t("labelDesk.project"), names: true, cell: (item) => <Named item={item} /> },
    {
      head: t("labelDesk.school"),
      cell: ({ school }) => (
        <Place country={school.country}>{[school.name, school.town].filter(Boolean).join(", ")}</Place>
      ),
    },
    { head: t("labelDesk.state"), cell: (item) => <LabelState state={item.state} /> },
    {
      head: t("labelDesk.reviewers"),
      cell: ({ reviewers }) =>
        reviewers.length === 0 ? (
          <span className="soft">{t("labelDesk.nobodyYet")}</span>
        ) : (
          <bdi>
            {listOf(reviewers.map(({ name, own }) => (own ? t("word.withYou", { name }) : name || t("word.somebody"))))}
          </bdi>
        ),
    },
    isDecided
      ? {
          head: t("labelDesk.points"),
          number: true,
          cell: ({ points, most }) =>
            points === null ? "–" : t("labelDesk.pointsOf", { points: Math.round(points * 10) / 10, most }),
        }
      : {
          head: t("labelDesk.waits"),
          number: true,
          cell: ({ submittedAt }) => <strong>{ageInWords(submittedAt, Date.now())}</strong>,
        },
    { head: t("labelDesk.next"), quiet: true, cell: (item) => <Open item={item} /> },
  ];
}

function Named({ item: { id, project, applicant, attempt, submittedAt } }: { item: LabelItem }) {
  return (
    <span className="label-named">
      <a href={`/desk/quality-labels/${encodeURIComponent(id)}`} dir="auto">
        {project.title}
      </a>
      <span className="soft small">
        <bdi>{applicant || t("labelDesk.somebodyGone")}</bdi>
        {" · "}
        {attempt > 1 ? `${t("labelDesk.attempt", { attempt })} · ` : ""}
        {longDate(submittedAt)}
      </span>
    </span>
  );
}

function Open({ item: { id, state, project, applicant, reviewers } }: { item: LabelItem }) {
  const act =
    state === "submitted"
      ? t("labelDesk.review")
      : state === "inReview" && reviewers.some(({ own }) => own)
        ? t("labelDesk.goOn")
        : t("labelDesk.read");
  return (
    <a
      className={`button button--small button--${state === "submitted" ? "filled" : "outlined"}`}
      href={`/desk/quality-labels/${encodeURIComponent(id)}`}
      aria-label={t("labelDesk.openName", {
        act,
        project: project.title,
        applicant: applicant || t("labelDesk.somebodyGone"),
      })}
    >
      <span>{act}</span>
    </a>
  );
}
