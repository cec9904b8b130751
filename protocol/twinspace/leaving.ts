/** A project leaves as one file, and comes in from one. */
import * as z from "zod";
import { At, Id } from "../ids.ts";
import { OneSpace } from "./space.ts";

export const OneExport = OneSpace.extend({ export: Id });
export const OneImport = OneSpace.extend({ import: Id });

export const ExportView = z.strictObject({
  id: Id,
  state: z.enum(["queued", "running", "ready", "failed"]),
  percent: z.int(),
  bytes: z.int().nullable(),
  askedAt: At,
  /** Until when a ready one can be downloaded. */
  until: At.nullable(),
});
export type ExportView = z.infer<typeof ExportView>;

/** What an import brings. */
export const ImportSummary = z.strictObject({
  title: z.string(),
  exportedAt: At,
  pages: z.int(),
  materials: z.int(),
  bytes: z.int(),
  calendar: z.int(),
  threads: z.int(),
  updates: z.int(),
  meetings: z.int(),
  /** Of the report card. What was looked through before there was one says nothing of it. */
  reportEntries: z.int().default(0),
});
export type ImportSummary = z.infer<typeof ImportSummary>;

export const ImportView = z.strictObject({
  id: Id,
  state: z.enum(["read", "running", "done", "failed"]),
  /** The refusal it failed with. */
  why: z.string().nullable(),
  summary: ImportSummary,
});
export type ImportView = z.infer<typeof ImportView>;

export const Leaving = z.strictObject({
  exports: z.array(ExportView),
  /** Null where who asks may not import at all. */
  mayImport: z.enum(["yes", "notEmpty", "readOnly"]).nullable(),
  imported: ImportView.nullable(),
});
export type Leaving = z.infer<typeof Leaving>;
