/** On which clock a school lives, by its country. */

/** Of countries where every school is on one clock. */
const onlyZones: Readonly<Record<string, string>> = {
  AL: "Europe/Tirane",
  AM: "Asia/Yerevan",
  AT: "Europe/Vienna",
  AZ: "Asia/Baku",
  BA: "Europe/Sarajevo",
  BE: "Europe/Brussels",
  BG: "Europe/Sofia",
  CH: "Europe/Zurich",
  CY: "Asia/Nicosia",
  CZ: "Europe/Prague",
  DE: "Europe/Berlin",
  EE: "Europe/Tallinn",
  FI: "Europe/Helsinki",
  GB: "Europe/London",
  GE: "Asia/Tbilisi",
  GR: "Europe/Athens",
  HR: "Europe/Zagreb",
  HU: "Europe/Budapest",
  IE: "Europe/Dublin",
  IS: "Atlantic/Reykjavik",
  IT: "Europe/Rome",
  JO: "Asia/Amman",
  LB: "Asia/Beirut",
  LI: "Europe/Vaduz",
  LT: "Europe/Vilnius",
  LU: "Europe/Luxembourg",
  LV: "Europe/Riga",
  MD: "Europe/Chisinau",
  ME: "Europe/Podgorica",
  MK: "Europe/Skopje",
  MT: "Europe/Malta",
  PL: "Europe/Warsaw",
  RO: "Europe/Bucharest",
  RS: "Europe/Belgrade",
  SE: "Europe/Stockholm",
  SI: "Europe/Ljubljana",
  SK: "Europe/Bratislava",
  TN: "Africa/Tunis",
  TR: "Europe/Istanbul",
  UA: "Europe/Kyiv",
};

/** Of countries with several, the one that most of their schools have. */
const usualZones: Readonly<Record<string, string>> = {
  DK: "Europe/Copenhagen",
  ES: "Europe/Madrid",
  FR: "Europe/Paris",
  NL: "Europe/Amsterdam",
  NO: "Europe/Oslo",
  PT: "Europe/Lisbon",
};

/**
 * What a school's teachers said; else its country's only zone; else where its founder's account is; else what is usual there.
 * `UTC` is what an account has that chose nothing.
 */
export function zoneOfSchool(country: string, said: string | null, founder: string | null): string {
  const chosen = founder === "UTC" ? null : founder;
  return said ?? onlyZones[country] ?? chosen ?? usualZones[country] ?? "UTC";
}
