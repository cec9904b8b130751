/** The countries whose flags are drawn in the sprite. tests/client/sprite.test.ts keeps this the same as flags.ts. */
const drawn = new Set(
  "AL AM AT AZ BA BE BG CY CZ DE DK EE ES FI FR GE GR HR HU IE IS IT LT LU LV MD ME MK MT NL NO PL PT RO RS SE SI SK TR UA".split(
    " ",
  ),
);

/** True when there is a drawn flag for this ISO 3166 code. */
export const hasFlag = (country: string): boolean => drawn.has(country);
