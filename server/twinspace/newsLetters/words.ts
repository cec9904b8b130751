/** News as lines of a letter, in English. Titles and adults' names only: nothing in a letter names a pupil. */
import type { NewsItem, NewsKind } from "../../../protocol/twinspace/news.ts";

const sentences: Readonly<Record<NewsKind, string>> = {
  pageMade: "New page",
  pageChanged: "Page changed",
  pagePublished: "Page published",
  materialAdded: "New material",
  updatePosted: "New update",
  threadStarted: "New thread in the forum",
  threadAnswered: "Answers in the thread",
  bulletinPosted: "New note in the teachers' bulletin",
  calendarChanged: "Calendar",
  meetingBooked: "Meeting booked",
  meetingMoved: "Meeting moved",
  replayReady: "Replay ready to be watched",
  memberJoined: "Somebody joined",
  commentWritten: "Comment on the report card",
  entryShared: "New entry in the report card",
  reportPublished: "Report card published",
  reportPublicAsked: "Asked to publish the report card",
};

const longestTitle = 80;
const cut = (text: string) =>
  [...text].length > longestTitle ? `${[...text].slice(0, longestTitle - 1).join("")}…` : text;

export function lineOf({ kind, title, person }: NewsItem): string {
  const what = title === "" ? sentences[kind] : `${sentences[kind]}: ${cut(title)}`;
  return person.kind === "adult" && person.name !== "" ? `${what} (${person.name})` : what;
}

export const mailLine = (subject: string, from: string): string =>
  from === "" ? `Mail: ${cut(subject)}` : `Mail from ${from}: ${cut(subject)}`;
