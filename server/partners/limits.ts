/** How often somebody may ask, where nothing stricter is said. */
export const minuteMs = 60_000;
export const reading = { times: 240, perMs: minuteMs, per: "account" } as const;
export const writing = { times: 120, perMs: 60 * minuteMs, per: "account" } as const;
