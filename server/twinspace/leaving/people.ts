/** Who is in a project that leaves: adults by their name, pupils by their alias, never by what the roster calls them. */
import type { Id } from "../../../protocol/ids.ts";
import type { ExportedPerson } from "../../../protocol/twinspace/exported.ts";
import type { SpaceRoleName } from "../../../protocol/twinspace/space.ts";
import type { Queryable } from "../../../storage/pool.ts";
import { peopleOf } from "../names.ts";

export class People {
  readonly #db: Queryable;
  readonly #project: Id;
  readonly #roles = new Map<string, SpaceRoleName>();
  readonly #known = new Map<string, ExportedPerson>();

  private constructor(db: Queryable, project: Id) {
    this.#db = db;
    this.#project = project;
  }

  /** With everybody who is in it now. */
  static async of(db: Queryable, project: Id): Promise<People> {
    const people = new People(db, project);
    const { rows } = await db.query<{ author: string; role: SpaceRoleName }>(
      `select 'account:' || account_id as author, role from project_members where project_id = $1 and state = 'accepted'
       union all
       select 'pupil:' || id, role from pupils where project_id = $1 and state in ('active', 'locked')`,
      [project],
    );
    for (const { author, role } of rows) people.#roles.set(author, role);
    await people.look(rows.map(({ author }) => author));
    return people;
  }

  async look(authors: readonly string[]): Promise<void> {
    const fresh = authors.filter((author) => !this.#known.has(author));
    for (const [author, { kind, name, school }] of await peopleOf(this.#db, this.#project, fresh)) {
      const role = this.#roles.get(author) ?? null;
      this.#known.set(author, { id: `p${this.#known.size + 1}`, kind, name, role, school: school?.name ?? null });
    }
  }

  get(author: string): ExportedPerson {
    const person = this.#known.get(author);
    if (!person) throw new Error("Somebody was not looked up");
    return person;
  }

  all(): ExportedPerson[] {
    return [...this.#known.values()];
  }
}
