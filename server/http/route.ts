/**
 * A route as data: what it takes, who may, how often, what it answers. Feature folders write tables of them,
 * `mount.ts` mounts any such table and knows no feature.
 */
import type { Readable } from "node:stream";
import * as z from "zod";
import { type Action, type Actor, nobody, type Place, type permissions } from "../../domain/permissions.ts";
import type { Id } from "../../protocol/ids.ts";
import type { RefusalCode, Refused } from "../../protocol/refusals.ts";

/** Who asks, as found by their session. */
export interface Caller {
  readonly id: Id;
  readonly name: string;
  readonly email: string;
  /** What they are, for `may` of domain/permissions.ts. */
  readonly actor: Actor;
  readonly timeZone: string;
  readonly language: string;
  /** SHA-256 of the session's token. */
  readonly session: Buffer;
  /** Must set up a second factor before anything else; until then `actor` is nobody in particular. */
  readonly owesSecondFactor: boolean;
}

/** Who asks without an account, by a place in one TwinSpace (domain/permissions.ts, Place). */
export interface PlaceCaller {
  readonly kind: "pupil" | "visitor";
  readonly id: Id;
  /** A pupil's alias, a visitor's name. */
  readonly name: string;
  /** The picture beside a pupil's alias. */
  readonly picture: string | null;
  readonly project: { readonly id: Id; readonly slug: string; readonly title: string };
  readonly actor: Actor & { readonly place: Place };
  /** SHA-256 of the session's token. */
  readonly session: Buffer;
}

/** At most one of them: a browser is one person at a time. */
export interface Identified {
  readonly caller: Caller | null;
  readonly place: PlaceCaller | null;
}
export const unidentified: Identified = { caller: null, place: null };

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
  /** Who asks by a place in a TwinSpace; there is no caller then. */
  readonly place: PlaceCaller | null;
  /** Where it came from, as limits count it. */
  readonly network: string;
  /** The address of this server as the caller knows it, without a slash at its end. For making links. */
  readonly origin: string;
  readonly cookies: Cookies;
  /** How it was asked for. */
  readonly asked: { readonly method: string; header(name: string): string | undefined };
}

/** Go there instead (303). Only to addresses of our own. */
export class Redirect {
  readonly to: string;
  constructor(to: `/${string}`) {
    this.to = to;
  }
}

/** Go to another server (303). Only to one that is set up here, never to what a request names. */
export class RedirectAway {
  readonly to: URL;
  constructor(to: URL) {
    this.to = to;
  }
}

/**
 * A file on disk; byte ranges are answered. `downloadName`: to be saved under this name. `bytes`: as if the file ended
 * there, so that one that still grows stays the same for who reads it in pieces. `headers` stand in the place of the usual
 * ones (nothing of it is kept by browsers); with an ETag among them, who has it already is told so.
 */
export class FileAnswer {
  readonly path: string;
  readonly type: string;
  readonly downloadName: string | undefined;
  readonly bytes: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  constructor(
    path: string,
    type: string,
    downloadName?: string,
    bytes?: number,
    headers: Readonly<Record<string, string>> = {},
  ) {
    this.path = path;
    this.type = type;
    this.downloadName = downloadName;
    this.bytes = bytes;
    this.headers = headers;
  }
}

/** Text or bytes that are not JSON. `headers` as those of a `FileAnswer`; `status` for pages that say there is nothing. */
export class BodyAnswer {
  readonly body: string | Buffer | Readable;
  readonly type: string;
  readonly downloadName: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
  constructor(
    body: string | Buffer | Readable,
    type: string,
    downloadName?: string,
    headers: Readonly<Record<string, string>> = {},
    status = 200,
  ) {
    this.body = body;
    this.type = type;
    this.downloadName = downloadName;
    this.headers = headers;
    this.status = status;
  }
}

export type Special = Redirect | RedirectAway | FileAnswer | BodyAnswer;

/**
 * An expected "no" that may name the fields it is about. `current`: what it is by now, of the shape that the route answers,
 * for who changed what somebody else has changed meanwhile.
 */
export type RefusedFields = Refused & { fields?: string[]; current?: unknown };

/** The body is one file as it is, read only after it is known that the caller may; `tooLarge` is the refusal for more. */
export interface Upload {
  readonly maxBytes: number;
  readonly tooLarge: RefusalCode;
  /** What it may be, for the OpenAPI document; the handler looks at the content. */
  readonly types: readonly string[];
}

/** The `body` of routes with an `upload`. */
export const fileBody = z.instanceof(Buffer);

/** A route of any table. Handlers are methods, so that a table may hold routes of different inputs. */
export interface Route {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** As express writes it: `/api/bookings/:meeting`. */
  readonly path: string;
  /** One sentence for the OpenAPI document. */
  readonly summary: string;
  /** Asked of domain/permissions.ts before the handler, which asks again about the very thing. */
  readonly action: Action;
  readonly limit: Limit | readonly Limit[];
  readonly params?: z.ZodType | undefined;
  readonly query?: z.ZodType | undefined;
  readonly body?: z.ZodType | undefined;
  readonly upload?: Upload | undefined;
  /** Of a body of JSON that may be larger than others. Then it is read only after it is known that the caller may. */
  readonly bodyBytes?: number | undefined;
  /** What a value must look like to leave the server. Without it the route answers nothing (204) or something special. */
  readonly answer?: z.ZodType | undefined;
  handle(context: Context, input: { params: unknown; query: unknown; body: unknown }): Promise<unknown>;
}

type Out<S> = S extends z.ZodType ? z.output<S> : Record<string, never>;
type AnswerOf<S> = S extends z.ZodType ? z.input<S> : undefined;
/** Whom the row lets who have no account. */
type WithoutAccount = { readonly public: unknown } | { readonly pupil: unknown } | { readonly visitor: unknown };
type CallerOf<A extends Action> = (typeof permissions)[A]["may"] extends WithoutAccount ? Caller | null : Caller;

/** Writes one route with its types worked out from its schemas. Schemas should be strict: unknown fields are refused. */
export function route<
  const W extends Action,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  A extends z.ZodType | undefined = undefined,
>(definition: {
  method: Route["method"];
  path: string;
  summary: string;
  action: W;
  limit: Limit | readonly Limit[];
  params?: P;
  query?: Q;
  body?: B;
  upload?: Upload;
  bodyBytes?: number;
  answer?: A;
  handle(
    context: Context<CallerOf<W>>,
    input: { params: Out<P>; query: Out<Q>; body: Out<B> },
  ): Promise<AnswerOf<A> | RefusedFields | Special>;
}): Route {
  // Sound because mount.ts parses with these very schemas and checks `action` before it calls; TypeScript cannot see that.
  return definition as unknown as Route;
}

export const nothing = z.strictObject({});

export function isRefused(value: unknown): value is Refused {
  return typeof value === "object" && value !== null && "refused" in value;
}

/** Who asks, as the table of permissions knows them. */
export const actorOf = (caller: Caller | null): Actor => caller?.actor ?? nobody;
export const actorOfWho = ({ caller, place }: Identified): Actor => (caller ?? place)?.actor ?? nobody;

/** The school that somebody stands for where they chose none. */
export const mainSchool = (caller: Pick<Caller, "actor">): Id | null => caller.actor.schools[0]?.id ?? null;
