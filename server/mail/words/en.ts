/**
 * Every letter there is, in English. A new kind is one entry here: its facts, its subject and paragraphs, the button that
 * opens the fact `link`. Other languages (`languages.ts`) may follow; until then they get the English one.
 */
import { countryIn, letter, type Stationery } from "./entry.ts";

const country = countryIn("en");
const plural = new Intl.PluralRules("en");
const counted = (n: number, one: string, other: string) => `${n} ${plural.select(n) === "one" ? one : other}`;

/** What a support service did with a comment of each kind. */
const said: Readonly<Record<string, string>> = {
  praise: "praised something",
  advice: "gave advice",
  question: "asked you something",
  action: "asks you to do something",
  answer: "answered",
};

export const stationery: Stationery = {
  tag: "en",
  dir: "ltr",
  greeting: (name) => (name ? `Good day, ${name},` : "Good day,"),
  linkHint: "If the button does not work, open this address:",
  footer: (origin) =>
    `Twinlight${origin && `, ${origin}`}. This letter was written by the server; nobody reads an answer to it.`,
};

export const letters = {
  // How somebody comes in

  registration: letter(
    { name: "text", link: "link" },
    {
      subject: () => "Confirm your e-mail address",
      paragraphs: () => [
        "Somebody, hopefully you, is registering at Twinlight with this address. Confirm that it is yours to go on.",
        "Only staff of schools and pre-schools register. Pupils never do: their teacher lets them in.",
        "If it was not you, do nothing: without the confirmation nothing happens.",
      ],
      button: "Confirm the address",
    },
  ),
  registrationKnown: letter(
    { name: "text", link: "link", passwordLink: "link" },
    {
      subject: () => "You already have an account",
      paragraphs: ({ passwordLink }) => [
        "Somebody, hopefully you, wanted to register at Twinlight with this address. It has an account already: sign in with it.",
        `If you forgot the password, choose a new one here: ${passwordLink}`,
        "If it was not you, do nothing.",
      ],
      button: "Sign in",
    },
  ),
  invitation: letter(
    { name: "text", link: "link", days: "number" },
    {
      subject: () => "Your invitation to Twinlight",
      paragraphs: ({ days }) => [
        "The person who runs this Twinlight server made an account for you. Choose a password, and you can begin.",
        `The link works once, for ${counted(days, "day", "days")}. It is for you alone: do not pass it on.`,
      ],
      button: "Choose a password",
    },
  ),
  passwordLink: letter(
    { name: "text", link: "link", hours: "number" },
    {
      subject: () => "Choose a new password",
      paragraphs: ({ hours }) => [
        "Here you choose a new password for your account at Twinlight.",
        `The link works once, for ${counted(hours, "hour", "hours")}. If you did not ask for it, do nothing: your password stays as it is.`,
      ],
      button: "Choose a new password",
    },
  ),
  passwordReset: letter(
    { name: "text", link: "link", days: "number" },
    {
      subject: () => "Your password was reset",
      paragraphs: ({ days }) => [
        "The person who runs this Twinlight server reset your password. The old one does not work any more, and you were signed out everywhere.",
        `Choose a new one. The link works once, for ${counted(days, "day", "days")}.`,
      ],
      button: "Choose a new password",
    },
  ),
  identityLinked: letter(
    { name: "text", provider: "text", link: "link" },
    {
      subject: ({ provider }) => `You can now sign in with ${provider}`,
      paragraphs: ({ provider }) => [
        `Your account at Twinlight was linked with ${provider}: whoever signs in there can sign in here as you.`,
        "If that was not you, undo it on your account's page and change your password at once.",
      ],
      button: "See how I sign in",
    },
  ),
  secondFactorChanged: letter(
    { name: "text", change: "text", link: "link" },
    {
      subject: ({ change }) =>
        change === "removed" ? "The second step at sign-in was turned off" : "The second step at sign-in was changed",
      paragraphs: ({ change }) => [
        change === "removed"
          ? "Signing in to your account at Twinlight no longer asks for a second step."
          : "The second step that is asked for when you sign in to Twinlight was set up or changed.",
        "If that was not you, change your password at once and tell the person who runs this server.",
      ],
      button: "See how I sign in",
    },
  ),

  // Schools and who works there

  schoolSubmitted: letter(
    { school: "text", town: "text", country: "text", person: "text", link: "link" },
    {
      subject: ({ school }) => `A school waits to be validated: ${school}`,
      paragraphs: (facts) => [
        `${facts.person} registered ${facts.school}, ${facts.town} (${country(facts.country)}). It waits for you to check it.`,
      ],
      button: "Open the worklist",
    },
  ),
  schoolValidated: letter(
    { name: "text", school: "text", link: "link" },
    {
      subject: ({ school }) => `${school} is validated`,
      paragraphs: ({ school }) => [
        `The support service has validated ${school}. You can look for partner schools, register projects and book meetings.`,
      ],
      button: "Begin",
    },
  ),
  schoolRefused: letter(
    { name: "text", school: "text", reason: "text", link: "link" },
    {
      subject: ({ school }) => `${school} was not validated`,
      paragraphs: ({ school, reason }) => [
        `The support service could not validate ${school}. It gave this reason:`,
        { quote: reason },
        "You can mend what was wrong and submit it again.",
      ],
      button: "Open the form",
    },
  ),
  schoolSuspended: letter(
    { name: "text", school: "text", reason: "text", link: "link" },
    {
      subject: ({ school }) => `${school} was suspended`,
      paragraphs: ({ school, reason }) => [
        `The support service suspended ${school}. Until it is lifted, nobody of the school can begin anything new. It gave this reason:`,
        { quote: reason },
      ],
      button: "See the school",
    },
  ),
  schoolRestored: letter(
    { name: "text", school: "text", link: "link" },
    {
      subject: ({ school }) => `${school} is no longer suspended`,
      paragraphs: ({ school }) => [
        `The support service lifted the suspension of ${school}. Everything works as before.`,
      ],
      button: "See the school",
    },
  ),
  placeEnded: letter(
    { name: "text", school: "text", reason: "text", link: "link" },
    {
      subject: ({ school }) => `Your place at ${school} has ended`,
      paragraphs: ({ school, reason }) => [
        `The support service ended your place at ${school}. It gave this reason:`,
        { quote: reason },
        "If you still work there, ask to join the school again.",
      ],
      button: "See my schools",
    },
  ),
  decisionUndone: letter(
    { name: "text", what: "text", link: "link" },
    {
      subject: ({ what }) => `A decision was taken back: ${what}`,
      paragraphs: ({ what }) => [
        `The support service took back what it decided a few minutes ago about ${what}. The letter about that decision no longer holds; it is looked at again.`,
      ],
      button: "See how it stands",
    },
  ),
  qualityLabelSubmitted: letter(
    { school: "text", project: "text", link: "link" },
    {
      subject: ({ school }) => `An application for a Quality Label: ${school}`,
      paragraphs: ({ school, project }) => [
        `A teacher of ${school} applied for the Quality Label, for their part in the project "${project}".`,
        "It waits for somebody of your service to judge it.",
      ],
      button: "Look at the application",
    },
  ),
  qualityLabelGranted: letter(
    { name: "text", project: "text", link: "link" },
    {
      subject: ({ project }) => `You have the Quality Label: ${project}`,
      paragraphs: ({ project }) => [
        `The support service has given you the Quality Label for your work in “${project}”. Congratulations.`,
        "There you find the certificate, the badge and what the service wrote to you. On your account's page you choose whether the label is shown, and whether with your name.",
      ],
      button: "See the label",
    },
  ),
  qualityLabelNotGranted: letter(
    { name: "text", project: "text", link: "link" },
    {
      subject: ({ project }) => `Your application was read: ${project}`,
      paragraphs: ({ project }) => [
        `The support service has read your application for the Quality Label for “${project}”. It did not give the label this time.`,
        "What it wrote to you says what to improve. You can apply again.",
      ],
      button: "Read the answer",
    },
  ),
  serviceAppointed: letter(
    { name: "text", service: "text", link: "link" },
    {
      subject: ({ service }) => `You now work for ${service}`,
      paragraphs: ({ service }) => [
        `You were appointed to ${service}. On its desk you validate schools and people, and approve projects.`,
      ],
      button: "Open the desk",
    },
  ),
  principalNotice: letter(
    { principal: "text", school: "text", person: "text", link: "link" },
    {
      subject: ({ school }) => `${school} was registered at Twinlight`,
      paragraphs: ({ principal, school, person }) => [
        `To ${principal}:`,
        `${person} registered ${school} at Twinlight, where schools find each other, do projects together and meet by video. You are told once, because you lead the school; there is nothing you have to do.`,
        "If the school should not be registered, tell the support service of your country. You find it here:",
      ],
      button: "Find the support service",
    },
  ),
  personAsked: letter(
    { person: "text", school: "text", link: "link" },
    {
      subject: ({ school }) => `Somebody of ${school} waits to be validated`,
      paragraphs: ({ person, school }) => [`${person} says they work at ${school}. Check it, or ask for evidence.`],
      button: "Open the worklist",
    },
  ),
  personValidated: letter(
    { name: "text", school: "text", link: "link" },
    {
      subject: ({ school }) => `You are validated at ${school}`,
      paragraphs: ({ school }) => [
        `It was confirmed that you work at ${school}. You can look for partner schools, register projects and book meetings.`,
      ],
      button: "Begin",
    },
  ),
  personRefused: letter(
    { name: "text", school: "text", reason: "text", link: "link" },
    {
      subject: ({ school }) => `Your place at ${school} was not confirmed`,
      paragraphs: ({ school, reason }) => [
        `It could not be confirmed that you work at ${school}. This reason was given:`,
        { quote: reason },
      ],
      button: "See my schools",
    },
  ),
  evidenceWanted: letter(
    { name: "text", school: "text", note: "text", link: "link" },
    {
      subject: ({ school }) => `Show that you work at ${school}`,
      paragraphs: ({ school, note }) => [
        `The support service asks for something that shows that you work at ${school}, such as a letter of employment.`,
        { quote: note },
        "It is deleted as soon as it has been checked.",
      ],
      button: "Hand it in",
    },
  ),
  evidenceDeleted: letter(
    { name: "text", school: "text", link: "link" },
    {
      subject: () => "What you handed in was deleted",
      paragraphs: ({ school }) => [
        `What you handed in to show that you work at ${school} has been checked, and is deleted.`,
      ],
      button: "See my schools",
    },
  ),

  // Partners

  partnerAsked: letter(
    { name: "text", person: "text", school: "text", message: "text", link: "link" },
    {
      subject: ({ person, school }) => `${person} of ${school} asks to be your contact`,
      paragraphs: ({ person, school, message }) => [
        `${person} of ${school} would like to be in contact with you.`,
        { quote: message },
        "Your address is not shown to them. You can accept, decline, or block them.",
      ],
      button: "Answer",
    },
  ),
  contactAccepted: letter(
    { name: "text", person: "text", school: "text", link: "link" },
    {
      subject: ({ person }) => `${person} is now your contact`,
      paragraphs: ({ person, school }) => [
        `${person} of ${school} accepted. You can write to each other, and register a project together.`,
      ],
      button: "See my contacts",
    },
  ),
  noticeReply: letter(
    { name: "text", notice: "text", person: "text", school: "text", message: "text", link: "link" },
    {
      subject: ({ notice }) => `An answer to your notice: ${notice}`,
      paragraphs: ({ notice, person, school, message }) => [
        `${person} of ${school} answered your notice “${notice}”.`,
        { quote: message },
        "Your address is not shown to them. You can accept them as a contact, decline, or block them.",
      ],
      button: "Answer",
    },
  ),
  savedSearch: letter(
    { name: "text", search: "text", count: "number", link: "link", stopLink: "link" },
    {
      subject: ({ search }) => `Somebody fits your search: ${search}`,
      paragraphs: ({ search, count, stopLink }) => [
        `${counted(count, "school fits", "schools fit")} your saved search “${search}” that did not before.`,
        `To end these letters, open this address: ${stopLink}`,
      ],
      button: "See who fits",
    },
  ),

  // Projects

  projectInvited: letter(
    { name: "text", project: "text", person: "text", school: "text", link: "link" },
    {
      subject: ({ project }) => `Will you do this project together? ${project}`,
      paragraphs: ({ project, person, school }) => [
        `${person} of ${school} wrote down the project “${project}” and names you as its partner. It begins only if you agree.`,
        "Read it, change what should be otherwise, then agree or decline.",
      ],
      button: "Read the project",
    },
  ),
  projectAgreed: letter(
    { name: "text", project: "text", school: "text", link: "link" },
    {
      subject: ({ project }) => `Your partner agreed: ${project}`,
      paragraphs: ({ project, school }) => [
        `${school} agreed to the project “${project}”. Now the support services look at it.`,
      ],
      button: "Open the project",
    },
  ),
  projectDeclined: letter(
    { name: "text", project: "text", school: "text", reason: "text", link: "link" },
    {
      subject: ({ project }) => `Your partner declined: ${project}`,
      paragraphs: ({ project, school, reason }) => [
        `${school} will not take part in the project “${project}”.`,
        { quote: reason },
      ],
      button: "Open the project",
    },
  ),
  projectChangeAsked: letter(
    { name: "text", project: "text", school: "text", note: "text", link: "link" },
    {
      subject: ({ project }) => `Your partner asks for a change: ${project}`,
      paragraphs: ({ project, school, note }) => [
        `${school} would like something to be otherwise in “${project}” before saying yes:`,
        { quote: note },
        "It is a draft again. Change it together, then send it once more.",
      ],
      button: "Open the draft",
    },
  ),
  projectToService: letter(
    { project: "text", schools: "text", link: "link" },
    {
      subject: ({ project }) => `A project waits to be approved: ${project}`,
      paragraphs: ({ project, schools }) => [
        `The partners of “${project}” agreed (${schools}). It waits for your approval.`,
      ],
      button: "Open the worklist",
    },
  ),
  projectReturned: letter(
    { name: "text", project: "text", note: "text", link: "link" },
    {
      subject: ({ project }) => `Please look at your project again: ${project}`,
      paragraphs: ({ project, note }) => [
        `A support service returned the project “${project}” to you with this note:`,
        { quote: note },
        "Change what is needed and submit it again.",
      ],
      button: "Open the project",
    },
  ),
  projectRefused: letter(
    { name: "text", project: "text", reason: "text", link: "link" },
    {
      subject: ({ project }) => `Your project was refused: ${project}`,
      paragraphs: ({ project, reason }) => [
        `A support service refused the project “${project}”. It gave this reason:`,
        { quote: reason },
      ],
      button: "Open the project",
    },
  ),
  projectApproved: letter(
    { name: "text", project: "text", link: "link", labelLink: "link" },
    {
      subject: ({ project }) => `Your project is approved: ${project}`,
      paragraphs: ({ project, labelLink }) => [
        `Every support service approved “${project}”. Its TwinSpace is open, and you have the eTwinning Label.`,
        `The Label, to be printed and shown: ${labelLink}`,
      ],
      button: "Open the project",
    },
  ),
  projectApprovedWithoutLabel: letter(
    { name: "text", project: "text", link: "link" },
    {
      subject: ({ project }) => `Your project is approved: ${project}`,
      paragraphs: ({ project }) => [
        `“${project}” is approved and its TwinSpace is open. As a project of one school it has no eTwinning Label.`,
      ],
      button: "Open the project",
    },
  ),
  projectPartnerAdded: letter(
    { project: "text", schools: "text", link: "link" },
    {
      subject: ({ project }) => `A school of your country joined a project: ${project}`,
      paragraphs: ({ project, schools }) => [
        `The approved project “${project}” has a further partner (${schools}). You are told; there is nothing you have to do.`,
      ],
      button: "Open the desk",
    },
  ),
  projectReset: letter(
    { name: "text", project: "text", person: "text", link: "link" },
    {
      subject: ({ project }) => `Changed while it waited: ${project}`,
      paragraphs: ({ project, person }) => [
        `${person} changed the project “${project}” while it waited. What was agreed or approved before is asked again.`,
      ],
      button: "Open the project",
    },
  ),
  memberInvited: letter(
    { name: "text", project: "text", person: "text", school: "text", link: "link" },
    {
      subject: ({ project }) => `You are invited to a project: ${project}`,
      paragraphs: ({ project, person, school }) => [
        `${person} of ${school} invites you to take part in the project “${project}”.`,
      ],
      button: "Answer",
    },
  ),

  // Meetings of projects

  spaceMeetingToApprove: letter(
    { name: "text", project: "text", school: "text", title: "text", link: "link" },
    {
      subject: ({ title }) => `A meeting waits for your school's yes: ${title}`,
      paragraphs: ({ project, school, title }) => [
        `In the project “${project}” a meeting is booked: “${title}”. ${school} wants to say yes to its meetings beforehand, so it cannot begin before you have.`,
      ],
      button: "Look at it",
    },
  ),
  spaceMeetingRefused: letter(
    { name: "text", school: "text", title: "text", reason: "text", link: "link" },
    {
      subject: ({ title }) => `A school says no to a meeting: ${title}`,
      paragraphs: ({ school, title, reason }) => [
        `${school} does not say yes to your meeting “${title}”. It cannot begin like this. They wrote:`,
        { quote: reason },
      ],
      button: "Open the meeting",
    },
  ),

  // TwinSpaces

  spaceInvited: letter(
    { name: "text", project: "text", person: "text", role: "text", note: "text", link: "link" },
    {
      subject: ({ project }) => `You are invited into a TwinSpace: ${project}`,
      paragraphs: ({ project, person, role, note }) => [
        `${person} invites you into the TwinSpace of the project “${project}”, as ${role === "expert" ? "an expert" : "an observer"}.`,
        { quote: note },
        role === "expert"
          ? "An expert reads everything but the teachers' own corner, and may add pages, materials and answers."
          : "An observer reads what the project's members read, and may upload materials and answer in the forum.",
        "The invitation holds for thirty days. You say yes or no on its page.",
      ],
      button: "Answer",
    },
  ),
  spaceVisit: letter(
    { name: "text", project: "text", person: "text", until: "text", link: "link" },
    {
      subject: ({ project }) => `You may look into a school project: ${project}`,
      paragraphs: ({ project, person, until }) => [
        `${person} invites you to look at the project “${project}” of its schools. You need no account and no password: the link lets you in, until ${until}.`,
        "The link is for you alone: do not pass it on.",
      ],
      button: "Look at the project",
    },
  ),
  spaceExportReady: letter(
    { name: "text", project: "text", until: "text", link: "link" },
    {
      subject: ({ project }) => `Your copy of a project is ready: ${project}`,
      paragraphs: ({ project, until }) => [
        `Everything that is in the TwinSpace of “${project}” lies ready as one file. You can download it until ${until}.`,
        "It holds what the project's members wrote and showed each other. Keep it where only they can read it.",
      ],
      button: "Download it",
    },
  ),
  spaceArchiveSoon: letter(
    { name: "text", project: "text", day: "text", link: "link" },
    {
      subject: ({ project }) => `A closed project goes into the archive: ${project}`,
      paragraphs: ({ project, day }) => [
        `“${project}” has been closed for nearly a year. On ${day} it goes into the archive.`,
        "Nothing is lost: it stays to be read by its members. Until that day you can open it again; afterwards nobody can. You can download all of it whenever you like.",
      ],
      button: "Open the project",
    },
  ),
  spaceNews: letter(
    { name: "text", count: "number", items: "text", link: "link", choiceLink: "link", stopLink: "link" },
    {
      subject: ({ count }) => `New in your TwinSpaces: ${counted(count, "thing", "things")}`,
      paragraphs: ({ items, choiceLink, stopLink }) => [
        "This is new since you were told last:",
        { quote: items },
        `You choose what you are told of on your account's page: ${choiceLink}`,
        `To end these letters, open this address: ${stopLink}`,
      ],
      button: "See what is new",
    },
  ),

  // Report cards. Who and of which kind, and never the words.

  reportQuestion: letter(
    { project: "text", school: "text", link: "link" },
    {
      subject: ({ project }) => `A question waits for you: ${project}`,
      paragraphs: ({ project, school }) => [
        `${school} asked the support service something in the report card of “${project}”. It waits for an answer.`,
      ],
      button: "Read the question",
    },
  ),
  reportComment: letter(
    { name: "text", project: "text", service: "text", kind: "text", link: "link" },
    {
      subject: ({ project }) => `The support service wrote to you: ${project}`,
      paragraphs: ({ project, service, kind }) => [
        `${service} ${said[kind] ?? "commented"} in the report card of “${project}”.`,
        kind === "question" || kind === "action" ? "Every teacher of the project can answer." : "",
      ],
      button: "Read it",
    },
  ),
  reportSilent: letter(
    { name: "text", project: "text", days: "number", link: "link", stopLink: "link" },
    {
      subject: ({ project }) => `The report card is silent: ${project}`,
      paragraphs: ({ project, days, stopLink }) => [
        `Nothing was shared in the report card of “${project}” for ${counted(days, "day", "days")}.`,
        "An entry takes a minute: what you did, with how many pupils. That something is difficult is worth an entry, too: the support service can help.",
        `To end the letters about report cards, open this address: ${stopLink}`,
      ],
      button: "Write an entry",
    },
  ),
  reportDue: letter(
    { name: "text", project: "text", what: "text", day: "text", link: "link", stopLink: "link" },
    {
      subject: ({ project, what }) =>
        what === "final" ? `The final report is due: ${project}` : `Half of the time has passed: ${project}`,
      paragraphs: ({ project, what, day, stopLink }) => [
        what === "final"
          ? `The project “${project}” was to end on ${day}. Its support services would like to read how it went.`
          : `On ${day} half of the time of “${project}” had passed. Its support services would like to read how it is going.`,
        what === "final"
          ? "Begin a final entry in the report card: it comes filled in from what you shared so far."
          : "Begin an interim entry in the report card: it comes filled in from what you shared so far.",
        `To end the letters about report cards, open this address: ${stopLink}`,
      ],
      button: "Open the report card",
    },
  ),
  reportServiceReminds: letter(
    { name: "text", project: "text", service: "text", days: "number", link: "link" },
    {
      subject: ({ project }) => `How is it going? ${project}`,
      paragraphs: ({ project, service, days }) => [
        `Nothing was written into the report card of “${project}” for ${counted(days, "day", "days")}. ${service} would like to know how it is going.`,
        "An entry takes a minute: what you did, with how many pupils. A difficulty is worth an entry, too: the support service can help.",
      ],
      button: "Write an entry",
    },
  ),

  // Help

  twilightAsked: letter(
    {
      ...{ person: "text", email: "text", school: "text", country: "text", teachers: "number" },
      ...{ wish: "text", ambassador: "text", link: "link" },
    },
    {
      subject: ({ school }) => `A twilight session is wished for: ${school}`,
      paragraphs: ({ person, email, school, teachers, wish, ambassador, ...facts }) => [
        `${person} of ${school} (${country(facts.country)}) asks for a twilight session, for about ${counted(teachers, "teacher", "teachers")}:`,
        { quote: wish },
        ambassador && `They would like it to be led by ${ambassador}, who gets this letter too.`,
        `Answer to ${email}. Nobody has checked this address: it was written into the form on our page.`,
      ],
      button: "Open the page",
    },
  ),

  // Safeguarding. That something waits, and nothing of what it is.

  spaceConcern: letter(
    { name: "text", link: "link" },
    {
      subject: () => "Something waits for you to read",
      paragraphs: () => [
        "Somebody of your school has told you something in confidence. It can only be read on the server, by you and the others whose task this is.",
        "Please read it soon.",
      ],
      button: "Read it",
    },
  ),
};

export type LetterKind = keyof typeof letters;
