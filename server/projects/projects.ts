/** From the draft to the support services: a project is begun, written by two, agreed to, or given up. */
import { may } from "../../domain/permissions.ts";
import { misfitsIn, missingIn, slugOf } from "../../domain/projects/form.ts";
import { follow, type Project, type ProjectAct, waitsFor } from "../../domain/projects/project.ts";
import type { FieldChange, FormChanged } from "../../protocol/http/projects.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { inTransaction, type Pool, type Queryable } from "../../storage/pool.ts";
import { type Caller, isRefused, type RefusedFields } from "../http/route.ts";
import { newId } from "../ids.ts";
import { comeBackWithProject, endWithProject } from "../twinspace/pupils/ending.ts";
import { readForm, saveChanges } from "./form.ts";
import { addressOf, othersThan, schoolName, tellServices, writeTo } from "./letters.ts";
import { keepAct, keepNote, keepProject, type ProjectRow, projectOf, settleSchools } from "./rows.ts";
import { projectFor } from "./sight.ts";

/** Who acts, when, and the address of this server for the letters about it. */
export interface Acting {
  readonly caller: Pick<Caller, "id" | "actor">;
  readonly now: number;
  readonly origin: string;
}

/** Drafts of one account that nobody has sent yet. */
const mostDrafts = 30;

/** Begins a draft for one of the caller's validated schools. */
export async function startProject(
  pool: Pool,
  { caller, now }: Acting,
  { school, origin }: { school: Id; origin: "foundHere" | "existingPartnership" },
): Promise<Id | RefusedFields> {
  if (!may("project.start", caller.actor, { schools: [school] })) {
    return { refused: "project.schoolNotValidated", fields: ["school"] };
  }
  return inTransaction(pool, async (db) => {
    const { rows } = await db.query<{ count: number }>(
      "select count(*) from projects where created_by = $1 and state = 'draft'",
      [caller.id],
    );
    if ((rows[0]?.count ?? 0) >= mostDrafts) return { refused: "request.tooMany" } as const;
    const id = newId();
    await db.query(
      `insert into projects (id, slug, origin, created_by, created_at, state_at)
       values ($1, $1, $2, $3, to_timestamp($4::float8 / 1000), to_timestamp($4::float8 / 1000))`,
      [id, origin, caller.id, now],
    );
    await db.query(
      `insert into project_members (project_id, account_id, school_id, role, state, at)
       values ($1, $2, $3, 'founder', 'accepted', to_timestamp($4::float8 / 1000))`,
      [id, caller.id, school, now],
    );
    await settleSchools(db, id);
    await keepAct(db, id, "started", caller.id);
    return id;
  });
}

/** Saves fields of the form; what others said yes to before is asked again. */
export async function changeForm(
  pool: Pool,
  { caller, now, origin }: Acting,
  key: string,
  changes: readonly FieldChange[],
): Promise<FormChanged | RefusedFields> {
  return inTransaction(pool, async (db) => {
    const row = await projectFor(db, "project.edit", caller.actor, key, now, { lock: true });
    if (isRefused(row)) return row;
    const before = projectOf(row);
    const next = follow(before, { type: "edit", by: caller.id });
    if (isRefused(next)) return next;
    const saved = await saveChanges(db, row.id, caller.id, changes, { now, whole: row.state === "active" });
    if (isRefused(saved)) return saved;
    if (saved.changed && next !== before) await reset(db, row, before, next, { caller, now, origin });
    const { conflicts } = saved;
    const version = row.version + (saved.changed ? 1 : 0);
    return { saved: saved.saved, conflicts, version, state: saved.changed ? next.state : row.state };
  });
}

/** Whoever had said yes is told once that it is asked again. */
async function reset(db: Queryable, row: ProjectRow, before: Project, next: Project, acting: Acting): Promise<void> {
  const { caller, now, origin } = acting;
  await keepProject(db, row, next, now);
  const lost = before.founders.filter(
    ({ account, agreed }) => agreed && !next.founders.some((founder) => founder.account === account && founder.agreed),
  );
  if (lost.length === 0) return;
  await keepAct(db, row.id, "changedWhilePending", caller.id);
  const told = row.members.filter(({ account }) => lost.some((founder) => founder.account === account));
  const person = row.members.find(({ account }) => account === caller.id)?.name ?? "";
  await writeTo(db, told, "projectReset", { project: row.title, person, link: addressOf(origin, row) });
}

/**
 * A founder says yes to the form as they have read it (`version`). The first yes sends it to the partner, the second one to
 * the support services.
 */
export async function agree(
  pool: Pool,
  acting: Acting,
  key: string,
  version: number,
): Promise<undefined | RefusedFields> {
  const { caller, now, origin } = acting;
  return inTransaction(pool, async (db) => {
    const row = await projectFor(db, "project.found", caller.actor, key, now, { lock: true });
    if (isRefused(row)) return row;
    if (row.version !== version) return { refused: "project.changed" } as const;
    const before = projectOf(row);
    const next = follow(before, { type: "agree", by: caller.id });
    if (isRefused(next)) return next;
    if (next === before) return undefined;
    const no = await whyNotSent(db, row);
    if (no) return no;
    const sent = await withSlug(db, row);
    await keepProject(db, sent, next, now);
    await keepNote(db, row.id, "", null);
    await keepAct(db, row.id, "agreed", caller.id);
    await tellAgreed(db, sent, next, caller.id, origin);
    return undefined;
  });
}

async function whyNotSent(db: Queryable, row: ProjectRow): Promise<RefusedFields | null> {
  const form = await readForm(db, row.id);
  const fields = [...missingIn(form), ...misfitsIn(form)];
  if (fields.length > 0) return { refused: "project.incomplete", fields };
  const isSound = row.schools.every(({ founder, isValidated }) => !founder || isValidated);
  return isSound ? null : { refused: "project.schoolNotValidated" };
}

async function tellAgreed(db: Queryable, row: ProjectRow, next: Project, by: Id, origin: string): Promise<void> {
  const me = row.members.find(({ account }) => account === by);
  const facts = { project: row.title, school: schoolName(row, me?.school ?? ""), link: addressOf(origin, row) };
  const others = othersThan(row, by);
  const waits = waitsFor(next);
  if (next.state === "awaitingPartner") {
    const asked = others.filter(({ account }) => waits.founders.includes(account));
    await writeTo(db, asked, "projectInvited", { ...facts, person: me?.name ?? "" });
  } else {
    await writeTo(db, others, "projectAgreed", facts);
    await tellServices(db, row, waits.countries, "projectToService", origin);
  }
}

const reserved = ["new", "all"];

/** The address is made when it is sent for the first time, and never again: letters and bookmarks hold it. */
async function withSlug(db: Queryable, row: ProjectRow): Promise<ProjectRow> {
  if (row.slug !== row.id) return row;
  // One at a time, so that two of the same title do not get the same address.
  await db.query("select pg_advisory_xact_lock(hashtext('project slugs'))");
  const wanted = slugOf(row.title) || "project";
  const { rows } = await db.query<{ slug: string }>("select slug from projects where slug = $1 or slug like $2", [
    wanted,
    `${wanted.replace(/[\\%_]/g, "\\$&")}-%`,
  ]);
  const taken = new Set([...reserved, ...rows.map(({ slug }) => slug)]);
  let slug = wanted;
  for (let count = 2; taken.has(slug); count += 1) slug = `${wanted}-${count}`;
  await db.query("update projects set slug = $2 where id = $1", [row.id, slug]);
  return { ...row, slug };
}

/** The partner wants it otherwise before saying yes: it is a draft again, with their note. */
export async function askChange(pool: Pool, acting: Acting, key: string, note: string): Promise<undefined | Refused> {
  return founderActs(pool, acting, key, "askChange", note, async (db, row, me) => {
    const { project, link } = factsOf(row, acting.origin);
    const facts = { project, school: schoolName(row, me.school), note, link };
    await writeTo(db, othersThan(row, me.account), "projectChangeAsked", facts);
  });
}

/**
 * The partner will not do it. Whoever is only invited to the draft leaves it to the other founder, who may choose somebody
 * else; after it was sent, the project is over.
 */
export async function decline(pool: Pool, acting: Acting, key: string, note: string): Promise<undefined | Refused> {
  const { caller, now } = acting;
  const asked = await inTransaction(pool, async (db) => {
    const row = await projectFor(db, "project.answer", caller.actor, key, now, { lock: true });
    if (isRefused(row)) return row;
    const me = row.members.find(({ account }) => account === caller.id);
    const isLeaving = me && (me.state === "invited" || (me.role === "founder" && row.state === "draft"));
    if (!isLeaving) return "of the project" as const;
    // Who began it withdraws it; the other one leaves it to them.
    if (row.createdBy === caller.id) return { refused: "project.notNow" } as const;
    await leaveAs(db, row, caller.id, me.state === "invited" ? "declined" : "left", now);
    await keepAct(db, row.id, "memberDeclined", caller.id, note);
    if (me.role === "founder") await tellDeclined(db, row, me.account, note, acting.origin);
    return undefined;
  });
  if (asked !== "of the project") return asked;
  return founderActs(pool, acting, key, "decline", note, (db, row, me) =>
    tellDeclined(db, row, me.account, note, acting.origin),
  );
}

async function leaveAs(db: Queryable, row: ProjectRow, account: Id, state: string, now: number): Promise<void> {
  await db.query(
    `update project_members set state = $3, agreed = false, at = to_timestamp($4::float8 / 1000)
     where project_id = $1 and account_id = $2`,
    [row.id, account, state, now],
  );
  if (row.state === "draft") await settleSchools(db, row.id);
}

async function tellDeclined(db: Queryable, row: ProjectRow, by: Id, reason: string, origin: string): Promise<void> {
  const me = row.members.find(({ account }) => account === by);
  const facts = { ...factsOf(row, origin), school: schoolName(row, me?.school ?? ""), reason };
  await writeTo(db, othersThan(row, by), "projectDeclined", facts);
}

const factsOf = (row: ProjectRow, origin: string) => ({ project: row.title, link: addressOf(origin, row) });

export const withdraw = (pool: Pool, acting: Acting, key: string, note: string): Promise<undefined | Refused> =>
  founderActs(pool, acting, key, "withdraw", note);

async function founderActs(
  pool: Pool,
  { caller, now }: Acting,
  key: string,
  type: "askChange" | "decline" | "withdraw",
  note: string,
  tell: (db: Queryable, row: ProjectRow, me: ProjectRow["members"][number]) => Promise<void> = async () => {},
): Promise<undefined | Refused> {
  return inTransaction(pool, async (db) => {
    const row = await projectFor(db, "project.found", caller.actor, key, now, { lock: true });
    if (isRefused(row)) return row;
    const no = await actOn(db, row, { type, by: caller.id }, now);
    if (no) return no;
    await keepNote(db, row.id, note, caller.id);
    await keepAct(db, row.id, type, caller.id, note);
    const me = row.members.find(({ account }) => account === caller.id);
    if (me) await tell(db, row, me);
    return undefined;
  });
}

/** Does what the rules allow; the refusal where they do not. */
async function actOn(db: Queryable, row: ProjectRow, act: ProjectAct, now: number): Promise<Refused | undefined> {
  const next = follow(projectOf(row), act);
  if (isRefused(next)) return next;
  await keepProject(db, row, next, now);
  return undefined;
}

/** A founder or the central service ends it, or a founder opens it again within twelve months. */
export async function closeOrReopen(
  pool: Pool,
  { caller, now }: Acting,
  key: string,
  type: "close" | "reopen",
): Promise<undefined | Refused> {
  return inTransaction(pool, async (db) => {
    const action = type === "close" ? "project.close" : "project.reopen";
    const row = await projectFor(db, action, caller.actor, key, now, { lock: true });
    if (isRefused(row)) return row;
    const no = await actOn(db, row, type === "close" ? { type } : { type, now }, now);
    if (no) return no;
    await keepAct(db, row.id, type, caller.id);
    // Pupils are there for the project alone.
    if (type === "close") await endWithProject(db, row.id, now);
    else await comeBackWithProject(db, row.id);
    return undefined;
  });
}

/** A support service of one of its countries halts it, or lets it go on. */
export async function suspendOrLift(
  pool: Pool,
  { caller, now }: Acting,
  key: string,
  type: "suspend" | "lift",
  note: string,
): Promise<undefined | Refused> {
  return inTransaction(pool, async (db) => {
    const row = await projectFor(db, "project.suspend", caller.actor, key, now, { lock: true });
    if (isRefused(row)) return row;
    const no = await actOn(db, row, { type }, now);
    if (no) return no;
    await keepNote(db, row.id, note, caller.id);
    await keepAct(db, row.id, type, caller.id, note);
    return undefined;
  });
}
