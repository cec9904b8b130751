/** Partner notices and the replies to them over http. */
import { may } from "../../domain/permissions.ts";
import {
  NewNotice,
  NoticePage,
  NoticeReplies,
  Notices,
  OneNotice,
  OneNoticeShown,
  RenewNotice,
  ReplyPage,
  ReplyToNotice,
  WriteNotice,
} from "../../protocol/http/partners.ts";
import { isRefused, type Route, route } from "../http/route.ts";
import { reading, writing } from "./limits.ts";
import { closeNotice, editNotice, findNotice, listNotices, renewNotice, writeNotice } from "./notices.ts";
import { listReplies, replyToNotice } from "./replies.ts";
import type { PartnerParts } from "./routes.ts";

export function noticeRoutes(parts: PartnerParts): Route[] {
  return [...ownRoutes(parts), ...readingRoutes(parts), ...replyRoutes(parts)];
}

function ownRoutes({ pool }: PartnerParts): Route[] {
  return [
    route({
      method: "post",
      path: "/api/notices",
      summary: "Write a partner notice, for 30, 60 or 90 days",
      action: "notice.write",
      limit: writing,
      body: NewNotice,
      answer: OneNoticeShown,
      async handle({ caller }, { body }) {
        const notice = await writeNotice(pool, caller, body);
        return isRefused(notice) ? notice : { notice };
      },
    }),
    route({
      method: "put",
      path: "/api/notices/:notice",
      summary: "Change my notice; it stands anew from then on",
      action: "notice.write",
      limit: writing,
      params: OneNotice,
      body: WriteNotice,
      answer: OneNoticeShown,
      async handle({ caller }, { params, body }) {
        const notice = await editNotice(pool, caller, params.notice, body);
        return isRefused(notice) ? notice : { notice };
      },
    }),
    route({
      method: "post",
      path: "/api/notices/:notice/renew",
      summary: "Let my notice stand again, or for longer",
      action: "notice.write",
      limit: writing,
      params: OneNotice,
      body: RenewNotice,
      answer: OneNoticeShown,
      async handle({ caller }, { params, body }) {
        const notice = await renewNotice(pool, caller, params.notice, body.days);
        return isRefused(notice) ? notice : { notice };
      },
    }),
  ];
}

function readingRoutes({ pool }: PartnerParts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/notices",
      summary: "Open partner notices, the newest first; or all of mine",
      action: "notice.read",
      limit: reading,
      query: NoticePage,
      answer: Notices,
      handle: ({ caller }, { query }) => listNotices(pool, caller, query),
    }),
    route({
      method: "get",
      path: "/api/notices/:notice",
      summary: "One partner notice",
      action: "notice.read",
      limit: reading,
      params: OneNotice,
      answer: OneNoticeShown,
      async handle({ caller }, { params }) {
        const notice = await findNotice(pool, caller, params.notice);
        return notice ? { notice } : { refused: "notice.unknown" };
      },
    }),
    route({
      method: "post",
      path: "/api/notices/:notice/close",
      summary: "Close a notice: its author, or the support service of its country",
      action: "notice.close",
      limit: writing,
      params: OneNotice,
      async handle({ caller }, { params }) {
        const notice = await findNotice(pool, caller, params.notice);
        if (!notice) return { refused: "notice.unknown" };
        const about = { account: notice.author.id, countries: [notice.school.country] };
        if (!may("notice.close", caller.actor, about)) return { refused: "account.notAllowed" };
        await closeNotice(pool, notice.id);
        return undefined;
      },
    }),
  ];
}

function replyRoutes({ pool }: PartnerParts): Route[] {
  return [
    route({
      method: "post",
      path: "/api/notices/:notice/replies",
      summary: "Reply to a notice: its author alone reads it, here and by letter",
      action: "notice.reply",
      limit: writing,
      params: OneNotice,
      body: ReplyToNotice,
      handle: ({ caller, origin }, { params, body }) => replyToNotice(pool, caller, params.notice, body.words, origin),
    }),
    route({
      method: "get",
      path: "/api/notices/:notice/replies",
      summary: "The replies to my notice, the newest first",
      action: "notice.write",
      limit: reading,
      params: OneNotice,
      query: ReplyPage,
      answer: NoticeReplies,
      handle: ({ caller }, { params, query }) => listReplies(pool, caller.id, params.notice, query.after),
    }),
  ];
}
