import type {
  Decide,
  Decided,
  Desk,
  DeskItem,
  DeskItemSeen,
  DeskItems,
  DeskKind,
  DeskRef,
  Figures,
  Shelf,
} from "../../protocol/http/desk.ts";
import type { AddEntry, ChangeEntry, EditedEntries, EditedEntry, ListName } from "../../protocol/http/lists.ts";
import type { NewService, ServiceFacts, Services } from "../../protocol/http/services.ts";
import { type Answer, ask, isRefused } from "../api.ts";

const at = encodeURIComponent;

export interface DeskFilter {
  readonly shelf: Shelf;
  readonly kind: DeskKind | "";
  readonly country: string;
}

const queryOf = ({ shelf, kind, country }: DeskFilter, words: string, after: string | null): string => {
  const asked = { shelf, kind, country, words: words.trim(), after: after ?? "" };
  return new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== "")).toString();
};
const ofCountry = (country: string) => (country === "" ? "" : `?country=${country}`);

export const deskOf = (country = "") => ask<Desk>("GET", `/api/desk${ofCountry(country)}`);

export async function deskItems(
  filter: DeskFilter,
  words: string,
  after: string | null,
): Promise<Answer<{ rows: readonly DeskItem[]; next: string | null }>> {
  const answer = await ask<DeskItems>("GET", `/api/desk/items?${queryOf(filter, words, after)}`);
  return isRefused(answer) ? answer : { value: { rows: answer.value.items, next: answer.value.next } };
}

/** An address, for an anchor. */
export const deskFile = (filter: DeskFilter, words: string) => `/api/desk/items.csv?${queryOf(filter, words, null)}`;
export const evidenceOf = (place: string) => `/api/memberships/${at(place)}/evidence`;

export const deskItem = ({ kind, id, country }: DeskRef) =>
  ask<DeskItemSeen>("GET", `/api/desk/items/${kind}/${at(id)}/${country}`);
export const decide = (body: Decide) => ask<Decided>("POST", "/api/desk/decisions", body);
export const undoDecision = (item: DeskRef) => ask<DeskItemSeen>("POST", "/api/desk/undo", { item });
export const noteDown = (item: DeskRef, note: string) => ask<DeskItemSeen>("POST", "/api/desk/notes", { item, note });
export const figuresOf = (country: string) => ask<Figures>("GET", `/api/desk/figures${ofCountry(country)}`);

/* Lists */

export async function editedEntries(
  list: ListName,
  words: string,
  after: string | null,
): Promise<Answer<{ rows: readonly EditedEntry[]; next: string | null }>> {
  const asked = { words: words.trim(), after: after ?? "" };
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ""));
  const answer = await ask<EditedEntries>("GET", `/api/desk/lists/${list}?${query}`);
  return isRefused(answer) ? answer : { value: { rows: answer.value.entries, next: answer.value.next } };
}
export const addEntry = (list: ListName, body: AddEntry) => ask<EditedEntry>("POST", `/api/desk/lists/${list}`, body);
export const changeEntry = (list: ListName, code: string, body: ChangeEntry) =>
  ask<EditedEntry>("PUT", `/api/desk/lists/${list}/${at(code)}`, body);

/* Services */

const service = (id: string) => `/api/desk/services/${at(id)}`;

export const services = () => ask<Services>("GET", "/api/desk/services");
export const addService = (body: NewService) => ask<Services>("POST", "/api/desk/services", body);
export const changeService = (id: string, body: ServiceFacts) => ask<Services>("PUT", service(id), body);
export const appoint = (id: string, email: string) => ask<Services>("POST", `${service(id)}/staff`, { email });
export const dismiss = (id: string, account: string) => ask<Services>("DELETE", `${service(id)}/staff/${at(account)}`);
