/** Names that hold for one editor, and for one tab. `crypto.randomUUID` is not there without https. */
export function newClientId(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const key = "twinlight.tab";

/** The same after a reload; another one in another tab. */
export function thisTab(): string {
  try {
    const known = sessionStorage.getItem(key);
    if (known !== null) return known;
    const made = newClientId();
    sessionStorage.setItem(key, made);
    return made;
  } catch {
    return "only";
  }
}
