/** Whether two words may be the same word with a typing error. */

/** How many letters are missing, too many, wrong or swapped with their neighbour (each swap counts once). */
export function mistakesBetween(a: string, b: string): number {
  const [from, to] = [[...a], [...b]];
  let before: number[] = [];
  let row = to.map((_, j) => j + 1);
  row.unshift(0);
  for (const [i, letter] of from.entries()) {
    const next = [i + 1];
    for (const [j, other] of to.entries()) {
      const same = letter === other ? 0 : 1;
      let least = Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + same);
      const isSwap = i > 0 && j > 0 && letter === to[j - 1] && from[i - 1] === other;
      if (isSwap) least = Math.min(least, (before[j - 1] ?? 0) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Short words bear one mistake, longer ones two. */
export const mistakesBorne = (word: string): number => ([...word].length < 6 ? 1 : 2);

/** Of the words that are written nearly like `meant`, those with the fewest mistakes. */
export function nearestTo<W extends { readonly latin: string }>(meant: string, words: readonly W[]): W[] {
  const counted = words.map((word) => ({ word, mistakes: mistakesBetween(meant, word.latin) }));
  const fewest = Math.min(...counted.map(({ mistakes }) => mistakes));
  if (fewest > mistakesBorne(meant)) return [];
  return counted.filter(({ mistakes }) => mistakes === fewest).map(({ word }) => word);
}
