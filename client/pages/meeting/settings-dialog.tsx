import { useState } from "react";
import type { FloorSettings, MeetingSettings, NextRule } from "../../../protocol/meeting.ts";
import { chooseLooks, chosenLooks, type Reading, showBig, type Theme } from "../../looks/chosen.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Radios, Select, Switch, TextArea } from "../../parts/field.tsx";
import { lengthInWords } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import type { OwnDevices } from "./use-devices.ts";

/** What the chair may change while the meeting runs. */
export interface MeetingSwitches {
  settings: MeetingSettings;
  onFloor: (changed: Partial<FloorSettings>) => void;
  onLobby: (on: boolean) => void;
  onLock: (on: boolean) => void;
  onEnd: () => void;
}

/** A class names who takes turns from its seat. */
export interface NamedPupils {
  names: readonly string[];
  onName: (names: string[]) => Promise<boolean>;
}

const turnLimitsMs = [null, 30_000, 60_000, 120_000, 180_000, 300_000, 600_000];
const capacities = [1, 2, 3, 4] as const;

/** My own choices, and the meeting's for who leads it. */
export function SettingsDialog({
  devices,
  stills,
  onStills,
  pupils,
  meeting,
  onClose,
}: {
  /** Missing for a watcher. */
  devices?: OwnDevices | undefined;
  stills: boolean;
  onStills: (on: boolean) => void;
  /** Only for a class seat. */
  pupils?: NamedPupils | undefined;
  meeting?: MeetingSwitches | undefined;
  onClose: () => void;
}) {
  return (
    <Dialog title={t("room.settings")} onClose={onClose}>
      {meeting === undefined ? null : <MeetingPart {...meeting} />}
      {devices === undefined ? null : (
        <>
          <Switch
            label={t("room.camera")}
            checked={devices.camera === "works"}
            onChange={(event) => devices.wantCamera(event.target.checked)}
          />
          <Switch
            label={t("arrive.microphone")}
            checked={devices.microphone === "works"}
            onChange={(event) => devices.wantMicrophone(event.target.checked)}
          />
          <Switch
            label={t("room.stills")}
            hint={t("room.stillsHint")}
            checked={stills}
            disabled={devices.camera !== "works"}
            onChange={(event) => onStills(event.target.checked)}
          />
        </>
      )}
      {pupils === undefined ? null : <PupilsPart {...pupils} />}
      <LooksPart />
      {meeting === undefined ? null : (
        <div>
          <Button look="danger" onClick={meeting.onEnd}>
            {t("room.endForAll")}
          </Button>
        </div>
      )}
    </Dialog>
  );
}

function MeetingPart({ settings, onFloor, onLobby, onLock }: MeetingSwitches) {
  return (
    <>
      <NextRadios value={settings.next} onChoose={(next) => onFloor({ next })} />
      <Select
        label={t("book.turnLength")}
        value={String(settings.turnLimitMs)}
        choices={turnLimitsMs.map((ms) => ({
          value: String(ms),
          label: ms === null ? t("book.turnLengthOff") : lengthInWords(ms),
        }))}
        onChoose={(chosen) => onFloor({ turnLimitMs: chosen === "null" ? null : Number(chosen) })}
      />
      <Select
        label={t("room.capacity")}
        value={String(settings.capacity)}
        choices={capacities.map((count) => ({ value: String(count), label: String(count) }))}
        onChoose={(chosen) => onFloor({ capacity: Number(chosen) })}
      />
      <Switch label={t("room.lobbyOn")} checked={settings.lobby} onChange={(event) => onLobby(event.target.checked)} />
      <Switch label={t("room.lock")} checked={settings.locked} onChange={(event) => onLock(event.target.checked)} />
    </>
  );
}

const maxPupils = 40;

function PupilsPart({ names, onName }: NamedPupils) {
  const [text, setText] = useState(names.join("\n"));
  return (
    <div>
      <TextArea
        label={t("room.pupils")}
        hint={t("room.pupilsHint")}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button
        size="small"
        onClick={() =>
          void onName(
            [
              ...new Set(
                text
                  .split("\n")
                  .map((name) => name.trim())
                  .filter(Boolean),
              ),
            ].slice(0, maxPupils),
          )
        }
      >
        {t("room.pupilsKeep")}
      </Button>
    </div>
  );
}

function NextRadios({ value, onChoose }: { value: NextRule; onChoose: (next: NextRule) => void }) {
  return (
    <Radios
      label={t("book.next")}
      name="next"
      value={value}
      onChoose={onChoose}
      choices={(["byQueue", "byChair", "fair"] as const).map((rule) => ({
        value: rule,
        label: t(`next.${rule}`),
        hint: t(`next.${rule}Long`),
      }))}
    />
  );
}

function LooksPart() {
  const [looks, setLooks] = useState(chosenLooks);
  const [big, setBig] = useState(document.documentElement.dataset.big !== undefined);
  const choose = (changed: Partial<typeof looks>) => {
    const next = { ...looks, ...changed };
    setLooks(next);
    chooseLooks(next);
  };
  return (
    <>
      <Switch
        label={t("look.big")}
        checked={big}
        onChange={(event) => {
          setBig(event.target.checked);
          showBig(event.target.checked);
        }}
      />
      <Switch
        label={t("look.keys")}
        hint={t("look.keysHint")}
        checked={looks.keys}
        onChange={(event) => choose({ keys: event.target.checked })}
      />
      <Radios<Reading>
        label={t("look.reading")}
        name="reading"
        value={looks.reading}
        onChoose={(reading) => choose({ reading })}
        choices={[
          { value: "normal", label: t("look.readingNormal") },
          { value: "large", label: t("look.readingLarge") },
          { value: "largest", label: t("look.readingLargest") },
        ]}
      />
      <Radios<Theme>
        label={t("look.theme")}
        name="theme"
        value={looks.theme}
        onChoose={(theme) => choose({ theme })}
        choices={[
          { value: "system", label: t("look.system") },
          { value: "light", label: t("look.light") },
          { value: "dark", label: t("look.dark") },
        ]}
      />
    </>
  );
}
