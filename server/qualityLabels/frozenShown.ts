/**
 * A frozen copy as it may be shown now. The copy itself never changes; at each look people get the names they have by now, and
 * what consent does not allow any more, or was erased, is left out.
 */
import { type FileState, fileState, peopleOn, type SaidOfFile } from "../../domain/qualityLabels/heldBack.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Frozen, FrozenRubric, FrozenShown, ShownFile } from "../../protocol/qualityLabels/frozen.ts";
import type { Queryable } from "../../storage/pool.ts";
import { peopleOf } from "../twinspace/names.ts";
import { missingConsents } from "../twinspace/pupils/consents.ts";
import type { ApplicationRow, FileRow } from "./rows.ts";
import { fileColumns } from "./rows.ts";

/** Who looks: where they have its files from. Who may look at all is asked before. */
export interface CopyReader {
  /** `/api/.../files/`: a key is written behind it. */
  readonly filesAt: string;
}

/** A copy, kept or about to be. */
export interface CopyToShow {
  readonly project: Id;
  readonly frozen: Frozen;
  readonly rubric: FrozenRubric;
  readonly attempt: number;
  readonly submittedAt: number | null;
  readonly files: readonly (Omit<FileRow, "sha256"> & { readonly path?: string })[];
}

/** Undefined where nothing was sent, or it was taken back. @param now milliseconds since 1970 */
export async function frozenShown(
  db: Queryable,
  application: Pick<ApplicationRow, "id" | "project" | "frozen" | "criteria" | "attempt" | "submittedAt">,
  reader: CopyReader,
  now: number,
): Promise<FrozenShown | undefined> {
  const { frozen, criteria: rubric, project, attempt, submittedAt } = application;
  if (frozen === null || rubric === null) return undefined;
  const files = await filesOf(db, application.id);
  return shownCopy(db, { project, frozen, rubric, attempt, submittedAt, files }, reader, now);
}

export async function filesOf(db: Queryable, application: Id): Promise<FileRow[]> {
  const { rows } = await db.query<FileRow>(
    `select ${fileColumns} from label_application_files f where f.application_id = $1 order by f.key`,
    [application],
  );
  return rows;
}

export async function shownCopy(
  db: Queryable,
  { project, frozen, rubric, attempt, submittedAt, files }: CopyToShow,
  { filesAt }: CopyReader,
  now: number,
): Promise<FrozenShown> {
  const authors = frozen.entries.flatMap(({ author }) => author ?? []);
  const people = await peopleOf(db, project, [...authors, frozen.applicant.author]);
  const looks = await statesOf(db, files, now);
  const { schools } = frozen.project;
  return {
    project: frozen.project,
    applicant: { name: people.get(frozen.applicant.author)?.name ?? "", school: frozen.applicant.school },
    gate: frozen.gate,
    answers: frozen.answers,
    entries: frozen.entries.map(({ author, school, ...entry }) => {
      if (author === null) return { ...entry, author: null };
      const at = schools.find(({ id }) => id === school);
      // For which school they were in it then; their name as it is now.
      const then = at ? { id: at.id, name: at.name, country: at.country } : null;
      const name = people.get(author)?.name ?? "";
      return { ...entry, author: { author, kind: "adult" as const, name, picture: null, school: then } };
    }),
    pages: frozen.pages,
    files: files.map((file) => shownFile(file, looks.get(file.key), filesAt)),
    ...{ rubric, attempt, submittedAt },
  };
}

export interface FileLook {
  readonly state: FileState;
  /** Whose pupils it is kept back for; also the others' on it, so that it does not tell which child. */
  readonly schools: readonly string[];
}

/** What of these may be shown now, by key. */
export async function statesOf(
  db: Queryable,
  files: readonly Pick<FileRow, "key" | "kind" | "material" | "shows" | "pupils" | "erasedAt">[],
  now: number,
): Promise<ReadonlyMap<string, FileLook>> {
  const since = await saidSince(
    db,
    files.map(({ material }) => material),
  );
  const said = new Map(files.map((file) => [file.key, peopleOn(file, since.get(file.material) ?? null)]));
  const pupils = [...new Set([...said.values()].flatMap((one) => one.pupils))];
  const missing = new Set(pupils.length === 0 ? [] : await missingConsents(db, pupils, "imagePublic", now));
  const known = await pupilsKnown(db, pupils);
  return new Map(
    files.map((file): [string, FileLook] => {
      const on = said.get(file.key) ?? file;
      const erased = file.erasedAt !== null || on.pupils.some((pupil) => known.get(pupil)?.purged !== false);
      const state = fileState({ kind: file.kind, erased, said: on }, missing);
      const schools = state === "keptBack" ? on.pupils.flatMap((pupil) => known.get(pupil)?.school ?? []) : [];
      return [file.key, { state, schools: [...new Set(schools)].sort() }];
    }),
  );
}

/** What their sources say by now; of those that are gone nothing. */
async function saidSince(db: Queryable, materials: readonly Id[]): Promise<ReadonlyMap<Id, SaidOfFile>> {
  const { rows } = await db.query<SaidOfFile & { id: Id }>(
    `select m.id, m.shows, coalesce((select array_agg(p.pupil_id) from material_people p where p.material_id = m.id), '{}') as pupils
     from materials m where m.id = any($1)`,
    [[...new Set(materials)]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

async function pupilsKnown(db: Queryable, pupils: readonly Id[]) {
  if (pupils.length === 0) return new Map<Id, never>();
  const { rows } = await db.query<{ id: Id; purged: boolean; school: string }>(
    `select u.id, u.state = 'purged' as purged, s.name as school from pupils u join schools s on s.id = u.school_id
     where u.id = any($1)`,
    [pupils],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function shownFile(file: CopyToShow["files"][number], look: FileLook | undefined, filesAt: string): ShownFile {
  const { key, kind, type, bytes } = file;
  const state = look?.state ?? "erased";
  if (state !== "shown") {
    const without = { name: "", type: "", bytes: 0, alt: "", caption: "", credit: "", licence: "unknown" as const };
    return { key, state, kind, ...without, sizes: [], path: null, schools: [...(look?.schools ?? [])] };
  }
  const { name, alt, caption, credit, licence, path = `${filesAt}${key}` } = file;
  return {
    ...{ key, state, kind, name, type, bytes, alt, caption, credit, licence, path },
    ...{ sizes: [...file.sizes], schools: [] },
  };
}
