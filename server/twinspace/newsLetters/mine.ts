/** The bell: what is new in all of somebody's TwinSpaces, their unread mail, and to what they are invited. */
import * as z from "zod";
import type { Id } from "../../../protocol/ids.ts";
import type { MyNews, NewsCounts, WaitingInvitation } from "../../../protocol/twinspace/news.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { keyOf } from "../../http/cursor.ts";
import type { RefusedFields } from "../../http/route.ts";
import { invitationLastsMs } from "../../projects/rows.ts";
import { countUnread } from "../correspondence/reading.ts";
import type { Space } from "../insider.ts";
import { afterNews, type FoundNews, findNews } from "../newsShown.ts";
import { spacesOfAccount } from "../ownSpaces.ts";

const pageLength = 30;
const mostCounted = 50;

const Key = z.tuple([z.number(), z.number()]);

export async function myNews(
  db: Queryable,
  me: Id,
  after: string | undefined,
  now: number,
): Promise<MyNews | RefusedFields> {
  if (after !== undefined && !keyOf(after, Key)) return { refused: "request.malformed", fields: ["after"] };
  const spaces = await spacesOfAccount(db, me, now);
  const found = await newestOf(db, spaces, pageLength + 1, { before: after });
  const page = found.slice(0, pageLength);
  const last = found.length > pageLength ? page.at(-1) : undefined;
  return {
    invitations: after === undefined ? await invitationsOf(db, me, now) : [],
    news: page.map(({ item, space: { project } }) => ({
      ...item,
      project: { slug: project.slug, title: project.title },
    })),
    seenAt: await seenAt(db, me),
    next: last ? afterNews(last) : null,
  };
}

type Found = FoundNews & { readonly space: Space };

async function newestOf(
  db: Queryable,
  spaces: readonly Space[],
  limit: number,
  asked: { before?: string | undefined; since?: number },
): Promise<Found[]> {
  const all: Found[] = [];
  for (const space of spaces) {
    const answer = await findNews(db, space, { limit, ofOthers: true, ...asked });
    all.push(...(answer?.found ?? []).map((found) => ({ ...found, space })));
  }
  return all.sort((a, b) => b.item.at - a.item.at || b.id - a.id).slice(0, limit);
}

async function invitationsOf(db: Queryable, me: Id, now: number): Promise<WaitingInvitation[]> {
  const { rows } = await db.query<{ slug: string; title: string; role: string; at: number }>(
    `select p.slug, p.title, m.role, m.at from project_members m join projects p on p.id = m.project_id
     where m.account_id = $1 and m.state = 'invited'
       and (m.role = 'founder' and p.state = 'draft'
         or p.state = 'active' and m.at > to_timestamp($2::float8 / 1000))
     order by m.at desc limit 50`,
    [me, now - invitationLastsMs],
  );
  return rows.map(({ slug, title, role, at }) => ({
    project: { slug, title },
    path:
      role === "expert" || role === "observer"
        ? `/twinspace/${encodeURIComponent(slug)}/invitation`
        : `/projects/${encodeURIComponent(slug)}`,
    at,
  }));
}

async function seenAt(db: Queryable, me: Id): Promise<number> {
  const { rows } = await db.query<{ at: number }>("select seen_at as at from news_readers where account_id = $1", [me]);
  return rows[0]?.at ?? 0;
}

export async function countNews(db: Queryable, me: Id, now: number): Promise<NewsCounts> {
  const since = await seenAt(db, me);
  const spaces = await spacesOfAccount(db, me, now, { since, until: now });
  const fresh = await newestOf(db, spaces, mostCounted, { since });
  const invitations = await invitationsOf(db, me, now);
  const { rows } = await db.query<{ mails: boolean }>(
    `select exists (select from project_members m join projects p on p.id = m.project_id
         where m.account_id = $1 and m.state = 'accepted' and p.activated_at is not null)
       or exists (select from conversation_people where account_id = $1 and removed_at is null) as mails`,
    [me],
  );
  return {
    news: Math.min(mostCounted, fresh.length + invitations.length),
    mail: await countUnread(db, me),
    mails: rows[0]?.mails ?? false,
  };
}
