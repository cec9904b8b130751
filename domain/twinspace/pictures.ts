/** The pictures pupils have beside their alias and sign in by. */
import { PictureName } from "../../protocol/twinspace/pictures.ts";

export type { PictureName } from "../../protocol/twinspace/pictures.ts";
export const pictureNames: readonly PictureName[] = PictureName.options;
