import {
  type ReactNode,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { type Refusal, replayFileAt } from "../../api.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Mark } from "../../parts/mark.tsx";
import { DemoLine } from "../../parts/page-frame.tsx";
import { ReplayControls, TimelineLegend } from "../../parts/replay-controls.tsx";
import { StatusLine } from "../../parts/said.tsx";
import { Timeline, TimelineTable } from "../../parts/timeline.tsx";
import { TurnsList } from "../../parts/turns-list.tsx";
import { beginningOf, keyAct, linkToMoment, momentIn, speeds, turnAfter, turnBefore } from "../../views/playback.ts";
import { momentOf, type Story, storyOf, type WholeReplay } from "../../views/replay.ts";
import { clockLength, lengthInWords, longDate } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { sentenceOf } from "../portal/trouble.tsx";
import { AudienceMenu, audienceNow } from "./audience.tsx";
import { ChatThen } from "./chat-then.tsx";
import { Download } from "./download.tsx";
import { MomentDialog, ReplayHelp } from "./help.tsx";
import { Player } from "./player.ts";
import { ReplayStage } from "./stage.tsx";
import { useKeys } from "./use-keys.ts";
import type { useReplay } from "./use-replay.ts";
import "./replay.css";

/** A replay that may be watched: the stage, what was so then, and in the band below where we are. */
export function ReplayScreen({
  replay,
  demo,
  change,
}: {
  replay: WholeReplay;
  demo: boolean;
  change: ReturnType<typeof useReplay>["change"];
}) {
  const story = useStory(replay);
  const player = usePlayer(replay.code, story, replay.phase !== "ended");
  const state = useSyncExternalStore(player.subscribe, player.current);
  const [said, setSaid] = useState<string | null>(null);
  const [table, setTable] = useState(false);
  const [help, setHelp] = useState(false);
  const [link, setLink] = useState<{ link: string; at: string } | null>(null);
  const { positionMs, playing, speed } = state;
  const { lengthMs } = story.timeline;
  const moment = useMemo(() => momentOf(story, replay.contents, positionMs), [story, replay.contents, positionMs]);
  const say = useCallback((sentence: string) => setSaid(sentence), []);
  const refused = useCallback((refusal: Refusal) => setSaid(sentenceOf(refusal)), []);

  const go = (ms: number) => {
    setSaid(null);
    player.seek(ms);
  };
  const previous = () => go(turnBefore(story.timeline.turns, positionMs));
  const next = () => go(turnAfter(story.timeline.turns, positionMs) ?? lengthMs);
  const playOrPause = () => (playing ? player.pause() : player.play());
  const keepMoment = async () => {
    const at = clockLength(positionMs);
    const address = linkToMoment(location.origin, replay.code, positionMs);
    try {
      await navigator.clipboard.writeText(address);
      setSaid(t("replay.momentCopied", { time: at }));
    } catch {
      setLink({ link: address, at });
    }
  };

  useKeys((key) => {
    const does = keyAct(key);
    if (does === null) return false;
    if (does.act === "playOrPause") playOrPause();
    else if (does.act === "move") go(positionMs + does.byMs);
    else if (does.act === "to") go(does.where === "start" ? beginningOf(story.scenes) : lengthMs);
    else if (does.act === "turnBefore") previous();
    else if (does.act === "turnAfter") next();
    else if (does.act === "help") setHelp(true);
    else player.setSpeed(stepOf(speed, does.act === "faster" ? 1 : -1));
    return true;
  });

  const turnNow = moment.turns.at(-1) ?? null;
  const nothing = story.scenes.every(({ gap }) => gap !== null);
  return (
    <div className="replay">
      {demo ? <DemoLine /> : null}
      <ReplayBar replay={replay}>
        {replay.leads ? (
          <AudienceMenu
            code={replay.code}
            audience={replay.audience}
            ofProject={replay.project !== null}
            onChanged={(audience) => {
              change({ audience });
              say(audienceNow(audience, replay.project !== null));
            }}
            onRefused={refused}
          />
        ) : null}
        <Button icon="bookmark-simple" onClick={() => void keepMoment()}>
          {t("replay.keepMoment")}
        </Button>
        {replay.film === null ? null : (
          <Download
            replay={replay}
            film={replay.film}
            story={story}
            onFilm={(film) => change({ film })}
            onRefused={refused}
          />
        )}
      </ReplayBar>
      <main className="replay__main" id="main">
        <div className="replay__stage">
          {nothing ? (
            <Nothing replay={replay} story={story} said={said} />
          ) : (
            <ReplayStage player={player} story={story} scene={state.scene} moment={moment} waiting={state.waiting}>
              <StatusLine>{said ?? sentenceFor(state, replay)}</StatusLine>
            </ReplayStage>
          )}
        </div>
        <aside className="replay__side card" aria-label={t("replay.aside")}>
          <TurnsList turns={story.turns} summary={summaryOf(story)} now={turnNow} onGo={go} />
          <ChatThen moment={moment} positionMs={positionMs} onGo={go} />
        </aside>
      </main>
      <section className="replay__dado" aria-label={t("replay.timeline")}>
        <ReplayControls
          playing={playing}
          positionMs={positionMs}
          lengthMs={lengthMs}
          speed={speed}
          onPlay={(on) => (on ? player.play() : player.pause())}
          onPrevious={previous}
          onNext={next}
          onSpeed={(to) => player.setSpeed(to)}
        >
          <Button icon={table ? "chart-bar-horizontal" : "table"} aria-pressed={table} onClick={() => setTable(!table)}>
            {t("replay.asTable")}
          </Button>
          <IconButton look="outlined" icon="keyboard" name={t("replay.keys")} onClick={() => setHelp(true)} />
          <TimelineLegend />
        </ReplayControls>
        <Timeline
          rows={table ? [] : story.rows}
          stops={table ? [] : stopsOf(story)}
          lengthMs={lengthMs}
          positionMs={positionMs}
          onSeek={go}
        />
        {table ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          <section className="replay__table" tabIndex={0} aria-label={t("replay.asTable")}>
            <TimelineTable rows={story.rows} />
          </section>
        ) : null}
        <Stops story={story} onGo={go} />
      </section>
      {help ? <ReplayHelp onClose={() => setHelp(false)} /> : null}
      {link === null ? null : <MomentDialog {...link} onClose={() => setLink(null)} />}
    </div>
  );
}

/** Made anew when the replay grew; the former one's states are used again. */
function useStory(replay: WholeReplay): Story {
  const before = useRef<Story>(undefined);
  return useMemo(() => {
    before.current = storyOf(replay, before.current);
    return before.current;
  }, [replay]);
}

function usePlayer(code: string, story: Story, running: boolean): Player {
  const player = useMemo(() => new Player((file) => replayFileAt(code, file)), [code]);
  // Before the pictures are attached: they are put where the player then stands.
  useLayoutEffect(
    () => player.show(story.scenes, { running, startMs: momentIn(location.search) }),
    [player, story, running],
  );
  useEffect(() => () => player.close(), [player]);
  return player;
}

function ReplayBar({ replay, children }: { replay: WholeReplay; children: ReactNode }) {
  return (
    <header className="replay__bar">
      <a className="replay__home" href="/" aria-label={t("app.frontDoor")} title={t("app.frontDoor")}>
        <Mark />
      </a>
      <h1 className="cut">{replay.title}</h1>
      <p className="replay__when soft">
        {replay.openedAt === null ? t("replay.title") : t("replay.of", { date: longDate(replay.openedAt) })}
      </p>
      <div className="replay__acts">{children}</div>
    </header>
  );
}

/** There is nothing to look at, and why; what was written and raised is beside it all the same. */
function Nothing({ replay, story, said }: { replay: WholeReplay; story: Story; said: string | null }) {
  const spoken = story.turns.length > 0;
  const running = replay.phase !== "ended";
  const [title, hint] = running
    ? (["replay.nothingYet", "replay.nothingYetHint"] as const)
    : spoken
      ? (["replay.nothingKept", "replay.nothingKeptHint"] as const)
      : (["replay.nothing", "replay.nothingHint"] as const);
  return (
    <section className="card replay__nothing" aria-label={t("replay.picture")}>
      <StatusLine>{said}</StatusLine>
      <EmptyState icon="film-strip" title={t(title)}>
        {t(hint)}
      </EmptyState>
    </section>
  );
}

function summaryOf({ turns, timeline: { lengthMs } }: Story): string {
  if (turns.length === 0) return "";
  return t("replay.turnsIn", { count: turns.length, length: lengthInWords(roundMinutes(lengthMs)) });
}

const stopsOf = ({ timeline: { frozen, gaps } }: Story) => [...frozen, ...gaps];

/** What the hatched stretches of the timeline are, in words. */
function Stops({ story, onGo }: { story: Story; onGo: (ms: number) => void }) {
  const { frozen, gaps } = story.timeline;
  const stops = [
    ...frozen.map((span) => ({ ...span, word: "replay.frozenFrom" as const })),
    ...gaps.map((span) => ({ ...span, word: "replay.notRecordedFrom" as const })),
  ].sort((a, b) => a.fromMs - b.fromMs);
  if (stops.length === 0) return null;
  return (
    <ul className="replay__stops small">
      {stops.map(({ word, fromMs, toMs }) => (
        <li key={`${word}-${fromMs}`}>
          {t(word, { time: clockLength(fromMs), length: lengthInWords(toMs - fromMs) })}{" "}
          <button type="button" className="message__time" onClick={() => onGo(fromMs)}>
            {t("replay.goTo", { time: clockLength(fromMs) })}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What the player has to say by itself. */
function sentenceFor({ atEnd, broken }: Player["state"], { phase }: WholeReplay): string | null {
  if (broken !== null) return t("replay.broken");
  if (atEnd === "live") return t("replay.seenAll");
  if (atEnd === "end") return t("replay.over");
  return phase === "open" ? t("replay.running") : null;
}

function stepOf(speed: number, by: number): number {
  const place = Math.max(0, speeds.indexOf(speed));
  return speeds[Math.min(Math.max(0, place + by), speeds.length - 1)] ?? 1;
}

/** "42 minutes", but "45 seconds" for what is short. */
const roundMinutes = (ms: number): number => (ms < 120_000 ? ms : Math.round(ms / 60_000) * 60_000);
