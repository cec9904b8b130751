/** Mounts namespaces on socket.io: admission, rate limit, schema, acknowledgement. Knows no feature. */
import type { Logger } from "pino";
import type { Server, Socket } from "socket.io";
import { type RefusalCode, type Refused, refusals } from "../../protocol/refusals.ts";
import type { Channel, Limit, Line, Namespace } from "./channel.ts";

/**
 * Mounts one namespace. Messages that come while the connection is still being admitted wait for it; a refused
 * connection is told why and closed. A fault is logged with its cause and answered by a refusal, never shown raw.
 */
export function mount<Session extends object>(io: Server, namespace: Namespace<Session>, log: Logger): void {
  io.of(namespace.path).on("connection", (socket) => {
    const line = lineOf(socket);
    const { auth, headers } = socket.handshake;
    const admitted = namespace.admit(auth, line, headers).catch((fault: unknown): Refused => {
      log.error({ err: fault, namespace: namespace.path }, "A connection could not be admitted");
      return { refused: "meeting.busy" };
    });
    for (const channel of namespace.channels) listen(socket, admitted, channel, log);
    socket.on("disconnect", async () => {
      const session = await admitted;
      if (!isRefused(session)) namespace.gone(session);
    });
    void admitted.then((session) => isRefused(session) && line.end(session.refused));
  });
}

function listen<Session extends object, Message>(
  socket: Socket,
  admitted: Promise<Session | Refused>,
  channel: Channel<Session, Message>,
  log: Logger,
) {
  const admits = bucket(channel.limit);
  socket.on(channel.name, async (raw: unknown, acknowledge: unknown) => {
    const answer = (value: object) => typeof acknowledge === "function" && acknowledge(value);
    if (!admits()) return answer(refusalAnswer("command.tooMany"));
    const message = channel.schema.safeParse(raw);
    if (!message.success) return answer(refusalAnswer("command.malformed"));
    const session = await admitted;
    if (isRefused(session)) return answer(refusalAnswer(session.refused));
    try {
      const result = await channel.take(session, message.data);
      return answer(isRefused(result) ? refusalAnswer(result.refused) : result);
    } catch (fault) {
      log.error({ err: fault, channel: channel.name }, "A message could not be taken");
      return answer(refusalAnswer("command.failed"));
    }
  });
}

function isRefused(answer: object): answer is Refused {
  return "refused" in answer;
}

/** A refusal as it is sent: the code for programs, the English sentence for whoever has none of their own. */
export function refusalAnswer(code: RefusalCode): { refused: RefusalCode; message: string } {
  return { refused: code, message: refusals[code] };
}

function lineOf(socket: Socket): Line {
  return {
    tell: (event, message) => void socket.emit(event, message),
    signal: (message) => void socket.volatile.emit("signal", message),
    end(why) {
      socket.emit("end", refusalAnswer(why));
      // The command that led to this (leaving, say) is still to be answered.
      setImmediate(() => socket.disconnect());
    },
  };
}

function bucket({ burst, perSecond }: Limit): () => boolean {
  let tokens = burst;
  let filledAt = performance.now();
  return () => {
    const now = performance.now();
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond);
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
