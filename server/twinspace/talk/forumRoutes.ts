/** The forum over http. */
import {
  Discussions,
  DiscussionThreads,
  KeepThread,
  Made,
  PostPage,
  ReadThread,
  ThreadPosts,
  WriteDiscussion,
  WriteThread,
} from "../../../protocol/twinspace/forum.ts";
import { OneThing, SaidPage, WriteWords } from "../../../protocol/twinspace/said.ts";
import { OneSpace } from "../../../protocol/twinspace/space.ts";
import { inTransaction } from "../../../storage/pool.ts";
import { isRefused, type Route, route } from "../../http/route.ts";
import { spaceFor } from "../insider.ts";
import { reading, type SpaceParts, writing } from "../routes.ts";
import { editDiscussion, listDiscussions, openDiscussion } from "./forum.ts";
import { removalRoutes } from "./ownRoutes.ts";
import { editPost, editThread, keepThread, listThreads, markRead, readThread, reply, startThread } from "./threads.ts";

export function forumRoutes(parts: SpaceParts): Route[] {
  return [
    ...discussionRoutes(parts),
    ...threadRoutes(parts),
    ...answerRoutes(parts),
    ...removalRoutes(parts, "discussion", "forum/discussions", "forum.open"),
    ...removalRoutes(parts, "thread", "forum/threads", "thread.start"),
    ...removalRoutes(parts, "post", "forum/posts", "thread.reply"),
  ];
}

function discussionRoutes({ pool, now, tell }: SpaceParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/spaces/:project/forum",
      summary: "The forum's discussions, those with something new first",
      action: "forum.read",
      limit: reading,
      params: OneSpace,
      query: SaidPage,
      answer: Discussions,
      async handle(who, { params, query }) {
        const space = await spaceFor(pool, "forum.read", who, params.project, now());
        return isRefused(space) ? space : listDiscussions(pool, space, query.after);
      },
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/forum/discussions",
      summary: "Open a discussion",
      action: "forum.open",
      limit: writing,
      params: OneSpace,
      body: WriteDiscussion,
      answer: Made,
      async handle(who, { params, body }) {
        const space = await spaceFor(pool, "forum.open", who, params.project, now(), { writes: true });
        if (isRefused(space)) return space;
        const made = await openDiscussion(pool, space, body, now());
        tell(space.project.id, { type: "news" });
        return made;
      },
    }),
    route({
      method: "get",
      path: "/api/spaces/:project/forum/discussions/:thing",
      summary: "A discussion and its threads",
      action: "forum.read",
      limit: reading,
      params: OneThing,
      query: SaidPage,
      answer: DiscussionThreads,
      async handle(who, { params, query }) {
        const space = await spaceFor(pool, "forum.read", who, params.project, now());
        return isRefused(space) ? space : listThreads(pool, space, params.thing, query.after);
      },
    }),
    route({
      method: "patch",
      path: "/api/spaces/:project/forum/discussions/:thing",
      summary: "Change my own discussion",
      action: "forum.open",
      limit: writing,
      params: OneThing,
      body: WriteDiscussion,
      handle: (who, { params, body }) =>
        inTransaction(pool, async (db) => {
          const space = await spaceFor(db, "forum.open", who, params.project, now(), { writes: true });
          return isRefused(space) ? space : editDiscussion(db, space, params.thing, body, now());
        }),
    }),
  ];
}

function threadRoutes({ pool, now, tell }: SpaceParts): Route[] {
  return [
    route({
      method: "post",
      path: "/api/spaces/:project/forum/discussions/:thing/threads",
      summary: "Start a thread in a discussion",
      action: "thread.start",
      limit: writing,
      params: OneThing,
      body: WriteThread,
      answer: Made,
      handle: (who, { params, body }) =>
        inTransaction(pool, async (db) => {
          const space = await spaceFor(db, "thread.start", who, params.project, now(), { writes: true });
          if (isRefused(space)) return space;
          const made = await startThread(db, space, params.thing, body, now());
          if (!isRefused(made)) tell(space.project.id, { type: "news" });
          return made;
        }),
    }),
    route({
      method: "get",
      path: "/api/spaces/:project/forum/threads/:thing",
      summary: "A thread and its newest answers, or those before one",
      action: "forum.read",
      limit: reading,
      params: OneThing,
      query: PostPage,
      answer: ThreadPosts,
      async handle(who, { params, query }) {
        const space = await spaceFor(pool, "forum.read", who, params.project, now());
        return isRefused(space) ? space : readThread(pool, space, params.thing, query.before);
      },
    }),
    route({
      method: "patch",
      path: "/api/spaces/:project/forum/threads/:thing",
      summary: "Change my own thread",
      action: "thread.start",
      limit: writing,
      params: OneThing,
      body: WriteThread,
      handle: (who, { params, body }) =>
        inTransaction(pool, async (db) => {
          const space = await spaceFor(db, "thread.start", who, params.project, now(), { writes: true });
          return isRefused(space) ? space : editThread(db, space, params.thing, body, now());
        }),
    }),
    route({
      method: "put",
      path: "/api/spaces/:project/forum/threads/:thing/keeping",
      summary: "Lock a thread, keep it at the top, or neither",
      action: "thread.keep",
      limit: writing,
      params: OneThing,
      body: KeepThread,
      async handle(who, { params, body }) {
        const space = await spaceFor(pool, "thread.keep", who, params.project, now(), { writes: true });
        return isRefused(space) ? space : keepThread(pool, space, params.thing, body);
      },
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/forum/threads/:thing/read",
      summary: "I have read a thread up to then",
      action: "forum.read",
      limit: reading,
      params: OneThing,
      body: ReadThread,
      async handle(who, { params, body }) {
        const space = await spaceFor(pool, "forum.read", who, params.project, now());
        return isRefused(space) ? space : markRead(pool, space, params.thing, body.upTo, now());
      },
    }),
  ];
}

function answerRoutes({ pool, now, tell }: SpaceParts): Route[] {
  return [
    route({
      method: "post",
      path: "/api/spaces/:project/forum/threads/:thing/posts",
      summary: "Answer in a thread",
      action: "thread.reply",
      limit: writing,
      params: OneThing,
      body: WriteWords,
      answer: Made,
      handle: (who, { params, body }) =>
        inTransaction(pool, async (db) => {
          const space = await spaceFor(db, "thread.reply", who, params.project, now(), { writes: true });
          if (isRefused(space)) return space;
          const made = await reply(db, space, params.thing, body.words, now());
          if (!isRefused(made)) tell(space.project.id, { type: "news" });
          return made;
        }),
    }),
    route({
      method: "patch",
      path: "/api/spaces/:project/forum/posts/:thing",
      summary: "Change my own answer",
      action: "thread.reply",
      limit: writing,
      params: OneThing,
      body: WriteWords,
      handle: (who, { params, body }) =>
        inTransaction(pool, async (db) => {
          const space = await spaceFor(db, "thread.reply", who, params.project, now(), { writes: true });
          return isRefused(space) ? space : editPost(db, space, params.thing, body.words, now());
        }),
    }),
  ];
}
