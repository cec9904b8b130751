/** Shapes drawn into pixels, and read back from the picture by another program's eyes. */
import { expect } from "chai";
import fc from "fast-check";
import sharp from "sharp";
import { bent, Raster, stroked } from "../../../server/print/raster.ts";

const box = (left: number, top: number, right: number, bottom: number) => [
  { x: left, y: top },
  { x: right, y: top },
  { x: right, y: bottom },
  { x: left, y: bottom },
];

async function pixels(raster: Raster): Promise<(x: number, y: number) => number[]> {
  const { data, info } = await sharp(await raster.png())
    .raw()
    .toBuffer({ resolveWithObject: true });
  return (x, y) => [...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3)];
}

describe("a drawn picture", () => {
  it("has its ground, its shapes and half a pixel where a shape covers half of it", async () => {
    const raster = new Raster(20, 10, "#000000");
    raster.fill([box(2, 2, 10.5, 6)], "#ffffff");
    const at = await pixels(raster);
    expect(at(0, 0)).to.deep.equal([0, 0, 0]);
    expect(at(2, 2)).to.deep.equal([255, 255, 255]);
    expect(at(9, 5)).to.deep.equal([255, 255, 255]);
    expect(at(10, 3)).to.deep.equal([128, 128, 128]);
    expect(at(11, 3)).to.deep.equal([0, 0, 0]);
    expect(at(5, 6)).to.deep.equal([0, 0, 0]);
  });

  it("leaves a hole where an inner shape runs the other way, and none where two lie over each other", async () => {
    const raster = new Raster(20, 20, "#123456");
    raster.fill([box(2, 2, 18, 18), [...box(6, 6, 10, 10)].reverse()], "#ffc83d");
    raster.fill([box(12, 12, 16, 16), box(11, 11, 15, 15)], "#ffffff");
    const at = await pixels(raster);
    expect(at(7, 7)).to.deep.equal([0x12, 0x34, 0x56]);
    expect(at(4, 4)).to.deep.equal([0xff, 0xc8, 0x3d]);
    expect(at(13, 13)).to.deep.equal([255, 255, 255]);
  });

  it("colours nothing outside of a shape, wherever that lies, also beyond the edges", async () => {
    const number = fc.integer({ min: -30, max: 60 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ x: number, y: number }), { minLength: 3, maxLength: 7 }), async (dots) => {
        const raster = new Raster(30, 20, "#000000");
        raster.fill([dots], "#ffffff");
        const at = await pixels(raster);
        const [left, right] = [Math.min(...dots.map(({ x }) => x)), Math.max(...dots.map(({ x }) => x))];
        const [top, bottom] = [Math.min(...dots.map(({ y }) => y)), Math.max(...dots.map(({ y }) => y))];
        for (let y = 0; y < 20; y += 1) {
          for (let x = 0; x < 30; x += 1) {
            if (x < left - 1 || x > right || y < top - 1 || y > bottom) expect(at(x, y)).to.deep.equal([0, 0, 0]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it("draws lines of a width, and curves to where they end", async () => {
    const line = [{ x: 0, y: 5 }, ...bent({ x: 0, y: 5 }, { x: 5, y: 5 }, { x: 10, y: 5 }, { x: 20, y: 5 })];
    expect(line.at(-1)).to.deep.equal({ x: 20, y: 5 });
    const raster = new Raster(20, 10, "#000000");
    raster.fill([stroked(line, 4)], "#ffffff");
    const at = await pixels(raster);
    expect([at(10, 2), at(10, 3), at(10, 6), at(10, 7)].map(([red]) => red)).to.deep.equal([0, 255, 255, 0]);
  });
});
