/** What a kind of file is called, by the type that was found in it. Null: nothing more is known than that it is a file. */
import { t } from "../words/words.ts";

/** Names of their own, the same in every language. */
const names: Readonly<Record<string, string>> = {
  "application/pdf": "PDF",
  "application/zip": "ZIP",
  "application/epub+zip": "EPUB",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word (DOCX)",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint (PPTX)",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel (XLSX)",
  "application/vnd.oasis.opendocument.text": "OpenDocument (ODT)",
  "application/vnd.oasis.opendocument.presentation": "OpenDocument (ODP)",
  "application/vnd.oasis.opendocument.spreadsheet": "OpenDocument (ODS)",
  "video/quicktime": "QuickTime (MOV)",
  "audio/mpeg": "MP3",
};

export function typeInWords(type: string): string | null {
  const bare = type.replace(/;.*$/, "");
  if (bare === "text/plain") return t("materials.typeText");
  const [family = "", kind = ""] = bare.split("/");
  const isShown = family === "image" || family === "video" || family === "audio";
  return names[bare] ?? (isShown ? kind.toUpperCase() : null);
}
