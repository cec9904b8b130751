/** Finding help: a country's support service, its ambassadors, a wish for a twilight session that reaches them by letter. */
import type * as z from "zod";
import {
  AskForTwilight,
  FindHelp,
  FoundHelp,
  type HelpingAmbassador,
  type HelpingService,
} from "../../protocol/http/help.ts";
import type { Id } from "../../protocol/ids.ts";
import { inTransaction, type Pool, type Queryable } from "../../storage/pool.ts";
import { type RefusedFields, type Route, route } from "../http/route.ts";
import { writeLetter } from "../mail/letters.ts";

const mostAmbassadors = 60;
/** Of one service, when it has no address of its own. */
const mostReaders = 10;

export function helpRoutes({ pool }: { readonly pool: Pool }): Route[] {
  return [
    route({
      method: "get",
      path: "/api/help",
      summary: "Who helps in a country: its support service, and ambassadors with their regions",
      action: "help.find",
      limit: { times: 600, perMs: 60_000, per: "network" },
      query: FindHelp,
      answer: FoundHelp,
      handle: (_context, { query }) => helpIn(pool, query.country, query.region ?? null),
    }),
    route({
      method: "post",
      path: "/api/help/twilight",
      summary: "Ask for a twilight session: the support service of the country gets it by letter",
      action: "help.ask",
      limit: [
        { times: 10, perMs: 3_600_000, per: "network" },
        { times: 10, perMs: 3_600_000, per: "account" },
      ],
      body: AskForTwilight,
      handle: ({ origin }, { body }) => askForTwilight(pool, origin, body),
    }),
  ];
}

interface ServiceRow extends HelpingService {
  id: Id;
}

/** The country's own service, and the central one behind it. */
async function servicesFor(db: Queryable, country: string): Promise<ServiceRow[]> {
  const { rows } = await db.query<ServiceRow>(
    `select id, name, country, email, website, languages from support_services
     where country = $1 or country is null order by country nulls last`,
    [country],
  );
  return rows;
}

interface Reader {
  email: string;
  language: string;
}

/** Where letters to the first of these services that has anybody are read: at its own address, else by who works there. */
async function readersOf(db: Queryable, services: readonly ServiceRow[]): Promise<Reader[]> {
  for (const service of services) {
    if (service.email !== "") return [{ email: service.email, language: service.languages[0] ?? "en" }];
    const { rows } = await db.query<Reader>(
      `select a.email, a.language from support_staff s join accounts a on a.id = s.account_id
       where s.service_id = $1 and a.ended_at is null order by s.since limit ${mostReaders}`,
      [service.id],
    );
    if (rows.length > 0) return rows;
  }
  return [];
}

async function helpIn(db: Queryable, country: string, region: string | null): Promise<FoundHelp> {
  const services = await servicesFor(db, country);
  const [service] = services;
  const { rows: ambassadors } = await db.query<HelpingAmbassador>(
    `select a.id, a.name, b.regions, b.languages
     from ambassadors b join accounts a on a.id = b.account_id
     where b.listed and b.country = $1 and a.ended_at is null and a.password_hash is not null
     order by ($2 = any (b.regions)) desc nulls last, cardinality(b.regions) = 0 desc, lower(a.name), a.id
     limit ${mostAmbassadors}`,
    [country, region],
  );
  const reachable = (await readersOf(db, services)).length > 0;
  return { service: service ? shownService(service) : null, ambassadors, reachable };
}

const shownService = ({ id: _, ...shown }: ServiceRow): HelpingService => shown;

/** One letter to each who reads for the service, and one to the ambassador who was named. */
async function askForTwilight(
  pool: Pool,
  origin: string,
  { country, ambassador, name, ...wish }: z.output<typeof AskForTwilight>,
): Promise<RefusedFields | undefined> {
  return inTransaction(pool, async (db) => {
    const readers = await readersOf(db, await servicesFor(db, country));
    if (readers.length === 0) return { refused: "help.nobody" };
    const named = ambassador === null ? undefined : await ambassadorOf(db, country, ambassador);
    if (ambassador !== null && !named) return { refused: "request.malformed", fields: ["ambassador"] };
    for (const { email, language } of [...readers, ...(named ? [named] : [])]) {
      await writeLetter(db, {
        ...{ to: email, language, kind: "twilightAsked" },
        facts: { person: name, ...wish, country, ambassador: named?.name ?? "", link: `${origin}/find-help` },
      });
    }
    return undefined;
  });
}

async function ambassadorOf(
  db: Queryable,
  country: string,
  account: Id,
): Promise<(Reader & { name: string }) | undefined> {
  const { rows } = await db.query<Reader & { name: string }>(
    `select a.name, a.email, a.language from ambassadors b join accounts a on a.id = b.account_id
     where b.account_id = $1 and b.listed and b.country = $2 and a.ended_at is null`,
    [account, country],
  );
  return rows[0];
}
