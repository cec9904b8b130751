import type { MeetingWithLinks } from "../../../protocol/http/meetings.ts";
import type {
  Invitable,
  Invited,
  MeetingApprovalSetting,
  MeetingsToApprove,
  SayToMeeting,
  SpaceMeetingPage,
  SpaceMeetings,
} from "../../../protocol/twinspace/meetings.ts";
import { ask, query } from "../../api.ts";
import { spaceAt } from "../space.ts";

const one = (project: string, meeting: string) => `${spaceAt(project)}/meetings/${encodeURIComponent(meeting)}`;

export const spaceMeetings = (project: string, after: string | null = null) =>
  ask<SpaceMeetings>("GET", `${spaceAt(project)}/meetings${query({ after })}`);
export const spaceMeeting = (project: string, meeting: string) => ask<SpaceMeetingPage>("GET", one(project, meeting));
export const invitable = (project: string) => ask<Invitable>("GET", `${spaceAt(project)}/invitable`);
export const changeInvited = (project: string, meeting: string, invited: Invited) =>
  ask<SpaceMeetingPage>("PUT", `${one(project, meeting)}/invited`, { invited });
export const keepChat = (project: string, meeting: string, keep: boolean) =>
  ask<SpaceMeetingPage>("PUT", `${one(project, meeting)}/chat`, { keep });

const move = (meeting: string) => `/api/bookings/${encodeURIComponent(meeting)}/project`;
export const moveToProject = (meeting: string, project: string) =>
  ask<MeetingWithLinks>("POST", move(meeting), { project });
export const moveBack = (meeting: string) => ask<MeetingWithLinks>("DELETE", move(meeting));

export const meetingsToApprove = () => ask<MeetingsToApprove>("GET", "/api/meeting-approvals");
export const sayToMeeting = (meeting: string, school: string, said: SayToMeeting) =>
  ask<MeetingsToApprove>(
    "POST",
    `/api/meeting-approvals/${encodeURIComponent(meeting)}/${encodeURIComponent(school)}`,
    said,
  );

const setting = (school: string) => `/api/schools/${encodeURIComponent(school)}/meeting-approval`;
export const meetingApproval = (school: string) => ask<MeetingApprovalSetting>("GET", setting(school));
export const setMeetingApproval = (school: string, approvesMeetings: boolean) =>
  ask<MeetingApprovalSetting>("PUT", setting(school), { approvesMeetings });
