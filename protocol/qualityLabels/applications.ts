/**
 * Applying for a Quality Label: personal to a teacher, for their part in a European project. What they write is saved field by
 * field; what they show for it is chosen from the entries of the report card, and copied when it is sent (frozen.ts).
 */
import * as z from "zod";
import { EntryCode } from "../http/lists.ts";
import { At, CountryCode, Id } from "../ids.ts";
import { EntryKind, Evidence, ShownEvidence } from "../reports/entries.ts";
import { OneSpace, Person } from "../twinspace/space.ts";
import { FrozenRubric, FrozenShown } from "./frozen.ts";
import { Gate } from "./gate.ts";

/** European and School labels come later. */
export const LabelKind = z.enum(["qualityLabel"]);
export type LabelKind = z.infer<typeof LabelKind>;

/** domain/qualityLabels/states.ts says what becomes of what. */
export const ApplicationState = z.enum(["draft", "submitted", "inReview", "granted", "notGranted", "withdrawn"]);
export type ApplicationState = z.infer<typeof ApplicationState>;

/** An entry itself (`evidence` null), or something that it shows. */
export const ChosenPiece = z.strictObject({ entry: Id, evidence: Evidence.nullable() });
export type ChosenPiece = z.infer<typeof ChosenPiece>;
/** For one criterion. */
export const mostChosen = 20;
export const longestAnswer = 3_000;
const mostCriteria = 30;

const tidy = (text: string) =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .replace(/\p{Cs}/gu, "\ufffd");
/** While it is typed: the ends stay as they are. */
export const AnswerText = z.string().max(longestAnswer).overwrite(tidy);

const byCriterion = <T extends z.ZodType>(each: T) =>
  z.record(EntryCode, each).refine((all) => Object.keys(all).length <= mostCriteria);

/** What somebody fills in; answers and what is chosen by criterion. */
export const ApplicationBody = z.strictObject({
  gate: Gate,
  answers: byCriterion(AnswerText),
  chosen: byCriterion(z.array(ChosenPiece).max(mostChosen)),
});
export type ApplicationBody = z.infer<typeof ApplicationBody>;

/** What stands in the way, of beginning one or of sending it. Refusals are called the same, `label.<obstacle>`. */
export const BeginObstacle = z.enum([
  /** The project is not a European one. */
  "onlyEuropean",
  /** The project was closed too long ago, or is archived. */
  "tooLate",
  /** As many as may be sent in a school year were. */
  "yearFull",
  /** They have the label for this project. */
  "alreadyGranted",
  /** There is no rubric that is valid today. */
  "noRubric",
]);
export type BeginObstacle = z.infer<typeof BeginObstacle>;
export const SendObstacle = z.enum([
  ...BeginObstacle.options,
  /** A question of the gate has no answer. */
  "gateOpen",
  /** One is answered with no. */
  "gateNo",
  /** A criterion has no text. */
  "answerMissing",
  /** For a criterion that needs points nothing is shown that is there. */
  "nothingChosen",
  /** A film that is shown is still being looked at. */
  "notReady",
  /** The files that are shown are too much together. */
  "tooLarge",
]);
export type SendObstacle = z.infer<typeof SendObstacle>;
/** `about`: questions or criteria. */
export const Missing = z.strictObject({ obstacle: SendObstacle, about: z.array(z.string()) });
export type Missing = z.infer<typeof Missing>;

/** As the applicant reads it when it is decided. */
export const Judged = z.strictObject({
  decidedAt: At,
  feedback: z.string(),
  /** The average of what the reviewers gave, and what they remarked. Nobody's name. */
  criteria: z.array(
    z.strictObject({ criterion: EntryCode, points: z.number().min(0).max(5).nullable(), remarks: z.array(z.string()) }),
  ),
  /** Of the label, while it holds. */
  award: z.strictObject({ code: z.string(), path: z.string(), revoked: z.boolean() }).nullable(),
});
export type Judged = z.infer<typeof Judged>;

export const ApplicationView = z.strictObject({
  id: Id,
  state: ApplicationState,
  attempt: z.int(),
  version: z.int(),
  body: ApplicationBody,
  /** Of a draft: what is missing before it can be sent. */
  missing: z.array(Missing),
  changedAt: At,
  submittedAt: At.nullable(),
  reviewBeganAt: At.nullable(),
  judged: Judged.nullable(),
});
export type ApplicationView = z.infer<typeof ApplicationView>;

/** GET /api/spaces/:project/quality-label. Only the reader's own. */
export const QualityLabelView = z.strictObject({
  scope: z.enum(["european", "national", "sameSchool"]),
  /** What stands in the way of beginning one; empty: they may, or go on with the one below. */
  obstacles: z.array(BeginObstacle),
  /** The school year it would count for, by days; `to` is its last one. */
  year: z.strictObject({ from: z.string(), to: z.string(), sent: z.int(), most: z.int() }),
  /** Until when it can be sent, for a project that is closed. */
  lastDay: z.string().nullable(),
  /** Today's, or the application's own once it was sent. */
  rubric: FrozenRubric.nullable(),
  /** The service that judges it; null: there is none for this country, and the central one does. */
  service: z.strictObject({ country: CountryCode.nullable(), name: z.string() }),
  /** The open one, else the newest. */
  application: ApplicationView.nullable(),
  /** Those before it, the newest first. */
  earlier: z.array(z.strictObject({ id: Id, attempt: z.int(), state: ApplicationState, submittedAt: At.nullable() })),
  /** May begin one, or one more after this one. */
  mayBegin: z.boolean(),
});
export type QualityLabelView = z.infer<typeof QualityLabelView>;

/** `changes`: only what was changed. `base`: the version that its author had before their eyes. */
export const SaveApplication = z.strictObject({
  base: z.int().min(0),
  changes: z.strictObject({
    gate: Gate.partial().optional(),
    answers: ApplicationBody.shape.answers.optional(),
    chosen: ApplicationBody.shape.chosen.optional(),
  }),
});
export type SaveApplication = z.infer<typeof SaveApplication>;
/** `answers.ql-2023.online`: saved meanwhile from another window; it is left as it is there until it is saved on this version. */
export const ApplicationSaved = z.strictObject({ application: ApplicationView, conflicts: z.array(z.string()) });
export type ApplicationSaved = z.infer<typeof ApplicationSaved>;

/** What of an entry can be shown for a criterion. `why`: it cannot be copied. */
export const EvidenceChoice = z.strictObject({
  shown: ShownEvidence,
  why: z.enum(["gone", "notOpen", "notReady"]).nullable(),
  /** It shows pupils without the consent to be shown in public, or nobody has said whether it does: it would be kept back. */
  heldBack: z.boolean(),
});
export type EvidenceChoice = z.infer<typeof EvidenceChoice>;
export const CandidateEntry = z.strictObject({
  id: Id,
  kind: EntryKind,
  title: z.string(),
  day: z.string(),
  author: Person.nullable(),
  /** Its first words. */
  beginning: z.string(),
  criteria: z.array(EntryCode),
  evidence: z.array(EvidenceChoice),
});
export type CandidateEntry = z.infer<typeof CandidateEntry>;
/** GET .../quality-label/candidates: entries that were shared with the services and have a criterion of the rubric. */
export const Candidates = z.strictObject({
  entries: z.array(CandidateEntry),
  /** How many more are tagged for each criterion, but are drafts or shared with the partners alone. */
  notShared: z.array(z.strictObject({ criterion: EntryCode, entries: z.int() })),
});
export type Candidates = z.infer<typeof Candidates>;

/** GET .../quality-label/preview and .../quality-label/:application/copy */
export const Copy = z.strictObject({ copy: FrozenShown });
export type Copy = z.infer<typeof Copy>;

/**
 * `base`: exactly what they have looked at is sent. `named`: the label, if it is given, may say who holds it; they can change
 * that later.
 */
export const SubmitApplication = z.strictObject({ base: z.int().min(0), named: z.boolean().optional() });
export type SubmitApplication = z.infer<typeof SubmitApplication>;
export const OneApplication = z.strictObject({ ...OneSpace.shape, application: Id });

/** GET /api/me/quality-labels: my own of all projects, the newest first. */
export const MyApplications = z.strictObject({
  applications: z.array(
    z.strictObject({
      id: Id,
      kind: LabelKind,
      state: ApplicationState,
      attempt: z.int(),
      project: z.strictObject({ slug: z.string(), title: z.string() }),
      submittedAt: At.nullable(),
      decidedAt: At.nullable(),
      award: z.strictObject({ code: z.string(), path: z.string(), revoked: z.boolean() }).nullable(),
    }),
  ),
});
export type MyApplications = z.infer<typeof MyApplications>;
