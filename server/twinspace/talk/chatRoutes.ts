/** The project's chat over http. */
import { ChatMessages, ChatPage, ChatSettings, WriteMessage } from "../../../protocol/twinspace/chat.ts";
import { Made } from "../../../protocol/twinspace/forum.ts";
import { OneSpace } from "../../../protocol/twinspace/space.ts";
import { isRefused, type Route, route } from "../../http/route.ts";
import { spaceFor } from "../insider.ts";
import { reading, type SpaceParts, writing } from "../routes.ts";
import { listMessages, switchChat, writeMessage } from "./chat.ts";
import { removalRoutes } from "./ownRoutes.ts";

/** As fast as somebody types; a flood is none of that. */
const chatting = { times: 15, perMs: 30_000, per: "account" } as const;

export function chatRoutes(parts: SpaceParts): Route[] {
  const { pool, now, tell } = parts;
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/chat",
      summary: "The project's chat: its newest messages, or those before one",
      action: "chat.read",
      limit: reading,
      params: OneSpace,
      query: ChatPage,
      answer: ChatMessages,
      async handle(who, { params, query }) {
        const space = await spaceFor(pool, "chat.read", who, params.project, now());
        return isRefused(space) ? space : listMessages(pool, space, query);
      },
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/chat/messages",
      summary: "Write to all members in the chat",
      action: "chat.write",
      limit: chatting,
      params: OneSpace,
      body: WriteMessage,
      answer: Made,
      async handle(who, { params, body }) {
        const space = await spaceFor(pool, "chat.write", who, params.project, now(), { writes: true });
        if (isRefused(space)) return space;
        const made = await writeMessage(pool, space, body.words, now());
        if (!isRefused(made)) tell(space.project.id, { type: "chat" }, ({ role }) => role !== "visitor");
        return made;
      },
    }),
    route({
      method: "put",
      path: "/api/spaces/:project/chat/settings",
      summary: "Open or close the chat, for everybody or for pupils",
      action: "chat.switch",
      limit: writing,
      params: OneSpace,
      body: ChatSettings,
      async handle(who, { params, body }) {
        const space = await spaceFor(pool, "chat.switch", who, params.project, now(), { writes: true });
        if (isRefused(space)) return space;
        await switchChat(pool, space.project.id, body);
        tell(space.project.id, { type: "chat" }, ({ role }) => role !== "visitor");
        return undefined;
      },
    }),
    ...removalRoutes(parts, "message", "chat/messages", "chat.write"),
  ];
}
