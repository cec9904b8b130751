/** The pictures pupils have beside their alias and sign in by. */
import { type PictureName, pictureNames } from "../../protocol/twinspace/pictureNames.ts";

export { type PictureName, pictureNames } from "../../protocol/twinspace/pictureNames.ts";

/** A picture password: so many are shown, so many of them are tapped, in their order. */
export const gridSize = 12;
export const picturesInSecret = 3;

/**
 * The pictures that are shown for one code, in their order: the same every time, and telling nothing.
 *
 * @param chances `gridSize` numbers, each 0 or more
 */
export function gridOf(chances: readonly number[]): PictureName[] {
  const left = [...pictureNames];
  return chances.slice(0, gridSize).flatMap((chance) => left.splice(chance % left.length, 1));
}
