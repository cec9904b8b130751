/** An application for a Quality Label as it lies on a desk, put into the database as sending it leaves it. */

import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { Frozen, FrozenRubric } from "../../protocol/qualityLabels/frozen.ts";
import { emptyBody } from "../../protocol/reports/entries.ts";
import { newId } from "../../server/ids.ts";
import { copyFolder, copyPath } from "../../server/qualityLabels/parts.ts";
import type { Pool } from "../../storage/pool.ts";

const { question: _question, evidence: _evidence, plan: _plan, ...bare } = emptyBody;

const criterion = (code: string, label: string, leastPoints: number) => ({
  ...{ code, labels: { en: label }, asks: { en: `What about ${label.toLowerCase()}?` }, leastPoints },
  descriptors: { en: [0, 1, 2, 3, 4, 5].map((step) => `${label} as it is at ${step}`) },
});

/** Two need three points, one needs none. */
export const rubricOfThree: FrozenRubric = {
  code: "ql-test",
  labels: { en: "Rubric of a test" },
  steps: 5,
  criteria: [
    criterion("work", "Working together", 3),
    criterion("tools", "Use of technology", 3),
    criterion("plan", "Curriculum", 0),
  ],
};

export interface SentFile {
  readonly key: string;
  readonly material?: string;
  readonly pupils?: readonly string[];
  readonly caption?: string;
  readonly bytes?: Buffer;
  readonly kind?: "image" | "file";
}

export interface SentWish {
  readonly id?: string;
  readonly account: string;
  readonly project: string;
  readonly school: string;
  readonly country?: string;
  readonly attempt?: number;
  /** Milliseconds since 1970. */
  readonly at?: number;
  readonly named?: boolean;
  /** Without it `rubricOfThree`. */
  readonly rubric?: FrozenRubric;
  readonly files?: readonly SentFile[];
  /** Where copies lie; only for files. */
  readonly folder?: string;
}

export async function sentApplication(pool: Pool, wish: SentWish): Promise<string> {
  const { account, project, school, country = "PT", attempt = 1, at = Date.now(), named = false, files = [] } = wish;
  const { rubric = rubricOfThree } = wish;
  const { id = newId() } = wish;
  const { rows } = await pool.query("select slug, title, summary from projects where id = $1", [project]);
  const { rows: schools } = await pool.query("select id, name, town, country from schools where id = $1", [school]);
  const pieces = [
    { of: "entry", entry: "entry-1" },
    { of: "link", entry: "entry-1", link: "https://example.org/rivers", words: "Our map of both rivers" },
    ...files.map(({ key }) => ({ of: "file", entry: "entry-1", file: key })),
  ];
  const frozen = Frozen.parse({
    format: 1,
    project: {
      ...{
        id: project,
        ...rows[0],
        aims: "To know water.",
        workProcess: "A meeting a month.",
        expectedResults: "A book.",
      },
      ...{ subjects: ["biology"], languages: ["en"], ageMin: 12, ageMax: 14, pupils: 41 },
      ...{ startDay: "2026-01-11", endDay: null, schools },
    },
    applicant: { author: `account:${account}`, school: schools[0] },
    gate: { plan: true, finished: true, contributed: true, together: true, protected: true },
    answers: rubric.criteria.map(({ code, labels }, index) => ({
      ...{ criterion: code, text: `What we did about ${labels.en}: both classes measured on the same day.` },
      pieces: index === 0 ? pieces : [],
    })),
    entries: [
      {
        ...{
          id: "entry-1",
          kind: "activity",
          day: "2026-03-02",
          sharedAt: at,
          author: `account:${account}`,
          school,
          version: 1,
        },
        ...{
          body: { ...bare, title: "Measuring day", done: "Both classes measured their rivers." },
          plan: [],
          meeting: null,
        },
      },
    ],
    pages: [],
  });
  await pool.query(
    `insert into label_applications (id, account_id, school_id, project_id, country, rubric, state, attempt, begun_at, changed_at,
       submitted_at, frozen, criteria, named)
     values ($1, $2, $3, $4, $5, 'ql-test', 'submitted', $6, $7, $7, $7, $8, $9, $10)`,
    [id, account, school, project, country, attempt, new Date(at), frozen, FrozenRubric.parse(rubric), named],
  );
  for (const file of files) await addFile(pool, id, file, wish.folder);
  return id;
}

async function addFile(pool: Pool, application: string, file: SentFile, folder?: string): Promise<void> {
  const { key, material = `material-of-${key}`, pupils = [], caption = "", kind = "image" } = file;
  const bytes = file.bytes ?? Buffer.from(`the bytes of ${key}`);
  await pool.query(
    `insert into label_application_files (application_id, key, material_id, kind, name, type, sha256, bytes, sizes, caption, shows, pupils)
     values ($1, $2, $3, $4, $5, $6, $7, $8, '{320}', $9, $10, $11)`,
    [
      ...[application, key, material, kind, `${key}.png`, kind === "image" ? "image/png" : "application/pdf"],
      ...[createHash("sha256").update(bytes).digest(), bytes.length, caption],
      ...[pupils.length > 0 ? "people" : "nobody", pupils],
    ],
  );
  if (folder === undefined) return;
  await mkdir(copyFolder(folder, application), { recursive: true });
  await writeFile(copyPath(folder, application, key), bytes);
  await writeFile(copyPath(folder, application, key, 320), bytes);
}
