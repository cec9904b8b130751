/** What Node asks of a measured page; kept apart so that it need not know the browser's types. */

/** A frame of the wanted speaker that was drawn. All times are milliseconds since 1970 on this machine's clock. */
export interface Drawn {
  atMs: number;
  /** When its picture was painted, as the picture itself says. */
  paintedMs: number;
}

/** In every page, before its own scripts, as `instruments`. */
export interface Instruments {
  /** From now camera and microphone are a painted picture that says whose it is, by the script of camera.ts, and a hum. */
  speakAs(speaker: number, camera: string): void;
  /** There is neither camera nor microphone. */
  onlyWatch(): void;
  /** Forgets what was drawn and looks for the first frame of this speaker from now on, or from a click on this button. */
  lookFor(speaker: number, button?: string): void;
  /** Without `lookFor`: the first frame of anything. */
  drawn(): Drawn | null;
  /** When a button of this name was last clicked; null: never. */
  clicked(button: string): number | null;
  /** A hostile page lets nobody switch its camera or microphone off. */
  keepSending(): void;
}

/** The plain mediasoup page, as `barePage`. */
export interface BarePage {
  /** Draws the button "Join", which connects and takes up what there is; resolves when it is there. */
  arrive(): void;
  /** Connects without a click. */
  join(): Promise<void>;
  /** Sends its camera and microphone under this name. */
  publish(speaker: number): Promise<void>;
  /** Takes up whatever there is from a speaker now. */
  consume(speaker: number): Promise<void>;
  /** Puts away what it takes from a speaker. */
  drop(speaker: number): void;
}
