/** What somebody wrote into "Meeting code": a code said aloud, with spaces and capitals, or a whole link. */

const shape = /^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/;

/**
 * The address of the meeting that `text` names, with its key if it was a link: `/m/two-rivers#k=…`. Undefined when there
 * is no code in it. Of a link only the path counts: a link of another server leads to this one's door, which then refuses.
 */
export function doorOf(text: string): string | undefined {
  const [, pasted, key] = /\/[mr]\/([^/?#\s]+)[^#]*(?:#k=([A-Za-z0-9_-]{3,40}))?/.exec(text) ?? [];
  // An address of something else is not a code with odd letters.
  if (pasted === undefined && text.includes("/")) return undefined;
  const code = codeOf(pasted ?? text);
  if (code === undefined) return undefined;
  return key === undefined ? `/m/${code}` : `/m/${code}#k=${key}`;
}

/** A code of ours without its dashes: four groups of two syllables. */
const spokenInOne = /^(?:[bdfghjklmnprstvz][aeiou]){8}$/;

/** "Two rivers", "two–rivers." and "TWO-RIVERS" are `two-rivers`; of the codes made here the dashes may be anywhere. */
function codeOf(text: string): string | undefined {
  const code = text
    .toLowerCase()
    .replace(/[\s\p{Pd}_.,]+/gu, "-")
    .replace(/[^a-z0-9-]/g, "")
    .replace(/-{2,}/g, "-")
    .replace(/^-|-$/g, "");
  const letters = code.replaceAll("-", "");
  if (spokenInOne.test(letters)) return letters.replace(/(.{4})(?=.)/g, "$1-");
  return shape.test(code) ? code : undefined;
}
