import { expect } from "chai";
import fc from "fast-check";
import { type KeptEntry, saveFields } from "../../../domain/reports/saving.ts";
import { emptyBody } from "../../../protocol/reports/entries.ts";

const begun: KeptEntry = { version: 1, body: emptyBody, fieldVersions: {} };
const [ana, mikko] = ["account:ana", "account:mikko"];
const fields = ["title", "done", "learned"] as const;
type Field = (typeof fields)[number];

describe("Saving fields of an entry", () => {
  it("takes what nobody else has changed since, and says whose it is where somebody has", () => {
    const first = saveFields(begun, { base: 1, changes: { done: "Ana's" } }, ana);
    expect(first.entry).to.deep.include({ version: 2, fieldVersions: { done: [2, ana] } });
    const second = saveFields(first.entry, { base: 1, changes: { done: "Mikko's", learned: "More" } }, mikko);
    expect(second.conflicts).to.deep.equal([{ field: "done", by: ana }]);
    expect(second.changed).to.deep.equal(["learned"]);
    expect(second.entry.body).to.include({ done: "Ana's", learned: "More" });
  });

  it("says nothing of what is there already, in whatever order its parts are named", () => {
    const plan = [{ item: "a", amount: 2 }];
    const first = saveFields(begun, { base: 1, changes: { plan, subjects: ["art"] } }, ana);
    const again = saveFields(
      first.entry,
      { base: 1, changes: { plan: [{ amount: 2, item: "a" }], subjects: ["art"] } },
      mikko,
    );
    expect(again).to.deep.equal({ entry: first.entry, changed: [], conflicts: [] });
  });

  it("leaves what is not named, or undefined, as it is", () => {
    const { entry } = saveFields(begun, { base: 1, changes: { title: undefined, incidents: 0 } }, ana);
    expect(entry.body).to.deep.equal({ ...emptyBody, incidents: 0 });
  });

  it("never loses an acknowledged value that nobody has overwritten on its version", () => {
    // Each author has a version before their eyes, saves on it, and sometimes looks anew.
    const step = fc.record({
      by: fc.constantFrom(0, 1),
      looks: fc.boolean(),
      changes: fc.dictionary(fc.constantFrom(...fields), fc.string({ maxLength: 3 }), { minKeys: 1 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let entry = begun;
        const seen = [1, 1];
        /** What was acknowledged of each field last, and at which version. */
        const acknowledged = new Map<Field, { value: string; version: number }>();
        for (const { by, looks, changes } of steps) {
          if (looks) seen[by] = entry.version;
          const base = seen[by] ?? 1;
          const before = entry;
          const saved = saveFields(before, { base, changes }, by === 0 ? ana : mikko);
          entry = saved.entry;
          expect(entry.version).to.be.within(before.version, before.version + 1);
          for (const field of fields) {
            const value = changes[field];
            const conflict = saved.conflicts.some((one) => one.field === field);
            const last = acknowledged.get(field);
            if (value === undefined || conflict) {
              // Not touched, or not taken: what stood there stands there.
              expect(entry.body[field]).to.equal(before.body[field]);
              if (conflict) expect(last?.version).to.be.above(base);
              continue;
            }
            // Acknowledged: it is there, and what it replaced had been before its author's eyes.
            expect(entry.body[field]).to.equal(value);
            if (last && last.value !== value) expect(last.version).to.be.at.most(base);
            if (!saved.changed.includes(field)) continue;
            acknowledged.set(field, { value, version: entry.version });
          }
          if (saved.conflicts.length === 0) seen[by] = entry.version === before.version ? base : entry.version;
        }
        for (const [field, { value }] of acknowledged) expect(entry.body[field]).to.equal(value);
      }),
    );
  });
});
