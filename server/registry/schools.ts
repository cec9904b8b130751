/** A school's form: sent, looked at by its own people, changed. The support service's decisions are the desk's. */

import { type About, may } from "../../domain/permissions.ts";
import { mayChangeForm, nextSchool, type SchoolState } from "../../domain/registry/school.ts";
import type { ListName } from "../../protocol/http/lists.ts";
import type { ChangeSchool, Colleague, RegisterSchool, SchoolForm, SchoolSeen } from "../../protocol/http/registry.ts";
import type { Id } from "../../protocol/ids.ts";
import { inTransaction, type Pool, type Queryable } from "../../storage/pool.ts";
import type { Caller, RefusedFields } from "../http/route.ts";
import { newId } from "../ids.ts";
import { writeLetter } from "../mail/letters.ts";
import { keepRegistryAct } from "./acts.ts";
import { unknownCodes } from "./lists.ts";
import { addAsking, myPlaceAt, unknownRole } from "./memberships.ts";
import {
  cardOf,
  findSchoolRow,
  formOf,
  insertSchool,
  type KeptForm,
  type SchoolRow,
  updateSchool,
} from "./schoolRows.ts";
import { tellService } from "./serviceLetters.ts";

/** Who acts, as far as a school is concerned. */
type Person = Pick<Caller, "id" | "name" | "email" | "actor">;

/** Sends a school to its support service, and asks for a place there. Sent twice by the same person, it is sent once. */
export async function registerSchool(
  pool: Pool,
  caller: Person,
  { form, place }: RegisterSchool,
  origin: string,
): Promise<SchoolSeen | RefusedFields> {
  const wrong = (await misfitOf(pool, caller, form, null)) ?? (await unknownRole(pool, place.staffRole, "place."));
  if (wrong) return wrong;
  return unlessNumberTaken(() =>
    inTransaction(pool, async (db): Promise<SchoolSeen | RefusedFields> => {
      // Of two clicks the second one waits here, and then finds what the first one has done.
      await db.query("select pg_advisory_xact_lock(hashtext('school:' || $1))", [caller.id]);
      const sent = await sentBefore(db, caller.id, form);
      if (sent) return seen(db, caller, sent);
      const id = newId();
      await insertSchool(db, id, form, caller.id);
      await keepRegistryAct(db, "submitted", caller.id, "school", id);
      await addAsking(db, caller.id, id, place);
      await tellService(db, form.country, {
        kind: "schoolSubmitted",
        facts: { ...factsOf(form), person: caller.name, link: `${origin}/desk` },
      });
      return seen(db, caller, id);
    }),
  );
}

const factsOf = ({ name, town, country }: SchoolForm) => ({ school: name, town, country });

async function sentBefore(db: Queryable, account: Id, { name, town, country }: SchoolForm): Promise<Id | undefined> {
  const { rows } = await db.query<{ id: Id }>(
    `select id from schools
     where submitted_by = $1 and state = 'submitted' and lower(name) = lower($2) and lower(town) = lower($3)
       and country = $4`,
    [account, name, town, country],
  );
  return rows[0]?.id;
}

/** What this caller may see of it; that it is there at all is told only while it can be joined, or to its own people. */
export async function seeSchool(db: Queryable, caller: Person, id: Id): Promise<SchoolSeen | RefusedFields> {
  const row = await findSchoolRow(db, id);
  if (!row) return { refused: "request.notFound" };
  const mine = await myPlaceAt(db, caller.id, id);
  const about = aboutSchool(row, caller.id, mine?.state === "active");
  const seesForm = may("school.seeForm", caller.actor, about);
  const isOpen = row.state === "validated" || row.state === "submitted";
  if (!seesForm && !isOpen && !mine) return { refused: "request.notFound" };
  return {
    school: cardOf(row),
    reason: seesForm || mine ? row.reason : "",
    stateAt: row.stateAt,
    version: row.version,
    form: seesForm ? formOf(row) : null,
    people: seesForm ? await peopleOf(db, id) : null,
    principalToldAt: seesForm ? row.principalToldAt : null,
    mine: mine ?? null,
    mayChange: mayChangeForm(row.state) && may("school.change", caller.actor, about),
  };
}

/** `own`: who works there, or sent it. */
function aboutSchool(row: SchoolRow, account: Id, worksThere: boolean): About {
  const isOwn = worksThere || row.submittedBy === account;
  return { schools: [row.id], countries: [row.country], account: isOwn ? account : null };
}

async function seen(db: Queryable, caller: Person, id: Id): Promise<SchoolSeen> {
  const school = await seeSchool(db, caller, id);
  if ("refused" in school) throw new Error("Who has just changed a school cannot see it");
  return school;
}

const mostShown = 500;

async function peopleOf(db: Queryable, school: Id): Promise<Colleague[]> {
  const { rows } = await db.query<Colleague>(
    `select m.id, a.name, m.staff_role as "staffRole", m.lead
     from memberships m join accounts a on a.id = m.account_id
     where m.school_id = $1 and m.state = 'active' and a.ended_at is null
     order by lower(a.name), m.id limit ${mostShown}`,
    [school],
  );
  return rows;
}

/**
 * Changes the form of one's own school; of a refused one this sends it again. Who began from an older version is refused
 * and told what it is now.
 */
export async function changeSchool(
  pool: Pool,
  caller: Person,
  id: Id,
  { version, form }: ChangeSchool,
  origin: string,
): Promise<SchoolSeen | RefusedFields> {
  return unlessNumberTaken(() =>
    inTransaction(pool, async (db): Promise<SchoolSeen | RefusedFields> => {
      const row = await findSchoolRow(db, id, true);
      const mine = await myPlaceAt(db, caller.id, id);
      const about = row && aboutSchool(row, caller.id, mine?.state === "active");
      if (!row || !about || !may("school.seeForm", caller.actor, about)) return { refused: "request.notFound" };
      if (!may("school.change", caller.actor, about)) return { refused: "account.notAllowed" };
      if (!mayChangeForm(row.state)) return { refused: "school.notNow" };
      if (row.version !== version) return { refused: "school.changedMeanwhile", current: await seen(db, caller, id) };
      // Another country has another support service, which never looked at it.
      if (row.state === "validated" && form.country !== row.country) {
        return { refused: "request.malformed", fields: ["form.country"] };
      }
      const wrong = await misfitOf(db, caller, form, row);
      if (wrong) return wrong;
      const state = stateAfterChange(row.state);
      await updateSchool(db, id, form, state);
      const again = state !== row.state;
      await keepRegistryAct(db, again ? "submittedAgain" : "changed", caller.id, "school", id);
      if (again) {
        await tellService(db, form.country, {
          kind: "schoolSubmitted",
          facts: { ...factsOf(form), person: caller.name, link: `${origin}/desk` },
        });
      }
      return seen(db, caller, id);
    }),
  );
}

/** To mend a form that was refused is to send it again. */
function stateAfterChange(state: SchoolState): SchoolState {
  const then = nextSchool(state, { type: "submit" });
  return typeof then === "string" ? then : state;
}

/** What the lists do not have, and whose address the principal's may not be; undefined where everything fits. */
async function misfitOf(
  db: Queryable,
  { email }: Pick<Caller, "email">,
  form: SchoolForm,
  before: KeptForm | null,
): Promise<RefusedFields | undefined> {
  if (form.principalEmail === email && form.principalEmail !== before?.principalEmail) {
    return { refused: "school.ownPrincipal", fields: ["form.principalEmail"] };
  }
  // What was chosen when it was on the list stays.
  const fresh = (after: readonly string[], earlier: readonly string[] = []) =>
    after.filter((code) => code !== "" && !earlier.includes(code));
  const chosen: [keyof SchoolForm, ListName, string[]][] = [
    ["country", "country", fresh([form.country], [before?.country ?? ""])],
    ["region", "region", fresh([form.region], [before?.region ?? ""])],
    ["type", "schoolType", fresh([form.type], [before?.type ?? ""])],
    ["languages", "language", fresh(form.languages, before?.languages)],
    ["subjects", "subject", fresh(form.subjects, before?.subjects)],
  ];
  const wrong: string[] = [];
  for (const [field, list, codes] of chosen) {
    if ((await unknownCodes(db, list, codes)).length > 0) wrong.push(`form.${field}`);
  }
  if (form.region !== "" && !(await isRegionOf(db, form.region, form.country))) wrong.push("form.region");
  return wrong.length > 0 ? { refused: "request.malformed", fields: [...new Set(wrong)] } : undefined;
}

async function isRegionOf(db: Queryable, region: string, country: string): Promise<boolean> {
  const { rows } = await db.query(
    "select from list_entries where list = 'region' and code = $1 and facts ->> 'country' = $2",
    [region, country],
  );
  return rows.length > 0;
}

/** A country's number is one school's. The index says so, also of two who send it at the same moment. */
async function unlessNumberTaken<T>(work: () => Promise<T>): Promise<T | RefusedFields> {
  try {
    return await work();
  } catch (fault) {
    const isTaken = fault instanceof Error && "constraint" in fault && fault.constraint === "schools_number";
    if (!isTaken) throw fault;
    return { refused: "school.numberTaken", fields: ["form.number"] };
  }
}

/**
 * Tells the principal that their school is registered; once, however often it is called. To be called in the transaction
 * that validates the school. `origin`: the address of this server, for the link to the support service.
 */
export async function noticeToPrincipal(db: Queryable, school: Id, origin: string): Promise<void> {
  const { rows } = await db.query<{ to: string; language: string; principal: string; school: string; person: string }>(
    `update schools s set principal_told_at = now()
     where id = $1 and principal_told_at is null and principal_email <> ''
     returning principal_email as to, main_language as language, principal_name as principal, name as school,
       coalesce((select a.name from accounts a where a.id = s.submitted_by), '') as person`,
    [school],
  );
  const told = rows[0];
  if (!told) return;
  const { to, language, ...facts } = told;
  await writeLetter(db, { to, language, kind: "principalNotice", facts: { ...facts, link: `${origin}/find-help` } });
  await keepRegistryAct(db, "principalTold", null, "school", school);
}
