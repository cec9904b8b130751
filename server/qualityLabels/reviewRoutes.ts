/** The desk for Quality Labels over http: a national service judges its own country's, the central one those of countries without. */
import { type Actor, may } from "../../domain/permissions.ts";
import {
  LabelItems,
  LabelReviewView,
  LabelWorklist,
  LabelWorklistPage,
  OneSentApplication,
  OneSentFile,
  ScoresSaved,
} from "../../protocol/qualityLabels/desk.ts";
import { Decide, SaveScores } from "../../protocol/qualityLabels/review.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { AskFile } from "../../protocol/twinspace/materials.ts";
import {
  BodyAnswer,
  type Caller,
  type Context,
  isRefused,
  type RefusedFields,
  type Route,
  route,
} from "../http/route.ts";
import { decideLabel, undoDecision } from "./deciding.ts";
import type { LabelParts } from "./parts.ts";
import { reviewView, saveScores, sentApplication, takeInReview } from "./reviewing.ts";
import { copiedFile } from "./serving.ts";
import { labelWorklist, labelWorklistFile } from "./worklist.ts";

const reading = { times: 600, perMs: 60_000, per: "account" } as const;
const writing = { times: 300, perMs: 60_000, per: "account" } as const;
const action = "qualityLabel.review";
const one = "/api/desk/quality-labels/:application";

export function reviewRoutes(parts: LabelParts): Route[] {
  return [...lookRoutes(parts), ...judgeRoutes(parts)];
}

/** The one asked for, or all that are served; null for everywhere. */
function countriesOf(actor: Actor, asked: string | undefined): string[] | null | Refused {
  if (asked !== undefined)
    return may(action, actor, { countries: [asked] }) ? [asked] : { refused: "account.notAllowed" };
  return actor.serves.includes(null) ? null : actor.serves.filter((country) => country !== null);
}

const filesOf = (application: string) => `/api/desk/quality-labels/${application}/files/`;

function lookRoutes(parts: LabelParts): Route[] {
  const { pool, now } = parts;
  return [
    route({
      method: "get",
      path: "/api/desk/quality-labels",
      summary:
        "Applications for Quality Labels: waiting and in review oldest first, decided newest first, page by page",
      action,
      limit: reading,
      query: LabelWorklistPage,
      answer: LabelItems,
      async handle({ caller }, { query }) {
        const countries = countriesOf(caller.actor, query.country);
        return isRefused(countries) ? countries : labelWorklist(pool, caller.id, countries, query);
      },
    }),
    route({
      method: "get",
      path: "/api/desk/quality-labels.csv",
      summary: "The same as a file for a spreadsheet",
      action,
      limit: { times: 30, perMs: 60_000, per: "account" },
      query: LabelWorklist,
      async handle({ caller }, { query }) {
        const countries = countriesOf(caller.actor, query.country);
        if (isRefused(countries)) return countries;
        const file = labelWorklistFile(pool, caller.id, countries, query);
        return new BodyAnswer(file, "text/csv; charset=utf-8", `quality-labels-${query.shelf}.csv`);
      },
    }),
    route({
      method: "get",
      path: one,
      summary: "One application: its frozen copy, its criteria, my points, the others' once I have given mine",
      action,
      limit: reading,
      params: OneSentApplication,
      answer: LabelReviewView,
      handle: ({ caller }, { params }) =>
        reviewView(pool, caller, params.application, filesOf(params.application), now()),
    }),
    route({
      method: "get",
      path: `${one}/files/:key`,
      summary: "A file of the copy, while everybody on it may be shown in public",
      action,
      limit: reading,
      params: OneSentFile,
      query: AskFile,
      async handle({ caller }, { params, query }) {
        const row = await sentApplication(pool, caller, params.application);
        return isRefused(row)
          ? row
          : copiedFile(parts, row.id, params.key, query.size === undefined ? undefined : Number(query.size));
      },
    }),
  ];
}

function judgeRoutes({ pool, now }: LabelParts): Route[] {
  const after = async (
    { caller, origin }: Context<Caller>,
    application: string,
    act: (deciding: { reviewer: Caller; origin: string; now: number }) => Promise<RefusedFields | undefined>,
  ) => {
    const refused = await act({ reviewer: caller, origin, now: now() });
    return refused ?? reviewView(pool, caller, application, filesOf(application), now());
  };
  return [
    route({
      method: "post",
      path: `${one}/review`,
      summary: "Take an application in review, so that the others of the service see that I work at it",
      action,
      limit: writing,
      params: OneSentApplication,
      answer: LabelReviewView,
      handle: (context, { params: { application } }) =>
        after(context, application, ({ reviewer, now }) => takeInReview(pool, reviewer, application, now)),
    }),
    route({
      method: "put",
      path: `${one}/scores`,
      summary: "Keep points and remarks of mine",
      action,
      limit: writing,
      params: OneSentApplication,
      body: SaveScores,
      answer: ScoresSaved,
      handle: ({ caller }, { params, body }) => saveScores(pool, caller, params.application, body.scores, now()),
    }),
    route({
      method: "post",
      path: `${one}/decision`,
      summary: "Grant the label, or not and say why",
      action,
      limit: writing,
      params: OneSentApplication,
      body: Decide,
      answer: LabelReviewView,
      handle: (context, { params: { application }, body }) =>
        after(context, application, (deciding) => decideLabel(pool, deciding, application, body)),
    }),
    route({
      method: "post",
      path: `${one}/undo`,
      summary: "Take the decision back, within ten minutes and while nothing stands on it",
      action,
      limit: writing,
      params: OneSentApplication,
      answer: LabelReviewView,
      handle: (context, { params: { application } }) =>
        after(context, application, (deciding) => undoDecision(pool, deciding, application)),
    }),
  ];
}
