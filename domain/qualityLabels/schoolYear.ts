/** The school year, by which applications are counted: from 1 September to 31 August, by the school's own calendar. */

export interface SchoolYear {
  /** Its first day, `2026-09-01`. */
  readonly from: string;
  /** Its last one, `2027-08-31`. */
  readonly to: string;
}

/** @param day `2026-11-24`, where the school is */
export function schoolYearOf(day: string): SchoolYear {
  const [year = 0, month = 1] = day.split("-").map(Number);
  const begins = month >= 9 ? year : year - 1;
  const written = (one: number) => String(one).padStart(4, "0");
  return { from: `${written(begins)}-09-01`, to: `${written(begins + 1)}-08-31` };
}
