/** Pupils as people of their own school see them. */
import { guessesInAll, guessesInRow } from "../../../domain/twinspace/guesses.ts";
import { writePupilCode } from "../../../domain/twinspace/pupilCode.ts";
import type { Id } from "../../../protocol/ids.ts";
import type { OwnPupil } from "../../../protocol/twinspace/pupils.ts";
import type { Queryable } from "../../../storage/pool.ts";
import type { Secrets } from "../../../storage/secrets.ts";
import { openRosterName } from "./rosterNames.ts";

export interface OfSchools {
  readonly project: Id;
  readonly schools: readonly Id[];
}

type Row = Omit<OwnPupil, "name" | "lock" | "state"> & {
  sealed: Buffer | null;
  state: "active" | "locked" | "ended";
  isGuessed: boolean;
};

const columns = `u.id, u.roster_name as sealed, u.school_id as school, u.alias, u.picture, u.year_group as year, u.role,
  u.login_code as code, u.secret_kind as secret, u.state, u.seen_at as "seenAt",
  case when u.state = 'ended' then u.purge_after end as "erasedAt",
  coalesce(t.wrong >= ${guessesInRow} or t.wrong_in_all >= ${guessesInAll}, false) as "isGuessed"`;

/** Those of these schools, or of them only these pupils; erased ones are not there any more. By name, as a register is. */
export async function ownPupils(
  db: Queryable,
  secrets: Secrets,
  { project, schools }: OfSchools,
  only: readonly Id[] | null = null,
): Promise<OwnPupil[]> {
  const { rows } = await db.query<Row>(
    `select ${columns} from pupils u left join pupil_tries t on t.code = u.login_code
     where u.project_id = $1 and u.school_id = any($2) and u.state <> 'purged' and ($3::text[] is null or u.id = any($3))`,
    [project, schools, only],
  );
  const pupils = rows.map(({ sealed, isGuessed, state, ...pupil }): OwnPupil => {
    const lock = state === "locked" ? "teacher" : isGuessed && state === "active" ? "tries" : null;
    const name = openRosterName(secrets, pupil.id, sealed);
    return { ...pupil, name, lock, code: writePupilCode(pupil.code), state: state === "ended" ? "ended" : "active" };
  });
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  return pupils.sort((a, b) => compare(a.name ?? a.alias, b.name ?? b.alias));
}

/** How many of one school there are, ended ones too: their names are still kept. */
export async function countPupils(db: Queryable, project: Id, school: Id): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    "select count(*) from pupils where project_id = $1 and school_id = $2 and state <> 'purged'",
    [project, school],
  );
  return rows[0]?.count ?? 0;
}

/** Which of these aliases somebody in the project goes by already. */
export async function takenAliases(db: Queryable, project: Id, aliases: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ alias: string }>(
    `select w.alias from unnest($2::text[]) as w (alias)
     where exists (select from pupils u where u.project_id = $1 and u.state in ('active', 'locked')
       and lower(u.alias) = lower(w.alias))`,
    [project, aliases],
  );
  return new Set(rows.map(({ alias }) => alias));
}
