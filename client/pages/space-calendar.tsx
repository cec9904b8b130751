import { useEffect, useState } from "react";
import { addDays, addMonths } from "../../domain/twinspace/calendarDays.ts";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { CalendarItem } from "../../protocol/twinspace/calendar.ts";
import type { SpaceView } from "../../protocol/twinspace/space.ts";
import { calendarDays, restoreItem } from "../api/space/calendar.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { TextField } from "../parts/field.tsx";
import { Icon } from "../parts/icon.tsx";
import { Menu } from "../parts/menu.tsx";
import type { PageParams } from "../routes.ts";
import { useSpaceNews } from "../use-space-news.ts";
import { type CalendarView, dayIn, daysShown, firstWeekdayOf, readersZone } from "../views/calendar.ts";
import { ownZone, zoneName } from "../views/zoned-time.ts";
import { languageTag, t } from "../words/words.ts";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useAsked } from "./portal/use-asked.ts";
import type { CalendarSight } from "./twinspace/calendar/entry.tsx";
import { FeedDialog } from "./twinspace/calendar/feed-dialog.tsx";
import { FileDialog } from "./twinspace/calendar/file-dialog.tsx";
import { ItemForm, type Writing } from "./twinspace/calendar/item-form.tsx";
import { ItemSeen } from "./twinspace/calendar/item-seen.tsx";
import { CalendarRows } from "./twinspace/calendar/list.tsx";
import { DayPart, MonthGrid } from "./twinspace/calendar/month.tsx";
import { daysSpan, monthInWords } from "./twinspace/calendar/said.ts";
import { WeekView } from "./twinspace/calendar/week.tsx";
import { ZonesDialog } from "./twinspace/calendar/zones-dialog.tsx";
import { SpaceFrame, SpacePage } from "./twinspace/space-page.tsx";
import "./twinspace/calendar/calendar.css";

/** `/twinspace/<slug>/calendar`, with `?view=week&day=2027-01-12`. */
export default function SpaceCalendarPage({ params }: { params: PageParams }) {
  return (
    <SpacePage slug={params.slug ?? ""} title={t("space.calendar")}>
      {(space, door) => <Calendar space={space} door={door} />}
    </SpacePage>
  );
}

const views: readonly CalendarView[] = ["month", "week", "list"];
const isDay = (text: string): boolean => /^20\d{2}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** As the address says; on a phone a list is read best. */
function viewAsked(): CalendarView {
  const asked = new URLSearchParams(location.search).get("view");
  return views.find((view) => view === asked) ?? (matchMedia("(max-width: 44rem)").matches ? "list" : "month");
}

type Opened =
  | { is: "entry"; item: CalendarItem }
  | { is: "form"; writing: Writing }
  | { is: "file" | "feed" | "zones" };

function Calendar({ space, door }: { space: SpaceView; door: FrontDoor }) {
  const account = door.me?.timeZone ?? null;
  const today = dayIn(Date.now(), account ?? ownZone());
  const [view, setView] = useState(viewAsked);
  const [day, setDay] = useState(() => {
    const asked = new URLSearchParams(location.search).get("day") ?? "";
    return isDay(asked) ? asked : today;
  });
  const [opened, open] = useState<Opened>();
  const [said, say] = useState("");
  const [gone, setGone] = useState<string>();
  const [round, setRound] = useState(0);
  const firstWeekday = firstWeekdayOf(languageTag());
  const { from, to } = daysShown(view === "list" ? "month" : view, day, firstWeekday);
  const { asked, again } = useAsked(() => calendarDays(space.slug, from, to));
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew whenever other days are shown
  useEffect(again, [from, to, again]);
  useEffect(() => {
    const where = new URLSearchParams({ view, day });
    history.replaceState(history.state, "", `?${where}`);
  }, [view, day]);

  const refresh = () => {
    again();
    setRound((before) => before + 1);
  };
  useSpaceNews(space.slug, ({ type }) => {
    if (type === "calendar" || type === "missed") refresh();
  });
  const bringBack = useAct(
    (id: string) => restoreItem(space.slug, id),
    () => {
      setGone(undefined);
      say(t("calendar.back"));
      refresh();
    },
  );

  const here = asked.state === "here" ? asked.value : undefined;
  const sight: CalendarSight = {
    slug: space.slug,
    project: space.id,
    zone: readersZone(account, space.me.school?.id ?? null, here?.schools ?? [], ownZone()),
    today,
    schools: here?.schools ?? [],
    entries: here?.entries ?? [],
    mayAdd: here?.mayAdd ?? false,
    mayBook: here?.mayBook ?? false,
    open: (item) => open({ is: "entry", item }),
    add: (first) => open({ is: "form", writing: { day: first } }),
  };
  const done = (sentence: string) => {
    open(undefined);
    setGone(undefined);
    say(sentence);
    refresh();
  };
  const step = (by: number) => setDay(view === "week" ? addDays(day, 7 * by) : addMonths(day, by));
  const ownSchool = sight.schools.find(({ mine }) => mine);
  const acts = [
    ...(door.me === null ? [] : [{ label: t("calendar.feed"), onPress: () => open({ is: "feed" }) }]),
    ...(ownSchool && space.open ? [{ label: t("calendar.import"), onPress: () => open({ is: "file" }) }] : []),
    { label: t("calendar.clocks"), onPress: () => open({ is: "zones" }) },
  ];

  return (
    <SpaceFrame
      door={door}
      section="calendar"
      title={t("space.calendar")}
      intro={t("calendar.intro", { zone: zoneName(sight.zone) })}
      acts={
        sight.mayAdd ? (
          <Button look="filled" icon="plus" onClick={() => sight.add(day < today && view !== "month" ? today : day)}>
            {t("calendar.add")}
          </Button>
        ) : undefined
      }
    >
      <div className="calendar-bar">
        <fieldset className="calendar-views">
          <legend className="unseen">{t("calendar.view")}</legend>
          {views.map((each) => (
            <Button
              key={each}
              size="small"
              look={each === view ? "filled" : "outlined"}
              aria-pressed={each === view}
              onClick={() => setView(each)}
            >
              {t(`calendar.${each}`)}
            </Button>
          ))}
        </fieldset>
        {view === "list" ? null : (
          <div className="calendar-steps">
            <IconButton icon="caret-left" name={t("calendar.earlier")} onClick={() => step(-1)} />
            <strong aria-live="polite">{view === "month" ? monthInWords(day) : daysSpan(from, addDays(to, -1))}</strong>
            <IconButton icon="caret-right" name={t("calendar.later")} onClick={() => step(1)} />
          </div>
        )}
        <Button size="small" onClick={() => setDay(today)}>
          {t("calendar.today")}
        </Button>
        <Menu
          name={t("calendar.more")}
          className="button button--outlined button--small button--icon"
          trigger={<Icon name="dots-three-vertical" />}
          acts={acts}
        />
        <div className="calendar-jump">
          <TextField
            label={t("calendar.jump")}
            type="date"
            value={day}
            onChange={({ target }) => {
              if (isDay(target.value)) setDay(target.value);
            }}
          />
        </div>
      </div>
      <div className="calendar-said" role="status">
        {said === "" ? null : <span>{said}</span>}
        {gone === undefined ? null : (
          <Button size="small" icon="arrow-counter-clockwise" onClick={() => bringBack.run(gone)}>
            {t("act.undo")}
          </Button>
        )}
      </div>
      <Trouble refusal={bringBack.refusal} />
      <Trouble refusal={asked.state === "refused" ? asked.refusal : undefined} again={again} />
      {here === undefined ? null : view === "month" ? (
        <div className="calendar-month">
          <MonthGrid sight={sight} day={day} firstWeekday={firstWeekday} choose={setDay} />
          <DayPart sight={sight} day={day} />
        </div>
      ) : view === "week" ? (
        <WeekView sight={sight} day={day} firstWeekday={firstWeekday} />
      ) : (
        <CalendarRows key={`${day} ${round}`} sight={sight} from={day} />
      )}

      {opened?.is === "entry" ? (
        <ItemSeen
          sight={sight}
          item={opened.item}
          onClose={() => open(undefined)}
          edit={(item) => open({ is: "form", writing: { item } })}
          removed={({ item, changed }) => {
            done(
              changed > 1
                ? t("calendar.removedMany", { count: changed })
                : t("calendar.removed", { title: item.title }),
            );
            setGone(item.id);
          }}
        />
      ) : null}
      {opened?.is === "form" ? (
        <ItemForm sight={sight} writing={opened.writing} onClose={() => open(undefined)} done={done} />
      ) : null}
      {opened?.is === "file" && ownSchool ? (
        <FileDialog sight={sight} school={ownSchool} onClose={() => open(undefined)} done={done} />
      ) : null}
      {opened?.is === "feed" ? (
        <FeedDialog slug={space.slug} zone={sight.zone} onClose={() => open(undefined)} />
      ) : null}
      {opened?.is === "zones" ? (
        <ZonesDialog sight={sight} open={space.open} onClose={() => open(undefined)} done={done} />
      ) : null}
    </SpaceFrame>
  );
}
