/** The namespace `/space` on socket.io: who is signed in and in a TwinSpace is told what changes there. */
import type * as z from "zod";
import { ClosePage, OpenPage, SaySelection, SendPageSteps, SpaceAuth } from "../../protocol/twinspace/live.ts";
import { isCrossSite } from "../http/crossSite.ts";
import { isRefused } from "../http/route.ts";
import type { Channel, Namespace } from "../socketio/channel.ts";
import type { SpaceLines, SpaceSession } from "./lines.ts";
import { type WritingParts, writeSteps } from "./pages/writing.ts";

export interface SpaceGateway {
  readonly lines: SpaceLines;
  readonly writing: WritingParts;
  readonly publicUrl: string | undefined;
}

export function spaceNamespace({ lines, writing, publicUrl }: SpaceGateway): Namespace<SpaceSession> {
  return {
    path: "/space",
    async admit(rawAuth, line, headers) {
      if (isCrossSite(headers, publicUrl)) return { refused: "request.crossSite" };
      const auth = SpaceAuth.safeParse(rawAuth);
      if (!auth.success) return { refused: "request.malformed" };
      const space = await lines.spaceOf(headers, auth.data.project);
      if (isRefused(space)) return space;
      const session = await lines.come(headers, line, space);
      if (!isRefused(session)) line.tell("live", {});
      return session;
    },
    gone: (session) => lines.gone(session),
    channels: [opening(lines), closing(lines), steps(lines, writing), selections(lines)],
  };
}

/** Each asks anew who this is: a session that ended since is at an end here too. */
function opening(lines: SpaceLines): Channel<SpaceSession, z.infer<typeof OpenPage>> {
  return {
    name: "open",
    schema: OpenPage,
    limit: { burst: 20, perSecond: 2 },
    async take(session, { page }) {
      const space = await lines.spaceOf(session.headers, session.project);
      return isRefused(space) ? space : lines.openPage(session, space, page);
    },
  };
}

function closing(lines: SpaceLines): Channel<SpaceSession, z.infer<typeof ClosePage>> {
  return {
    name: "close",
    schema: ClosePage,
    limit: { burst: 20, perSecond: 2 },
    async take(session, { page }) {
      lines.closePage(session, page);
      return {};
    },
  };
}

function steps(lines: SpaceLines, writing: WritingParts): Channel<SpaceSession, SendPageSteps> {
  return {
    name: "steps",
    schema: SendPageSteps,
    limit: { burst: 40, perSecond: 10 },
    async take(session, { page, ...sent }) {
      const space = await lines.spaceOf(session.headers, session.project, "page.write");
      return isRefused(space) ? space : writeSteps(writing, space, page, sent);
    },
  };
}

function selections(lines: SpaceLines): Channel<SpaceSession, z.infer<typeof SaySelection>> {
  return {
    name: "signal",
    schema: SaySelection,
    limit: { burst: 20, perSecond: 10 },
    async take(session, { page, selection }) {
      lines.select(session, page, selection);
      return {};
    },
  };
}
