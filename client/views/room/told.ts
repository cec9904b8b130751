/**
 * What just happened, as one sentence for the status line: found by comparing the picture before with the picture now, so it
 * needs no history and says nothing about what happened while the page was away. The most important comes first.
 */
import { isHere, type Meeting, type Seat, turnOf } from "../../../domain/meeting/state.ts";
import { t } from "../../words/words.ts";
import { reactionWords } from "../reactions.ts";
import { chairName, mySeat, nameOf, type Sight, speakerName } from "./sight.ts";

/** A turn that ends this close to its time ended because of it. */
const timeUpWithinMs = 400;

export interface Told {
  words: string;
  /** Heavier sentences are not pushed aside at once by lighter ones: what is about me outweighs what is about others. */
  weight: 0 | 1 | 2 | 3;
}

/** Null when nothing is worth a sentence. `now` is the server's clock; `byMyself`: I finished my turn or lowered my hand. */
export function whatHappened(before: Meeting, sight: Sight, now: number, byMyself: boolean): Told | null {
  const found: [string | null, Told["weight"]][] = [
    [aboutEverything(before, sight), 3],
    [aboutMe(before, sight, now, byMyself), 3],
    [aboutTheFloor(before, sight), 2],
    [aboutPeople(before, sight), 1],
    [aboutHands(before, sight), 0],
    [aboutReactions(before, sight), 0],
  ];
  for (const [words, weight] of found) if (words !== null) return { words, weight };
  return null;
}

function aboutEverything(before: Meeting, sight: Sight): string | null {
  const { meeting } = sight;
  if (!before.frozen && meeting.frozen) return t("told.frozen", { chair: chairName(sight) });
  if (before.frozen && !meeting.frozen && meeting.phase === "open") return t("told.resumed");
  if (before.recording === "running" && meeting.recording === "interrupted") return t("told.recordingInterrupted");
  if (before.recording === "interrupted" && meeting.recording === "running") return t("told.recordingResumed");
  return null;
}

function aboutMe(before: Meeting, sight: Sight, now: number, byMyself: boolean): string | null {
  const { meeting, me } = sight;
  const [was, is] = [before.seats[me], mySeat(sight)];
  if (is === undefined) return null;
  const chair = chairName(sight);
  if (was !== undefined && was.role !== is.role) {
    if (is.role === "chair") return t("told.chairIsYours");
    if (is.role === "coChair") return t("told.coChairYours");
  }
  if (!was?.muted && is.muted) return t("told.muted", { chair });
  if (was?.muted && !is.muted) return t("told.unmuted");
  const [turnBefore, turnNow] = [turnOf(before, me), turnOf(meeting, me)];
  if (turnNow !== undefined && turnBefore?.turn !== turnNow.turn) return t("told.turnYours");
  if (turnBefore !== undefined && turnNow === undefined && !byMyself && !meeting.frozen) {
    const timeUp = turnBefore.endsAt !== null && now >= turnBefore.endsAt - timeUpWithinMs;
    return timeUp ? t("told.timeUpYours", { name: nameOf(sight, me) }) : t("told.turnEndedByChair", { chair });
  }
  // Hands are lowered one by one, also when the whole queue is cleared.
  const hasHand = (picture: Meeting) => picture.queue.some((hand) => hand.seat === me);
  if (hasHand(before) && !hasHand(meeting) && turnNow === undefined && !byMyself && !meeting.frozen) {
    return t("told.handLowered", { chair });
  }
  return null;
}

function aboutTheFloor(before: Meeting, sight: Sight): string | null {
  const { meeting, me } = sight;
  const fresh = meeting.turns.find((turn) => !before.turns.some((known) => known.turn === turn.turn));
  if (fresh !== undefined) {
    const name = speakerName(sight, fresh.seat, fresh.pupil);
    switch (fresh.why) {
      case "givenByChair":
        return t("told.turnGiven", { chair: chairName(sight), name });
      case "leastAirtime":
        return t("told.turnFair", { name });
      case "schoolsAlternate":
        return t("told.turnSchools", { name });
      case "byQueue":
        return t("told.turnStarted", { name });
    }
  }
  if (!before.share && meeting.share && meeting.share.seat !== me) {
    return t("told.shareStarted", { name: nameOf(sight, meeting.share.seat) });
  }
  if (before.share && !meeting.share) return t("told.shareEnded");
  // Everything stopped: that everybody's turn ended goes without saying.
  if (meeting.frozen) return null;
  const ended = before.turns.find((turn) => !meeting.turns.some((still) => still.turn === turn.turn));
  if (ended !== undefined && ended.seat !== me) {
    return t("told.turnEnded", { name: speakerName(sight, ended.seat, ended.pupil) });
  }
  if (before.settings.next !== meeting.settings.next) {
    return t("told.rulesChanged", { rule: t(`next.${meeting.settings.next}`) });
  }
  return null;
}

function aboutPeople(before: Meeting, sight: Sight): string | null {
  const { meeting, me } = sight;
  for (const seat of Object.values(meeting.seats)) {
    const was = before.seats[seat.seat];
    if (seat.seat === me) continue;
    if (knocks(seat) && !(was && knocks(was))) return t("told.knocked", { name: nameOf(sight, seat.seat) });
    if (seat.role === "chair" && was !== undefined && was.role !== "chair") {
      return t("told.chairIs", { name: nameOf(sight, seat.seat) });
    }
    if (isHere(seat) && seat.place === "room" && !(was && isHere(was))) {
      return t("told.joined", { name: nameOf(sight, seat.seat) });
    }
    if (was && isHere(was) && !isHere(seat)) return t("told.left", { name: nameOf(sight, seat.seat) });
  }
  return null;
}

/** In the lobby and connected. */
const knocks = (seat: Seat): boolean => seat.place === "lobby" && seat.lostAt === null;

function aboutHands(before: Meeting, sight: Sight): string | null {
  const raised = sight.meeting.queue.find((hand) => !before.queue.some((known) => known.seat === hand.seat));
  if (raised === undefined || raised.seat === sight.me) return null;
  return t("told.handRaised", { name: speakerName(sight, raised.seat, raised.pupil) });
}

function aboutReactions(before: Meeting, sight: Sight): string | null {
  const newest = sight.meeting.reactions.at(-1);
  if (newest === undefined || newest === before.reactions.at(-1) || newest.seat === sight.me) return null;
  return t("react.shown", { name: nameOf(sight, newest.seat), reaction: reactionWords(newest.reaction) });
}
