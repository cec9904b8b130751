/**
 * Which page an address shows. Each is loaded when it is asked for; the server sends the same index.html for all of them
 * (server/pagePaths.ts has the same list).
 */
import type { ComponentType } from "react";

/** What stands in the address, by the names in the pattern. */
export type PageParams = Readonly<Record<string, string>>;
export interface PageModule {
  default: ComponentType<{ params: PageParams }>;
}
export interface Route {
  /** As in server/pagePaths.ts: `/m/:code`. */
  path: string;
  load: () => Promise<PageModule>;
}

/** The first that fits is taken: `/meetings/new` is no meeting. */
export const routes: readonly Route[] = [
  { path: "/", load: () => import("./pages/front.tsx") },
  { path: "/find-help", load: () => import("./pages/find-help.tsx") },
  { path: "/help", load: () => import("./pages/help.tsx") },
  { path: "/help/:page", load: () => import("./pages/help.tsx") },
  { path: "/begin", load: () => import("./pages/begin.tsx") },
  { path: "/pupil", load: () => import("./pages/pupil.tsx") },
  { path: "/sign-in", load: () => import("./pages/sign-in.tsx") },
  { path: "/register", load: () => import("./pages/register.tsx") },
  { path: "/school/:school", load: () => import("./pages/school.tsx") },
  { path: "/account", load: () => import("./pages/account.tsx") },
  { path: "/forgotten", load: () => import("./pages/forgotten.tsx") },
  { path: "/desk", load: () => import("./pages/desk.tsx") },
  { path: "/desk/lists", load: () => import("./pages/desk-lists.tsx") },
  { path: "/desk/services", load: () => import("./pages/desk-services.tsx") },
  { path: "/desk/reports", load: () => import("./pages/desk-reports.tsx") },
  { path: "/desk/reports/:slug", load: () => import("./pages/desk-report.tsx") },
  { path: "/desk/quality-labels", load: () => import("./pages/desk-quality-labels.tsx") },
  { path: "/desk/quality-labels/:application", load: () => import("./pages/desk-quality-label.tsx") },
  { path: "/desk/figures", load: () => import("./pages/desk-figures.tsx") },
  { path: "/operate/mail", load: () => import("./pages/operate-mail.tsx") },
  { path: "/operate", load: () => import("./pages/operate.tsx") },
  { path: "/labels", load: () => import("./pages/labels.tsx") },
  { path: "/labels/:code", load: () => import("./pages/label.tsx") },
  { path: "/projects/all", load: () => import("./pages/all-projects.tsx") },
  { path: "/projects", load: () => import("./pages/projects.tsx") },
  { path: "/projects/new", load: () => import("./pages/project-new.tsx") },
  { path: "/projects/:slug", load: () => import("./pages/project.tsx") },
  { path: "/projects/:slug/edit", load: () => import("./pages/project-edit.tsx") },
  { path: "/partners", load: () => import("./pages/partners.tsx") },
  { path: "/partners/stop", load: () => import("./pages/partners-stop.tsx") },
  { path: "/partners/notices", load: () => import("./pages/notices.tsx") },
  { path: "/partners/notices/new", load: () => import("./pages/notice-new.tsx") },
  { path: "/partners/notices/:notice", load: () => import("./pages/notice.tsx") },
  { path: "/contacts", load: () => import("./pages/contacts.tsx") },
  { path: "/meetings/new", load: () => import("./pages/book.tsx") },
  { path: "/meetings/:meeting", load: () => import("./pages/booked.tsx") },
  { path: "/mail", load: () => import("./pages/mail.tsx") },
  { path: "/mail/new", load: () => import("./pages/mail-new.tsx") },
  { path: "/mail/:conversation", load: () => import("./pages/mail-conversation.tsx") },
  { path: "/news", load: () => import("./pages/news.tsx") },
  { path: "/news/stop", load: () => import("./pages/news-stop.tsx") },
  { path: "/visit", load: () => import("./pages/visit.tsx") },
  { path: "/twinspace/:slug/members", load: () => import("./pages/space-members.tsx") },
  { path: "/twinspace/:slug/invitation", load: () => import("./pages/space-invitation.tsx") },
  { path: "/twinspace/:slug/search", load: () => import("./pages/space-search.tsx") },
  { path: "/safeguarding", load: () => import("./pages/safeguarding.tsx") },
  { path: "/twinspace/:slug/forum", load: () => import("./pages/space-forum.tsx") },
  { path: "/twinspace/:slug/forum/threads/:thread", load: () => import("./pages/space-thread.tsx") },
  { path: "/twinspace/:slug/forum/:discussion", load: () => import("./pages/space-discussion.tsx") },
  { path: "/twinspace/:slug/chat", load: () => import("./pages/space-chat.tsx") },
  { path: "/twinspace/:slug/bulletin", load: () => import("./pages/space-bulletin.tsx") },
  { path: "/twinspace/:slug/calendar", load: () => import("./pages/space-calendar.tsx") },
  { path: "/twinspace/:slug", load: () => import("./pages/space-home.tsx") },
  { path: "/twinspace/:slug/pages", load: () => import("./pages/space-pages.tsx") },
  { path: "/twinspace/:slug/pages/:page", load: () => import("./pages/space-page-read.tsx") },
  { path: "/twinspace/:slug/pages/:page/edit", load: () => import("./pages/space-page-edit.tsx") },
  { path: "/twinspace/:slug/pages/:page/history", load: () => import("./pages/space-page-history.tsx") },
  { path: "/twinspace/:slug/meetings", load: () => import("./pages/space-meetings.tsx") },
  { path: "/twinspace/:slug/meetings/:meeting", load: () => import("./pages/space-meeting.tsx") },
  { path: "/twinspace/:slug/materials", load: () => import("./pages/space-materials.tsx") },
  { path: "/twinspace/:slug/materials/:material", load: () => import("./pages/space-material.tsx") },
  { path: "/twinspace/:slug/pupils", load: () => import("./pages/space-pupils.tsx") },
  { path: "/twinspace/:slug/pupils/cards", load: () => import("./pages/space-pupils.tsx") },
  { path: "/twinspace/:slug/leaving", load: () => import("./pages/space-leaving.tsx") },
  { path: "/twinspace/:slug/consents", load: () => import("./pages/space-consents.tsx") },
  { path: "/twinspace/:slug/publish", load: () => import("./pages/space-publish.tsx") },
  { path: "/twinspace/:slug/report", load: () => import("./pages/space-report.tsx") },
  { path: "/twinspace/:slug/report/entry/:entry", load: () => import("./pages/space-report-entry.tsx") },
  { path: "/twinspace/:slug/report/entry/:entry/edit", load: () => import("./pages/space-report-edit.tsx") },
  { path: "/twinspace/:slug/report/glance", load: () => import("./pages/space-report-glance.tsx") },
  { path: "/twinspace/:slug/report/public", load: () => import("./pages/space-report-public.tsx") },
  { path: "/twinspace/:slug/report/plan", load: () => import("./pages/space-report-plan.tsx") },
  { path: "/twinspace/:slug/report/quality-label", load: () => import("./pages/space-quality-label.tsx") },
  { path: "/m/:code", load: () => import("./pages/meeting.tsx") },
  { path: "/r/:code", load: () => import("./pages/replay.tsx") },
];

/** The route for an address's path, or null. A trailing slash makes no difference. */
export function routeFor(list: readonly Route[], pathname: string): { route: Route; params: PageParams } | null {
  const asked = partsOf(pathname);
  for (const route of list) {
    const wanted = partsOf(route.path);
    if (wanted.length !== asked.length) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((part, i) => {
      const given = asked[i] ?? "";
      if (!part.startsWith(":")) return part === given;
      params[part.slice(1)] = decoded(given);
      return given !== "";
    });
    if (fits) return { route, params };
  }
  return null;
}

const partsOf = (path: string): string[] => path.split("/").filter((part) => part !== "");

/** A broken percent sign is what it is; the server then knows nothing of that name. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
