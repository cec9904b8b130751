/** All English words, by area. The keys here are the keys of every language. */
import { accounts } from "./accounts.ts";
import { arriving } from "./arriving.ts";
import { booking } from "./booking.ts";
import { calendar } from "./calendar.ts";
import { charts } from "./charts.ts";
import { common } from "./common.ts";
import { correspondence } from "./correspondence.ts";
import { desk } from "./desk.ts";
import { floor } from "./floor.ts";
import { front } from "./front.ts";
import { labels } from "./labels.ts";
import { leaving } from "./leaving.ts";
import { mail } from "./mail.ts";
import { materials } from "./materials.ts";
import { members } from "./members.ts";
import { news } from "./news.ts";
import { pages } from "./pages.ts";
import { partners } from "./partners.ts";
import { projects } from "./projects.ts";
import { publishing } from "./publishing.ts";
import { pupils } from "./pupils.ts";
import { qualityLabelApply } from "./quality-label-apply.ts";
import { qualityLabelDesk } from "./quality-label-desk.ts";
import { refusalWords } from "./refusals.ts";
import { registry } from "./registry.ts";
import { replay } from "./replay.ts";
import { reportDesk } from "./report-desk.ts";
import { reportGlance } from "./report-glance.ts";
import { reportPublic } from "./report-public.ts";
import { reports } from "./reports.ts";
import { room } from "./room.ts";
import { signingIn } from "./signing-in.ts";
import { space } from "./space.ts";
import { spaceMeetings } from "./space-meetings.ts";
import { talk } from "./talk.ts";

export const en = {
  ...common,
  ...arriving,
  ...floor,
  ...room,
  ...replay,
  ...accounts,
  ...booking,
  ...calendar,
  ...charts,
  ...front,
  ...leaving,
  ...mail,
  ...signingIn,
  ...labels,
  ...desk,
  ...projects,
  ...partners,
  ...registry,
  ...space,
  ...reportPublic,
  ...reports,
  ...reportGlance,
  ...pages,
  ...materials,
  ...spaceMeetings,
  ...pupils,
  ...publishing,
  ...talk,
  ...correspondence,
  ...members,
  ...news,
  ...reportDesk,
  ...qualityLabelApply,
  ...qualityLabelDesk,
  ...refusalWords,
} as const;
