/** Finding somebody in the operator's list. */
import type { Person } from "../../protocol/http/accounts.ts";

const rank = { invited: 0, active: 1, ended: 2 } as const;

/**
 * Those whose name, e-mail or school has every word of `wanted`, whatever its case and accents. Who was invited and has not
 * answered comes first, who has ended last; otherwise the order is kept.
 */
export function matching(people: readonly Person[], wanted: string): Person[] {
  const words = plain(wanted).split(/\s+/);
  return people
    .filter(({ name, email, school }) => {
      const text = plain(`${name} ${email} ${school?.name ?? ""} ${school?.town ?? ""}`);
      return words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => rank[a.state] - rank[b.state]);
}

/** "Inês" and "INES" are the same to who searches. */
const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
