import { expect } from "chai";
import { InterruptedUploads } from "../../client/views/interrupted-uploads.ts";

const hour = 3_600_000;
const film = { name: "river.mp4", size: 1_000, lastModified: 5 };

function aStore(first: Record<string, string> = {}) {
  const kept = new Map(Object.entries(first));
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

describe("Uploads that a reload interrupted", () => {
  it("are known again by the file, for as long as the server keeps them", () => {
    const store = aStore();
    new InterruptedUploads(store, "rivers account:ana").keep(film, "/uploads/1", 0);
    const later = new InterruptedUploads(store, "rivers account:ana");
    expect(later.of(film, 22 * hour)?.url).to.equal("/uploads/1");
    expect(later.of({ ...film, size: 1_001 }, hour)).to.equal(undefined);
    expect(later.of({ ...film, lastModified: 6 }, hour)).to.equal(undefined);
    expect(later.all(24 * hour)).to.deep.equal([]);
  });

  it("are nobody else's, and leave nothing once they are done", () => {
    const store = aStore();
    const own = new InterruptedUploads(store, "rivers pupil:1");
    own.keep(film, "/uploads/1", 0);
    expect(new InterruptedUploads(store, "rivers pupil:2").all(1)).to.deep.equal([]);
    own.forget("/uploads/1");
    expect(store.kept.size).to.equal(0);
  });

  it("are none where something else is kept there, or nothing may be kept", () => {
    for (const words of ["{", "3", '[{"url":1}]', "null"]) {
      const store = aStore({ "uploads rivers account:ana": words });
      expect(new InterruptedUploads(store, "rivers account:ana").all(0), words).to.deep.equal([]);
    }
    const full = {
      ...aStore(),
      setItem() {
        throw new Error("full");
      },
    };
    const uploads = new InterruptedUploads(full, "rivers account:ana");
    uploads.keep(film, "/uploads/1", 0);
    expect(uploads.all(0)).to.deep.equal([]);
  });
});
