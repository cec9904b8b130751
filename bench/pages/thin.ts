/**
 * The thinnest page there can be around client/session.ts and client/media.ts, with the buttons of the real one by the
 * same names: what is measured is the path from the click to the picture, not the drawing of the page.
 */
import { openDevices } from "../../client/devices.ts";
import { openMedia, type ShownMedia } from "../../client/media.ts";
import { openSession, type Session } from "../../client/session.ts";
import { handOf, turnOf } from "../../domain/meeting/state.ts";
import type { ThinPage } from "./instruments.ts";

const videos = new Map<string, HTMLVideoElement>();

function show(seat: string, { camera }: ShownMedia): void {
  videos.get(seat)?.remove();
  videos.delete(seat);
  if (!camera) return;
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = new MediaStream([camera]);
  document.body.append(video);
  videos.set(seat, video);
  void video.play().catch(() => {});
}

function button(name: string, pressed: () => unknown): HTMLButtonElement {
  const made = document.createElement("button");
  made.textContent = name;
  made.onclick = () => void pressed();
  document.body.append(made);
  return made;
}

async function join(code: string, name: string, key?: string): Promise<void> {
  const [devices, seated] = await Promise.all([openDevices({ camera: "", microphone: "" }), takeSeat(code, name, key)]);
  const session = openSession({ ticket: seated.ticket });
  const media = openMedia({ session, routerRtpCapabilities: seated.routerRtpCapabilities, onShown: show });
  media.prepare(devices);
  await session.send({ type: "seat.setDevices", microphone: true, camera: true });
  drawButtons(session);
}

async function takeSeat(code: string, name: string, key?: string) {
  const answer = await fetch(`/api/meetings/${code}/seats`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name, ...(key && { key }) }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

/** The buttons that make sense now, as the room's floor plate has them. */
function drawButtons(session: Session): void {
  const raise = button("Raise hand", () => session.send({ type: "floor.raiseHand" }));
  const finish = button("Finish turn", () => session.send({ type: "floor.finishTurn" }));
  const end = button("End turn", () => {
    const [turn] = session.state.meeting?.turns ?? [];
    if (turn) void session.send({ type: "floor.endTurn", turn: turn.turn });
  });
  const draw = () => {
    const { meeting, seat } = session.state;
    if (!meeting || !seat) return;
    raise.hidden = Boolean(handOf(meeting, seat) ?? turnOf(meeting, seat));
    finish.hidden = !turnOf(meeting, seat);
    end.hidden = meeting.turns.length === 0 || meeting.seats[seat]?.role !== "chair";
  };
  session.subscribe(draw);
  draw();
}

const thinPage: ThinPage = {
  arrive(code, name, key) {
    document.body.replaceChildren();
    const once = button("Join", () => {
      once.remove();
      return join(code, name, key);
    });
  },
};
Object.assign(globalThis, { thinPage });
