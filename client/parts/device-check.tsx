import { type ReactNode, useEffect, useRef } from "react";
import { t } from "../words/words.ts";
import { Button } from "./button.tsx";
import { type Choice, Select } from "./field.tsx";
import { Icon } from "./icon.tsx";
import { LevelMeter } from "./level-meter.tsx";
import { Tag } from "./tag.tsx";
import "./device-check.css";

/** `off`: not wanted. `asking`: the browser asks. `none`: there is no such device. */
export type DeviceState = "untried" | "asking" | "works" | "off" | "denied" | "failed" | "none";

export interface DevicePicture {
  camera: DeviceState;
  microphone: DeviceState;
  /** My own picture, without sound. */
  stream: MediaStream | null;
  /** 0 to 10. */
  level: number;
  /** Something was heard since the microphone began. */
  heard: boolean;
}

/** My own picture and how loud I am, before joining. What does not work is said with what can be done. */
export function DeviceCheck({ devices, onTry }: { devices: DevicePicture; onTry: () => void }) {
  const { camera, microphone, stream, level, heard } = devices;
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current !== null && video.current.srcObject !== stream) video.current.srcObject = stream;
  }, [stream]);
  const sentence = cameraSentence(camera);
  return (
    <div className="device-check">
      <div className="device-check__picture" data-works={camera === "works" || undefined}>
        <video
          ref={video}
          aria-label={t("arrive.picture")}
          autoPlay
          playsInline
          muted
          data-hidden={camera !== "works" || undefined}
        />
        {camera === "works" ? (
          <span className="device-check__tag">
            <Tag tone="good" icon="check">
              {t("arrive.cameraWorks")}
            </Tag>
          </span>
        ) : (
          <div className="device-check__dark">
            <Icon name={camera === "untried" || camera === "asking" ? "video-camera" : "video-camera-slash"} />
            <p>{sentence}</p>
            {camera === "untried" ? (
              <Button icon="video-camera" onClick={onTry}>
                {t("arrive.checkDevices")}
              </Button>
            ) : null}
          </div>
        )}
      </div>
      <div className="device-check__sound card">
        <p className="device-check__say">
          <Icon
            name={
              microphone === "works" || microphone === "untried" || microphone === "asking"
                ? "microphone"
                : "microphone-slash"
            }
          />
          <strong>{microphone === "works" ? t("arrive.sayHello") : microphoneSentence(microphone)}</strong>
          {microphone === "works" ? (
            <Tag tone={heard ? "good" : "plain"} icon={heard ? "check" : "circle-dashed"}>
              {heard ? t("arrive.weHearYou") : t("arrive.weDoNotHearYou")}
            </Tag>
          ) : null}
        </p>
        <LevelMeter level={microphone === "works" ? level : 0} name={t("arrive.level")} />
      </div>
    </div>
  );
}

/** Which camera and which microphone. */
export function DeviceChoice({
  cameras,
  microphones,
  camera,
  microphone,
  onCamera,
  onMicrophone,
}: {
  cameras: readonly Choice[];
  microphones: readonly Choice[];
  camera: string | undefined;
  microphone: string | undefined;
  onCamera: (id: string) => void;
  onMicrophone: (id: string) => void;
}) {
  return (
    <div className="device-choice">
      <DeviceSelect
        label={t("arrive.camera")}
        icon={<Icon name="video-camera" />}
        choices={cameras}
        value={camera}
        onChoose={onCamera}
      />
      <DeviceSelect
        label={t("arrive.microphone")}
        icon={<Icon name="microphone" />}
        choices={microphones}
        value={microphone}
        onChoose={onMicrophone}
      />
    </div>
  );
}

function DeviceSelect({
  label,
  icon,
  choices,
  value,
  onChoose,
}: {
  label: string;
  icon: ReactNode;
  choices: readonly Choice[];
  value: string | undefined;
  onChoose: (id: string) => void;
}) {
  const none = [{ value: "", label: t("arrive.noneFound") }];
  return (
    <Select
      label={label}
      icon={icon}
      choices={choices.length === 0 ? none : choices}
      value={value ?? choices[0]?.value ?? ""}
      disabled={choices.length === 0}
      onChoose={onChoose}
    />
  );
}

const cameraSentence = (state: DeviceState): string =>
  ({
    untried: t("arrive.checkHint"),
    asking: t("arrive.asking"),
    works: t("arrive.cameraWorks"),
    off: t("arrive.cameraOff"),
    denied: t("arrive.cameraDenied"),
    failed: t("arrive.cameraFailed"),
    none: t("arrive.cameraOff"),
  })[state];

const microphoneSentence = (state: DeviceState): string =>
  ({
    untried: t("arrive.microphone"),
    asking: t("arrive.asking"),
    works: t("arrive.sayHello"),
    off: t("arrive.microphoneOff"),
    denied: t("arrive.microphoneDenied"),
    failed: t("arrive.microphoneFailed"),
    none: t("arrive.microphoneOff"),
  })[state];
