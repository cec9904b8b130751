/** My camera and microphone while arriving and in the room: asked for once, chosen anew, switched off and on. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type DeviceFault, openDevices } from "../../devices.ts";
import { followLevel } from "../../level.ts";
import type { DeviceState } from "../../parts/device-check.tsx";
import type { Choice } from "../../parts/field.tsx";

export interface OwnDevices {
  camera: DeviceState;
  microphone: DeviceState;
  cameraTrack: MediaStreamTrack | null;
  microphoneTrack: MediaStreamTrack | null;
  /** My picture without sound, for my own eyes. */
  picture: MediaStream | null;
  cameras: Choice[];
  microphones: Choice[];
  /** The chosen ids; "" leaves it to the browser. */
  chosen: { camera: string; microphone: string };
  /** Lets go of both; their lights go out. */
  release: () => void;
  /** Asks the browser for what is wanted and not there. */
  open: () => Promise<void>;
  wantCamera: (wanted: boolean) => void;
  wantMicrophone: (wanted: boolean) => void;
  chooseCamera: (id: string) => void;
  chooseMicrophone: (id: string) => void;
}

interface Wanted {
  camera: boolean;
  microphone: boolean;
}

/** `asks` false: a watcher, who is never asked. Without a secure context there is nothing to ask for. */
export function useDevices(asks: boolean): OwnDevices {
  const enabled = asks && window.isSecureContext;
  const [camera, setCamera] = useState<DeviceState>(enabled ? "untried" : "off");
  const [microphone, setMicrophone] = useState<DeviceState>(enabled ? "untried" : "off");
  const [tracks, setTracks] = useState<{ camera: MediaStreamTrack | null; microphone: MediaStreamTrack | null }>({
    camera: null,
    microphone: null,
  });
  const [known, setKnown] = useState<{ cameras: Choice[]; microphones: Choice[] }>({ cameras: [], microphones: [] });
  const [chosen, setChosen] = useState({ camera: "", microphone: "" });
  const wanted = useRef<Wanted>({ camera: enabled, microphone: enabled });
  const held = useRef(tracks);
  const round = useRef(0);

  const hold = useCallback((next: typeof tracks) => {
    for (const name of ["camera", "microphone"] as const) {
      if (held.current[name] !== next[name]) held.current[name]?.stop();
    }
    held.current = next;
    setTracks(next);
  }, []);

  const ask = useCallback(
    async (which: Wanted, ids: { camera: string; microphone: string }) => {
      if (!enabled) return;
      round.current += 1;
      const mine = round.current;
      if (which.camera) setCamera("asking");
      if (which.microphone) setMicrophone("asking");
      const opened = await openDevices({
        camera: which.camera ? ids.camera : null,
        microphone: which.microphone ? ids.microphone : null,
      });
      if (mine !== round.current) {
        opened.camera?.stop();
        opened.microphone?.stop();
        return;
      }
      if (which.camera) setCamera(stateOf(opened.camera, opened.faults.camera));
      if (which.microphone) setMicrophone(stateOf(opened.microphone, opened.faults.microphone));
      hold({
        camera: which.camera ? opened.camera : held.current.camera,
        microphone: which.microphone ? opened.microphone : held.current.microphone,
      });
      setKnown(await knownDevices());
    },
    [enabled, hold],
  );

  const latestChosen = useRef(chosen);
  latestChosen.current = chosen;

  const open = useCallback(
    () =>
      ask(
        {
          camera: wanted.current.camera && held.current.camera === null,
          microphone: wanted.current.microphone && held.current.microphone === null,
        },
        latestChosen.current,
      ),
    [ask],
  );

  const want = useCallback(
    (name: "camera" | "microphone", on: boolean) => {
      wanted.current = { ...wanted.current, [name]: on };
      if (on) {
        void ask({ camera: name === "camera", microphone: name === "microphone" }, latestChosen.current);
        return;
      }
      (name === "camera" ? setCamera : setMicrophone)("off");
      hold({ ...held.current, [name]: null });
    },
    [ask, hold],
  );

  const choose = useCallback(
    (name: "camera" | "microphone", id: string) => {
      const next = { ...latestChosen.current, [name]: id };
      setChosen(next);
      void ask({ camera: name === "camera", microphone: name === "microphone" }, next);
    },
    [ask],
  );

  // Without a press only where the browser would not have to ask: its question should come when somebody expects it.
  useEffect(() => {
    if (!enabled) return;
    let here = true;
    void alreadyAllowed().then((allowed) => {
      if (here && allowed && round.current === 0) void open();
    });
    return () => {
      here = false;
    };
  }, [enabled, open]);

  useEffect(
    () => () => {
      round.current += 1;
      held.current.camera?.stop();
      held.current.microphone?.stop();
    },
    [],
  );

  const picture = useMemo(() => (tracks.camera === null ? null : new MediaStream([tracks.camera])), [tracks.camera]);
  return {
    camera,
    microphone,
    cameraTrack: tracks.camera,
    microphoneTrack: tracks.microphone,
    picture,
    ...known,
    chosen,
    open,
    release: useCallback(() => {
      round.current += 1;
      hold({ camera: null, microphone: null });
    }, [hold]),
    wantCamera: useCallback((on) => want("camera", on), [want]),
    wantMicrophone: useCallback((on) => want("microphone", on), [want]),
    chooseCamera: useCallback((id) => choose("camera", id), [choose]),
    chooseMicrophone: useCallback((id) => choose("microphone", id), [choose]),
  };
}

/** How loud the microphone is, and whether anything was heard since it began. */
export function useLevel(track: MediaStreamTrack | null): { level: number; heard: boolean } {
  const [level, setLevel] = useState(0);
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    setLevel(0);
    setHeard(false);
    if (track === null) return;
    return followLevel(track, (now) => {
      setLevel(now);
      if (now >= 3) setHeard(true);
    });
  }, [track]);
  return { level, heard };
}

const stateOf = (track: MediaStreamTrack | null, fault: DeviceFault | undefined): DeviceState =>
  track === null ? (fault ?? "failed") : "works";

async function knownDevices(): Promise<{ cameras: Choice[]; microphones: Choice[] }> {
  const all = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  const of = (kind: MediaDeviceKind): Choice[] =>
    all
      .filter((device) => device.kind === kind && device.deviceId !== "")
      .map((device) => ({ value: device.deviceId, label: device.label || device.deviceId.slice(0, 6) }));
  return { cameras: of("videoinput"), microphones: of("audioinput") };
}

/** True where the browser has been told before that this site may use camera and microphone. */
async function alreadyAllowed(): Promise<boolean> {
  try {
    const states = await Promise.all(
      (["camera", "microphone"] as const).map((name) => navigator.permissions.query({ name: name as PermissionName })),
    );
    return states.every(({ state }) => state === "granted");
  } catch {
    return false;
  }
}
