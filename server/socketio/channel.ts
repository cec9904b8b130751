/** socket.io as data: a namespace admits a connection and has channels; `mount.ts` knows nothing more of it. */
import type { IncomingHttpHeaders } from "node:http";
import type * as z from "zod";
import type { RefusalCode, Refused } from "../../protocol/refusals.ts";

/** A token bucket: `burst` at once, then `perSecond`. */
export interface Limit {
  burst: number;
  perSecond: number;
}

/** One kind of message a browser sends. `Session` is what `admit` made of the connection: who acts is in there. */
export interface Channel<Session, Message> {
  name: "command" | "media" | "signal" | "open" | "close" | "steps";
  schema: z.ZodType<Message>;
  limit: Limit;
  /** The answer goes into the acknowledgement; where the sender asked for none it is dropped. */
  take(session: Session, message: Message): Promise<object>;
}

/** What the server may do with a connection. Everything it tells is ordered and reliable, but for `signal`. */
export interface Line {
  tell(event: "event" | "snapshot" | "live" | "media" | "news" | "presence" | "steps", message: object): void;
  /** May be lost when the browser is slow. */
  signal(message: object): void;
  /** Says why, then closes. */
  end(why: RefusalCode): void;
}

export interface Namespace<Session> {
  path: string;
  /**
   * Who this is, from what the browser sent as `auth` and in its first request (a browser's cookies stand in there); the line
   * may be used at once.
   */
  admit(auth: unknown, line: Line, headers: IncomingHttpHeaders): Promise<Session | Refused>;
  gone(session: Session): void;
  // Each channel has its own message type; the schema is what makes it true at run time.
  // biome-ignore lint/suspicious/noExplicitAny: a table of channels of different messages
  channels: readonly Channel<Session, any>[];
}
