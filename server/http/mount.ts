/** Mounts tables of routes on express: limits, who may, schemas in and out, refusals and faults. Knows no feature. */
import { randomBytes } from "node:crypto";
import { pipeline } from "node:stream/promises";
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response } from "express";
import type { Logger } from "pino";
import type * as z from "zod";
import { type Action, mayAtAll, withoutSecondFactor } from "../../domain/permissions.ts";
import type { RefusalCode } from "../../protocol/refusals.ts";
import { describeFault } from "../../storage/faults.ts";
import { cookiesOf } from "./cookies.ts";
import { networkOf, RateLimit } from "./limits.ts";
import {
  actorOfWho,
  BodyAnswer,
  type Context,
  FileAnswer,
  type Identified,
  isRefused,
  type Limit,
  nothing,
  Redirect,
  RedirectAway,
  type RefusedFields,
  type Route,
  type Upload,
} from "./route.ts";
import { refusalAnswer, statusOf } from "./statuses.ts";

export interface Mounting {
  readonly log: Logger;
  /** Who asks; nobody where they are signed out, or their account or place was ended. */
  identify(request: Request): Promise<Identified>;
  readonly https: boolean;
  /** The address by which browsers come; without it the one they name themselves is taken for making links. */
  readonly publicUrl: string | undefined;
}

const maxBodyBytes = 64 * 1024;
const json = express.json({ limit: maxBodyBytes, strict: true });

export function mountRoutes(routes: readonly Route[], mounting: Mounting): express.Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  for (const route of routes) {
    const answer = answering(route, mounting);
    if (route.upload || route.bodyBytes) router[route.method](route.path, answer);
    else router[route.method](route.path, json, answer);
  }
  return router;
}

function answering(route: Route, mounting: Mounting): RequestHandler {
  const limits = [route.limit].flat().map((limit) => ({ limit, counter: new RateLimit(limit) }));
  const tooMany = (response: Response, per: Limit["per"], key: string): boolean => {
    const full = limits.find(({ limit, counter }) => limit.per === per && !counter.take(key));
    if (full) response.setHeader("Retry-After", full.counter.waitSeconds(key));
    return full !== undefined;
  };

  return async (request, response) => {
    response.setHeader("Cache-Control", "no-store");
    const network = networkOf(request.ip);
    if (tooMany(response, "network", network)) return refuse(response, "request.tooMany");
    const who = await mounting.identify(request);
    const no = refusalOf(route.action, who);
    if (no) return refuse(response, no);
    const asker = who.caller ?? who.place;
    if (asker && tooMany(response, "account", asker.id)) return refuse(response, "request.tooMany");
    if (route.upload && !(await readFile(request, response, route.upload))) {
      return refuse(response, route.upload.tooLarge);
    }
    if (route.bodyBytes) await readLargeBody(request, response, route.bodyBytes);
    const input = readInput(route, request);
    if ("misfits" in input) return refuse(response, "request.malformed", input.misfits);
    const value = await route.handle(contextOf(request, response, mounting, who, network), input);
    await answer(route, request, response, value);
  };
}

/** Why they may not, or undefined. */
export function refusalOf(action: Action, who: Identified): RefusalCode | undefined {
  const { caller, place } = who;
  if (caller?.owesSecondFactor && !withoutSecondFactor.has(action)) return "factor.needed";
  if (mayAtAll(action, actorOfWho(who))) return undefined;
  return caller || place ? "account.notAllowed" : "account.signedOut";
}

export function contextOf(
  request: Request,
  response: Response,
  mounting: Mounting,
  { caller, place }: Identified,
  network: string,
): Context {
  const { publicUrl, https } = mounting;
  return {
    ...{ caller, place },
    network,
    origin: publicUrl ?? `${request.protocol}://${request.host}`,
    cookies: cookiesOf(request.headers, response, https),
    asked: { method: request.method, header: (name) => request.get(name) },
  };
}

/** Reads the one file that is the body. False when it is larger than it may be. */
async function readFile(request: Request, response: Response, { maxBytes }: Upload): Promise<boolean> {
  const read = express.raw({ type: () => true, limit: maxBytes, inflate: false });
  const fault = await new Promise<unknown>((settle) => read(request, response, settle));
  if (fault instanceof Error && "status" in fault && fault.status === 413) return false;
  if (fault) throw fault;
  request.body ??= Buffer.alloc(0);
  return true;
}

/** What cannot be read is thrown, and answered by `faultsAnswered`. */
async function readLargeBody(request: Request, response: Response, maxBytes: number): Promise<void> {
  const read = express.json({ limit: maxBytes, strict: true });
  const fault = await new Promise<unknown>((settle) => read(request, response, settle));
  if (fault) throw fault;
}

type Input = { params: unknown; query: unknown; body: unknown };

/** The parsed input, or the dotted paths of what does not fit. Only paths: what was typed is nobody's to repeat. */
function readInput(route: Route, request: Request): Input | { misfits: string[] } {
  const parts = {
    params: (route.params ?? nothing).safeParse({ ...request.params }),
    query: (route.query ?? nothing).safeParse({ ...request.query }),
    body: (route.body ?? nothing).safeParse(request.body ?? {}),
  };
  const misfits = Object.values(parts).flatMap((part) => (part.error ? fieldsOf(part.error) : []));
  if (misfits.length > 0) return { misfits: [...new Set(misfits)] };
  return { params: parts.params.data, query: parts.query.data, body: parts.body.data };
}

function fieldsOf(error: z.ZodError): string[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    return issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => [...path, key.slice(0, 40)].join("."))
      : [path.join(".")];
  });
}

export function refuse(response: Response, code: RefusalCode, fields?: readonly string[], current?: unknown): void {
  response
    .status(statusOf(code))
    .json({ ...refusalAnswer(code, fields), ...(current === undefined ? {} : { current }) });
}

function refuseWith(route: Route, request: Request, response: Response, { refused, fields, current }: RefusedFields) {
  refuse(response, refused, fields, current === undefined ? undefined : checked(route, request, current));
}

async function answer(route: Route, request: Request, response: Response, value: unknown): Promise<void> {
  if (value instanceof Redirect) return response.redirect(303, value.to);
  if (value instanceof RedirectAway) return response.redirect(303, value.to.href);
  if (value instanceof FileAnswer) return sendFile(response, value);
  if (value instanceof BodyAnswer) return sendBody(response, value);
  if (isRefused(value)) return refuseWith(route, request, response, value);
  if (!route.answer) return void response.status(204).end();
  response.json(checked(route, request, value));
}

/** Nothing leaves the server that a route does not say it answers. */
function checked(route: Route, request: Request, value: unknown): unknown {
  const read = route.answer?.safeParse(value);
  if (read?.success) return read.data;
  const misfits = read ? fieldsOf(read.error) : "anything";
  throw new Error(`${request.method} ${route.path} would answer what it does not say: ${misfits}`);
}

function typeAndName(response: Response, type: string, downloadName: string | undefined): void {
  if (downloadName !== undefined) response.attachment(downloadName);
  response.setHeader("Content-Type", type);
}

async function sendFile(response: Response, file: FileAnswer): Promise<void> {
  typeAndName(response, file.type, file.downloadName);
  response.setHeader("Cache-Control", "private, no-store");
  response.set(file.headers);
  await new Promise<void>((resolve, reject) => {
    const end = file.bytes === undefined ? {} : { end: file.bytes - 1 };
    const options = { cacheControl: false, dotfiles: "allow", acceptRanges: true, ...end } as const;
    response.sendFile(file.path, options, (fault) => {
      if (!fault || isGoneAway(fault)) return resolve();
      if (answerNoSuchRange(response, fault)) return resolve();
      reject(fault);
    });
  });
}

/** A range behind the file's end is answered with its length, as browsers that read films expect. */
function answerNoSuchRange(response: Response, fault: Error & { status?: number; headers?: Record<string, string> }) {
  if (fault.status !== 416 || response.headersSent) return false;
  response.removeHeader("Content-Disposition");
  response.status(416).set(fault.headers).end();
  return true;
}

/** The browser stopped listening (it seeks, or the page was closed): nobody's fault. */
function isGoneAway(fault: unknown): boolean {
  const code = (fault as NodeJS.ErrnoException).code;
  return code === "ECONNABORTED" || code === "EPIPE" || code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE";
}

async function sendBody(response: Response, { body, type, downloadName, headers, status }: BodyAnswer): Promise<void> {
  response.status(status);
  typeAndName(response, type, downloadName);
  response.set(headers);
  if (typeof body === "string" || Buffer.isBuffer(body)) return void response.send(body);
  await pipeline(body, response).catch((fault) => {
    if (!isGoneAway(fault)) throw fault;
  });
}

/** What no route has. */
export const notFound: RequestHandler = (_request, response) => refuse(response, "request.notFound");

/** Bodies that cannot be read are refused; everything else is our fault: logged with its cause, never shown. */
export function faultsAnswered(log: Logger): ErrorRequestHandler {
  return (fault: unknown, request, response, next) => {
    if (response.headersSent) return next(fault);
    const status = fault instanceof Error && "status" in fault ? fault.status : undefined;
    if (status === 413) return refuse(response, "command.tooLarge");
    if (typeof status === "number" && status >= 400 && status < 500) {
      return refuse(response, status === 404 ? "request.notFound" : "request.malformed");
    }
    const incident = randomBytes(6).toString("hex");
    // The route's pattern, never the address: codes and ids stand in it.
    const where = `${request.method} ${request.route?.path ?? "(no route)"}`;
    log.error({ incident, route: where, fault: describeFault(fault) }, "A request failed");
    response.status(500).json({ ...refusalAnswer("command.failed"), incident });
  };
}
