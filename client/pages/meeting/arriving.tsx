import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Door } from "../../../protocol/http/seats.ts";
import { ArriveLayout, Fact } from "../../parts/arrive-layout.tsx";
import { Button } from "../../parts/button.tsx";
import { DeviceCheck, DeviceChoice } from "../../parts/device-check.tsx";
import { Face } from "../../parts/face.tsx";
import { TextField } from "../../parts/field.tsx";
import { Place } from "../../parts/place.tsx";
import { Alert } from "../../parts/said.tsx";
import { clockTime, dayName, timeSpan } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { type OwnDevices, useLevel } from "./use-devices.ts";

/** As the protocol's PersonName. */
const maxNameLength = 60;

/** Before the room: my name, whether I am seen and heard, who leads, what is recorded. */
export function Arriving({
  door,
  name,
  onName,
  devices,
  joining,
  trouble,
  onJoin,
}: {
  door: Door;
  name: string;
  onName: (name: string) => void;
  devices: OwnDevices;
  joining: boolean;
  /** Why joining did not work. */
  trouble?: ReactNode;
  onJoin: () => void;
}) {
  const [missing, setMissing] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const watches = door.you.role === "watcher";
  useEffect(() => {
    document.title = `${door.title} · ${t("app.name")}`;
  }, [door.title]);

  const submit = () => {
    if (joining) return;
    const wrong = name.trim() === "";
    setMissing(wrong);
    if (wrong) box.current?.focus();
    else onJoin();
  };

  return (
    <ArriveLayout
      when={whenWords(door.startsAt, door.startsAt + door.lengthMinutes * 60_000)}
      title={door.title}
      notice={
        <>
          {trouble}
          {window.isSecureContext ? null : <Alert>{`${t("app.insecure")}. ${t("app.insecureHint")}`}</Alert>}
        </>
      }
      facts={<Facts door={door} />}
      name={
        door.you.isNameFixed ? (
          <FixedName name={name} />
        ) : (
          <TextField
            ref={box}
            large
            label={t("arrive.yourName")}
            hint={door.you.kind === "class" ? t("arrive.classNameHint") : t("arrive.nameHint")}
            error={missing && name.trim() === "" ? t("arrive.nameMissing") : undefined}
            value={name}
            maxLength={maxNameLength}
            autoComplete="off"
            onChange={(event) => onName(event.target.value)}
          />
        )
      }
      picture={watches ? <Watching /> : <Check devices={devices} />}
      choice={
        watches ? null : (
          <DeviceChoice
            cameras={devices.cameras}
            microphones={devices.microphones}
            camera={devices.chosen.camera || undefined}
            microphone={devices.chosen.microphone || undefined}
            onCamera={devices.chooseCamera}
            onMicrophone={devices.chooseMicrophone}
          />
        )
      }
      join={
        <Button look="filled" size="large" icon="door-open" wide type="submit" aria-disabled={joining || undefined}>
          {joining ? t("arrive.joining") : t("arrive.join")}
        </Button>
      }
      ways={watches ? null : <Ways devices={devices} />}
      onSubmit={submit}
    />
  );
}

/** A pupil comes under the alias that everybody in the project knows. */
function FixedName({ name }: { name: string }) {
  return (
    <p>
      <strong>{t("arrive.nameFixed", { name })}</strong>
      <br />
      <span className="soft">{t("arrive.nameFixedHint")}</span>
    </p>
  );
}

/** "today, 10:00 – 11:00"; of what goes on over midnight only the beginning. */
function whenWords(from: number, to: number): string {
  const day = dayName(from, Date.now());
  const sameDay = new Date(from).toDateString() === new Date(to).toDateString();
  return sameDay
    ? t("arrive.today", { day, span: timeSpan(from, to) })
    : t("arrive.from", { day, time: clockTime(from) });
}

function Facts({ door }: { door: Door }) {
  const { chair, you } = door;
  return (
    <>
      <Fact
        face={<Face person={{ id: chair.name, name: chair.name, kind: "adult" }} />}
        title={t("arrive.leads", { name: chair.name })}
      >
        {chair.school === null ? null : <Place country={chair.school.country}>{chair.school.name}</Place>}
      </Fact>
      {door.recorded ? (
        <Fact icon="record-fill" tone="bad" title={t("arrive.recorded")}>
          {t("arrive.recordedHint")}
        </Fact>
      ) : (
        <Fact icon="record" title={t("arrive.notRecorded")}>
          {t("arrive.notRecordedHint")}
        </Fact>
      )}
      {you.role === "watcher" ? (
        <Fact icon="eye" title={t("arrive.youWatch")}>
          {t("arrive.watcher")}
        </Fact>
      ) : (
        <Fact
          icon="hand-palm"
          tone="glow"
          title={door.capacity === 1 ? t("arrive.oneSpeaks") : t("arrive.severalSpeak", { count: door.capacity })}
        >
          {t("arrive.raiseHint")}
        </Fact>
      )}
    </>
  );
}

/** The meter ticks by itself, so that the page around it does not. */
function Check({ devices }: { devices: OwnDevices }) {
  const { level, heard } = useLevel(devices.microphoneTrack);
  return (
    <DeviceCheck
      devices={{ camera: devices.camera, microphone: devices.microphone, stream: devices.picture, level, heard }}
      onTry={() => void devices.open()}
    />
  );
}

function Ways({ devices }: { devices: OwnDevices }) {
  const noCamera = devices.camera === "off";
  const onlyListens = noCamera && devices.microphone === "off";
  return (
    <>
      <Button
        icon={noCamera ? "check" : "video-camera-slash"}
        aria-pressed={noCamera}
        onClick={() => devices.wantCamera(noCamera)}
      >
        {t("arrive.withoutCamera")}
      </Button>
      <Button
        icon={onlyListens ? "check" : "microphone-slash"}
        aria-pressed={onlyListens}
        onClick={() => {
          devices.wantMicrophone(onlyListens);
          if (!onlyListens) devices.wantCamera(false);
        }}
      >
        {t("arrive.onlyListen")}
      </Button>
    </>
  );
}

function Watching() {
  return (
    <div className="arrive__watch">
      <p>{t("arrive.watcher")}</p>
    </div>
  );
}
