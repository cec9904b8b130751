import type { Notes } from "../../../protocol/twinspace/bulletin.ts";
import type { ChatMessages, ChatSettings } from "../../../protocol/twinspace/chat.ts";
import type {
  Discussions,
  DiscussionThreads,
  KeepThread,
  Made,
  ThreadPosts,
  WriteDiscussion,
  WriteThread,
} from "../../../protocol/twinspace/forum.ts";
import type { Thing } from "../../../protocol/twinspace/hidden.ts";
import type { EarlierWords } from "../../../protocol/twinspace/said.ts";
import type { OneUpdate, Updates, WriteUpdate } from "../../../protocol/twinspace/updates.ts";
import { ask, query } from "../../api.ts";
import { spaceAt } from "../space.ts";

const at = encodeURIComponent;

/** Below a TwinSpace's own address, where things of each kind are. */
const paths = {
  update: "updates",
  discussion: "forum/discussions",
  thread: "forum/threads",
  post: "forum/posts",
  message: "chat/messages",
  bulletin: "bulletin",
} as const;
export type SaidKind = keyof typeof paths;
const one = (project: string, kind: SaidKind, id: string) => `${spaceAt(project)}/${paths[kind]}/${at(id)}`;

export const removeSaid = (project: string, kind: SaidKind, id: string) => ask<void>("DELETE", one(project, kind, id));
export const restoreSaid = (project: string, kind: SaidKind, id: string) =>
  ask<void>("POST", `${one(project, kind, id)}/restore`);
/** `title` for what has one. */
export const changeSaid = (project: string, kind: SaidKind, id: string, body: { title?: string; words: string }) =>
  ask<void>("PATCH", one(project, kind, id), body);
export const earlierWords = (project: string, thing: Thing) =>
  ask<EarlierWords>("GET", `${spaceAt(project)}/earlier${query(thing)}`);

export const updates = (project: string, after: string | null) =>
  ask<Updates>("GET", `${spaceAt(project)}/updates${query({ after })}`);
export const postUpdate = (project: string, body: WriteUpdate) =>
  ask<OneUpdate>("POST", `${spaceAt(project)}/updates`, body);
export const changeUpdate = (project: string, id: string, body: WriteUpdate) =>
  ask<OneUpdate>("PATCH", one(project, "update", id), body);
export const approveUpdate = (project: string, id: string) =>
  ask<OneUpdate>("POST", `${one(project, "update", id)}/approve`);
export const pinUpdate = (project: string, id: string, pinned: boolean) =>
  ask<OneUpdate>("PUT", `${one(project, "update", id)}/pin`, { pinned });

export const discussions = (project: string, after: string | null) =>
  ask<Discussions>("GET", `${spaceAt(project)}/forum${query({ after })}`);
export const openDiscussion = (project: string, body: WriteDiscussion) =>
  ask<Made>("POST", `${spaceAt(project)}/forum/discussions`, body);
export const discussionThreads = (project: string, id: string, after: string | null) =>
  ask<DiscussionThreads>("GET", `${one(project, "discussion", id)}${query({ after })}`);
export const startThread = (project: string, discussion: string, body: WriteThread) =>
  ask<Made>("POST", `${one(project, "discussion", discussion)}/threads`, body);
export const threadPosts = (project: string, id: string, before: string | null) =>
  ask<ThreadPosts>("GET", `${one(project, "thread", id)}${query({ before })}`);
export const keepThread = (project: string, id: string, body: KeepThread) =>
  ask<void>("PUT", `${one(project, "thread", id)}/keeping`, body);
export const markRead = (project: string, id: string, upTo: number) =>
  ask<void>("POST", `${one(project, "thread", id)}/read`, { upTo });
export const answerThread = (project: string, id: string, words: string) =>
  ask<Made>("POST", `${one(project, "thread", id)}/posts`, { words });

export const chatMessages = (project: string, asked: { before?: string | null; from?: string | null } = {}) =>
  ask<ChatMessages>("GET", `${spaceAt(project)}/chat${query(asked)}`);
export const writeMessage = (project: string, words: string) =>
  ask<Made>("POST", `${spaceAt(project)}/chat/messages`, { words });
export const switchChat = (project: string, body: ChatSettings) =>
  ask<void>("PUT", `${spaceAt(project)}/chat/settings`, body);

export const bulletinNotes = (project: string, after: string | null) =>
  ask<Notes>("GET", `${spaceAt(project)}/bulletin${query({ after })}`);
export const writeNote = (project: string, words: string) =>
  ask<Made>("POST", `${spaceAt(project)}/bulletin`, { words });
