/** The gallery's scenes, by the names `?scene=` takes. */
export const scenes = [
  "small",
  "charts",
  "plates",
  "arrive",
  "arrive-denied",
  "arrive-untried",
  "replay",
  "room-pupil",
  "room-speaking",
  "room-chair",
  "room-free",
  "room-frozen",
  "room-offline",
  "room-panel",
  "room-two",
] as const;
