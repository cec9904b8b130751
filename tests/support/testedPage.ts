/** What the page of the media tests offers; kept apart so that the tests need not know the browser's types. */

export type Colour = [red: number, green: number, blue: number];

export interface TestedPage {
  open(seat: string, routerRtpCapabilities: unknown): void;
  /** Camera and microphone are on from now: the camera sees this colour, the microphone hears a hum. */
  paint(colour: Colour): void;
  /** Frames of this seat drawn since the last `forget`. */
  drawn(seat: string): number;
  /** When the first of them was drawn, ms since 1970. */
  first(seat: string): number | undefined;
  forget(): void;
  /** The colour in the middle of what is shown of a seat. */
  colour(seat: string): Colour | null;
  /** Packets of sound that came from a seat. */
  heard(seat: string): Promise<number>;
  /** Which media there are of a seat. */
  shown(seat: string): string[];
  link(): string;
  /** Types of the notices that came, in order. */
  notices(): string[];
  /** Types of the requests made, in order. */
  asked(): string[];
  /** Whatever a hostile page wants to say. */
  ask(request: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** A hostile page lets nobody switch its camera or microphone off, and goes on sending whatever it is told. */
  keepSending(): void;
  /** Ids of what it produces, as it heard them answered. */
  producers(): string[];
  sendTransport(): string | undefined;
}
