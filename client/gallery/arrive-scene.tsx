import { ArriveLayout, Fact } from "../parts/arrive-layout.tsx";
import { Button } from "../parts/button.tsx";
import { DeviceCheck, DeviceChoice, type DeviceState } from "../parts/device-check.tsx";
import { Face } from "../parts/face.tsx";
import { TextField } from "../parts/field.tsx";
import { Place } from "../parts/place.tsx";
import { t } from "../words/words.ts";
import { ana } from "./people.ts";
import { drawnStream } from "./picture.ts";

const nothing = () => undefined;
const stream = drawnStream(40);

/** Arriving, with a camera that works or does not. */
export function ArriveScene({ camera }: { camera: DeviceState }) {
  return (
    <ArriveLayout
      when="Two rivers · today, 10:00 – 11:00"
      title="What lives in our river?"
      onSubmit={nothing}
      facts={
        <>
          <Fact face={<Face person={ana} />} title={t("arrive.leads", { name: "Ana" })}>
            <Place country="PT">Escola de Aveiro</Place>
          </Fact>
          <Fact icon="record-fill" tone="bad" title={t("arrive.recorded")}>
            {t("arrive.recordedHint")}
          </Fact>
          <Fact icon="hand-palm" tone="glow" title={t("arrive.oneSpeaks")}>
            {t("arrive.raiseHint")}
          </Fact>
        </>
      }
      name={<TextField large label={t("arrive.yourName")} hint={t("arrive.nameHint")} defaultValue="Inês M." />}
      picture={
        <DeviceCheck
          devices={{ camera, microphone: camera === "untried" ? "untried" : "works", stream, level: 6, heard: true }}
          onTry={nothing}
        />
      }
      choice={
        <DeviceChoice
          cameras={camera === "denied" ? [] : [{ value: "a", label: "Front camera" }]}
          microphones={[{ value: "b", label: "Chromebook microphone" }]}
          camera="a"
          microphone="b"
          onCamera={nothing}
          onMicrophone={nothing}
        />
      }
      join={
        <Button look="filled" size="large" icon="door-open" wide type="submit">
          {t("arrive.join")}
        </Button>
      }
      ways={
        <>
          <Button icon="video-camera-slash">{t("arrive.withoutCamera")}</Button>
          <Button icon="microphone-slash">{t("arrive.onlyListen")}</Button>
        </>
      }
    />
  );
}
