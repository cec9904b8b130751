import { type ReactNode, useEffect, useRef } from "react";
import type { ReplayFile } from "../../../protocol/http/replays.ts";
import type { IconName } from "../../looks/icons.ts";
import { Face } from "../../parts/face.tsx";
import { Icon } from "../../parts/icon.tsx";
import type { ShownPerson } from "../../parts/person.ts";
import { Place } from "../../parts/place.tsx";
import { filesAround, type Gap, isBrief, type Scene } from "../../views/playback.ts";
import { reactionIcons, reactionWords } from "../../views/reactions.ts";
import type { Moment, Story } from "../../views/replay.ts";
import { lengthInWords, listOf } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import type { Player } from "./player.ts";
import "../../parts/stage.css";

/** Who speaks at this moment, up to four side by side, and the screen they shared; or in words why there is nothing. */
export function ReplayStage({
  player,
  story,
  scene,
  moment,
  waiting,
  children,
}: {
  player: Player;
  story: Story;
  /** Which of the story's scenes is on. */
  scene: number;
  moment: Moment;
  waiting: boolean;
  /** Lies over the top of the picture: what just happened. */
  children?: ReactNode;
}) {
  const { shown, next } = filesAround(story.scenes, scene);
  const speakers = shown.filter(({ kind }) => kind === "speaker");
  const screens = shown.some(({ kind }) => kind === "screen");
  const now = story.scenes[scene];
  // Always in the same order: an element that is moved in the page begins to load anew.
  const drawn = [...shown, ...next].sort((a, b) => a.startMs - b.startMs || (a.id < b.id ? -1 : 1));
  return (
    <section
      className="stage replay-stage"
      data-lit={speakers.length > 0 || undefined}
      data-count={speakers.length}
      data-screen={screens || undefined}
      aria-label={t("replay.picture")}
    >
      <div className="stage__told">
        {children}
        <Reactions moment={moment} />
      </div>
      {drawn.map((file) => (
        <FilePicture
          key={file.id}
          player={player}
          file={file}
          person={story.speakerOf(file.turn)}
          on={shown.includes(file)}
        />
      ))}
      {shown.length === 0 && now !== undefined ? <GapCard scene={now} moment={moment} story={story} /> : null}
      {waiting ? <p className="replay-stage__waiting">{t("replay.loading")}</p> : null}
      <HandsThen moment={moment} />
    </section>
  );
}

/** One file with its element; `on` only says whether it is seen, so that the next one can stand ready behind. */
function FilePicture({
  player,
  file,
  person,
  on,
}: {
  player: Player;
  file: ReplayFile;
  person: ShownPerson;
  on: boolean;
}) {
  const video = useRef<HTMLVideoElement>(null);
  const attached = useRef(file);
  useEffect(() => {
    if (video.current === null) return;
    return player.attach(attached.current, video.current);
  }, [player]);
  const isScreen = file.kind === "screen";
  const name = person.name;
  return (
    <figure className={isScreen ? "stage__screen" : "speaker"} data-ready={on ? undefined : true} aria-hidden={!on}>
      {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said; chat and turns stand beside it */}
      <video
        ref={video}
        className="picture"
        data-fit="contain"
        data-file={file.id}
        data-hidden={file.hasPicture ? undefined : true}
        aria-label={t(isScreen ? "replay.screenOf" : "replay.pictureOf", { name })}
        playsInline
      />
      {file.hasPicture ? null : (
        <span className="speaker__dark">
          <Face person={person} size="large" />
        </span>
      )}
      {isScreen ? null : <NamePlate person={person} />}
    </figure>
  );
}

function NamePlate({ person }: { person: ShownPerson }) {
  return (
    <figcaption className="speaker__plate on-video">
      <Face person={person} />
      <span className="speaker__name">
        <strong className="cut">{person.name}</strong>
      </span>
      {person.school === undefined ? null : (
        <span className="speaker__school">
          <Place country={person.country}>{person.school}</Place>
        </span>
      )}
    </figcaption>
  );
}

const gapIcons: Readonly<Record<Gap, IconName>> = {
  silence: "hand-palm",
  frozen: "snowflake",
  notRecorded: "record",
};

/** Why there is no picture, and for how long. A pause of a moment is not worth words: the picture before it stands. */
function GapCard({ scene, moment, story }: { scene: Scene; moment: Moment; story: Story }) {
  if (scene.gap === null || isBrief(scene)) return null;
  const length = lengthInWords(scene.toMs - scene.fromMs);
  const names = moment.turns.map((turn) => story.speakerOf(turn).name);
  return (
    <div className="stage__nobody">
      <Icon name={gapIcons[scene.gap]} />
      <p>{t(`replay.gap.${scene.gap}`, { length })}</p>
      <p className="small">
        {scene.gap === "notRecorded" && names.length > 0
          ? t("replay.gap.spoke", { names: listOf(names) })
          : t("replay.skips")}
      </p>
    </div>
  );
}

function HandsThen({ moment: { hands, more } }: { moment: Moment }) {
  if (hands.length === 0) return null;
  const said = hands.map(({ place, person }) => t("replay.handThen", { place, name: person.name }));
  if (more > 0) said.push(t("replay.andMore", { count: more }));
  return (
    <p className="replay-stage__hands">
      <Icon name="hand-palm" />
      <span>{t("replay.handsThen", { hands: said.join(", ") })}</span>
    </p>
  );
}

function Reactions({ moment: { reactions } }: { moment: Moment }) {
  if (reactions.length === 0) return null;
  return (
    <ul className="replay-stage__reactions">
      {reactions.slice(-4).map(({ person, reaction, atMs }) => (
        <li key={`${person.id}-${atMs}-${reaction}`}>
          <Icon name={reactionIcons[reaction]} />
          {t("react.shown", { name: person.name, reaction: reactionWords(reaction) })}
        </li>
      ))}
    </ul>
  );
}
