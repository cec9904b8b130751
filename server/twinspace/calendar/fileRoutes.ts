/** Holidays from a file, and the clocks of schools, over http. */

import { mayHaveHoliday } from "../../../domain/twinspace/calendar.ts";
import {
  CalendarSchool,
  FileFound,
  FileTaken,
  ImportFile,
  largestFileBytes,
  OneSchoolZone,
  PreviewFile,
  SayZone,
} from "../../../protocol/twinspace/calendar.ts";
import { OneSpace } from "../../../protocol/twinspace/space.ts";
import { inTransaction } from "../../../storage/pool.ts";
import { fileBody, isRefused, type Route, route } from "../../http/route.ts";
import { spaceFor } from "../insider.ts";
import { type SpaceParts, writing } from "../routes.ts";
import { lookIntoFile, takeFile } from "./import.ts";
import { sayZone, schoolsOf } from "./zones.ts";

const upload = { maxBytes: largestFileBytes, tooLarge: "calendar.fileTooLarge", types: ["text/calendar"] } as const;
/** Reading a file is work. */
const files = { times: 30, perMs: 60_000, per: "account" } as const;

export function fileRoutes({ pool, now, tell }: SpaceParts): Route[] {
  return [
    route({
      method: "post",
      path: "/api/spaces/:project/calendar/file",
      summary: "What of a calendar file would come in as holidays of my school; nothing is kept",
      action: "calendar.ownSchool",
      limit: files,
      params: OneSpace,
      query: PreviewFile,
      body: fileBody,
      upload,
      answer: FileFound,
      async handle(who, { params, query, body }) {
        const space = await spaceFor(pool, "calendar.ownSchool", who, params.project, now(), { writes: true });
        return isRefused(space) ? space : lookIntoFile(pool, space, query.school, body, now());
      },
    }),
    route({
      method: "post",
      path: "/api/spaces/:project/calendar/file/take",
      summary: "Take in the holidays of a calendar file, without those that were not chosen",
      action: "calendar.ownSchool",
      limit: files,
      params: OneSpace,
      query: ImportFile,
      body: fileBody,
      upload,
      answer: FileTaken,
      handle: (who, { params, query, body }) =>
        inTransaction(pool, async (db) => {
          const options = { writes: true, lock: true };
          const space = await spaceFor(db, "calendar.ownSchool", who, params.project, now(), options);
          if (isRefused(space)) return space;
          const without = new Set(query.without.split(","));
          const taken = await takeFile(db, space, query.school, without, body, now());
          if (!isRefused(taken)) tell(space.project.id, { type: "calendar" });
          return taken;
        }),
    }),
    route({
      method: "put",
      path: "/api/spaces/:project/calendar/zones/:school",
      summary: "Say on which clock my school lives",
      action: "calendar.ownSchool",
      limit: writing,
      params: OneSchoolZone,
      body: SayZone,
      answer: CalendarSchool,
      async handle(who, { params, body }) {
        const space = await spaceFor(pool, "calendar.ownSchool", who, params.project, now(), { writes: true });
        if (isRefused(space)) return space;
        if (!mayHaveHoliday(space.me, params.school)) return { refused: "account.notAllowed" };
        await sayZone(pool, params.school, body.timeZone, space.me.id, now());
        tell(space.project.id, { type: "calendar" });
        const school = (await schoolsOf(pool, space)).find(({ id }) => id === params.school);
        return school ?? { refused: "request.notFound" };
      },
    }),
  ];
}
