/** The report card of a project, for its teachers. */
import type { CardView, OneEntry, Plan, WritePlan } from "../../protocol/reports/card.ts";
import type {
  BeginEntry,
  Entries,
  EntryKind,
  EntrySaved,
  SaveEntry,
  ShareEntry,
} from "../../protocol/reports/entries.ts";
import { ask, query } from "../api.ts";
import { spaceAt } from "./space.ts";

const report = (project: string) => `${spaceAt(project)}/report`;
const one = (project: string, entry: string) => `${report(project)}/entries/${encodeURIComponent(entry)}`;

export const reportCard = (project: string) => ask<CardView>("GET", report(project));
export const entries = (project: string, kind: EntryKind | null, after: string | null = null) =>
  ask<Entries>("GET", `${report(project)}/entries${query({ kind, after })}`);
export const entry = (project: string, id: string) => ask<OneEntry>("GET", one(project, id));
export const beginEntry = (project: string, body: BeginEntry) =>
  ask<OneEntry>("POST", `${report(project)}/entries`, body);
export const saveEntry = (project: string, id: string, body: SaveEntry) =>
  ask<EntrySaved>("PATCH", one(project, id), body);
export const removeEntry = (project: string, id: string) => ask<void>("DELETE", one(project, id));
export const restoreEntry = (project: string, id: string) => ask<OneEntry>("POST", `${one(project, id)}/restore`);
export const shareEntry = (project: string, id: string, body: ShareEntry) =>
  ask<OneEntry>("POST", `${one(project, id)}/share`, body);
export const unshareEntry = (project: string, id: string) => ask<OneEntry>("POST", `${one(project, id)}/unshare`);
export const writePlan = (project: string, body: WritePlan) => ask<Plan>("PUT", `${report(project)}/plan`, body);
export const dismissOffer = (project: string, item: string) =>
  ask<void>("POST", `${report(project)}/offers/${encodeURIComponent(item)}/dismiss`);
/** It is offered again. */
export const keepOffer = (project: string, item: string) =>
  ask<void>("DELETE", `${report(project)}/offers/${encodeURIComponent(item)}/dismiss`);

/** A last save as the page is left: nobody waits for its answer. */
export function saveEntryGoing(project: string, id: string, body: SaveEntry): void {
  void fetch(one(project, id), {
    method: "PATCH",
    keepalive: true,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(body),
  }).catch(() => {});
}

/** An address, for a link. */
export const reportPdfAt = (project: string): string => `${report(project)}.pdf`;
