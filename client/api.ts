/**
 * What pages ask of the server over http. A refusal is a value; so is having no connection, with a code of its own.
 * Types only: the server has checked what it answers, and a schema library in the browser would weigh more than the pages.
 */
import type {
  AnswerInvitation,
  ChangeMe,
  ChangePassword,
  FrontDoor,
  Invitation,
  Invite,
  Me,
  NewSchool,
  OneTimeLink,
  OperatedSchools,
  People,
  Person,
  School,
  Schools,
  SignedIn,
  SignIn,
} from "../protocol/http/accounts.ts";
import type { RefusalAnswer } from "../protocol/http/answers.ts";
import type {
  BookableProjects,
  BookMeeting,
  MadeLink,
  MakeLink,
  MeetingWithLinks,
  MyMeetings,
  ProjectMeetings,
} from "../protocol/http/meetings.ts";
import type { Replay, ReplayAudience, ReplayFile, ReplayFilm } from "../protocol/http/replays.ts";
import type { Door, KnockAtDoor, MeetingSchools, Seated, TakeSeat } from "../protocol/http/seats.ts";

/** `offline`: nothing came back. It is not known whether what was asked for was done. */
export interface Refusal {
  readonly refused: RefusalAnswer["refused"] | "offline";
  readonly message?: string | undefined;
  readonly fields?: readonly string[] | undefined;
  readonly incident?: string | undefined;
  /** What it is by now, where somebody else has changed it meanwhile. */
  readonly current?: unknown;
}
export type Answer<T> = { readonly value: T } | Refusal;

export const isRefused = <T>(answer: Answer<T>): answer is Refusal => "refused" in answer;

const answerWithinMs = 20_000;
/** A file of some megabytes by a school's line. */
const fileWithinMs = 180_000;

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * `T` is what the route's schema promises (protocol/http); `void` for routes that answer nothing. A body that is a file is
 * sent as it is.
 */
export async function ask<T>(method: Method, path: string, body?: unknown): Promise<Answer<T>> {
  try {
    const response = await fetch(path, {
      method,
      cache: "no-store",
      signal: AbortSignal.timeout(body instanceof Blob ? fileWithinMs : answerWithinMs),
      ...sent(body),
    });
    // The server parses every answer with the route's schema before it sends it.
    if (response.status === 204) return { value: undefined as T };
    const answer: unknown = await response.json();
    if (response.ok) return { value: answer as T };
    return isRefusalAnswer(answer) ? answer : { refused: "command.failed" };
  } catch {
    return { refused: "offline" };
  }
}

function sent(body: unknown): RequestInit {
  if (body === undefined) return {};
  if (body instanceof Blob) return { body, headers: { "content-type": "application/octet-stream" } };
  return { body: JSON.stringify(body), headers: { "content-type": "application/json; charset=utf-8" } };
}

function isRefusalAnswer(answer: unknown): answer is Refusal {
  return typeof answer === "object" && answer !== null && "refused" in answer && typeof answer.refused === "string";
}

const at = encodeURIComponent;

/** `?words=…`, without what is empty. */
export function query(given: Readonly<Record<string, string | null | undefined>>): string {
  const wanted = Object.entries(given).flatMap(([name, value]) => (value ? [`${name}=${at(value)}`] : []));
  return wanted.length === 0 ? "" : `?${wanted.join("&")}`;
}

/* Accounts */

export const frontDoor = () => ask<FrontDoor>("GET", "/api/me");
export const signIn = (body: SignIn) => ask<SignedIn>("POST", "/api/sign-in", body);
export const signOut = () => ask<void>("POST", "/api/sign-out");
export const signOutEverywhere = () => ask<void>("POST", "/api/sign-out-everywhere");
export const changeMe = (body: ChangeMe) => ask<Me>("PATCH", "/api/me", body);
export const changePassword = (body: ChangePassword) => ask<void>("POST", "/api/me/password", body);
export const lookAtInvitation = (token: string) => ask<Invitation>("POST", "/api/invitations/look", { token });
export const answerInvitation = (body: AnswerInvitation) => ask<SignedIn>("POST", "/api/invitations/answer", body);
/** Validated ones that have all of the words in their name or town. */
export const schools = (words: string) => ask<Schools>("GET", `/api/schools${query({ words })}`);

/* The operator */

export const people = (words: string, after: string | null) =>
  ask<People>("GET", `/api/operate/people${query({ words, after })}`);
export const operatedSchools = (words: string, after: string | null) =>
  ask<OperatedSchools>("GET", `/api/operate/schools${query({ words, after })}`);
export const invite = (body: Invite) => ask<OneTimeLink>("POST", "/api/operate/people", body);
export const renewLink = (person: string) => ask<OneTimeLink>("POST", `/api/operate/people/${at(person)}/link`);
export const endAccount = (person: string) => ask<Person>("POST", `/api/operate/people/${at(person)}/end`);
export const addSchool = (body: NewSchool) => ask<School>("POST", "/api/operate/schools", body);

/* Booking */

const booking = (meeting: string) => `/api/bookings/${at(meeting)}`;

export const myMeetings = () => ask<MyMeetings>("GET", "/api/bookings");
export const bookableProjects = () => ask<BookableProjects>("GET", "/api/bookable-projects");
export const projectMeetings = (project: string) =>
  ask<ProjectMeetings>("GET", `/api/projects/${at(project)}/meetings`);
export const bookMeeting = (body: BookMeeting) => ask<MeetingWithLinks>("POST", "/api/bookings", body);
export const bookedMeeting = (meeting: string) => ask<MeetingWithLinks>("GET", booking(meeting));
export const cancelBooking = (meeting: string) => ask<void>("DELETE", booking(meeting));
export const makeLink = (meeting: string, body: MakeLink) => ask<MadeLink>("POST", `${booking(meeting)}/links`, body);
export const revokeLink = (meeting: string, link: string) =>
  ask<void>("DELETE", `${booking(meeting)}/links/${at(link)}`);
/** An address, for an anchor: the calendar file for whoever this link is for. */
export const calendarFileOf = (meeting: string, link: string) => `${booking(meeting)}/links/${at(link)}/calendar.ics`;

/* Replay */

const replayed = (code: string) => `/api/replays/${at(code)}`;

/** `after`: only the events behind the first so many. */
export const replay = (code: string, after: number) =>
  ask<Replay>("GET", `${replayed(code)}${after > 0 ? `?after=${after}` : ""}`);
export const replayPass = (code: string, resume: string) => ask<void>("POST", `${replayed(code)}/pass`, { resume });
export const openReplayTo = (code: string, audience: ReplayAudience) =>
  ask<{ audience: ReplayAudience }>("POST", `${replayed(code)}/audience`, { audience });
export const makeFilm = (code: string) => ask<ReplayFilm>("POST", `${replayed(code)}/film`);
/** An address, for `<video>`. A file that still grows is asked for as long as it was known to be. */
export const replayFileAt = (code: string, { id, state, bytes }: Pick<ReplayFile, "id" | "state" | "bytes">) =>
  `${replayed(code)}/files/${at(id)}${state === "writing" ? `?bytes=${bytes}` : ""}`;
/** Addresses, for links that save. */
export const filmOf = (code: string) => `${replayed(code)}/film`;
export const savedFileOf = (code: string, file: string) => `${replayed(code)}/files/${at(file)}?download=1`;

/* Coming to a meeting */

const meeting = (code: string) => `/api/meetings/${at(code)}`;

export const doorOf = (code: string, body: KnockAtDoor) => ask<Door>("POST", `${meeting(code)}/door`, body);
export const takeSeat = (code: string, body: TakeSeat) => ask<Seated>("POST", `${meeting(code)}/seats`, body);
/** The schools that people in this meeting come from. */
export const schoolsOf = (code: string) => ask<MeetingSchools>("GET", `${meeting(code)}/schools`);
