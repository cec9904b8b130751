import { counted } from "../entry.ts";

/** Mail between members; the mailbox of letters is the operator's (mail.ts). */
export const correspondence = {
  "correspondence.title": "Mail",
  "correspondence.intro": "Between the adults of your projects. Pupils have no mail and cannot be written to.",
  "correspondence.unread": counted("count", { one: "{count} unread", other: "{count} unread" }),
  "correspondence.boxes": "Show",
  "correspondence.open": "Mail",
  "correspondence.archived": "Archive",
  "correspondence.none": "Nothing here yet.",
  "correspondence.noneHint": "What you write to members of your projects, and what they write to you, stands here.",
  "correspondence.noneArchived": "Nothing is in the archive.",
  "correspondence.write": "Write",
  "correspondence.with": "with {names}",
  "correspondence.fromWords": "{name}: {words}",
  "correspondence.me": "You",

  "correspondence.newTitle": "Write to members",
  "correspondence.project": "Project",
  "correspondence.to": "To",
  "correspondence.toNobody": "Choose whom to write to",
  "correspondence.toHint": "Only adults who take part in this project now. At most 20.",
  "correspondence.subject": "Subject",
  "correspondence.words": "Your message",
  "correspondence.send": "Send",
  "correspondence.nobodyYet": "There is nobody to write to yet",
  "correspondence.nobodyYetHint":
    "Mail goes between the adults of an active project. As soon as you are in one with others, they stand here.",
  "correspondence.personAt": "{name}, {school}",

  "correspondence.back": "All mail",
  "correspondence.people": "With",
  "correspondence.gone": "{name} (not in the project any more)",
  "correspondence.older": "Older messages",
  "correspondence.answer": "Answer",
  "correspondence.answerHint": "Everybody who is in this conversation and still in the project reads it.",
  "correspondence.closed":
    "The project is over, or nobody else of this conversation is in it any more. It stays here to be read.",
  "correspondence.archive": "Put into the archive",
  "correspondence.unarchive": "Back out of the archive",
  "correspondence.remove": "Remove my copy…",
  "correspondence.removeTitle": "Remove your copy of “{subject}”?",
  "correspondence.removeHint":
    "The others keep theirs. If somebody writes again, the conversation comes back with that message.",
  "correspondence.removeDo": "Remove",
  "correspondence.sent": "Sent.",
  "correspondence.menu": "What can be done with “{subject}”",
  "correspondence.message": "{name}'s message",
} as const;
