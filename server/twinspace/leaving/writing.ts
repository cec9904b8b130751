/** Writes a project into one zip, piece by piece: what it holds is never in memory as a whole. */
import { createReadStream, createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import type { Id } from "../../../protocol/ids.ts";
import { readForm } from "../../projects/form.ts";
import type { ProjectRow } from "../../projects/rows.ts";
import { materialPath } from "../materials/parts.ts";
import {
  chatOf,
  datesOf,
  discussionsOf,
  foldersOf,
  type Gathered,
  materialsOf,
  meetingsOf,
  notesOf,
  pagesOf,
  postsOf,
  textOf,
  threadsOf,
  updatesOf,
} from "./gathering.ts";
import { contents, sheetOfPage, sheetsOf } from "./readable.ts";
import { commentsOf, entriesOf, planLinesOf } from "./reportGathering.ts";

export interface Writing {
  readonly gathered: Gathered;
  readonly project: ProjectRow;
  readonly materialsFolder: string;
  /** Ends it between two files: this process stops. */
  readonly signal?: AbortSignal | undefined;
  /** Hears how many of a hundred are done; a throw ends it. */
  readonly progress: (percent: number) => Promise<void>;
}

/** What is packed already grows smaller no more. */
const packed: ReadonlySet<string> = new Set(["image", "video", "sound"]);

/** Leaves a whole file at `path`, on the disk, or throws. */
export async function writeExport(writing: Writing, path: string): Promise<void> {
  const zip = new ZipFile();
  const entries = new Entries(zip, writing);
  // What goes wrong with one entry ends all of it.
  // yazl's own type says less than the PassThrough that it is.
  const output = zip.outputStream as Readable;
  zip.on("error", (fault) => output.destroy(fault instanceof Error ? fault : new Error(String(fault))));
  try {
    const written = pipeline(output, createWriteStream(path, { mode: 0o600 }));
    written.catch(() => {});
    await addAll(writing, entries);
    zip.end();
    entries.begin();
    await written;
  } finally {
    output.destroy();
  }
  await using file = await open(path, "r");
  await file.sync();
}

async function addAll({ gathered, project, materialsFolder }: Writing, entries: Entries): Promise<void> {
  const mtime = new Date(gathered.now);
  const form = await readForm(gathered.db, project.id);
  const files = new Map<Id, string>();
  for await (const row of materialsOf(gathered)) {
    if (row.file === null) continue;
    files.set(row.id, row.file);
    const material = materialPath(materialsFolder, project.id, row.id);
    entries.add(row.file, { mtime, compress: !packed.has(row.kind) }, () => createReadStream(material));
  }
  for await (const row of pagesOf(gathered)) {
    const sheet = sheetOfPage(gathered, row, files);
    entries.add(sheet.entry, { mtime }, () => Readable.from(sheet.lines()));
    if (row.text !== null) {
      entries.add(row.text, { mtime }, () =>
        Readable.from(
          (async function* () {
            yield JSON.stringify(await textOf(gathered, row.id));
          })(),
        ),
      );
    }
  }
  const sheets = sheetsOf(gathered, project.title, files);
  for (const sheet of [contents(gathered, project.title, form.summary, sheets), ...sheets]) {
    entries.add(sheet.entry, { mtime }, () => Readable.from(sheet.lines()));
  }
  entries.add("project.json", { mtime }, () => Readable.from(projectJson(gathered, project, form)));
}

async function* projectJson(gathered: Gathered, project: ProjectRow, form: object): AsyncGenerator<string> {
  const schools = project.schools.map(({ shown, founder }) => ({
    ...{ name: shown.name, town: shown.town, country: shown.country, founder },
  }));
  const head = {
    format: "twinlight-project",
    version: 1,
    exportedAt: gathered.now,
    state: project.state,
    form,
    schools,
  };
  yield JSON.stringify(head).slice(0, -1);
  const lists: Record<string, AsyncIterable<unknown>> = {
    folders: foldersOf(gathered),
    materials: materialsOf(gathered),
    pages: pagesOf(gathered),
    calendar: datesOf(gathered),
    discussions: discussionsOf(gathered),
    threads: threadsOf(gathered),
    posts: postsOf(gathered),
    updates: updatesOf(gathered),
    bulletin: notesOf(gathered),
    chat: chatOf(gathered),
    meetings: meetingsOf(gathered),
    reportPlan: planLinesOf(gathered),
    reportEntries: entriesOf(gathered),
    reportComments: commentsOf(gathered),
  };
  for (const [name, rows] of Object.entries(lists)) yield* listJson(name, rows);
  // Last: by now everybody is known who made something.
  yield* listJson("people", gathered.people.all());
  yield "}\n";
}

async function* listJson(name: string, rows: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<string> {
  yield `,\n"${name}":[`;
  let between = "\n";
  for await (const row of rows) {
    yield between + JSON.stringify(row);
    between = ",\n";
  }
  yield "]";
}

/** Puts streams into the zip, each opened when its turn comes, and none before all of them are known. */
class Entries {
  readonly #zip: ZipFile;
  readonly #writing: Writing;
  #added = 0;
  #begun = 0;
  #said = 0;
  readonly #gate = Promise.withResolvers<void>();

  constructor(zip: ZipFile, writing: Writing) {
    this.#zip = zip;
    this.#writing = writing;
  }

  add(entry: string, options: { mtime: Date; compress?: boolean }, read: () => Readable): void {
    this.#added += 1;
    this.#zip.addReadStreamLazy(entry, options, (begin) => {
      this.#say().then(
        () => {
          const stream = read();
          stream.on("error", (fault) => this.#zip.emit("error", fault));
          begin(null, stream);
        },
        (fault: unknown) => this.#zip.emit("error", fault),
      );
    });
  }

  begin(): void {
    this.#gate.resolve();
  }

  /** Once for every hundredth: it is a write to the database. */
  async #say(): Promise<void> {
    await this.#gate.promise;
    this.#writing.signal?.throwIfAborted();
    this.#begun += 1;
    const percent = Math.floor((this.#begun / (this.#added + 1)) * 100);
    if (percent === this.#said) return;
    this.#said = percent;
    await this.#writing.progress(percent);
  }
}
