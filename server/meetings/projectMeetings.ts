/** The meetings of a project, for its teachers: when they are, who leads them, which can be watched again. */
import * as z from "zod";
import { type ProjectMeeting, ProjectMeetings } from "../../protocol/http/meetings.ts";
import { Id } from "../../protocol/ids.ts";
import type { Pool } from "../../storage/pool.ts";
import { findSchools } from "../accounts/schools.ts";
import { type Caller, type Route, route } from "../http/route.ts";
import { isProjectTeacher } from "./belonging.ts";
import { type MeetingRow, meetingsOfProject } from "./booking.ts";

const OneProject = z.strictObject({ project: Id });

export function projectMeetingRoutes({ pool, now }: { readonly pool: Pool; readonly now: () => number }): Route[] {
  return [
    route({
      method: "get",
      path: "/api/projects/:project/meetings",
      summary: "The next and past meetings of a project I take part in; no code and no link of others' meetings",
      action: "meeting.ofProject",
      limit: { times: 240, perMs: 60_000, per: "account" },
      params: OneProject,
      answer: ProjectMeetings,
      async handle({ caller }, { params }) {
        if (!(await isProjectTeacher(pool, params.project, caller))) return { refused: "request.notFound" };
        const { next, past } = await meetingsOfProject(pool, params.project, now());
        return { next: await shown(pool, caller, next), past: await shown(pool, caller, past) };
      },
    }),
  ];
}

async function shown(pool: Pool, caller: Caller, rows: readonly MeetingRow[]): Promise<ProjectMeeting[]> {
  const schools = await findSchools(pool, [...new Set(rows.flatMap(({ schoolId }) => schoolId ?? []))]);
  const chairs = await pool.query<{ id: Id; name: string }>("select id, name from accounts where id = any($1)", [
    [...new Set(rows.map(({ chairAccount }) => chairAccount))],
  ]);
  return rows.map(({ id, title, startsAt, lengthMinutes, phase, ...row }) => {
    const { recorded } = row.settings;
    return {
      ...{ id, title, startsAt, lengthMinutes, phase, recorded },
      chair: chairs.rows.find((chair) => chair.id === row.chairAccount)?.name ?? "",
      school: schools.find((school) => school.id === row.schoolId) ?? null,
      mine: row.chairAccount === caller.id,
      // The code of a meeting to come is its guests' link, which is its chair's to give out.
      replay: recorded && phase === "ended" ? row.code : null,
    };
  });
}
