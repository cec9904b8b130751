/** Support services: what they say of themselves, who works there. The central one makes them and appoints. */
import { may } from "../../domain/permissions.ts";
import {
  Appoint,
  NewService,
  OneOfStaff,
  OneService,
  type Service,
  ServiceFacts,
  Services,
} from "../../protocol/http/services.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";
import { inTransaction, type Pool, type Queryable } from "../../storage/pool.ts";
import { type Caller, type RefusedFields, type Route, route } from "../http/route.ts";
import { newId } from "../ids.ts";
import { writeLetter } from "../mail/letters.ts";
import { unknownCodes } from "./lists.ts";

const limit = { times: 240, perMs: 60_000, per: "account" } as const;

export function serviceRoutes({ pool }: { readonly pool: Pool }): Route[] {
  return [
    route({
      method: "get",
      path: "/api/desk/services",
      summary: "The support services: one's own, or all of them for the central one",
      action: "service.change",
      limit,
      answer: Services,
      handle: async ({ caller }) => ({ services: await servicesOf(pool, caller) }),
    }),
    route({
      method: "post",
      path: "/api/desk/services",
      summary: "Make the support service of a country that has none yet",
      action: "service.appoint",
      limit,
      body: NewService,
      answer: Services,
      handle: ({ caller }, { body }) => addService(pool, caller, body),
    }),
    route({
      method: "put",
      path: "/api/desk/services/:service",
      summary: "Change what a support service says of itself to everybody",
      action: "service.change",
      limit,
      params: OneService,
      body: ServiceFacts,
      answer: Services,
      handle: ({ caller }, { params, body }) => changeService(pool, caller, params.service, body),
    }),
    route({
      method: "post",
      path: "/api/desk/services/:service/staff",
      summary: "Appoint somebody with an account to a support service",
      action: "service.appoint",
      limit,
      params: OneService,
      body: Appoint,
      answer: Services,
      handle: ({ caller, origin }, { params, body }) => appoint(pool, caller, params.service, body.email, origin),
    }),
    route({
      method: "delete",
      path: "/api/desk/services/:service/staff/:account",
      summary: "Dismiss somebody from a support service, from their next request on",
      action: "service.appoint",
      limit,
      params: OneOfStaff,
      answer: Services,
      handle: ({ caller }, { params }) => dismiss(pool, caller, params.service, params.account),
    }),
  ];
}

/** Those that the caller may change, the central one first. */
async function servicesOf(db: Queryable, { actor }: Caller): Promise<Service[]> {
  const { rows } = await db.query<Omit<Service, "mayAppoint">>(
    `select v.id, v.country, v.name, v.email, v.website, v.languages,
       v.approves_added_partners as "approvesAddedPartners",
       coalesce((select jsonb_agg(jsonb_build_object('account', a.id, 'name', a.name, 'email', a.email,
                   'since', floor(extract(epoch from s.since) * 1000)) order by a.name, a.id)
                 from support_staff s join accounts a on a.id = s.account_id
                 where s.service_id = v.id and a.ended_at is null), '[]') as staff
     from support_services v order by v.country nulls first`,
  );
  const mayAppoint = may("service.appoint", actor, {});
  return rows.filter((service) => maySee(actor, service)).map((service) => ({ ...service, mayAppoint }));
}

const maySee = (actor: Caller["actor"], { country }: Pick<Service, "country">) =>
  may("service.change", actor, { countries: country === null ? [] : [country] });

async function addService(
  pool: Pool,
  caller: Caller,
  { country, name }: NewService,
): Promise<Services | RefusedFields> {
  if ((await unknownCodes(pool, "country", [country])).length > 0) {
    return { refused: "request.malformed", fields: ["country"] };
  }
  const { rowCount } = await pool.query(
    "insert into support_services (id, kind, country, name) values ($1, 'nss', $2, $3) on conflict (country) do nothing",
    [newId(), country, name],
  );
  if (rowCount === 0) return { refused: "service.exists", fields: ["country"] };
  return { services: await servicesOf(pool, caller) };
}

async function changeService(
  pool: Pool,
  caller: Caller,
  id: Id,
  { name, email, website, languages, approvesAddedPartners }: ServiceFacts,
): Promise<Services | RefusedFields> {
  const service = await findService(pool, id);
  if (!service || !maySee(caller.actor, service)) return { refused: "request.notFound" };
  const fresh = languages.filter((tag) => !service.languages.includes(tag));
  if ((await unknownCodes(pool, "language", fresh)).length > 0) {
    return { refused: "request.malformed", fields: ["languages"] };
  }
  await pool.query(
    `update support_services set name = $2, email = $3, website = $4, languages = $5, approves_added_partners = $6
     where id = $1`,
    [id, name, email, website, languages, approvesAddedPartners],
  );
  await keepServiceAct(pool, id, caller.id, "changed");
  return { services: await servicesOf(pool, caller) };
}

async function findService(db: Queryable, id: Id, lock = "") {
  const { rows } = await db.query<Pick<Service, "id" | "country" | "name" | "languages">>(
    `select id, country, name, languages from support_services where id = $1 ${lock}`,
    [id],
  );
  return rows[0];
}

async function keepServiceAct(db: Queryable, service: Id, by: Id, act: string, note = ""): Promise<void> {
  await db.query(
    "insert into registry_acts (by_account, kind, object_id, act, note) values ($1, 'service', $2, $3, $4)",
    [by, service, act, note],
  );
}

async function appoint(
  pool: Pool,
  caller: Caller,
  id: Id,
  email: string,
  origin: string,
): Promise<Services | RefusedFields> {
  return inTransaction(pool, async (db): Promise<Services | RefusedFields> => {
    const service = await findService(db, id, "for update");
    if (!service) return { refused: "request.notFound" };
    const { rows } = await db.query<{ id: Id; name: string; language: string }>(
      "select id, name, language from accounts where email = $1 and ended_at is null",
      [email],
    );
    const account = rows[0];
    if (!account) return { refused: "service.noAccount", fields: ["email"] };
    const { rowCount } = await db.query(
      "insert into support_staff (service_id, account_id, appointed_by) values ($1, $2, $3) on conflict do nothing",
      [id, account.id, caller.id],
    );
    if (rowCount === 1) {
      await keepServiceAct(db, id, caller.id, "appointed", account.id);
      const facts = { name: account.name, service: service.name, link: `${origin}/desk` };
      const to = { to: email, account: account.id, language: account.language };
      await writeLetter(db, { ...to, kind: "serviceAppointed", facts });
    }
    return { services: await servicesOf(db, caller) };
  });
}

/** Somebody always stays with the central service: nobody else could appoint again. */
async function dismiss(pool: Pool, caller: Caller, id: Id, account: Id): Promise<Services | Refused> {
  return inTransaction(pool, async (db): Promise<Services | Refused> => {
    const service = await findService(db, id, "for update");
    if (!service) return { refused: "request.notFound" };
    const { rows } = await db.query<{ account: Id }>(
      `select account_id as account from support_staff s join accounts a on a.id = s.account_id
       where service_id = $1 and a.ended_at is null`,
      [id],
    );
    if (service.country === null && rows.every((one) => one.account === account)) return { refused: "service.lastOne" };
    const { rowCount } = await db.query("delete from support_staff where service_id = $1 and account_id = $2", [
      id,
      account,
    ]);
    if (rowCount === 1) await keepServiceAct(db, id, caller.id, "dismissed", account);
    return { services: await servicesOf(db, caller) };
  });
}
