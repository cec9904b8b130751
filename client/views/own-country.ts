/** Where somebody probably is, by what their browser says of their language; empty when it says no country. */
export function ownCountry(tags: readonly string[], known: readonly string[]): string {
  for (const tag of tags) {
    const region = regionOf(tag);
    if (region !== undefined && known.includes(region)) return region;
  }
  return "";
}

/** Only what is said: "pt-PT" is Portugal, "pt" may be anywhere. */
function regionOf(tag: string): string | undefined {
  try {
    return new Intl.Locale(tag).region;
  } catch {
    return undefined;
  }
}
