/** The project's chat: one for all its members, kept for 90 days. */
import * as z from "zod";
import type { Id } from "../../../protocol/ids.ts";
import type { Refused } from "../../../protocol/refusals.ts";
import type { ChatMessages, ChatSettings } from "../../../protocol/twinspace/chat.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { cursorOf, keyOf } from "../../http/cursor.ts";
import type { RefusedFields } from "../../http/route.ts";
import { newId } from "../../ids.ts";
import { isPupil, isTeacher, type Space } from "../insider.ts";
import { asSaid, atParam, hiddenColumns, type SaidRow } from "./said.ts";

const pageLength = 50;
/** Asking again for what is shown gives at most so many, the newest. */
const mostAgain = 300;
const Key = z.tuple([z.int(), z.string()]);
const columns = `t.id, t.at, t.author, t.words, null::timestamptz as "editedAt", ${hiddenColumns}`;

/** The newest ones; those before a message; or one and everything since. */
export async function listMessages(
  db: Queryable,
  space: Space,
  { before, from }: { before?: string | undefined; from?: string | undefined },
): Promise<ChatMessages | RefusedFields> {
  const asked = before ?? from;
  const key = asked === undefined ? [null, null] : keyOf(asked, Key);
  if (key === undefined) return { refused: "request.malformed", fields: [before === undefined ? "from" : "before"] };
  const isAgain = before === undefined && from !== undefined;
  const most = isAgain ? mostAgain : pageLength;
  const { rows } = await db.query<SaidRow>(
    `select ${columns} from chat_messages t where t.project_id = $1 and t.removed_at is null
       and ($2::bigint is null or (t.at, t.id) ${isAgain ? ">=" : "<"} (${atParam(2)}, $3))
     order by t.at desc, t.id desc limit ${most + 1}`,
    [space.project.id, ...key],
  );
  const shown = rows.slice(0, most).reverse();
  const first = shown[0];
  const here = first ? cursorOf([first.at, first.id]) : null;
  const settings = await settingsOf(db, space.project.id);
  return {
    // What was said in a chat is answered, not changed.
    messages: (await asSaid(db, space, shown)).map((message) => ({ ...message, mayEdit: false })),
    earlier: rows.length > most || (isAgain && first && (await hasBefore(db, space.project.id, first))) ? here : null,
    from: here,
    settings,
    mayWrite: mayWrite(space, settings),
    maySwitch: isTeacher(space.me) && space.project.state === "active",
  };
}

async function hasBefore(db: Queryable, project: Id, { at, id }: SaidRow): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from chat_messages where project_id = $1 and removed_at is null and (at, id) < (${atParam(2)}, $3) limit 1`,
    [project, at, id],
  );
  return rowCount === 1;
}

export async function settingsOf(db: Queryable, project: Id): Promise<ChatSettings> {
  const { rows } = await db.query<ChatSettings>("select open, pupils from chat_settings where project_id = $1", [
    project,
  ]);
  return rows[0] ?? { open: true, pupils: true };
}

function mayWrite({ project, me }: Space, { open, pupils }: ChatSettings): ChatMessages["mayWrite"] {
  if (project.state !== "active" || me.role === "observer" || me.role === "visitor") return "no";
  // Also to teachers: what is closed is closed, and they can open it again.
  if (!open) return "closed";
  return isPupil(me) && !pupils ? "pupilsOff" : "yes";
}

export async function writeMessage(
  db: Queryable,
  space: Space,
  words: string,
  now: number,
): Promise<{ id: Id } | Refused> {
  const allowed = mayWrite(space, await settingsOf(db, space.project.id));
  if (allowed === "closed") return { refused: "chat.closed" };
  if (allowed === "pupilsOff") return { refused: "chat.pupilsOff" };
  if (allowed === "no") return { refused: "account.notAllowed" };
  const id = newId();
  await db.query(
    `insert into chat_messages (id, project_id, author, words, at) values ($1, $2, $3, $4, ${atParam(5)})`,
    [id, space.project.id, space.me.author, words, now],
  );
  return { id };
}

export async function switchChat(db: Queryable, project: Id, { open, pupils }: ChatSettings): Promise<void> {
  await db.query(
    `insert into chat_settings (project_id, open, pupils) values ($1, $2, $3)
     on conflict (project_id) do update set open = excluded.open, pupils = excluded.pupils`,
    [project, open, pupils],
  );
}
