/**
 * The addresses that are pages of the client, as express writes them, and which source draws each. `client/routes.ts` has
 * the same list. The sources are only named to be preloaded: one that is not there is found by the browser as before.
 */
export const pageModules: Readonly<Record<string, string>> = {
  "/": "pages/front.tsx",
  "/find-help": "pages/find-help.tsx",
  "/help": "pages/help.tsx",
  "/help/:page": "pages/help.tsx",
  "/begin": "pages/begin.tsx",
  "/sign-in": "pages/sign-in.tsx",
  "/register": "pages/register.tsx",
  "/school/:school": "pages/school.tsx",
  "/account": "pages/account.tsx",
  "/forgotten": "pages/forgotten.tsx",
  "/operate/mail": "pages/operate-mail.tsx",
  "/desk": "pages/desk.tsx",
  "/desk/lists": "pages/desk-lists.tsx",
  "/desk/services": "pages/desk-services.tsx",
  "/desk/figures": "pages/desk-figures.tsx",
  "/operate": "pages/operate.tsx",
  "/labels": "pages/labels.tsx",
  "/labels/:code": "pages/label.tsx",
  "/projects/all": "pages/all-projects.tsx",
  "/projects": "pages/projects.tsx",
  "/projects/new": "pages/project-new.tsx",
  "/projects/:slug": "pages/project.tsx",
  "/projects/:slug/edit": "pages/project-edit.tsx",
  "/partners": "pages/partners.tsx",
  "/partners/stop": "pages/partners-stop.tsx",
  "/partners/notices": "pages/notices.tsx",
  "/partners/notices/new": "pages/notice-new.tsx",
  "/partners/notices/:notice": "pages/notice.tsx",
  "/contacts": "pages/contacts.tsx",
  "/meetings/new": "pages/book.tsx",
  "/meetings/:meeting": "pages/booked.tsx",
  "/twinspace/:slug": "pages/space-home.tsx",
  "/twinspace/:slug/meetings": "pages/space-meetings.tsx",
  "/twinspace/:slug/meetings/:meeting": "pages/space-meeting.tsx",
  "/m/:code": "pages/meeting.tsx",
  "/r/:code": "pages/replay.tsx",
};

export const pagePaths: readonly string[] = Object.keys(pageModules);
