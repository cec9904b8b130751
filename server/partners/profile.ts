/** What staff say of themselves as partners. */
import type { PartnerProfile } from "../../protocol/http/partners.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Queryable } from "../../storage/pool.ts";
import type { RefusedFields } from "../http/route.ts";
import { unknownCodes } from "../registry/lists.ts";

export async function profileOf(db: Queryable, account: Id): Promise<PartnerProfile | undefined> {
  const { rows } = await db.query<PartnerProfile>(
    `select available, bio, languages, subjects, wanted_countries as "wantedCountries" from accounts where id = $1`,
    [account],
  );
  return rows[0];
}

/** What has ended since it was chosen may stay; what is new must be in its list today. */
export async function changeProfile(
  db: Queryable,
  account: Id,
  profile: PartnerProfile,
): Promise<PartnerProfile | RefusedFields> {
  const before = await profileOf(db, account);
  if (!before) return { refused: "account.signedOut" };
  const fields = await wrongCodes(db, profile, before);
  if (fields.length > 0) return { refused: "request.malformed", fields };
  const { available, bio, languages, subjects, wantedCountries } = profile;
  await db.query(
    `update accounts set available = $2, bio = $3, languages = $4, subjects = $5, wanted_countries = $6 where id = $1`,
    [account, available, bio, languages, subjects, wantedCountries],
  );
  return profile;
}

interface Chosen {
  languages: readonly string[];
  subjects: readonly string[];
  wantedCountries: readonly string[];
}

/** The fields in which something was chosen that may not be. */
export async function wrongCodes(db: Queryable, now: Chosen, before: Chosen | null): Promise<string[]> {
  const lists = { languages: "language", subjects: "subject", wantedCountries: "country" } as const;
  // The keys are those just above, which Object.keys forgets.
  const fields = Object.keys(lists) as (keyof typeof lists)[];
  const wrong = await Promise.all(
    fields.map((field) =>
      unknownCodes(
        db,
        lists[field],
        now[field].filter((code) => !before?.[field].includes(code)),
      ),
    ),
  );
  return fields.filter((_, i) => (wrong[i]?.length ?? 0) > 0);
}
