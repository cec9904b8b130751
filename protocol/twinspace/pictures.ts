/** The schema of a picture's name, apart from the names so that pages need not load the schemas for them. */
import * as z from "zod";
import "../ids.ts";
import { pictureNames } from "./pictureNames.ts";

export const PictureName = z.enum(pictureNames);
