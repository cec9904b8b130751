/**
 * How the pictures of pupils are drawn: by Phosphor's drawings (MIT, weight duotone), which differ by their shape and need
 * no colour. The build puts them into the sprite as `picture-<name>`.
 */
import type { PictureName } from "../../protocol/twinspace/pictureNames.ts";

export const pictureDrawings: Readonly<Record<PictureName, string>> = {
  fish: "fish",
  cat: "cat",
  dog: "dog",
  bird: "bird",
  rabbit: "rabbit",
  horse: "horse",
  cow: "cow",
  butterfly: "butterfly",
  beetle: "bug-beetle",
  tree: "tree",
  flower: "flower",
  cactus: "cactus",
  carrot: "carrot",
  cherries: "cherries",
  iceCream: "ice-cream",
  cake: "cake",
  car: "car-profile",
  train: "train",
  bicycle: "bicycle",
  boat: "sailboat",
  plane: "airplane",
  rocket: "rocket",
  house: "house",
  castle: "castle-turret",
  tent: "tent",
  sun: "sun",
  moon: "moon",
  star: "star",
  umbrella: "umbrella",
  key: "key",
  bell: "bell",
  scissors: "scissors",
  guitar: "guitar",
  ball: "soccer-ball",
  balloon: "balloon",
  robot: "robot",
};
