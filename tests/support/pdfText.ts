/** Reads a PDF as far as its words need: which fonts are embedded in it, and what stands on it. */
import { inflateSync } from "node:zlib";

export interface ReadPdf {
  readonly text: string;
  /** Names of the fonts whose outlines are in the file. */
  readonly embedded: readonly string[];
  /** Names of fonts that a reader would have to have. */
  readonly missing: readonly string[];
  readonly pages: number;
  /** Points. */
  readonly size: readonly number[];
  readonly isTagged: boolean;
}

interface PdfObject {
  readonly dictionary: string;
  readonly stream: Buffer | undefined;
}

export function readPdf(bytes: Buffer): ReadPdf {
  const objects = objectsOf(bytes);
  const all = [...objects.values()];
  const fonts = all.filter(({ dictionary }) => /\/Type \/Font\b/.test(dictionary) && !/\/CIDFontType/.test(dictionary));
  const descriptors = all.filter(({ dictionary }) => /\/Type \/FontDescriptor/.test(dictionary));
  const page = all.find(({ dictionary }) => /\/Type \/Page\b/.test(dictionary))?.dictionary ?? "";
  return {
    text: textOf(objects),
    embedded: descriptors.filter(({ dictionary }) => /\/FontFile2/.test(dictionary)).map(nameOf("FontName")),
    missing: fonts.filter(({ dictionary }) => !/\/Subtype \/Type0/.test(dictionary)).map(nameOf("BaseFont")),
    pages: all.filter(({ dictionary }) => /\/Type \/Page\b/.test(dictionary)).length,
    size: (/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(page) ?? []).slice(1).map(Number),
    isTagged: all.some(({ dictionary }) => /\/Marked true/.test(dictionary)),
  };
}

const nameOf =
  (key: string) =>
  ({ dictionary }: PdfObject) =>
    new RegExp(`/${key} /(\\S+)`).exec(dictionary)?.[1] ?? "";

function objectsOf(bytes: Buffer): Map<string, PdfObject> {
  const file = bytes.toString("latin1");
  const objects = new Map<string, PdfObject>();
  for (const match of file.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [, id = "", body = ""] = match;
    const at = body.indexOf("stream\n");
    const dictionary = at < 0 ? body : body.slice(0, at);
    const raw = at < 0 ? undefined : Buffer.from(body.slice(at + 7, body.lastIndexOf("\nendstream")), "latin1");
    const packed = /\/Filter \/FlateDecode/.test(dictionary);
    objects.set(id, { dictionary, stream: raw && (packed ? inflateSync(raw) : raw) });
  }
  return objects;
}

/** Glyph numbers of each show operator, back to letters by the font's own table. */
function textOf(objects: ReadonlyMap<string, PdfObject>): string {
  const tables = new Map<string, Map<string, string>>();
  for (const { dictionary } of objects.values()) {
    for (const [, fonts = ""] of dictionary.matchAll(/\/Font <<([\s\S]*?)>>/g)) {
      for (const [, name = "", id = ""] of fonts.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
        const cmap = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id)?.dictionary ?? "")?.[1] ?? "";
        tables.set(name, lettersOf(objects.get(cmap)?.stream?.toString("latin1") ?? ""));
      }
    }
  }
  const lines: string[] = [];
  for (const { stream } of objects.values()) {
    const content = stream?.toString("latin1") ?? "";
    if (!/\bBT\b[\s\S]*\bTJ\b/.test(content)) continue;
    let table = new Map<string, string>();
    for (const [, font, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (font !== undefined) table = tables.get(font) ?? new Map();
      const glyphs = [...(shown ?? "").matchAll(/<([0-9a-f]+)>/gi)].flatMap(([, hex = ""]) => hex.match(/.{4}/g) ?? []);
      if (shown !== undefined) lines.push(glyphs.map((glyph) => table.get(glyph.toLowerCase()) ?? "?").join(""));
    }
  }
  return lines.join("\n");
}

function lettersOf(cmap: string): Map<string, string> {
  const letters = new Map<string, string>();
  const decode = (hex: string) => Buffer.from(hex.replace(/\s/g, ""), "hex").swap16().toString("utf16le");
  for (const [, from = "", list = ""] of cmap.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi)) {
    [...list.matchAll(/<([0-9a-f ]*)>/gi)].forEach(([, hex = ""], index) => {
      letters.set((Number.parseInt(from, 16) + index).toString(16).padStart(4, "0"), decode(hex));
    });
  }
  return letters;
}
