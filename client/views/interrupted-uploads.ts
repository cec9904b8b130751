/**
 * Which files were on their way when the page went: so that choosing one again goes on where it was. Kept by this tab alone, for
 * a day, so that on a shared computer the next person finds nothing of it.
 */

/** As much of a file as tells it from others without reading it. */
export interface KnownFile {
  readonly name: string;
  readonly size: number;
  readonly lastModified: number;
}

export interface Interrupted extends KnownFile {
  readonly url: string;
  readonly at: number;
  isOf(file: KnownFile): boolean;
}

type Kept = Omit<Interrupted, "isOf">;

/** The server gives up what nobody went on with for a day. */
const keptMs = 23 * 3_600_000;

export class InterruptedUploads {
  readonly #storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  readonly #key: string;

  /** `whose`: of which project and of whom. */
  constructor(storage: Pick<Storage, "getItem" | "setItem" | "removeItem">, whose: string) {
    this.#storage = storage;
    this.#key = `uploads ${whose}`;
  }

  /** @param now milliseconds since 1970 */
  all(now: number): Interrupted[] {
    return this.#read()
      .filter(({ at }) => now - at < keptMs)
      .map((kept) => ({
        ...kept,
        isOf: ({ name, size, lastModified }) =>
          kept.name === name && kept.size === size && kept.lastModified === lastModified,
      }));
  }

  of(file: KnownFile, now: number): Interrupted | undefined {
    return this.all(now).find((each) => each.isOf(file));
  }

  keep({ name, size, lastModified }: KnownFile, url: string, now: number): void {
    const others = this.#read().filter((kept) => kept.url !== url);
    this.#write([...others, { name, size, lastModified, url, at: now }]);
  }

  forget(url: string): void {
    this.#write(this.#read().filter((kept) => kept.url !== url));
  }

  #read(): Kept[] {
    try {
      const found: unknown = JSON.parse(this.#storage.getItem(this.#key) ?? "[]");
      return Array.isArray(found) ? found.filter(isKept) : [];
    } catch {
      return [];
    }
  }

  #write(all: readonly Kept[]): void {
    try {
      if (all.length === 0) this.#storage.removeItem(this.#key);
      else this.#storage.setItem(this.#key, JSON.stringify(all));
    } catch {
      // No room, or none is given: then a reload begins anew.
    }
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== "object" || value === null) return false;
  const kept: Partial<Record<keyof Kept, unknown>> = value;
  return (
    typeof kept.url === "string" &&
    typeof kept.name === "string" &&
    typeof kept.size === "number" &&
    typeof kept.lastModified === "number" &&
    typeof kept.at === "number"
  );
}
