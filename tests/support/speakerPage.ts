/** What the page of the recording tests offers; kept apart so that the tests need not know the browser's types. */
import type { Command } from "../../protocol/commands.ts";
import type { CommandAnswer } from "../../protocol/told.ts";

export interface SpeakerPage {
  open(ticket: string, routerRtpCapabilities: unknown): void;
  /** The microphone is on from now, and the camera if so wished. */
  devices(camera: boolean): void;
  send(command: Command): Promise<CommandAnswer>;
  share(): Promise<boolean>;
  isSpeaking(): boolean;
  recording(): string;
  /** Of the session and of its media: "live live" when all is well. */
  link(): string;
}
