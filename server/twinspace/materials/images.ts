/**
 * Pictures as they are kept: decoded and written anew, so that nothing is left of what stood around them (the place where a
 * child was photographed, the camera's owner, a script), turned the way they are meant, in colours every screen knows.
 */
import { rename, rm, stat } from "node:fs/promises";
import sharp, { type Sharp } from "sharp";
import { imageSizes } from "../../../protocol/twinspace/materials.ts";

/** A telephone's largest pictures have fifty million pixels; of what claims more nothing is decoded. */
const mostPixels = 64_000_000;
const decodeWithinSeconds = 60;

// libvips chooses its reader by what it finds. Only these may read: no SVG, no PDF, no reader of other programs.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["Jpeg", "Png", "Webp", "Nsgif", "Heif", "Tiff"].flatMap((name) => [
    `VipsForeignLoad${name}File`,
    `VipsForeignLoad${name}Buffer`,
  ]),
});
// A server that also carries meetings: one picture at a time, by one thread.
sharp.concurrency(1);
sharp.cache(false);

export interface KeptImage {
  readonly type: string;
  readonly width: number;
  readonly height: number;
  readonly sizes: number[];
  readonly bytes: number;
  readonly storedBytes: number;
}

const keptAs: Readonly<Record<string, "jpeg" | "png" | "gif" | "webp">> = {
  "image/jpeg": "jpeg",
  "image/png": "png",
  "image/gif": "gif",
  "image/webp": "webp",
  "image/avif": "webp",
  "image/tiff": "webp",
};

let before: Promise<unknown> = Promise.resolve();

/**
 * Writes the picture to `target`, and smaller ones beside it (`<target>.320`).
 *
 * @returns "broken" when it cannot be decoded, whatever its first bytes said
 */
export function keepImage(source: string, type: string, target: string): Promise<KeptImage | "broken"> {
  const mine = before.then(() => keep(source, type, target));
  before = mine.catch(() => {});
  return mine;
}

async function keep(source: string, type: string, target: string): Promise<KeptImage | "broken"> {
  const format = keptAs[type];
  if (format === undefined) return "broken";
  // Frames of a moving picture are one long picture to the decoder, so the limit holds for all of them together.
  const moves = format === "gif" || format === "webp";
  const read = () =>
    sharp(source, { animated: moves, limitInputPixels: mostPixels, failOn: "error", sequentialRead: !moves })
      .timeout({ seconds: decodeWithinSeconds })
      .autoOrient();
  const files: string[] = [];
  const write = async (picture: Sharp, path: string) => {
    files.push(`${path}.part`);
    const written = await picture.toFile(`${path}.part`);
    await rename(`${path}.part`, path);
    files.push(path);
    return written;
  };
  try {
    const whole = await write(encoded(read(), format), target);
    const height = whole.pageHeight ?? whole.height;
    const sizes: number[] = [];
    for (const size of imageSizes) {
      if (Math.max(whole.width, height) <= size) continue;
      const fits = { width: size, height: size, fit: "inside", withoutEnlargement: true } as const;
      await write(encoded(read().resize(fits), "webp", 80), `${target}.${size}`);
      sizes.push(size);
    }
    const written = await Promise.all([target, ...sizes.map((size) => `${target}.${size}`)].map((path) => stat(path)));
    const storedBytes = written.reduce((sum, { size }) => sum + size, 0);
    return {
      ...{ type: `image/${format}`, width: whole.width, height, sizes },
      ...{ bytes: written[0]?.size ?? 0, storedBytes },
    };
  } catch (fault) {
    await Promise.all(files.map((path) => rm(path, { force: true })));
    if (isOfTheSystem(fault)) throw fault;
    return "broken";
  }
}

const printedSize = 480;

/**
 * A kept picture, small and on white, as printed documents hold them: a JPEG.
 *
 * @returns "broken" when it is not there, or cannot be decoded
 */
export function printedImage(source: string): Promise<Buffer | "broken"> {
  const mine = before.then(() => smallOnWhite(source));
  before = mine.catch(() => {});
  return mine;
}

async function smallOnWhite(source: string): Promise<Buffer | "broken"> {
  try {
    return await sharp(source, { limitInputPixels: mostPixels, failOn: "error", sequentialRead: true })
      .timeout({ seconds: decodeWithinSeconds })
      .autoOrient()
      .resize({ width: printedSize, height: printedSize, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .jpeg({ quality: 78 })
      .toBuffer();
  } catch {
    // It was decoded when it came; a file that is gone by now, or does not read any more, is not printed.
    return "broken";
  }
}

function encoded(picture: Sharp, format: "jpeg" | "png" | "gif" | "webp", quality = 90): Sharp {
  switch (format) {
    case "jpeg":
      return picture.jpeg({ quality });
    case "png":
      return picture.png();
    case "gif":
      return picture.gif();
    case "webp":
      return picture.webp({ quality });
  }
}

/** A full disk is not the picture's fault. */
const isOfTheSystem = (fault: unknown): boolean =>
  fault instanceof Error && ("syscall" in fault || /No space left/i.test(fault.message));
