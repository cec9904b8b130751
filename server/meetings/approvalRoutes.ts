/** What schools say to meetings of their projects, over http; and whether a school wants to be asked. */
import { may } from "../../domain/permissions.ts";
import { OneSchool } from "../../protocol/http/registry.ts";
import {
  MeetingApprovalSetting,
  MeetingsToApprove,
  OneApproval,
  SayToMeeting,
} from "../../protocol/twinspace/meetings.ts";
import type { Pool, Queryable } from "../../storage/pool.ts";
import { type Caller, isRefused, type Route, route } from "../http/route.ts";
import { keepRegistryAct } from "../registry/acts.ts";
import { meetingsToApprove, sayToMeeting } from "./approvals.ts";

const reading = { times: 240, perMs: 60_000, per: "account" } as const;
const writing = { times: 60, perMs: 10 * 60_000, per: "account" } as const;

export function approvalRoutes({ pool, now }: { readonly pool: Pool; readonly now: () => number }): Route[] {
  return [...sayingRoutes(pool, now), ...settingRoutes(pool)];
}

function sayingRoutes(pool: Pool, now: () => number): Route[] {
  return [
    route({
      method: "get",
      path: "/api/meeting-approvals",
      summary: "Meetings of projects that wait for the yes of a school I speak for, or were told it",
      action: "meeting.approve",
      limit: reading,
      answer: MeetingsToApprove,
      handle: async ({ caller }) => ({ meetings: await meetingsToApprove(pool, caller) }),
    }),
    route({
      method: "post",
      path: "/api/meeting-approvals/:meeting/:school",
      summary: "Say yes or no for one's school to a meeting that has not begun, or take a yes back",
      action: "meeting.approve",
      limit: writing,
      params: OneApproval,
      body: SayToMeeting,
      answer: MeetingsToApprove,
      async handle({ caller, origin }, { params, body }) {
        const said = await sayToMeeting(pool, caller, params, body, now(), origin);
        return isRefused(said) ? said : { meetings: await meetingsToApprove(pool, caller) };
      },
    }),
  ];
}

function settingRoutes(pool: Pool): Route[] {
  return [
    route({
      method: "get",
      path: "/api/schools/:school/meeting-approval",
      summary: "Whether my school says yes to each meeting of its projects beforehand",
      action: "school.change",
      limit: reading,
      params: OneSchool,
      answer: MeetingApprovalSetting,
      async handle({ caller }, { params }) {
        if (!worksThere(caller, params.school)) return { refused: "request.notFound" };
        return { approvesMeetings: await approves(pool, params.school) };
      },
    }),
    route({
      method: "put",
      path: "/api/schools/:school/meeting-approval",
      summary:
        "Choose whether my school says yes to each meeting of its projects beforehand; for meetings booked from now on",
      action: "school.change",
      limit: writing,
      params: OneSchool,
      body: MeetingApprovalSetting,
      answer: MeetingApprovalSetting,
      async handle({ caller }, { params, body }) {
        if (!worksThere(caller, params.school)) return { refused: "request.notFound" };
        const { rowCount } = await pool.query(
          "update schools set approves_meetings = $2 where id = $1 and approves_meetings <> $2",
          [params.school, body.approvesMeetings],
        );
        if (rowCount) {
          const act = body.approvesMeetings ? "approvesMeetings" : "approvesNoMeetings";
          await keepRegistryAct(pool, act, caller.id, "school", params.school);
        }
        return body;
      },
    }),
  ];
}

/** Its own staff, while it is validated. */
const worksThere = ({ id, actor }: Caller, school: string): boolean =>
  actor.schools.some((each) => each.id === school) && may("school.change", actor, { account: id, schools: [school] });

async function approves(db: Queryable, school: string): Promise<boolean> {
  const { rows } = await db.query<{ approves: boolean }>(
    "select approves_meetings as approves from schools where id = $1",
    [school],
  );
  return rows[0]?.approves ?? false;
}
