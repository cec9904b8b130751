/** Names of time zones as calendar files write them. What a file says about a zone itself is never looked at. */

/** As Windows calls those of our schools. */
const windowsNames: Readonly<Record<string, string>> = {
  "GMT Standard Time": "Europe/London",
  "Greenwich Standard Time": "Atlantic/Reykjavik",
  "W. Europe Standard Time": "Europe/Berlin",
  "Central Europe Standard Time": "Europe/Budapest",
  "Central European Standard Time": "Europe/Warsaw",
  "Romance Standard Time": "Europe/Paris",
  "GTB Standard Time": "Europe/Bucharest",
  "FLE Standard Time": "Europe/Helsinki",
  "E. Europe Standard Time": "Europe/Chisinau",
  "Turkey Standard Time": "Europe/Istanbul",
  "Azores Standard Time": "Atlantic/Azores",
  "Caucasus Standard Time": "Asia/Yerevan",
  "Georgian Standard Time": "Asia/Tbilisi",
  "Azerbaijan Standard Time": "Asia/Baku",
  "Middle East Standard Time": "Asia/Beirut",
  "Jordan Standard Time": "Asia/Amman",
  "W. Central Africa Standard Time": "Africa/Tunis",
};

/** The IANA zone of that name, also where a program's own path stands before it; undefined when there is none. */
export function zoneNamed(name: string): string | undefined {
  const plain = name.replaceAll('"', "").trim().slice(0, 100);
  const town = /[A-Za-z]+\/[A-Za-z_]+(?:\/[A-Za-z_]+)?$/.exec(plain)?.[0];
  return [windowsNames[plain], plain, town].find((zone) => zone !== undefined && isZone(zone));
}

function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
