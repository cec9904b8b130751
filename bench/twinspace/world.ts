/**
 * A project with very much in it, and two hundred others with as much again among them, written by SQL alone. Indexes for
 * words are made at the end, as after an import.
 */
import { hashOfToken, newToken } from "../../server/accounts/tokens.ts";
import type { Pool } from "../../storage/pool.ts";
import { quick } from "../measure.ts";
import { pageText, words } from "./texts.ts";

const part = quick ? 10 : 1;
const others = 200 / part;
const schools = 60;

/** How much there is in one project. */
interface Size {
  readonly pages: number;
  readonly folders: number;
  readonly materials: number;
  readonly threads: number;
  readonly posts: number;
  readonly items: number;
  readonly pupils: number;
  readonly updates: number;
  readonly news: number;
  readonly meetings: number;
}

export const large: Size = {
  ...{ pages: 10_000 / part, folders: 500 / part, materials: 50_000 / part, threads: 5_000 / part },
  ...{ posts: 25_000 / part, items: 2_000 / part, pupils: 300, updates: 400, news: 10_000 / part, meetings: 60 },
};
const small: Size = {
  ...{ pages: 50, folders: 5, materials: 250, threads: 25, posts: 125, items: 10, pupils: 20, updates: 10, news: 100 },
  meetings: 3,
};
const teachers = 10;

/** The project to look at; `p0` in the database. */
export const slug = "p0";
const sizeOf = (project: number): Size => (project === 0 ? large : small);
const projects = () => Array.from({ length: others + 1 }, (_, project) => project);

const now = Date.now();
const minuteMs = 60_000;
const ago = (minutes: number): string => new Date(now - minutes * minuteMs).toISOString();

export interface Reader {
  readonly kind: "teacher" | "pupil";
  readonly cookie: string;
}

export async function fill(pool: Pool): Promise<void> {
  const indexes = await dropWordIndexes(pool);
  await people(pool);
  for (const [table, rows] of Object.entries(tables)) await insert(pool, table, ofAll(rows));
  await pool.query("insert into page_snapshots (page_id, version, doc) select page_id, 0, doc from page_texts");
  await Promise.all(indexes.map((made) => pool.query(`set local maintenance_work_mem = '512MB'; ${made}`)));
  await pool.query("vacuum analyze");
}

async function dropWordIndexes(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string; made: string }>(
    `select indexname as name, indexdef as made from pg_indexes
     where tablename in ('pages', 'materials', 'threads', 'posts') and indexdef like '% USING gin %'`,
  );
  for (const { name } of rows) await pool.query(`drop index ${name}`);
  return rows.map(({ made }) => made);
}

type Row = Readonly<Record<string, unknown>>;
const atOnce = 2_000;

/** Each row has the same columns; the others keep what the table gives them. */
async function insert(pool: Pool, table: string, rows: Iterable<Row>): Promise<void> {
  let waiting: Row[] = [];
  const send = async () => {
    const columns = Object.keys(waiting[0] ?? {}).join(", ");
    await pool.query(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(waiting)],
    );
    waiting = [];
  };
  for (const row of rows) {
    waiting.push(row);
    if (waiting.length === atOnce) await send();
  }
  if (waiting.length > 0) await send();
}

function* ofAll(rows: (project: number, size: Size) => Iterable<Row>): Generator<Row> {
  for (const project of projects()) yield* rows(project, sizeOf(project));
}

function* each(count: number, row: (n: number) => Row): Generator<Row> {
  for (let n = 0; n < count; n += 1) yield row(n);
}

async function people(pool: Pool): Promise<void> {
  const countries = ["PT", "FI", "GR", "BG", "PL"];
  await insert(
    pool,
    "schools",
    each(schools, (n) => ({ id: `s${n}`, name: `School ${n}`, country: countries[n % 5], main_language: "en" })),
  );
  const accounts = teachers + 2 * others;
  await insert(
    pool,
    "accounts",
    each(accounts, (n) => ({ id: `a${n}`, email: `a${n}@bench.test`, name: `Teacher ${n}` })),
  );
  await insert(
    pool,
    "memberships",
    each(accounts, (n) => ({ id: `m${n}`, account_id: `a${n}`, school_id: `s${n % schools}`, state: "active" })),
  );
}

/** Who is in a project by an account: two founders, and in the large one their colleagues. */
const staff = (project: number): number[] =>
  project === 0
    ? Array.from({ length: teachers }, (_, n) => n)
    : [teachers + 2 * (project - 1), teachers + 2 * (project - 1) + 1];

function author(project: number, n: number): string {
  const accounts = staff(project);
  return n % 3 === 0 ? `account:a${accounts[n % accounts.length]}` : `pupil:u${project}-${n % sizeOf(project).pupils}`;
}

/** Ten below each of ten, four deep. */
const parentOf = (project: number, n: number) => (n < 10 ? null : `g${project}-${Math.floor(n / 10) - 1}`);
const view = (n: number) => (n >= 10 && n % 7 === 0 ? "teachers" : n % 5 === 1 ? "visitors" : "members");
const stateOf = (n: number) => (n % 50 === 3 ? "draft" : n % 50 === 7 ? "archived" : "shown");
const shows = (project: number, n: number) => (n % 3 === 0 ? `f${project}-${n % sizeOf(project).materials}` : null);
const hidden = (n: number) =>
  n % 400 === 399 ? { hidden_at: ago(n), hidden_by: "account:a0", hidden_reason: "As agreed." } : noneHidden;
const noneHidden = { hidden_at: null, hidden_by: null, hidden_reason: null };

/** A tenth lies at the top, the rest in the folders below it, of which one in ten has no folder above it. */
const folderOf = (project: number, n: number) => (n % 10 === 0 ? null : `d${project}-${n % sizeOf(project).folders}`);
const folderAbove = (project: number, n: number) => (n % 10 === 0 ? null : `d${project}-${n - (n % 10)}`);

const newsKinds = ["pageChanged", "materialAdded", "threadAnswered", "updatePosted", "calendarChanged"] as const;
const newsThing = (project: number, n: number): string => {
  const { pages, materials, threads, updates, items } = sizeOf(project);
  const things = [`g${project}-${n % pages}`, `f${project}-${n % materials}`, `t${project}-${n % threads}`];
  return [...things, `n${project}-${n % updates}`, `c${project}-${n % items}`][n % newsKinds.length] ?? "";
};

const tables: Readonly<Record<string, (project: number, size: Size) => Iterable<Row>>> = {
  projects: (project) => [
    {
      ...{ id: `p${project}`, slug: `p${project}`, title: `Project ${project}`, state: "active", version: 1 },
      ...{ origin: "foundHere", scope: "european", created_at: ago(500_000), activated_at: ago(400_000) },
      ...{ state_at: ago(400_000), note: "" },
    },
  ],
  project_schools: (project) =>
    [...new Set(staff(project).map((n) => n % schools))].map((school, n) => ({
      ...{ project_id: `p${project}`, school_id: `s${school}`, country: "PT", founder: n < 2 },
      service_state: "approved",
    })),
  project_members: (project) =>
    staff(project).map((account, n) => ({
      ...{ project_id: `p${project}`, account_id: `a${account}`, school_id: `s${account % schools}` },
      ...{ role: n < 2 ? "founder" : "teacher", state: "accepted", at: ago(400_000 - n) },
    })),
  pupils: (project, size) =>
    each(size.pupils, (n) => ({
      ...{ id: `u${project}-${n}`, project_id: `p${project}`, alias: `Otter ${n}`, picture: "otter" },
      ...{ school_id: `s${(staff(project)[n % 2] ?? 0) % schools}`, login_code: `code-${project}-${n}` },
      ...{ secret_kind: "word", role: "pupil", state: "active", created_at: ago(300_000) },
    })),
  material_folders: (project, size) =>
    each(size.folders, (n) => ({
      ...{ id: `d${project}-${n}`, project_id: `p${project}`, parent_id: folderAbove(project, n) },
      ...{ name: `Folder ${n}`, author: author(project, n), created_at: ago(300_000 - n) },
    })),
  materials: (project, size) =>
    each(size.materials, (n) => ({
      ...{ id: `f${project}-${n}`, project_id: `p${project}`, folder_id: folderOf(project, n) },
      ...{ kind: ["image", "image", "video", "file"][n % 4], name: `${words(n + project * 1e5, 2)}jpg` },
      ...{
        type: "image/jpeg",
        bytes: 2_000_000,
        stored_bytes: 2_400_000,
        width: 4000,
        height: 3000,
        sizes: [320, 1280],
      },
      ...{ alt: words(n + 0.5, 8), description: words(n + 0.7, 14), licence: "ccBy", credit: "Us", shows: "people" },
      ...{
        decorative: false,
        author: author(project, n),
        created_at: ago(250_000 - n * 4),
        changed_at: ago(n),
        ...hidden(n),
      },
    })),
  pages: (project, size) =>
    each(size.pages, (n) => ({
      ...{ id: `g${project}-${n}`, project_id: `p${project}`, parent_id: parentOf(project, n), position: n },
      ...{ title: words(n + 0.9 + project * 1e4, 5).slice(0, -1), view: view(n), edit: n % 2 ? "members" : "teachers" },
      ...{ state: stateOf(n), author: author(project, n), made_at: ago(250_000 - n * 20), changed_at: ago(n * 17) },
      ...{ archived_from: stateOf(n) === "archived" ? "shown" : null, changed_by: author(project, n + 1) },
      ...{ words: pageText(n + project * 1e4, shows(project, n)).words, ...hidden(n) },
      materials: [shows(project, n)].filter((id) => id !== null),
    })),
  page_texts: (project, size) =>
    each(size.pages, (n) => ({
      ...{ page_id: `g${project}-${n}`, version: 0, doc_version: 0 },
      doc: pageText(n + project * 1e4, shows(project, n)).doc,
    })),
  discussions: (project) =>
    each(10, (n) => ({
      ...{ id: `o${project}-${n}`, project_id: `p${project}`, author: author(project, 0), title: `Discussion ${n}` },
      ...{ words: "", at: ago(300_000), last_at: ago(n) },
    })),
  threads: (project, size) =>
    each(size.threads, (n) => ({
      ...{ id: `t${project}-${n}`, project_id: `p${project}`, discussion_id: `o${project}-${n % 10}` },
      ...{
        author: author(project, n),
        title: words(n + 0.15, 6),
        words: words(n + 0.25 + project, 60),
        pinned: n % 900 === 0,
      },
      ...{ at: ago(n * 40 + 10_000), last_at: ago(n * 40), ...hidden(n) },
    })),
  posts: (project, size) =>
    each(size.posts, (n) => ({
      ...{ id: `r${project}-${n}`, project_id: `p${project}`, thread_id: `t${project}-${n % size.threads}` },
      ...{ author: author(project, n), words: words(n + 0.35 + project, 50), at: ago(n * 8), ...hidden(n) },
    })),
  calendar_items: (project, size) =>
    each(size.items, (n) => ({
      ...{
        id: `c${project}-${n}`,
        project_id: `p${project}`,
        title: words(n + 0.45, 4),
        description: words(n + 0.55, 20),
      },
      ...{ kind: n % 4 === 0 ? "deadline" : n % 10 === 1 ? "holiday" : "activity", place: "", version: 1 },
      ...{
        school_id: n % 4 !== 0 && n % 10 === 1 ? `s${(staff(project)[0] ?? 0) % schools}` : null,
        whole_days: false,
      },
      // A year back and a year ahead.
      ...{
        starts_at: ago((n - size.items / 2) * 525),
        ends_at: ago((n - size.items / 2) * 525 - 60),
        time_zone: "UTC",
      },
      ...{ author: author(project, n * 3), made_at: ago(300_000), changed_at: ago(200_000) },
    })),
  updates: (project, size) =>
    each(size.updates, (n) => ({
      ...{
        id: `n${project}-${n}`,
        project_id: `p${project}`,
        author: author(project, n * 3),
        words: words(n + 0.65, 40),
      },
      ...{
        materials: n % 4 ? [] : [`f${project}-${n}`],
        state: "posted",
        pinned: n % 100 === 7,
        at: ago(n * 500),
        ...hidden(n),
      },
    })),
  space_news: (project, size) =>
    each(size.news, (n) => ({
      ...{ project_id: `p${project}`, author: author(project, n), kind: newsKinds[n % newsKinds.length] },
      ...{ thing: newsThing(project, n), seen_by: n % 7 === 0 ? "teachers" : "members", at: ago(n * 20) },
    })),
  meetings: (project, size) =>
    each(size.meetings, (n) => ({
      ...{ id: `e${project}-${n}`, code: `e${project}-${n}`, title: `Meeting ${n}`, project_id: `p${project}` },
      ...{
        starts_at: ago((n - size.meetings / 2) * 15_000),
        length_minutes: 45,
        settings: {},
        replay_audience: "chair",
      },
      ...{
        chair_account: `a${staff(project)[0]}`,
        school_id: `s${(staff(project)[0] ?? 0) % schools}`,
        phase: "booked",
      },
      ...{ language: "en", time_zone: "UTC", purpose: "", keeps_chat: false },
    })),
};

/** Signed in without having been asked; enough of them that nobody asks more often than one person may. */
export async function readers(pool: Pool): Promise<Readonly<Record<Reader["kind"], Reader[]>>> {
  const signedIn = async (kind: Reader["kind"], column: string, ids: readonly string[]) => {
    const tokens = ids.map((id) => ({ id, token: newToken() }));
    for (const { id, token } of tokens) {
      await pool.query(
        `insert into sessions (token_hash, ${column}, expires_at) values ($1, $2, now() + interval '1 hour')`,
        [hashOfToken(token), id],
      );
    }
    return tokens.map(({ token }) => ({ kind, cookie: `twinlight=${token}` }));
  };
  return {
    teacher: await signedIn(
      "teacher",
      "account_id",
      staff(0).map((n) => `a${n}`),
    ),
    pupil: await signedIn(
      "pupil",
      "pupil_id",
      Array.from({ length: 20 }, (_, n) => `u0-${n * 7}`),
    ),
  };
}
