/** Work that needs a password checked, and its refusal when too many are being checked already. */
import type { RefusedFields } from "../http/route.ts";
import { TooBusy } from "./passwords.ts";

export async function unlessBusy<T>(work: () => Promise<T>): Promise<T | RefusedFields> {
  try {
    return await work();
  } catch (fault) {
    if (fault instanceof TooBusy) return { refused: "request.tooMany" };
    throw fault;
  }
}
