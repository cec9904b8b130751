import type { PageParams } from "../routes.ts";
export default function Soon(_: { params: PageParams }) {
  return null;
}
