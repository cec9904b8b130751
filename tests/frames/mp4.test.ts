import { expect } from "chai";
import fc from "fast-check";
import { boxAt, wordsInMoov } from "../../frames/mp4.ts";

const box = (type: string, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
};
const track = (kind: string, ...more: Buffer[]) =>
  box("trak", box("mdia", box("hdlr", Buffer.alloc(8), Buffer.from(kind, "latin1"), Buffer.alloc(12))), ...more);

describe("The words in an MP4 file", () => {
  it("are found about the film, about its tracks, and in tracks that are neither picture nor sound", () => {
    const words = box("udta", Buffer.from("where"));
    const moov = box(
      "moov",
      box("mvhd", Buffer.alloc(20)),
      track("vide", words),
      track("soun"),
      track("meta"),
      box("meta"),
    );
    const found = wordsInMoov(moov).map(({ at, bytes }) => moov.subarray(at, at + bytes).toString("latin1", 4, 8));
    expect(found).to.deep.equal(["udta", "trak", "meta"]);
  });

  it("are left where the film is one of fragments, whose tracks are spoken of later on", () => {
    const moov = box("moov", box("mvex"), track("meta"), box("udta"));
    expect(wordsInMoov(moov)).to.have.length(1);
  });

  it("lie within the box, and never overlap, whatever the bytes are", () => {
    const anyBox = fc.letrec<{ box: Buffer }>((tie) => ({
      box: fc
        .tuple(
          fc.constantFrom("trak", "mdia", "hdlr", "udta", "meta", "free", "mvex", "uuid"),
          fc.oneof(
            { depthSize: "small" },
            fc.uint8Array({ maxLength: 40 }).map((bytes) => [Buffer.from(bytes)]),
            fc.array(tie("box"), { maxLength: 4 }),
          ),
        )
        .map(([type, parts]) => box(type, ...parts)),
    })).box;
    const torn = fc.tuple(anyBox, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 4 })).map(([whole, at, bytes]) => {
      const changed = box("moov", whole);
      changed.set(bytes.subarray(0, changed.length), at % Math.max(1, changed.length - bytes.length));
      return changed;
    });
    fc.assert(
      fc.property(torn, (moov) => {
        let end = 0;
        for (const { at, bytes, headerBytes } of wordsInMoov(moov)) {
          expect(at).to.be.at.least(end);
          expect(headerBytes).to.be.at.most(bytes);
          end = at + bytes;
          expect(end).to.be.at.most(moov.length);
        }
      }),
    );
  });

  it("are not looked for behind a length that cannot be", () => {
    const claims = Buffer.from([255, 255, 255, 255, 0x6d, 0x6f, 0x6f, 0x76]);
    expect(boxAt(claims, 0, 8)).to.equal(undefined);
    expect(boxAt(Buffer.alloc(4), 0, 4)).to.equal(undefined);
    const long = Buffer.alloc(16);
    long.writeUInt32BE(1, 0);
    long.write("mdat", 4, "latin1");
    long.writeBigUInt64BE(8n, 8);
    expect(boxAt(long, 0, 16), "shorter than its own head").to.equal(undefined);
  });
});
