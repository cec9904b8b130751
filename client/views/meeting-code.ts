/** What somebody wrote into "Meeting code": a code said aloud, with spaces and capitals, or a whole link. */

const shape = /^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/;

/**
 * The address of the meeting that `text` names, with its key if it was a link: `/m/blue-otter-42#k=…`. Undefined when there
 * is no code in it. Of a link only the path counts: a link of another server leads to this one's door, which then refuses.
 */
export function doorOf(text: string): string | undefined {
  const [, pasted, key] = /\/[mr]\/([^/?#\s]+)[^#]*(?:#k=([A-Za-z0-9_-]{3,40}))?/.exec(text) ?? [];
  const code = codeOf(pasted ?? text);
  if (code === undefined) return undefined;
  return key === undefined ? `/m/${code}` : `/m/${code}#k=${key}`;
}

/** "Blue otter 42", "blue–otter–42." and "BLUE-OTTER-42" are the code `blue-otter-42`. */
function codeOf(text: string): string | undefined {
  const code = text
    .toLowerCase()
    .replace(/[\s\p{Pd}_.,]+/gu, "-")
    .replace(/[^a-z0-9-]/g, "")
    .replace(/-{2,}/g, "-")
    .replace(/^-|-$/g, "");
  return shape.test(code) ? code : undefined;
}
