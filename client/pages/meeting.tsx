import type { PageParams } from "../routes.ts";

/** A meeting, from its door to its end. */
export default function MeetingPage({ params }: { params: PageParams }) {
  return <p>{params.code}</p>;
}
