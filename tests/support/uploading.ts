/** Sends files as tus-js-client does, one request at a time. */
import type { Answer, Browser } from "./frontDoor.ts";

const tus = { "tus-resumable": "1.0.0" };

export interface Sent {
  /** Of the request that ended it: the finishing one, or the one that was refused. */
  readonly answer: Answer;
  readonly material: string | null;
}

const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");

export function beginUpload(
  browser: Browser,
  project: string,
  name: string,
  bytes: number,
  folder = "",
): Promise<Answer> {
  return browser.send("POST", `/api/spaces/${project}/uploads`, undefined, {
    ...tus,
    "upload-length": String(bytes),
    "upload-metadata": `filename ${base64(name)},folder ${base64(folder)}`,
  });
}

/** What the browser is asked to send; `at` is the address that was answered. */
export async function sendPiece(
  browser: Browser,
  url: string,
  at: string,
  offset: number,
  piece: Buffer,
): Promise<Answer> {
  const response = await fetch(url + at, {
    method: "PATCH",
    headers: {
      ...tus,
      "content-type": "application/offset+octet-stream",
      "upload-offset": String(offset),
      cookie: cookiesOf(browser),
    },
    body: new Uint8Array(piece),
  });
  const text = await response.text();
  return { status: response.status, text, body: text && JSON.parse(text), headers: response.headers };
}

export const cookiesOf = (browser: Browser) =>
  [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");

export const askOffset = (browser: Browser, at: string): Promise<Answer> => browser.send("HEAD", at, undefined, tus);

/** From the beginning to the end, or to the first refusal. */
export async function upload(
  browser: Browser,
  url: string,
  project: string,
  name: string,
  bytes: Buffer,
  folder = "",
): Promise<Sent> {
  const begun = await beginUpload(browser, project, name, bytes.length, folder);
  if (begun.status !== 201) return { answer: begun, material: null };
  const answer = await sendPiece(browser, url, begun.headers.get("location") ?? "", 0, bytes);
  return { answer, material: answer.headers.get("twinlight-material") };
}
