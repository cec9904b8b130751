import { counted } from "../entry.ts";

/** Projects that leave and come in, and one's own data. */
export const leaving = {
  "leaving.title": "Take the project with you",
  "leaving.intro":
    "Everything in this TwinSpace as one file: to keep, to read without a server, or to go on elsewhere.",
  "leaving.toIt": "Take it with you",
  "leaving.copies": "A copy of everything",
  "leaving.whatIs":
    "Pages, materials, calendar, forum, updates, the teachers' bulletin, the chat of the last 90 days, members, and when meetings were. Pupils are in it by their alias. What was removed, mail, consents and recordings are not.",
  "leaving.careful": "It holds what children wrote and pictures of them. Keep it where only those can read it who may.",
  "leaving.make": "Make a copy",
  "leaving.queued": "It begins in a moment.",
  "leaving.running": "It is being made: {percent} of 100. You can go on working; a letter tells you when it is ready.",
  "leaving.progress": "How much of the copy is made",
  "leaving.ready": "Made on {day}, {size}. It is kept until {until}.",
  "leaving.download": "Download",
  "leaving.failed": "This copy could not be made, and nothing of it was kept. Make it again.",
  "leaving.onlyAdmins": "Founders and administrators of the project take it with them",
  "leaving.import": "Bring a project in",
  "leaving.importHint":
    "A file that was made here or by another Twinlight fills this empty TwinSpace. Everything in it becomes yours; beside it stands whose it was, pupils only as pupils of their school.",
  "leaving.notEmpty": "There is something in this TwinSpace already. A project comes only into an empty one.",
  "leaving.readOnly": "This project is closed: nothing comes in any more.",
  "leaving.file": "File of the project",
  "leaving.look": "Look at it",
  "leaving.sending": "The file is on its way.",
  "leaving.sent": "How much of the file has arrived",
  "leaving.preview": "“{title}”, as it was on {day}. This comes in:",
  "leaving.pages": counted("count", { one: "{count} page", other: "{count} pages" }),
  "leaving.materials": counted("count", { one: "{count} material, {size}", other: "{count} materials, {size}" }),
  "leaving.calendar": counted("count", { one: "{count} date", other: "{count} dates" }),
  "leaving.threads": counted("count", { one: "{count} thread of the forum", other: "{count} threads of the forum" }),
  "leaving.updates": counted("count", { one: "{count} update", other: "{count} updates" }),
  "leaving.meetings": counted("count", {
    one: "{count} meeting, as an entry of the calendar",
    other: "{count} meetings, as entries of the calendar",
  }),
  "leaving.reportEntries": counted("count", {
    one: "{count} entry of the report card: if it was shared with support services, those of this project read it here",
    other: "{count} entries of the report card: what was shared with support services, those of this project read here",
  }),
  "leaving.stays": "Members, chat and the bulletin stay where they are.",
  "leaving.take": "Bring it in",
  "leaving.taking": "It is being brought in. You can leave this page open or come back later.",
  "leaving.taken": "Everything is here.",
  "leaving.open": "Open the TwinSpace",
  "leaving.leaveIt": "Not this one",

  "leaving.mine": "What Twinlight has about me",
  "leaving.mineHint":
    "Your account, schools, projects, what you wrote in TwinSpaces, your mail, the letters you were sent, the meetings you led: one file, to be read by people and programs.",
  "leaving.mineDownload": "Download everything about me",
  "leaving.end": "End my account",
  "leaving.endHint":
    "You are signed out everywhere and cannot come back. Your name and address are erased, with your mail. What you made in projects stays, as by somebody who is not here any more.",
  "leaving.endAsk": "End your account?",
  "leaving.endPassword": "Your password",
  "leaving.lastOperator": "You are the only one who runs this server. Make somebody else an operator first.",
  "leaving.lastFounder": "You are the last founder of these projects. Close them, or find them another founder first:",

  "leaving.closing": "This is what happens when it closes:",
  "leaving.closingPupils": "Pupils cannot sign in any more. Their names are erased after 90 days.",
  "leaving.closingRead": "Teachers can go on reading everything, and nobody writes any more.",
  "leaving.closingArchive": "After twelve months it goes into the archive and cannot be opened again. Nothing is lost.",
  "leaving.closingFirst": "Take everything with you first",

  "leaving.ofPupil": "Download what they made",
  "leaving.erase": "Erase now…",
  "leaving.eraseName": "Erase now",
  "leaving.eraseAsk": "Erase this pupil's name now?",
  "leaving.eraseHint":
    "The name, the alias and the way to sign in are gone for good. What they made stays, as by a pupil of your school.",
} as const;
