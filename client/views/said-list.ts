/** Lists of what was said, of which the newest part is asked for again and again. */

/**
 * What is known with what has just been answered: the page takes the place of everything from its first one on. Where more
 * was said meanwhile than fits into a page, what is known does not join it, and the page begins anew (`gap`).
 */
export function joinSaid<S extends { readonly id: string }>(
  known: readonly S[],
  page: readonly S[],
): { said: readonly S[]; gap: boolean } {
  const ids = new Set(page.map(({ id }) => id));
  const meets = known.findIndex(({ id }) => ids.has(id));
  if (meets < 0) return { said: page, gap: known.length > 0 && page.length > 0 };
  return { said: [...known.slice(0, meets), ...page], gap: false };
}

/** Said by the same person and so soon after that their name need not stand there again. */
export function goesOn(
  before: { readonly at: number; readonly author: { readonly author: string } } | undefined,
  said: { readonly at: number; readonly author: { readonly author: string } },
): boolean {
  return before !== undefined && before.author.author === said.author.author && said.at - before.at < 300_000;
}
