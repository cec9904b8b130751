/**
 * Small pictures that a seven-year-old can name and tell apart without their colours. A pupil has one beside their alias; a
 * picture password is three of them. The drawings are in client/looks/pictures.ts, their words in client/words.
 */
import * as z from "zod";
import "../ids.ts";

export const PictureName = z.enum([
  "fish",
  "cat",
  "dog",
  "bird",
  "rabbit",
  "horse",
  "cow",
  "butterfly",
  "beetle",
  "tree",
  "flower",
  "cactus",
  "carrot",
  "cherries",
  "iceCream",
  "cake",
  "car",
  "train",
  "bicycle",
  "boat",
  "plane",
  "rocket",
  "house",
  "castle",
  "tent",
  "sun",
  "moon",
  "star",
  "umbrella",
  "key",
  "bell",
  "scissors",
  "guitar",
  "ball",
  "balloon",
  "robot",
]);
export type PictureName = z.infer<typeof PictureName>;
