/**
 * The texts of pages: steps are taken at the right version or not at all, and what was acknowledged is kept. Texts in memory
 * only save work: what has a page and a version never changes, and the database is asked for the version every time.
 */
import type { Node } from "prosemirror-model";
import { materialIdsIn } from "../../../domain/text/materials.ts";
import { plainText } from "../../../domain/text/plain.ts";
import type { TextNode } from "../../../domain/text/schema.ts";
import { applySteps, keptText, misfitOf, replayed, stepBetween } from "../../../domain/text/steps.ts";
import { goesOn, type Stretch } from "../../../domain/twinspace/pageHistory.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import type { NumberedStep, SendSteps, StepJson, StepsAnswer, TextJson } from "../../../protocol/twinspace/pages.ts";
import { inTransaction, type Pool, type Queryable } from "../../../storage/pool.ts";
import { newId } from "../../ids.ts";

export interface Text {
  readonly version: number;
  readonly doc: Node;
}

/** Who writes, and when; `stretchBegins` is called in the transaction when a new stretch of the history does. */
export interface Writing {
  readonly page: Id;
  readonly author: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  stretchBegins(db: Queryable): Promise<void>;
}

const textsInMemory = 64;
const snapshotEvery = 100;
/** In one answer; who missed more asks again. */
const mostMissed = 500;

/** The texts of each database that this process has open. Least recently used ones go first. */
const remembered = new WeakMap<Pool, Map<Id, Text>>();

function remember(pool: Pool, page: Id, text: Text): void {
  const texts = remembered.get(pool) ?? new Map<Id, Text>();
  remembered.set(pool, texts);
  // Behind all the others; and never an older one kept instead: a backup may have come back under this process.
  texts.delete(page);
  texts.set(page, text);
  const [oldest] = texts.keys();
  if (texts.size > textsInMemory && oldest !== undefined) texts.delete(oldest);
}

/** The text as it is now, or undefined where there is no such page. */
export async function textNow(pool: Pool, page: Id): Promise<Text | undefined> {
  const known = remembered.get(pool)?.get(page);
  const { rows } = await pool.query<{ version: number; docVersion: number; doc: TextNode | null }>(
    `select version, doc_version as "docVersion", case when $2::int is null or $2 > version then doc end as doc
     from page_texts where page_id = $1`,
    [page, known?.version ?? null],
  );
  const row = rows[0];
  if (!row) return undefined;
  const from = row.doc === null ? known : { version: row.docVersion, doc: keptText(row.doc) };
  if (!from) throw new Error("A text was neither kept nor remembered");
  const steps = await stepsBetween(pool, page, from.version, row.version);
  const text = { version: row.version, doc: replayed(from.doc, steps) };
  remember(pool, page, text);
  return text;
}

async function stepsBetween(db: Queryable, page: Id, from: number, to: number): Promise<StepJson[]> {
  if (from >= to) return [];
  const { rows } = await db.query<{ step: StepJson }>(
    "select step from page_steps where page_id = $1 and version >= $2 and version < $3 order by version",
    [page, from, to],
  );
  if (rows.length !== to - from) throw new Error("Steps of a text are missing");
  return rows.map(({ step }) => step);
}

/** What came after a version, the oldest first, and no more than fits into one answer. */
export async function stepsAfter(
  db: Queryable,
  page: Id,
  after: number,
): Promise<{ version: number; steps: NumberedStep[]; more: boolean } | undefined> {
  const { rows: texts } = await db.query<{ version: number }>("select version from page_texts where page_id = $1", [
    page,
  ]);
  const version = texts[0]?.version;
  if (version === undefined) return undefined;
  const { rows: steps } = await db.query<NumberedStep>(
    `select step, client_id as "clientId" from page_steps where page_id = $1 and version >= $2 and version < $3
     order by version limit ${mostMissed}`,
    [page, after, version],
  );
  return { version, steps, more: after + steps.length < version };
}

/** Whether what came after this version began before that time. */
export async function isLongAgo(db: Queryable, page: Id, after: number, before: number): Promise<boolean> {
  const { rowCount } = await db.query(
    "select from page_steps where page_id = $1 and version = $2 and at < to_timestamp($3::float8 / 1000)",
    [page, after, before],
  );
  return rowCount === 1;
}

export type Taken = StepsAnswer & { readonly kept?: readonly NumberedStep[] };

/** Keeps them, or says what was missed. `kept` are the steps as others are to be told of them. */
export async function takeSteps(pool: Pool, writing: Writing, sent: SendSteps): Promise<Taken | Refused> {
  const { page } = writing;
  const text = await textNow(pool, page);
  if (!text) return { refused: "request.notFound" };
  if (text.version !== sent.version) return missed(pool, page, sent.version);
  const applied = applySteps(text.doc, sent.steps);
  if ("misfit" in applied) return { refused: `text.${applied.misfit}` };
  const version = text.version + applied.steps.length;
  const after: Text = { version, doc: applied.doc };
  const isKept = await inTransaction(pool, async (db) => {
    if (!(await appendSteps(db, writing, text, after, applied.steps, sent.clientId))) return false;
    await noteStretch(db, writing, text.version, version);
    return true;
  });
  if (!isKept) return missed(pool, page, sent.version);
  remember(pool, page, after);
  return { taken: true, version, kept: applied.steps.map((step) => ({ step, clientId: sent.clientId })) };
}

async function missed(db: Queryable, page: Id, after: number): Promise<Taken | Refused> {
  const steps = await stepsAfter(db, page, after);
  return steps ? { taken: false, ...steps } : { refused: "request.notFound" };
}

/** False when somebody else was faster, or the page was archived or removed meanwhile. */
async function appendSteps(
  db: Queryable,
  { page, author, now }: Writing,
  before: Text,
  after: Text,
  steps: readonly StepJson[],
  clientId: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update page_texts t set version = $3, stepped_at = to_timestamp($4::float8 / 1000), stepped_by = $5
     from pages p where t.page_id = $1 and t.version = $2 and p.id = t.page_id and p.removed_at is null
       and p.state <> 'archived'`,
    [page, before.version, after.version, now, author],
  );
  if (rowCount !== 1) return false;
  await db.query(
    `insert into page_steps (page_id, version, step, author, client_id, at)
     select $1, $2::int + s.n::int - 1, s.step, $4, $5, to_timestamp($6::float8 / 1000)
     from jsonb_array_elements($3::jsonb) with ordinality as s (step, n)`,
    [page, before.version, JSON.stringify(steps), author, clientId, now],
  );
  if (Math.floor(before.version / snapshotEvery) < Math.floor(after.version / snapshotEvery)) {
    const doc = JSON.stringify(after.doc.toJSON());
    await db.query("insert into page_snapshots (page_id, version, doc) values ($1, $2, $3)", [
      page,
      after.version,
      doc,
    ]);
    await db.query("update page_texts set doc = $2, doc_version = $3 where page_id = $1", [page, doc, after.version]);
    await keepWords(db, page, after.doc.toJSON());
  }
  return true;
}

/** The row of page_texts is locked by now, so of one page one writer at a time is here. */
async function noteStretch(db: Queryable, writing: Writing, from: number, to: number): Promise<void> {
  const { page, author, now } = writing;
  const { rows } = await db.query<Stretch & { id: number; kind: string }>(
    `select id, kind, began_at as "beganAt", ended_at as "endedAt", last_author as "lastAuthor"
     from page_changes where page_id = $1 order by id desc limit 1`,
    [page],
  );
  const last = rows[0];
  if (last?.kind === "written" && goesOn(last, author, now)) {
    await db.query(
      `update page_changes set to_version = $2, ended_at = to_timestamp($3::float8 / 1000), last_author = $4,
         authors = case when $4 = any (authors) then authors else authors || $4::text end
       where id = $1`,
      [last.id, to, now, author],
    );
    return;
  }
  await addChange(db, { page, kind: "written", author, from, to, now });
  await writing.stretchBegins(db);
}

export interface NewChange {
  readonly page: Id;
  readonly kind: "written" | "titled" | "restored";
  readonly author: string;
  readonly from: number;
  readonly to: number;
  readonly now: number;
  readonly title?: { readonly was: string; readonly is: string };
  readonly restored?: number;
}

/** A line of the history; the page says from then on that they changed it last. */
export async function addChange(db: Queryable, change: NewChange): Promise<void> {
  const { page, kind, author, from, to, now, title, restored } = change;
  await db.query(
    `insert into page_changes (page_id, kind, authors, last_author, from_version, to_version, began_at, ended_at,
       title_was, title_is, restored_version)
     values ($1, $2, array[$3::text], $3, $4, $5, to_timestamp($6::float8 / 1000), to_timestamp($6::float8 / 1000),
       $7, $8, $9)`,
    [page, kind, author, from, to, now, title?.was ?? null, title?.is ?? null, restored ?? null],
  );
  await db.query("update pages set changed_at = to_timestamp($2::float8 / 1000), changed_by = $3 where id = $1", [
    page,
    now,
    author,
  ]);
}

/** The text as it was at this version; undefined where there was none, or what stood between two steps was out of shape. */
export async function textAt(pool: Pool, page: Id, version: number): Promise<Text | undefined> {
  const now = await textNow(pool, page);
  if (!now || version > now.version) return undefined;
  if (version === now.version) return now;
  const { rows } = await pool.query<{ version: number; doc: TextNode }>(
    "select version, doc from page_snapshots where page_id = $1 and version <= $2 order by version desc limit 1",
    [page, version],
  );
  const from = rows[0];
  if (!from) return undefined;
  const doc = replayed(keptText(from.doc), await stepsBetween(pool, page, from.version, version));
  return misfitOf(doc) === undefined ? { version, doc } : undefined;
}

/** Makes the text what it was, by one more step. Tried again where somebody writes at the same time. */
export async function restoreText(
  pool: Pool,
  writing: Writing,
  wanted: number,
): Promise<(Text & { readonly from: number; readonly kept: readonly NumberedStep[] }) | Refused> {
  const old = await textAt(pool, writing.page, wanted);
  if (!old) return { refused: "request.notFound" };
  const clientId = `restored-${newId()}`;
  for (;;) {
    const text = await textNow(pool, writing.page);
    if (!text) return { refused: "request.notFound" };
    const step = stepBetween(text.doc, old.doc);
    if (!step) return { ...text, from: text.version, kept: [] };
    const after: Text = { version: text.version + 1, doc: old.doc };
    const isKept = await inTransaction(pool, async (db) => {
      if (!(await appendSteps(db, writing, text, after, [step], clientId))) return false;
      const { page, author, now } = writing;
      const versions = { from: text.version, to: after.version, restored: wanted };
      await addChange(db, { page, kind: "restored", author, now, ...versions });
      await writing.stretchBegins(db);
      return true;
    });
    if (isKept) {
      remember(pool, writing.page, after);
      return { ...after, from: text.version, kept: [{ step, clientId }] };
    }
    const { rowCount } = await pool.query(
      "select from pages where id = $1 and removed_at is null and state <> 'archived'",
      [writing.page],
    );
    if (rowCount !== 1) return { refused: "page.archived" };
  }
}

/** A page's first text: empty, or what an import brings. In the transaction that makes the page. */
export async function beginText(db: Queryable, page: Id, doc: Node): Promise<void> {
  const json = doc.toJSON();
  await db.query("insert into page_texts (page_id, doc) values ($1, $2)", [page, JSON.stringify(json)]);
  await db.query("insert into page_snapshots (page_id, version, doc) values ($1, 0, $2)", [page, JSON.stringify(json)]);
  await keepWords(db, page, json);
}

/** In words and materials, for search and for who asks where a material is shown. */
async function keepWords(db: Queryable, page: Id, doc: TextNode): Promise<void> {
  await db.query("update pages set words = $2, materials = $3 where id = $1", [
    page,
    plainText(doc, longestSearched),
    materialIdsIn(doc),
  ]);
}

/** Of a longer page the beginning is found. */
const longestSearched = 60_000;
const settlesAfterMs = 4_000;
const mostAtOnce = 50;

/**
 * Brings what is kept of texts to where they are, for those that nobody has written in for some seconds. Found by the
 * database, so that what a process left behind that was killed is settled by the next one.
 */
export async function settleTexts(pool: Pool, now: number, afterMs = settlesAfterMs): Promise<number> {
  const { rows } = await pool.query<Unsettled>(
    `select page_id as page, stepped_by as by, stepped_at as at from page_texts
     where doc_version < version and stepped_at <= to_timestamp($1::float8 / 1000)
     order by stepped_at limit ${mostAtOnce}`,
    [now - afterMs],
  );
  const faults: unknown[] = [];
  // One that cannot be settled keeps no other from it.
  for (const row of rows) await settleText(pool, row).catch((fault: unknown) => faults.push(fault));
  if (faults.length > 0) throw new AggregateError(faults, "Texts could not be settled");
  return rows.length;
}

interface Unsettled {
  readonly page: Id;
  readonly by: string | null;
  readonly at: number;
}

async function settleText(pool: Pool, { page, by, at }: Unsettled): Promise<void> {
  const text = await textNow(pool, page);
  if (!text) return;
  const doc: TextNode = text.doc.toJSON();
  await inTransaction(pool, async (db) => {
    const { rowCount } = await db.query(
      "update page_texts set doc = $2, doc_version = $3 where page_id = $1 and doc_version < $3",
      [page, JSON.stringify(doc), text.version],
    );
    if (rowCount !== 1) return;
    await keepWords(db, page, doc);
    await db.query(
      `update pages set changed_at = to_timestamp($2::float8 / 1000), changed_by = $3
       where id = $1 and changed_at < to_timestamp($2::float8 / 1000)`,
      [page, at, by],
    );
  });
}

export const textJson = (doc: Node): TextJson => doc.toJSON();
