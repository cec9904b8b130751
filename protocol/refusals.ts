/**
 * Every expected "no", `machine.reason`. Each has a sentence in every language of client/words, and the server
 * answers with the English one for clients that have none.
 */
export const refusals = {
  "command.malformed": "This message was not understood. Reload the page.",
  "command.tooMany": "That was too fast. Wait a moment and do it again.",
  "command.tooLarge": "This is too large to be sent.",
  "command.notAllowed": "Only the chair can do this.",
  "command.failed": "Something went wrong on our side. What you did is not lost; do it again.",

  "meeting.unknown": "There is no meeting with this code. Check the letters, or ask for the link again.",
  "meeting.notOpen": "This meeting has not begun yet.",
  "meeting.membersOnly": "This meeting is for members of a project. Sign in first, or ask for a link of your own.",
  "meeting.notApproved": "This meeting waits for the yes of a school. It can begin once every school has said it.",
  "meeting.nothingWritten": "Nothing was written in this meeting, so there is nothing to keep.",
  "meeting.approvalNotNow": "The school has said something else meanwhile. Reload the page.",
  "meeting.ended": "This meeting has ended.",
  "meeting.locked": "This meeting is locked. The chair can open it again.",
  "meeting.full": "Every place in this meeting is taken.",
  "meeting.frozen": "Everything has stopped. The chair will go on in a moment.",
  "meeting.notFrozen": "The meeting is already going on.",
  "meeting.busy": "The meeting is being found again. Wait a moment.",

  "seat.unknown": "This person is not here any more.",
  "seat.notInRoom": "You are not in the room yet.",
  "seat.removed": "You were removed from this meeting.",
  "seat.replaced": "You joined from another place. That one goes on; this one has ended.",
  "seat.placeEnded": "You are not in this project any more, so your seat in its meeting has ended. Ask your teacher.",
  "seat.turnedAway": "You were not let in.",
  "seat.isChair": "This is the chair. Hand over the chair first.",
  "seat.notAdult": "Only an adult can lead a meeting.",
  "seat.notMuted": "This person is not muted.",
  "seat.notClass": "Only a class can name its pupils.",
  "seat.watcher": "You are watching. To speak, ask for a participant's link.",
  "seat.notAway": "This seat is not away.",
  "ticket.invalid": "Your place has expired. Open the link again.",
  "link.invalid": "This link is not valid any more. Ask for a new one.",

  "lobby.notWaiting": "This person is not waiting any more.",

  "floor.muted": "You cannot speak now. The chair muted you.",
  "floor.seatMuted": "This person is muted. Unmute them first.",
  "floor.handUp": "Your hand is already up.",
  "floor.noHand": "The hand is already down.",
  "floor.speaking": "You are speaking already.",
  "floor.noTurn": "This turn has already ended.",
  "floor.noLimit": "This turn has no time limit.",
  "floor.noPupil": "This pupil is not named behind this class.",
  "floor.notYet": "The time is not up yet.",

  "share.noFloor": "Only who is speaking can share a screen.",
  "share.already": "A screen is already shared.",
  "share.none": "No screen is shared.",

  "chat.tooFast": "Slow down a little. Your message was not sent.",

  "recording.none": "This meeting is not recorded.",
  "recording.already": "The recording already runs.",

  "media.noFloor": "You can only be heard and seen when it is your turn.",
  "media.unknown": "This medium is not there any more.",
  "media.unavailable": "Sound and picture are being set up again. Wait a moment.",
  "media.tooLarge": "This picture is too large.",

  "account.signedOut": "Sign in first.",
  "account.wrong": "E-mail and password do not fit. Check both.",
  "account.tooManyTries": "Too many tries. Wait some minutes, then try again.",
  "account.notAllowed": "Your account may not do this.",
  "account.ended": "This account was ended. Ask the person who runs this server.",
  "account.exists": "There is already an account with this e-mail.",
  "account.weakPassword": "Choose a password of at least 10 characters that is hard to guess.",
  "invitation.invalid": "This invitation was used or has expired. Ask for a new one.",

  "mail.underWay": "This letter is on its way, or has gone out.",

  "factor.wrong": "This code does not fit. Take the one that the app shows now.",
  "factor.used": "This code was used already. Wait until the app shows the next one.",
  "factor.expired": "That took too long. Begin again with your password.",
  "factor.on": "Your account has a second factor already. Switch it off first.",
  "factor.none": "There is no second factor here.",
  "factor.needed": "Set up a second factor first. This server asks it of whoever may do so much.",

  "sso.none": "There is no single sign-on on this server.",
  "sso.providerDown": "The place where you wanted to sign in cannot be reached now. Try again in some minutes.",
  "sso.cancelled": "You were not signed in, because it was broken off on the way.",
  "sso.expired": "That took too long, or was begun in another window. Begin again.",
  "sso.untrusted": "The answer could not be trusted, so you were not signed in. Begin again.",
  "sso.notStaff": "Only staff of a school have an account. Pupils need none: open the link of your meeting.",
  "sso.emailNotVerified":
    "Your e-mail address is not confirmed at the place where you signed in. Have it confirmed first.",
  "sso.linkedElsewhere": "This is linked with another account already.",
  "sso.noPassword":
    "There is an account with this e-mail that was not begun yet. Open the link in its invitation first.",
  "sso.lastWayIn": "This is your only way in. Choose a password first.",

  "booking.inPast": "This start has passed. Choose a later one.",
  "booking.unknown": "There is no such meeting among yours.",
  "booking.schoolSuspended":
    "This school is suspended by its support service. Until it is lifted no meeting can be booked for it.",
  "booking.begun": "This meeting has begun. It can be ended in the room, and not called off any more.",

  "booking.notAdmin": "A project's meetings are booked by its founders and administrators. Ask one of them.",
  "booking.nobodyInvited": "Say who may come: everybody, a school, a role, or somebody by name.",
  "booking.moved": "This meeting belongs to a project already.",
  "booking.movedTooLongAgo": "That can be taken back for ten minutes. The meeting stays with the project.",
  "booking.running": "This meeting is running. Move it once it has ended.",
  "booking.chatIsKept":
    "What was written in this meeting is among the project's materials already. Remove it there first.",

  "replay.notAllowed": "Only its chair and those it was opened to can watch this replay.",
  "replay.none": "There is nothing recorded here.",
  "replay.stillRunning": "The meeting still runs. Its film is put together when it ends.",
  "replay.notReady": "The film is being put together. The replay already plays.",

  "registry.notBegun": "Nobody runs this server yet. Come back once it has begun.",
  "registry.noReason": "Write why. The people it is about read it.",
  "school.notNow": "This school is in another state by now. Reload the page.",
  "school.numberTaken": "There is already a school with this number in this country. Ask to join that one.",
  "school.changedMeanwhile": "Somebody else has saved changes meanwhile. Look at both, then save again.",
  "school.takesNobody": "Nobody can join this school now.",
  "school.ownPrincipal": "The principal's e-mail has to be another one than yours.",
  "membership.notNow": "This was settled or withdrawn meanwhile. Reload the page.",
  "membership.already": "You have asked to join this school already, or you work there.",
  "evidence.wrongType": "Choose a PDF, a JPEG or a PNG file.",
  "evidence.tooLarge": "This file is larger than 5 MB. Choose a smaller one.",

  "contact.unknown": "There is nobody here who can be asked.",
  "contact.alreadyAsked": "You have asked this person already. Give them time to answer.",
  "contact.already": "You are in each other's contacts already.",
  "contact.none": "There is nothing to answer here any more. Reload the page.",
  "contact.blocked": "You blocked this person. Take that back first.",
  "contact.tooMany": "You have written to many people today. Go on tomorrow.",
  "contact.sameText": "You have sent these words to others already. Write to each school in words of its own.",
  "notice.unknown": "This notice is not there any more.",
  "notice.tooMany": "You have five open notices. Close one of them first.",
  "notice.replied": "You have replied to this notice already.",
  "search.tooMany": "You have ten saved searches. Delete one of them first.",
  "search.unknown": "There is no such saved search any more.",

  "help.nobody": "Nobody would read it yet. Ask the person who runs this server.",

  "project.notNow": "This is not possible any more: the project is in another state by now. Reload the page.",
  "project.noPartner": "Choose a partner first, and wait until they have joined.",
  "project.incomplete": "Something is still missing in the form.",
  "project.changed": "The form was changed since you read it. Read what is new, then decide.",
  "project.partnerUnknown":
    "Nobody with this address works at a validated school here. Check it, or ask them to register their school.",
  "project.sameSchool": "This person works at your own school. Make them a contact to found a project of one school.",
  "project.onlySameSchool": "This project is of one school. People of other schools cannot be invited to it.",
  "project.alreadyIn": "This person is in the project already, or is invited to it.",
  "project.schoolNotValidated": "A project is founded by validated schools. One of them is not, or not any more.",
  "project.tooLate": "This project was closed more than twelve months ago. It stays closed.",

  "page.titleChanged": "Somebody else has given this page another title meanwhile.",
  "page.archived": "This page is archived. Bring it back from the archive to change it.",
  "page.tooDeep": "Pages stand at most four deep. Choose another place for it.",
  "page.tooMany": "This project has as many pages as it can have. Remove one first.",
  "text.misfits": "This change does not fit the text any more. Copy what you wrote, then reload the page.",
  "text.tooLong": "This page is too long now. Make a sub-page for what comes next.",

  "space.readOnly": "This project is closed. What is in its TwinSpace stays to be read and is not changed any more.",
  "space.suspended": "This project is suspended by its support service. Its TwinSpace opens again when that ends.",

  "calendar.unknown": "This is not in the calendar any more.",
  "calendar.changedMeanwhile": "Somebody else has changed this meanwhile. Look at both, then save again.",
  "calendar.othersHoliday": "A school's holidays are written by its own teachers.",
  "calendar.full": "This calendar is full. Talk to the person who runs this server.",
  "calendar.tooOften": "This would be more than 60 dates. Choose an earlier last day.",
  "calendar.noCalendar": "This is no calendar file. Choose one that ends in .ics.",
  "calendar.fileTooLarge": "This file is larger than 1 MB. Choose a smaller one.",
  "thing.unknown": "This is not there any more.",
  "thread.locked": "This thread is locked. It can be read, and nobody answers in it any more.",
  "chat.closed": "The chat is closed. What you wrote is kept here; a teacher can open the chat again.",
  "chat.pupilsOff": "Only teachers write in the chat now. What you wrote is kept here.",

  "member.founder":
    "Founders stay founders: both keep the same rights to the end. A founder closes the project instead.",
  "member.needsSchool":
    "Teachers take part for a school. Invite this person as a teacher instead, so that they join with theirs.",
  "member.lastAdmin": "Somebody has to be able to administer this project. Make another member an administrator first.",
  "member.notInvited": "This invitation is not open any more. Look at the list again.",
  "visitor.badDay": "Choose a day between tomorrow and 400 days from now.",
  "visitor.tooMany": "This TwinSpace has very many visitors already. End the visits that are over.",
  "visit.invalid": "This link does not open anything any more. Ask the teacher who gave it to you for a new one.",
  "correspondence.nobody": "Choose at least one member of this project who is still in it.",
  "correspondence.over": "The project is over, or you are not in it any more. What was written stays to be read.",

  "material.empty": "This file is empty.",
  "material.tooLarge": "This file is larger than this server takes.",
  "material.imageTooLarge": "This picture is larger than this server takes. Save a smaller one of it and choose that.",
  "material.quotaFull":
    "There is no more room for this in the project. Remove what is not needed any more: a week later it has made room.",
  "material.diskFull": "This server has no room for it now. Nothing is lost: go on later, and tell who runs it.",
  "material.brokenImage": "This picture is damaged and cannot be shown. Choose another copy of it.",
  "material.heic":
    "Pictures of this kind (HEIC) cannot be shown everywhere. Save it as JPEG, or let the phone take pictures in its most compatible format, and choose that.",
  "material.tooManyUploads": "Many files are on their way already. Let some of them arrive, or cancel them.",
  "material.uploadGone": "This upload was given up a day ago, or ended. Choose the file again.",
  "material.uploadMoved": "More of this file has arrived than was known. It goes on from there.",
  "publish.keptBack": "Something on this page keeps it back. Look at what stands below it, and mend that first.",
  "publish.notOpen": "A draft, a page of the staffroom and a hidden or removed page cannot be public.",
  "publish.takenDown": "A school's safeguarding lead has taken this page down. Only they can lift that.",
  "publish.changed": "This has changed meanwhile. Reload the page.",
  "folder.nameTaken": "There is a folder of this name here already. Choose another name.",
  "folder.notEmpty": "There is still something in this folder. Move it elsewhere first.",
  "folder.tooDeep": "Folders can lie eight deep. Choose a place higher up.",
  "folder.tooMany": "There are very many folders here. Use one of them.",

  "pupil.codeMistyped": "This code is not right. Look at your card, then type it again.",
  "pupil.wrong": "That was not right. Look at your card, then try again.",
  "pupil.wait": "Too many wrong tries. Wait a little, or ask your teacher.",
  "pupil.locked": "Too many wrong tries. Ask your teacher to unlock your card.",
  "pupil.lockedByTeacher": "Your teacher has locked this card. Ask your teacher.",
  "pupil.ended": "This card has ended. Ask your teacher.",
  "pupil.tooManyHere":
    "There were too many wrong tries from where you are. Wait some minutes. If you have signed in here before, it still works.",
  "pupil.unknown": "One of these pupils is not of your school, or is not here any more. Reload the page.",
  "pupil.tooMany": "There can be 1,000 pupils of one school in a project. End those who do not take part any more.",
  "pupil.aliasTaken": "Somebody in this project goes by this alias already. Choose another one.",
  "pupil.aliasIsName": "An alias must not be the pupil's name. Choose another one.",

  "label.unknown": "There is no such label. Check the letters and digits of its code.",
  "label.revoked": "This label holds no longer.",
  "label.conflict": "You are in this project, or work at one of its schools. Somebody else of the service judges it.",
  "label.decided": "Somebody has decided this application already. Reload the page.",
  "label.noWholeReview": "Nobody has given points for every criterion yet.",
  "label.belowLeast": "The points are not enough for the label: a criterion has less than the least it needs.",
  "label.applicantGone": "The teacher who applied is not here any more. Nobody would hold the label.",

  "desk.samePerson":
    "You approved this project for another country. Here the second approval comes from a second person.",
  "desk.followed":
    "Something has been done since that stands on this decision, so it cannot be taken back. Decide anew.",
  "desk.tooLate": "A decision can be taken back for ten minutes. Decide anew.",
  "entry.unknown": "This entry is not in the report card any more.",
  "entry.incomplete": "Something is missing before this can be shared.",
  "entry.daysTurned": "The last day is before the first one.",
  "entry.namesPupil": "This seems to name a pupil. Take the name out, or share it if it is none.",
  "entry.readAlready": "A support service has read or answered it. It can be changed, but not taken back.",
  "entry.evidenceUnknown": "Something that you want to show is not in this TwinSpace any more. Choose it again.",
  "entry.tooMany": "There are 2,000 entries in this report card. Remove some that are not needed.",
  "plan.changed": "Somebody else changed the plan meanwhile. Look at theirs first.",
  "report.tooLate": "It can be taken back for ten minutes. Write another comment instead.",
  "desk.projectOpen":
    "With this approval the project began and has its Label. It can be suspended, but the approval stays.",
  "desk.nothingToUndo": "There is no decision here to take back.",
  "list.codeTaken": "There is already an entry with this code. It may have ended: let it begin again.",
  "service.exists": "This country has its support service already.",
  "service.noAccount": "Nobody with this e-mail has an account here. Let them register first.",
  "service.lastOne": "Somebody has to stay with the central service. Appoint another person first.",

  "account.lastOperator": "You are the only one who runs this server. Make somebody else an operator first.",
  "account.lastFounder":
    "You are the last founder of a project that goes on. Close it, or find it another founder first.",
  "export.underWay": "It is being made already. It is offered here as soon as it is ready.",
  "export.tooMany": "This was made often today. Download the last one, or come back tomorrow.",
  "import.tooLarge": "This file is larger than this server takes.",
  "import.notAZip": "This is not the file of a project, or it is damaged. Download it again where it was made.",
  "import.unsafe": "This file is not as Twinlight makes it, and may do harm. Nothing of it was taken.",
  "import.otherFormat":
    "This file is not the export of a project, or of a newer Twinlight than this one. Nothing of it was taken.",
  "import.damaged": "A file in it is not what it should be. Download the export again where it was made.",
  "import.notEmpty": "There is something in this TwinSpace already. A project comes only into an empty one.",
  "import.noRoom": "There is less room here than this project needs. Ask who runs this server.",
  "import.gone": "This file is not here any more. Choose it again.",
  "import.brokenOff": "This server was stopped meanwhile. Nothing was taken: choose the file again.",

  "request.malformed": "Something in this form is missing or does not fit.",
  "request.notFound": "There is nothing here.",
  "request.tooMany": "That was too often. Wait a minute, then try again.",
  "request.crossSite": "This came from another site and was not done.",
} as const;

export type RefusalCode = keyof typeof refusals;

/** A refusal is a value, never thrown. */
export interface Refused {
  refused: RefusalCode;
}
