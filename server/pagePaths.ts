/** The addresses that are pages of the client, as express writes them. `client/main.tsx` knows the same. */
export const pagePaths = [
  "/",
  "/begin",
  "/account",
  "/operate",
  "/meetings/new",
  "/meetings/:meeting",
  "/m/:code",
  "/r/:code",
] as const;
