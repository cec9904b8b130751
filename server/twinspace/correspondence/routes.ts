/** Mail between members over http. */
import {
  AnswerMail,
  AskConversation,
  AskConversations,
  Conversations,
  ConversationView,
  MailBegun,
  MoveMail,
  OneConversation,
  PossibleRecipients,
  WriteMail,
} from "../../../protocol/twinspace/correspondence.ts";
import { inTransaction } from "../../../storage/pool.ts";
import { type Route, route } from "../../http/route.ts";
import { reading, type SpaceParts, writing } from "../routes.ts";
import { possibleRecipients } from "./people.ts";
import { listConversations, markRead, moveTo, readConversation, removeCopy } from "./reading.ts";
import { answerConversation, beginConversation } from "./writing.ts";

const beginning = { times: 30, perMs: 3_600_000, per: "account" } as const;
const answering = { times: 120, perMs: 3_600_000, per: "account" } as const;

type Parts = Pick<SpaceParts, "pool" | "now">;

export function correspondenceRoutes(parts: Parts): Route[] {
  return [...readingRoutes(parts), ...writingRoutes(parts), ...keepingRoutes(parts)];
}

function readingRoutes({ pool }: Parts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/correspondence",
      summary: "My conversations with other members of my projects, in pages",
      action: "correspondence.read",
      limit: reading,
      query: AskConversations,
      answer: Conversations,
      handle: ({ caller }, { query }) => listConversations(pool, caller.id, query.box, query.after),
    }),
    route({
      method: "get",
      path: "/api/correspondence/:conversation",
      summary: "A conversation, its newest messages first, in pages",
      action: "correspondence.read",
      limit: reading,
      params: OneConversation,
      query: AskConversation,
      answer: ConversationView,
      handle: ({ caller }, { params, query }) => readConversation(pool, caller.id, params.conversation, query.after),
    }),
    route({
      method: "get",
      path: "/api/recipients",
      summary: "To whom I may write, by project",
      action: "correspondence.write",
      limit: reading,
      answer: PossibleRecipients,
      handle: ({ caller }) => possibleRecipients(pool, caller.id),
    }),
  ];
}

function writingRoutes({ pool, now }: Parts): Route[] {
  return [
    route({
      method: "post",
      path: "/api/correspondence",
      summary: "Begin a conversation with other adults of a project I am in",
      action: "correspondence.write",
      limit: beginning,
      body: WriteMail,
      answer: MailBegun,
      handle: ({ caller }, { body }) => inTransaction(pool, (db) => beginConversation(db, caller.id, body, now())),
    }),
    route({
      method: "post",
      path: "/api/correspondence/:conversation/messages",
      summary: "Write to everybody in a conversation who is still in the project",
      action: "correspondence.write",
      limit: answering,
      params: OneConversation,
      body: AnswerMail,
      handle: ({ caller }, { params, body }) =>
        inTransaction(pool, (db) => answerConversation(db, caller.id, params.conversation, body.words, now())),
    }),
  ];
}

function keepingRoutes({ pool, now }: Parts): Route[] {
  return [
    route({
      method: "post",
      path: "/api/correspondence/:conversation/read",
      summary: "I have read it",
      action: "correspondence.read",
      limit: reading,
      params: OneConversation,
      handle: ({ caller }, { params }) => markRead(pool, caller.id, params.conversation, now()).then(() => undefined),
    }),
    route({
      method: "post",
      path: "/api/correspondence/:conversation/box",
      summary: "Put it into the archive, or back",
      action: "correspondence.read",
      limit: writing,
      params: OneConversation,
      body: MoveMail,
      handle: ({ caller }, { params, body }) => moveTo(pool, caller.id, params.conversation, body.box),
    }),
    route({
      method: "delete",
      path: "/api/correspondence/:conversation",
      summary: "Remove my own copy of it; the others keep theirs",
      action: "correspondence.read",
      limit: writing,
      params: OneConversation,
      handle: ({ caller }, { params }) => removeCopy(pool, caller.id, params.conversation, now()),
    }),
  ];
}
