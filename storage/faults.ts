/** Faults as the log keeps them. */

export interface DescribedFault {
  name: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: DescribedFault;
}

/**
 * Name, message, code, stack and cause, and nothing else: what Postgres and others hang on an error (`detail`,
 * `parameters`) may hold people's words.
 */
export function describeFault(fault: unknown, depth = 3): DescribedFault {
  if (!(fault instanceof Error)) return { name: typeof fault, message: "Something was thrown that is not an error" };
  const code = "code" in fault && typeof fault.code === "string" ? fault.code : undefined;
  return {
    name: fault.name,
    message: fault.message,
    ...(code ? { code } : {}),
    ...(fault.stack ? { stack: fault.stack } : {}),
    ...(fault.cause !== undefined && depth > 0 ? { cause: describeFault(fault.cause, depth - 1) } : {}),
  };
}
