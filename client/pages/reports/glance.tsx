import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { PupilCount } from "../../../protocol/reports/entries.ts";
import type { Glance, Missing } from "../../../protocol/reports/glance.ts";
import { glanceForService, glanceOfSpace, servicePdfAt } from "../../api/report-glance.ts";
import { InGroup } from "../../parts/charts/as-table.ts";
import { Bars } from "../../parts/charts/bars.tsx";
import { ChartGroup } from "../../parts/charts/chart.tsx";
import { MonthColumns } from "../../parts/charts/month-columns.tsx";
import { Pips } from "../../parts/charts/pips.tsx";
import { SplitBar } from "../../parts/charts/split-bar.tsx";
import { Select } from "../../parts/field.tsx";
import { sumOf } from "../../views/charts.ts";
import {
  type Given,
  glancePath,
  leadIn,
  mendedAt,
  monthsByKind,
  monthsBySchool,
  sharesOf,
  unshown,
} from "../../views/report-glance.ts";
import { monthOfDay } from "../../words/days.ts";
import { listOf, spokenLength } from "../../words/formats.ts";
import { languageTag, t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAsked } from "../portal/use-asked.ts";
import { useList } from "../portal/use-list.ts";
import "./glance.css";
import "./print.css";

export type GlanceSide = "partner" | "service";

/**
 * Beside a report card: who wrote, who spoke, and the way to all figures. `plan`: planned and done, too. Another `stamp` asks
 * anew.
 */
export function GlanceSummary({
  slug,
  side,
  plan = false,
  stamp = 0,
}: {
  slug: string;
  side: GlanceSide;
  plan?: boolean;
  stamp?: number;
}) {
  const { asked, again } = useAsked(() => (side === "partner" ? glanceOfSpace(slug) : glanceForService(slug)));
  const seen = useRef(stamp);
  useEffect(() => {
    if (seen.current === stamp) return;
    seen.current = stamp;
    again();
  }, [stamp, again]);
  return (
    <section className="card glance-summary">
      <ChartGroup title={t("glance.title")}>
        {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
        {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
        {asked.state === "here" ? <Summary glance={asked.value} slug={slug} side={side} plan={plan} /> : null}
      </ChartGroup>
    </section>
  );
}

function Summary({ glance, slug, side, plan }: { glance: Glance; slug: string; side: GlanceSide; plan: boolean }) {
  const isEmpty = glance.entries.count === 0;
  return (
    <>
      {side === "service" ? <Silence glance={glance} /> : null}
      {isEmpty ? <p className="soft">{t(side === "partner" ? "glance.nothing" : "glance.nothingService")}</p> : null}
      <Share glance={glance} given="entries" quietSentence />
      <Share glance={glance} given="spokeMs" quietSentence />
      {plan ? <Planned glance={glance} /> : null}
      {side === "partner" ? (
        <p>
          <a href={glancePath(slug)}>{t("glance.more")}</a>
        </p>
      ) : isEmpty ? null : (
        <>
          <Reach glance={glance} />
          <details className="glance-more">
            <summary>{t("glance.more")}</summary>
            <div className="glance">
              <OverTime glance={glance} />
              <Criteria glance={glance} side="service" />
              <Pupils glance={glance} />
              <Meetings glance={glance} />
            </div>
          </details>
          <p>
            <a href={servicePdfAt(slug)}>{t("reports.print")}</a>
          </p>
        </>
      )}
    </>
  );
}

/** All of it for a teacher, each figure a card; the charts follow the switch that stands on the page. */
export function GlanceFigures({ glance, slug }: { glance: Glance; slug: string }) {
  return (
    <InGroup value={true}>
      <div className="glance">
        <MissingThings glance={glance} slug={slug} />
        <Balance glance={glance} />
        <OverTime glance={glance} />
        <Part title={t("glance.plan")}>
          {glance.plan.length === 0 ? <p className="soft">{t("glance.noPlan")}</p> : <Planned glance={glance} quiet />}
        </Part>
        <Criteria glance={glance} side="partner" />
        <Pupils glance={glance} />
        <Meetings glance={glance} />
        <Part title={t("glance.silence")}>
          <Silence glance={glance} />
        </Part>
      </div>
    </InGroup>
  );
}

function Part({ title, wide = false, children }: { title: string; wide?: boolean; children: ReactNode }) {
  const id = useId();
  return (
    <section className="card glance-part" data-wide={wide || undefined} aria-labelledby={id}>
      <h2 id={id} className="home-head">
        {title}
      </h2>
      {children}
    </section>
  );
}

/* Between the schools */

const givens: readonly Given[] = ["entries", "spokeMs", "pages", "materials", "updates"];

function Balance({ glance }: { glance: Glance }) {
  const given = givens.filter((one) => sharesOf(glance, one, "") !== undefined);
  if (given.length === 0) return null;
  return (
    <Part title={t("glance.balance")}>
      {given.map((one) => (
        <Share key={one} glance={glance} given={one} />
      ))}
      {glance.entries.count > glance.entries.written ? (
        <p className="soft small">{t("glance.byMeetings", { count: glance.entries.count - glance.entries.written })}</p>
      ) : null}
    </Part>
  );
}

function Share({ glance, given, quietSentence = false }: { glance: Glance; given: Given; quietSentence?: boolean }) {
  const parts = sharesOf(glance, given, t("glance.others"));
  if (parts === undefined) return null;
  const whole = sumOf(parts.map(({ value }) => value));
  const words = given === "spokeMs" ? spokenLength : undefined;
  return (
    <SplitBar
      title={titleOf(given, whole)}
      level={3}
      sentence={quietSentence ? undefined : sentenceOf(given, parts, whole)}
      parts={parts}
      {...(words === undefined ? {} : { valueWords: words })}
      heads={[t("glance.school"), headOf(given)]}
    />
  );
}

function titleOf(given: Given, count: number): string {
  if (given === "entries") return t("glance.whoWrote", { count });
  return given === "spokeMs" ? t("glance.whoSpoke") : t(`glance.whoMade.${given}`);
}

function headOf(given: Given): string {
  if (given === "entries") return t("glance.entries");
  return given === "spokeMs" ? t("glance.spoke") : t(`glance.made.${given}`);
}

/** "Aveiro wrote 8 of 14 entries." */
function sentenceOf(
  given: Given,
  parts: readonly { name: string; value: number }[],
  whole: number,
): string | undefined {
  if (parts.length < 2) return undefined;
  const lead = leadIn(parts);
  if (lead === null) return t("glance.lead.even");
  if (given === "spokeMs") {
    return t("glance.lead.spoke", { school: lead.name, most: spokenLength(lead.most), count: spokenLength(whole) });
  }
  return t(`glance.lead.${given}`, { school: lead.name, most: lead.most, count: whole });
}

/* Over time */

function OverTime({ glance }: { glance: Glance }) {
  const [by, divide] = useState<"school" | "kind">("school");
  const { months, earlier } = glance.entries;
  if (months.length === 0) return null;
  const names = monthNames(months.length > 12 || months[0]?.month.slice(0, 4) !== months.at(-1)?.month.slice(0, 4));
  const { parts, columns } =
    by === "school"
      ? monthsBySchool(glance, names, { others: t("glance.others"), meetings: t("glance.ownEntries") })
      : monthsByKind(glance, names, (kind) => t(`reports.kind.${kind}`));
  return (
    <Part title={t("glance.overTime")} wide>
      <Select
        label={t("glance.divide")}
        name="divide"
        value={by}
        choices={(["school", "kind"] as const).map((value) => ({ value, label: t(`glance.divide.${value}`) }))}
        onChoose={(chosen) => divide(chosen === "kind" ? "kind" : "school")}
      />
      <MonthColumns title={t("glance.overTime")} quiet parts={parts} columns={columns} head={t("glance.month")} />
      {earlier > 0 ? <p className="soft small">{t("glance.earlier", { count: earlier })}</p> : null}
    </Part>
  );
}

/** "Nov", with "26" where there is more than one year; "November 2026". */
const monthNames =
  (withYear: boolean) =>
  (month: string): readonly [string, string] => [
    new Intl.DateTimeFormat(languageTag(), {
      month: "short",
      ...(withYear ? { year: "2-digit" } : {}),
      timeZone: "UTC",
    }).format(Date.parse(`${month}-01`)),
    monthOfDay(`${month}-01`),
  ];

/* Plan, pupils, criteria, meetings */

function Planned({ glance, quiet = false }: { glance: Glance; quiet?: boolean }) {
  if (glance.plan.length === 0) return null;
  return (
    <Pips
      title={t("glance.plan")}
      level={3}
      quiet={quiet}
      rows={glance.plan.map(({ id, words, target, actual }) => ({
        ...{ key: id, name: words, done: actual, planned: target },
      }))}
    />
  );
}

function Pupils({ glance }: { glance: Glance }) {
  const name = (school: string) => glance.schools.find(({ id }) => id === school)?.name ?? t("glance.others");
  return (
    <Part title={t("glance.pupils")}>
      {glance.pupils.length === 0 ? (
        <p className="soft">{t("glance.noPupils")}</p>
      ) : (
        <Bars
          title={t("glance.pupils")}
          quiet
          sentence={t("glance.pupilsHint")}
          heads={[t("glance.group"), t("glance.pupilsHead")]}
          total={false}
          parts={glance.pupils.map((group) => {
            const place = glance.schools.findIndex(({ id }) => id === group.school);
            const ages = agesOf(group);
            return {
              key: `${group.school} ${group.ageMin} ${group.ageMax}`,
              name: ages === undefined ? name(group.school) : t("glance.groupOf", { school: name(group.school), ages }),
              country: glance.schools[place]?.country,
              value: group.count,
              pattern: place + 1,
            };
          })}
        />
      )}
    </Part>
  );
}

function agesOf({ ageMin, ageMax }: PupilCount): string | undefined {
  if (ageMin === null && ageMax === null) return undefined;
  const [from, to] = [ageMin ?? ageMax ?? 0, ageMax ?? ageMin ?? 0];
  return from === to ? t("reports.age", { age: from }) : t("reports.ages", { from, to });
}

function Criteria({ glance: { criteria }, side }: { glance: Glance; side: GlanceSide }) {
  const list = useList("criterion");
  const { rubric, items } = criteria;
  // In the reader's language where the list is at hand; what has ended since is named by the answer.
  const nameOf = ({ code, name }: { code: string; name: string }) => {
    const known = list.labelOf(code);
    return known === code ? name : known;
  };
  const none = unshown(items);
  return (
    <Part title={t("glance.criteria")}>
      {rubric === null || items.length === 0 ? (
        <p className="soft">{t("glance.noRubric")}</p>
      ) : (
        <>
          <Bars
            title={t("glance.criteria")}
            quiet
            sentence={t(side === "partner" ? "glance.criteriaOf" : "glance.criteriaOfService", { rubric })}
            heads={[t("glance.criterion"), t("glance.pieces")]}
            total={false}
            parts={items.map((item) => ({ key: item.code, name: nameOf(item), value: item.pieces }))}
          />
          <p className="soft small">
            {none.length === 0 ? t("glance.allShown") : t("glance.noneShows", { criteria: listOf(none.map(nameOf)) })}
          </p>
        </>
      )}
    </Part>
  );
}

function Meetings({ glance: { meetings } }: { glance: Glance }) {
  const minutes = Math.round(meetings.lengthMs / 60_000);
  return (
    <Part title={t("glance.meetings")}>
      {meetings.count === 0 ? (
        <p className="soft">{t("glance.noMeetings")}</p>
      ) : (
        <Facts
          facts={[
            [meetings.count, t("glance.fact.meetings", { count: meetings.count })],
            [minutes, t("glance.fact.minutes", { count: minutes })],
            [meetings.turns, t("glance.fact.turns", { count: meetings.turns })],
            [meetings.adults, t("glance.fact.adults", { count: meetings.adults })],
            [meetings.pupils, t("glance.fact.came", { count: meetings.pupils })],
          ]}
        />
      )}
    </Part>
  );
}

function Facts({ facts }: { facts: readonly (readonly [count: number, words: string])[] }) {
  const number = new Intl.NumberFormat(languageTag());
  return (
    <ul className="glance-facts">
      {facts.map(([count, words]) => (
        <li key={words}>
          <strong>{number.format(count)}</strong> {words}
        </li>
      ))}
    </ul>
  );
}

/* Reach and silence, and what is missing */

/** How far it goes: sums over all schools. */
function Reach({ glance: { entries, schools, most } }: { glance: Glance }) {
  return (
    <Facts
      facts={[
        [entries.count, t("glance.fact.entries", { count: entries.count })],
        [schools.length, t("glance.fact.schools", { count: schools.length })],
        [most.pupils, t("glance.fact.pupils", { count: most.pupils })],
        [most.teachers, t("glance.fact.teachers", { count: most.teachers })],
      ]}
    />
  );
}

function Silence({ glance: { silence } }: { glance: Glance }) {
  const { days, longestDays, lastSharedAt } = silence;
  const now =
    lastSharedAt === null
      ? t("glance.silentNever", { days })
      : days === 0
        ? t("glance.silentToday")
        : t("glance.silentNow", { days });
  return (
    <p>
      {now} {longestDays > days ? t("glance.longest", { days: longestDays }) : null}
    </p>
  );
}

/** So many are named. */
const mostMissing = 6;

function MissingThings({ glance, slug }: { glance: Glance; slug: string }) {
  const list = useList("criterion");
  const words = (missing: Missing): string => {
    switch (missing.what) {
      case "school":
        return t("glance.missing.school", {
          school: glance.schools.find(({ id }) => id === missing.school)?.name ?? t("glance.others"),
        });
      case "plan":
        return t("glance.missing.plan", { words: glance.plan.find(({ id }) => id === missing.item)?.words ?? "" });
      case "criterion":
        return t("glance.missing.criterion", { criterion: list.labelOf(missing.code) });
      default:
        return t(`glance.missing.${missing.what}`);
    }
  };
  const shown = glance.missing.slice(0, mostMissing);
  const more = glance.missing.length - shown.length;
  return (
    <Part title={t("glance.missing")}>
      {shown.length === 0 ? (
        <p className="soft">{t("glance.missing.none")}</p>
      ) : (
        <ul className="glance-missing">
          {shown.map((missing, place) => {
            const href = mendedAt(slug, missing);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a list that is only shown
              <li key={place}>{href === undefined ? words(missing) : <a href={href}>{words(missing)}</a>}</li>
            );
          })}
          {more > 0 ? <li className="soft">{t("glance.missing.more", { count: more })}</li> : null}
        </ul>
      )}
    </Part>
  );
}
