/** Materials as rows, and as whoever asks may see them. */
import type { Id } from "../../../protocol/ids.ts";
import type { Licence, MaterialCard, MaterialKind, Shows } from "../../../protocol/twinspace/materials.ts";
import type { Person } from "../../../protocol/twinspace/space.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { type Insider, isAdmin, isTeacher } from "../insider.ts";
import { peopleOf } from "../names.ts";

export interface MaterialRow {
  id: Id;
  folder: Id | null;
  kind: MaterialKind;
  name: string;
  type: string;
  bytes: number;
  sha256: Buffer | null;
  width: number | null;
  height: number | null;
  sizes: number[];
  link: string | null;
  licence: Licence;
  credit: string;
  alt: string;
  decorative: boolean;
  shows: Shows;
  description: string;
  author: string;
  createdAt: number;
  removedAt: number | null;
  removedBy: string | null;
  hiddenAt: number | null;
  hiddenReason: string | null;
}

export const materialColumns = `m.id, m.folder_id as folder, m.kind, m.name, m.type, m.bytes, m.sha256, m.width, m.height, m.sizes,
  m.link, m.licence, m.credit, m.alt, m.decorative, m.shows, m.description, m.author, m.created_at as "createdAt",
  m.removed_at as "removedAt", m.removed_by as "removedBy", m.hidden_at as "hiddenAt", m.hidden_reason as "hiddenReason"`;

/** In this project, removed or not. */
export async function materialRow(
  db: Queryable,
  project: Id,
  material: Id,
  { lock = false } = {},
): Promise<MaterialRow | undefined> {
  const { rows } = await db.query<MaterialRow>(
    `select ${materialColumns} from materials m where m.id = $1 and m.project_id = $2 ${lock ? "for update" : ""}`,
    [material, project],
  );
  return rows[0];
}

/** Their own, or everybody's for who keeps the order here. */
export const mayChange = (me: Insider, { author }: Pick<MaterialRow, "author">): boolean =>
  isAdmin(me) || me.role === "expert" || (author === me.author && me.role !== "observer" && me.role !== "visitor");

/** What is hidden has its words and its file for teachers only. */
export const isHiddenFrom = (me: Insider, { hiddenAt }: Pick<MaterialRow, "hiddenAt">): boolean =>
  hiddenAt !== null && !isTeacher(me);

const nobody = (author: string): Person => ({ author, kind: "adult", name: "", picture: null, school: null });

export async function cardsOf(
  db: Queryable,
  project: Id,
  me: Insider,
  rows: readonly MaterialRow[],
): Promise<MaterialCard[]> {
  const people = await peopleOf(
    db,
    project,
    rows.map(({ author }) => author),
  );
  return rows.map((row) => cardOf(row, me, people.get(row.author) ?? nobody(row.author)));
}

function cardOf(row: MaterialRow, me: Insider, author: Person): MaterialCard {
  const { id, kind, type, bytes, width, height, sizes, decorative, shows, createdAt } = row;
  const hidden = row.hiddenAt === null ? null : { reason: isTeacher(me) ? row.hiddenReason : null };
  const card = { id, kind, author, createdAt, hidden, mayChange: mayChange(me, row) };
  if (isHiddenFrom(me, row)) {
    const blank = { name: "", type: "", bytes: 0, width: null, height: null, sizes: [], link: null, alt: "" };
    return { ...card, ...blank, decorative: false, shows: "unknown", mayChange: false };
  }
  const { name, link, alt } = row;
  return { ...card, name, type, bytes, width, height, sizes, link, alt, decorative, shows };
}
