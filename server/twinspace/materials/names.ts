/** What a file is called where it is saved. Names are what people wrote: they name nothing on this server's disk. */

const endings: Readonly<Record<string, readonly string[]>> = {
  "image/jpeg": ["jpg", "jpeg", "jpe", "jfif"],
  "image/png": ["png"],
  "image/gif": ["gif"],
  "image/webp": ["webp"],
  "video/mp4": ["mp4", "m4v"],
  "video/quicktime": ["mov", "qt"],
  "video/webm": ["webm"],
  "video/ogg": ["ogv", "ogg"],
  "audio/mpeg": ["mp3"],
  "audio/mp4": ["m4a", "mp4"],
  "audio/wav": ["wav"],
  "audio/ogg": ["ogg", "oga", "opus"],
  "audio/flac": ["flac"],
  "audio/aac": ["aac"],
  "application/pdf": ["pdf"],
  "application/zip": ["zip"],
};
/** What a double click would run is saved under a name that no double click runs. */
const runs =
  /\.(exe|com|bat|cmd|scr|pif|msi|msix|appx|jar|js|jse|mjs|vbs|vbe|wsf|wsh|hta|ps1|psm1|lnk|url|reg|cpl|dll|html?|xhtml|shtml|svgz?|xml|xsl|mht(ml)?|swf|command|app|sh|desktop|apk|dmg|pkg|iso)$/i;

/** With an ending that says what it is, whatever it was called. */
export function nameToSave(name: string, type: string): string {
  const safe =
    name
      .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, "")
      .replace(/[/\\:*?"<>|]/g, "-")
      .replace(/^[.\s]+|[.\s]+$/g, "")
      .slice(0, 180) || "file";
  const known = endings[type];
  if (known === undefined) return runs.test(safe) ? `${safe}.txt` : safe;
  const [, ending = ""] = /\.([a-z0-9]{1,5})$/i.exec(safe) ?? [];
  return known.includes(ending.toLowerCase()) ? safe : `${safe}.${known[0]}`;
}

/** RFC 6266: a name for old readers without what could end the header, and the whole one by RFC 5987. */
export function dispositionOf(how: "inline" | "attachment", name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const whole = encodeURIComponent(name).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${how}; filename="${plain}"; filename*=UTF-8''${whole}`;
}
