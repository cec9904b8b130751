import { type ReactNode, useEffect, useRef } from "react";
import type { TurnTimes } from "../views/floor-plate.ts";
import { t } from "../words/words.ts";
import { Face } from "./face.tsx";
import { Icon } from "./icon.tsx";
import { LevelMeter } from "./level-meter.tsx";
import type { ShownPerson } from "./person.ts";
import { Place } from "./place.tsx";
import { TurnClock } from "./turn-clock.tsx";
import "./stage.css";

export interface ShownSpeaker {
  /** The turn. */
  id: string;
  person: ShownPerson;
  /** Their picture; null while there is none. */
  stream: MediaStream | null;
  /** False draws the face instead of a dark picture. */
  hasPicture: boolean;
  turn: TurnTimes;
  /** 0 to 10, how loud I am; only shown on my own. */
  level?: number | undefined;
}

/** Who comes next, with the picture that will be shown: it plays unseen already, so that it need not be begun at the turn. */
export type ReadySpeaker = Pick<ShownSpeaker, "person" | "stream">;

/** Who has the floor: one to four pictures side by side, and a shared screen before them. */
export function Stage({
  speakers,
  ready = [],
  screen,
  clock,
  frozen = false,
  children,
}: {
  speakers: readonly ShownSpeaker[];
  ready?: readonly ReadySpeaker[];
  screen?: { of: ShownPerson; stream: MediaStream | null } | null;
  /** The server's clock. */
  clock: () => number;
  frozen?: boolean;
  /** Lies over the top of the picture: what just happened. */
  children?: ReactNode;
}) {
  const lit = speakers.length > 0 && !frozen;
  return (
    <section
      className="stage"
      data-lit={lit || undefined}
      data-count={speakers.length}
      data-screen={screen ? true : undefined}
      aria-label={t("room.speaker")}
    >
      <div className="stage__told">{children}</div>
      {screen ? (
        <figure className="stage__screen">
          <Picture stream={screen.stream} label={t("room.screenOf", { name: screen.of.name })} fit="contain" />
        </figure>
      ) : null}
      {/* One list: whose turn begins keeps the element that has been made ready. */}
      {[...speakers, ...ready].map((speaker) => (
        <Speaker key={speaker.person.id} speaker={speaker} clock={clock} />
      ))}
      {speakers.length === 0 ? <NobodySpeaks frozen={frozen} /> : null}
    </section>
  );
}

function Speaker({ speaker, clock }: { speaker: ShownSpeaker | ReadySpeaker; clock: () => number }) {
  const { person, stream } = speaker;
  const you = person.you === true;
  const shown = "turn" in speaker ? speaker : null;
  return (
    <figure
      className="speaker"
      data-you={you || undefined}
      data-ready={shown === null || undefined}
      aria-hidden={shown === null || undefined}
    >
      <Picture
        stream={stream}
        mirrored={you}
        label={you ? t("word.you") : person.name}
        fit="cover"
        hidden={shown?.hasPicture === false}
      />
      {shown === null ? null : <Plates speaker={shown} clock={clock} />}
    </figure>
  );
}

/** What lies over the picture of who speaks. */
function Plates({ speaker, clock }: { speaker: ShownSpeaker; clock: () => number }) {
  const { person, hasPicture, level } = speaker;
  const you = person.you === true;
  return (
    <>
      {hasPicture ? null : (
        <span className="speaker__dark">
          <Face person={person} size="large" />
          <span className="unseen">{t("room.noPicture", { name: person.name })}</span>
        </span>
      )}
      <figcaption className="speaker__plate on-video">
        <Face person={person} />
        <span className="speaker__name">
          <span className="soft">{t("room.speakingNow")}</span>
          <strong className="cut">{you ? t("word.you") : person.name}</strong>
        </span>
        {person.school === undefined ? null : (
          <span className="speaker__school">
            <Place country={person.country}>{person.school}</Place>
          </span>
        )}
      </figcaption>
      <div className="speaker__right">
        {you && level !== undefined ? (
          <span className="speaker__heard">
            <Icon name={level > 0 ? "microphone-fill" : "microphone"} />
            {t("room.weHearYou")}
            <LevelMeter level={level} steps={6} name={t("arrive.level")} />
          </span>
        ) : null}
        <TurnClock turn={speaker.turn} clock={clock} />
      </div>
    </>
  );
}

function NobodySpeaks({ frozen }: { frozen: boolean }) {
  return (
    <div className="stage__nobody">
      <Icon name={frozen ? "snowflake" : "microphone"} />
      <p>{frozen ? t("floor.frozen") : t("room.nobodySpeaks")}</p>
      {frozen ? null : <p className="small">{t("room.nobodySpeaksHint")}</p>}
    </div>
  );
}

/**
 * A video that plays what it is given, without sound: sound has players of its own (client/sound.ts), so that a browser that
 * forbids sound before a press still shows the picture. It stays the same element when the stream changes.
 */
function Picture({
  stream,
  mirrored = false,
  label,
  fit,
  hidden = false,
}: {
  stream: MediaStream | null;
  mirrored?: boolean;
  label: string;
  fit: "cover" | "contain";
  hidden?: boolean;
}) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const shown = video.current;
    if (shown === null || shown.srcObject === stream) return;
    shown.srcObject = stream;
  }, [stream]);
  return (
    <video
      ref={video}
      className="picture"
      data-fit={fit}
      data-mirrored={mirrored || undefined}
      data-hidden={hidden || undefined}
      aria-label={label}
      autoPlay
      playsInline
      muted
    />
  );
}
