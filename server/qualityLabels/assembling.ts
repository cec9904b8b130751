/** Putting together what reviewers will see: the same for a preview and for the copy that is kept. */
import { pageParts } from "../../domain/qualityLabels/pageParts.ts";
import type { Id } from "../../protocol/ids.ts";
import type { ApplicationBody, ChosenPiece } from "../../protocol/qualityLabels/applications.ts";
import type {
  Frozen,
  FrozenEntry,
  FrozenPage,
  FrozenPiece,
  FrozenProject,
  FrozenRubric,
} from "../../protocol/qualityLabels/frozen.ts";
import type { Evidence } from "../../protocol/reports/entries.ts";
import type { Pool, Queryable } from "../../storage/pool.ts";
import { newId } from "../ids.ts";
import type { ProjectRow } from "../projects/rows.ts";
import type { EntryRow } from "../reports/rows.ts";
import type { Space } from "../twinspace/insider.ts";
import { textNow } from "../twinspace/pages/texts.ts";
import { type Gathered, type GatheredMaterial, gather, materialsOf, pieceState } from "./gathering.ts";
import type { FileRow } from "./rows.ts";

/** A file that the copy is to have. */
export type FileToCopy = Omit<FileRow, "sha256" | "erasedAt"> & { readonly storedBytes: number };

export interface Assembled {
  readonly frozen: Frozen;
  readonly files: readonly FileToCopy[];
  /** How many pieces of each criterion are there. */
  readonly pieces: Readonly<Record<string, number>>;
  /** Names of films that are still being looked at. */
  readonly notReady: readonly string[];
}

/** Everything that was chosen, for all criteria. */
export const chosenOf = (chosen: ApplicationBody["chosen"]): ChosenPiece[] => Object.values(chosen).flat();

export async function assemble(
  pool: Pool,
  { project, me }: Space,
  body: ApplicationBody,
  rubric: FrozenRubric,
): Promise<Assembled> {
  const codes = rubric.criteria.map(({ code }) => code);
  const all = codes.flatMap((code) => body.chosen[code] ?? []);
  const gathered = await gather(pool, project.id, {
    entries: all.map(({ entry }) => entry),
    evidence: all.flatMap(({ evidence }) => evidence ?? []),
  });
  const states = (code: string) =>
    (body.chosen[code] ?? []).map((piece) => ({ piece, state: pieceState(gathered, code, piece) }));
  const there = (code: string) => states(code).flatMap(({ piece, state }) => (state === "there" ? [piece] : []));
  const waiting = codes.flatMap((code) => states(code).filter(({ state }) => state === "notReady"));

  const kept = new Copying(gathered);
  const answers = [];
  for (const code of codes) {
    const pieces = there(code).flatMap((piece) => kept.piece(piece));
    answers.push({ criterion: code, text: (body.answers[code] ?? "").trim(), pieces });
  }
  const pages = await kept.pages(pool, project.id);
  const entries = [...new Set(codes.flatMap((code) => there(code).map(({ entry }) => entry)))];
  return {
    frozen: {
      format: 1,
      project: await projectCopy(pool, project),
      applicant: { author: me.author, school: schoolOf(project, me.school) },
      gate: body.gate,
      answers,
      entries: (await entryCopies(pool, gathered, entries)).sort((a, b) => (a.day < b.day ? -1 : 1)),
      pages,
    },
    files: kept.files,
    pieces: Object.fromEntries(answers.map(({ criterion, pieces }) => [criterion, pieces.length])),
    notReady: [...kept.notReady, ...waiting.map(({ piece }) => nameOf(gathered, piece.evidence))],
  };
}

const nameOf = (gathered: Gathered, evidence: Evidence | null): string =>
  evidence?.kind === "material" ? (gathered.materials.get(evidence.id)?.name ?? "") : "";

/** The files and pages of one copy: each once, however often it is shown. */
class Copying {
  readonly #gathered: Gathered;
  readonly #keys = new Map<Id, string>();
  readonly #pages = new Set<Id>();
  readonly files: FileToCopy[] = [];
  readonly notReady: string[] = [];

  constructor(gathered: Gathered) {
    this.#gathered = gathered;
  }

  piece({ entry, evidence }: ChosenPiece): FrozenPiece[] {
    if (evidence === null) return [{ of: "entry", entry }];
    switch (evidence.kind) {
      case "link":
        return [{ of: "link", entry, link: evidence.link, words: evidence.words }];
      case "moment": {
        const meeting = this.#gathered.meetings.get(evidence.meeting);
        if (!meeting) return [];
        const { id, title, day, counts } = meeting;
        return [{ of: "moment", entry, moment: { meeting: id, title, day, counts, ...wordsAt(evidence) } }];
      }
      case "page":
        this.#pages.add(evidence.id);
        return [{ of: "page", entry, page: evidence.id }];
      case "material": {
        const material = this.#gathered.materials.get(evidence.id);
        if (!material) return [];
        if (material.link !== null) return [{ of: "link", entry, link: material.link, words: material.name }];
        return [{ of: "file", entry, file: this.#file(material) }];
      }
    }
  }

  /** Those that were chosen, as their texts are now. */
  async pages(pool: Pool, project: Id): Promise<FrozenPage[]> {
    const texts = [];
    for (const id of this.#pages) {
      const text = await textNow(pool, id);
      const page = this.#gathered.pages.get(id);
      if (text && page) texts.push({ page, version: text.version, parts: pageParts(text.doc.toJSON()) });
    }
    const shown = texts.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.of === "material" ? [part.material] : [])),
    );
    const materials = await materialsOf(pool, project, shown);
    return texts.map(({ page, version, parts }) => ({
      ...{ id: page.id, title: page.title, version },
      parts: parts.flatMap((part): FrozenPage["parts"] => {
        if (part.of === "text") return [part];
        const material = materials.get(part.material);
        // What is a link has no file, and what is gone was gone from the page as well.
        if (!material || material.link !== null) return [];
        if (material.isWaiting) {
          this.notReady.push(material.name);
          return [];
        }
        return [{ of: "file", file: this.#file(material, part) }];
      }),
    }));
  }

  #file(material: GatheredMaterial, { alt = "", caption = "" } = {}): string {
    const known = this.#keys.get(material.id);
    if (known !== undefined) return known;
    const key = newId();
    this.#keys.set(material.id, key);
    const { id, kind, name, type, bytes, storedBytes, sizes, licence, credit, shows, pupils } = material;
    if (kind === "link") throw new Error("A link has no file");
    this.files.push({
      ...{ key, material: id, kind, name, type, bytes, storedBytes, sizes, licence, credit, shows, pupils, caption },
      alt: alt || material.alt,
    });
    return key;
  }
}

const wordsAt = ({ atMs, words }: Extract<Evidence, { kind: "moment" }>) => ({ atMs, words });

function schoolOf(project: ProjectRow, school: Id | null): Frozen["applicant"]["school"] {
  const shown = project.schools.find(({ shown: { id } }) => id === school)?.shown;
  if (!shown) throw new Error("Who applies is in the project for one of its schools");
  const { id, name, town, country } = shown;
  return { id, name, town, country };
}

async function projectCopy(db: Queryable, { id, slug, title, schools }: ProjectRow): Promise<FrozenProject> {
  type Form = Omit<FrozenProject, "id" | "slug" | "title" | "schools">;
  const { rows } = await db.query<Form>(
    `select summary, aims, work_process as "workProcess", expected_results as "expectedResults", subjects, languages,
       age_min as "ageMin", age_max as "ageMax", pupil_number as pupils, start_date::text as "startDay", end_date::text as "endDay"
     from projects where id = $1`,
    [id],
  );
  const form = rows[0];
  if (!form) throw new Error("A project is gone while it is copied");
  const taking = schools.filter(({ founder, service }) => founder || service === "approved");
  return {
    ...{ id, slug, title, ...form },
    schools: taking.map(({ shown }) => ({ id: shown.id, name: shown.name, town: shown.town, country: shown.country })),
  };
}

async function entryCopies(db: Queryable, gathered: Gathered, ids: readonly Id[]): Promise<FrozenEntry[]> {
  const rows = ids.flatMap((id) => gathered.entries.get(id) ?? []);
  const named = rows.flatMap(({ body }) => body.plan.map(({ item }) => item));
  const { rows: items } = await db.query<{ id: Id; kind: "aim" | "result"; words: string }>(
    "select id, kind, words from report_plan where id = any($1)",
    [named],
  );
  const plan = new Map(items.map((item) => [item.id, item]));
  return rows.map((row) => entryCopy(row, gathered, plan));
}

function entryCopy(
  row: EntryRow,
  gathered: Gathered,
  items: ReadonlyMap<Id, { readonly kind: "aim" | "result"; readonly words: string }>,
): FrozenEntry {
  const { id, kind, day, sharedAt, author, school, version, counts, meeting } = row;
  const { question: _toService, evidence: _chosenOnly, plan, ...body } = row.body;
  return {
    ...{ id, kind, day, sharedAt: sharedAt ?? row.madeAt, author, school, version, body },
    plan: plan.flatMap(({ item, amount }) => {
      const line = items.get(item);
      return line ? [{ kind: line.kind, words: line.words, amount }] : [];
    }),
    meeting:
      counts === null ? null : { title: meeting === null ? "" : (gathered.meetings.get(meeting)?.title ?? ""), counts },
  };
}
