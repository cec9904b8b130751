/**
 * A route as data: what it takes, who may, how often, what it answers. Feature folders write tables of them,
 * `mount.ts` mounts any such table and knows no feature.
 */
import type { Readable } from "node:stream";
import * as z from "zod";
import type { AccountRole } from "../../protocol/http/accounts.ts";
import type { Id } from "../../protocol/ids.ts";
import type { Refused } from "../../protocol/refusals.ts";

/** Who asks, as found by their session. */
export interface Caller {
  readonly id: Id;
  readonly role: AccountRole;
  readonly name: string;
  readonly email: string;
  readonly school: Id | null;
  /** For a support service: the country it serves. */
  readonly country: string | null;
  readonly validated: boolean;
  readonly timeZone: string;
  readonly language: string;
  /** SHA-256 of the session's token. */
  readonly session: Buffer;
}

/** Anyone, whoever is signed in, or accounts of these roles. */
export type Who = "anyone" | "account" | readonly AccountRole[];

/**
 * At most `times` in `perMs` from one network (an IPv4 address, or an IPv6 network of 64 bits) or by one account. A
 * whole school comes from one network, so limits by network are generous.
 */
export interface Limit {
  readonly times: number;
  readonly perMs: number;
  readonly per: "network" | "account";
}

export interface Cookies {
  read(name: string): string | undefined;
  /** HttpOnly, SameSite=Lax, for this host alone. */
  keep(name: string, value: string, maxAgeMs: number): void;
  forget(name: string): void;
}

/** What a handler may know of a request besides its input. */
export interface Context<C extends Caller | null = Caller | null> {
  readonly caller: C;
  /** Where it came from, as limits count it. */
  readonly network: string;
  /** The address of this server as the caller knows it, without a slash at its end. For making links. */
  readonly origin: string;
  readonly cookies: Cookies;
}

/** Go there instead (303). Only to addresses of our own. */
export class Redirect {
  readonly to: string;
  constructor(to: `/${string}`) {
    this.to = to;
  }
}

/**
 * A file on disk; byte ranges are answered. `downloadName`: to be saved under this name. `bytes`: as if the file ended
 * there, so that one that still grows stays the same for who reads it in pieces.
 */
export class FileAnswer {
  readonly path: string;
  readonly type: string;
  readonly downloadName: string | undefined;
  readonly bytes: number | undefined;
  constructor(path: string, type: string, downloadName?: string, bytes?: number) {
    this.path = path;
    this.type = type;
    this.downloadName = downloadName;
    this.bytes = bytes;
  }
}

/** Text or bytes that are not JSON. */
export class BodyAnswer {
  readonly body: string | Buffer | Readable;
  readonly type: string;
  readonly downloadName: string | undefined;
  constructor(body: string | Buffer | Readable, type: string, downloadName?: string) {
    this.body = body;
    this.type = type;
    this.downloadName = downloadName;
  }
}

export type Special = Redirect | FileAnswer | BodyAnswer;

/** An expected "no" that may name the fields it is about. */
export type RefusedFields = Refused & { fields?: string[] };

/** A route of any table. Handlers are methods, so that a table may hold routes of different inputs. */
export interface Route {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** As express writes it: `/api/bookings/:meeting`. */
  readonly path: string;
  /** One sentence for the OpenAPI document. */
  readonly summary: string;
  readonly who: Who;
  readonly limit: Limit | readonly Limit[];
  readonly params?: z.ZodType | undefined;
  readonly query?: z.ZodType | undefined;
  readonly body?: z.ZodType | undefined;
  /** What a value must look like to leave the server. Without it the route answers nothing (204) or something special. */
  readonly answer?: z.ZodType | undefined;
  handle(context: Context, input: { params: unknown; query: unknown; body: unknown }): Promise<unknown>;
}

type Out<S> = S extends z.ZodType ? z.output<S> : Record<string, never>;
type AnswerOf<S> = S extends z.ZodType ? z.input<S> : undefined;
type CallerOf<W> = W extends "anyone" ? Caller | null : Caller;

/** Writes one route with its types worked out from its schemas. Schemas should be strict: unknown fields are refused. */
export function route<
  const W extends Who,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  A extends z.ZodType | undefined = undefined,
>(definition: {
  method: Route["method"];
  path: string;
  summary: string;
  who: W;
  limit: Limit | readonly Limit[];
  params?: P;
  query?: Q;
  body?: B;
  answer?: A;
  handle(
    context: Context<CallerOf<W>>,
    input: { params: Out<P>; query: Out<Q>; body: Out<B> },
  ): Promise<AnswerOf<A> | RefusedFields | Special>;
}): Route {
  // Sound because mount.ts parses with these very schemas and checks `who` before it calls; TypeScript cannot see that.
  return definition as unknown as Route;
}

export const nothing = z.strictObject({});

export function isRefused(value: unknown): value is Refused {
  return typeof value === "object" && value !== null && "refused" in value;
}
