/** A public report as it may be shown now: looked up anew each time, so that what may not be shown any more is gone. */
import type { Id } from "../../../protocol/ids.ts";
import type {
  EntryCopy,
  PublicEntry,
  PublicFile,
  PublicReport,
  ReportPart,
} from "../../../protocol/reports/published.ts";
import type { PublicTheme } from "../../../protocol/twinspace/publishing.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { findPublicProject } from "../../projects/publicProjects.ts";
import { shownQualityLabels } from "../../qualityLabels/shown.ts";
import { pagePath } from "../../twinspace/publishing/html.ts";
import { missingOn, type ThingRow } from "../../twinspace/publishing/rows.ts";
import { findSite, looksOf } from "../../twinspace/publishing/site.ts";
import { type CopyRow, copyRows, hasPublicReport, openThings, type ReportWords, reportRow } from "./rows.ts";

/** All of what is drawn, whichever way: nothing else of the project is known to who draws it. */
export interface ServedReport {
  readonly project: Id;
  readonly slug: string;
  readonly theme: PublicTheme;
  readonly parts: readonly ReportPart[];
  readonly listed: boolean;
  /** Addresses in it begin at this server's root. */
  readonly report: PublicReport;
  /** What the subjects are called. */
  readonly subjects: readonly string[];
  readonly things: readonly ThingRow[];
}

export const reportPath = (slug: string): string => `/projects/${encodeURIComponent(slug)}/report`;
/** A picture that is there in a smaller size is shown in it. */
const sizeAsked = ({ kind, sizes }: ThingRow): string => (kind === "image" && sizes.includes(1280) ? "?size=1280" : "");
const publicFile = (slug: string) => (thing: ThingRow) =>
  `${reportPath(slug)}/file/${encodeURIComponent(thing.id)}${sizeAsked(thing)}`;
export const fileInside = (slug: string) => (thing: ThingRow) =>
  `/api/spaces/${encodeURIComponent(slug)}/materials/${encodeURIComponent(thing.id)}/file${sizeAsked(thing)}`;

/** Nothing else is ever part of an address of ours; the database takes no text with a zero in it. */
const isSlug = (text: string): boolean => /^[\p{L}\p{M}\p{N}_-]{1,200}$/u.test(text);

/** Undefined where there is nothing to be shown: no such project, a suspended one, none that publishes its report. */
export async function findPublicReport(db: Queryable, slug: string, now: number): Promise<ServedReport | undefined> {
  if (!isSlug(slug)) return undefined;
  const { rows } = await db.query<{ id: Id }>(
    `select p.id from projects p
     where p.slug = $1 and p.state in ('active', 'closed', 'archived') and ${hasPublicReport("p.id")}`,
    [slug],
  );
  const [found] = rows;
  if (!found) return undefined;
  const row = await reportRow(db, found.id);
  const copies = await copyRows(db, found.id, { served: true });
  if (!row.shown) return undefined;
  const { publishedAt, changedAt, listed } = row;
  const when = { publishedAt: publishedAt ?? now, changedAt: changedAt ?? now };
  return served(db, { project: found.id, slug, copies, words: row.shown, listed, when, file: publicFile(slug) }, now);
}

export interface ToServe {
  readonly project: Id;
  readonly slug: string;
  readonly copies: readonly Pick<CopyRow, "id" | "copy" | "at" | "things">[];
  readonly words: ReportWords;
  readonly listed: boolean;
  readonly when: { readonly publishedAt: number; readonly changedAt: number };
  readonly file: (thing: ThingRow) => string;
}

/**
 * The copies with the names that schools have now, and without what nobody outside may see. A picture goes alone, and not its whole
 * entry as with pages: here it stands beside the text and not within, and what is called by its name goes with it.
 */
export async function served(db: Queryable, given: ToServe, now: number): Promise<ServedReport | undefined> {
  const { project: id, slug, copies, words, listed, when, file } = given;
  const project = await findPublicProject(db, slug);
  if (!project) return undefined;
  const all = copies.flatMap(({ things }) => things);
  const missing = await missingOn(db, all, now);
  const schools = await schoolsBy(
    db,
    copies.flatMap(({ copy }) => schoolsIn(copy)),
  );
  const shown = copies.map((one) => ({ ...one, things: openThings(one.things, missing) }));
  // Which of them are public is asked only where an entry names one.
  const site = copies.some(({ copy }) => copy.pages.length > 0) ? await findSite(db, slug, now) : undefined;
  const pages = new Map(
    site?.pages.map((page) => [page.id, { title: page.title, address: pagePath(slug, page.slug) }]),
  );
  const labels = words.parts.includes("labels") ? await shownQualityLabels(db, id) : [];
  const { title, summary, state, languages, subjects, ageMin, ageMax } = project;
  return {
    ...{ project: id, slug, theme: (await looksOf(db, id)).theme, parts: words.parts, listed },
    report: {
      address: reportPath(slug),
      project: {
        ...{ title, summary, state, languages, subjects, ageMin, ageMax },
        schools: project.schools.map(({ name, town, country }) => ({ name, town, country })),
      },
      ...{ line: words.line, intro: words.intro, ...when },
      labels: labels.map(({ code, school, issuedAt }) => ({ code, school: school.name, issuedAt })),
      entries: shown.map((one) => publicEntry(one, { schools, pages, file })),
    },
    subjects: await namesIn(db, "subject", subjects),
    things: shown.flatMap(({ things }) => things),
  };
}

/** Entries of a list by their codes, in English. */
async function namesIn(db: Queryable, list: string, codes: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ code: string; name: string | null }>(
    "select code, labels ->> 'en' as name from list_entries where list = $1 and code = any($2)",
    [list, codes],
  );
  const names = new Map(rows.map(({ code, name }) => [code, name]));
  return codes.map((code) => names.get(code) ?? code);
}

function publicEntry(
  { id, copy, at, things }: ToServe["copies"][number],
  known: {
    readonly schools: ReadonlyMap<Id, NamedSchool>;
    readonly pages: ReadonlyMap<Id, PublicEntry["pages"][number]>;
    readonly file: (thing: ThingRow) => string;
  },
): PublicEntry {
  const { schools, pages, file } = known;
  const named = <T extends { readonly school: Id | null }>(one: T) => ({
    ...one,
    school: one.school === null ? null : (schools.get(one.school)?.name ?? null),
  });
  return {
    ...named(copy),
    ...{ id, publishedAt: at, pupils: copy.pupils.map(named), teachers: copy.teachers.map(named) },
    meeting: copy.meeting && { ...copy.meeting, schools: copy.meeting.schools.map(named) },
    pages: copy.pages.flatMap((page) => pages.get(page.id) ?? []),
    files: things.map((thing): PublicFile => ({ ...fileWords(thing), address: file(thing) })),
  };
}

/** A link among the materials has no file: `openThings` has left it out. */
const fileWords = ({ id, kind, name, alt }: ThingRow): Omit<PublicFile, "address"> => ({
  ...{ id, kind: kind === "link" ? "file" : kind, name, alt },
});

export const schoolsIn = ({ school, pupils, teachers, meeting }: EntryCopy): Id[] =>
  [school, ...[...pupils, ...teachers, ...(meeting?.schools ?? [])].map((one) => one.school)].filter(
    (one) => one !== null,
  );

export interface NamedSchool {
  readonly name: string;
  readonly country: string;
}

/** Also those that have left the project since. */
export async function schoolsBy(db: Queryable, ids: readonly Id[]): Promise<ReadonlyMap<Id, NamedSchool>> {
  const { rows } = await db.query<NamedSchool & { id: Id }>(
    "select id, name, country from schools where id = any($1)",
    [[...new Set(ids)]],
  );
  return new Map(rows.map(({ id, name, country }) => [id, { name, country }]));
}
