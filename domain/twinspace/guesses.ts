/** How often the secret behind a login code may be guessed. There are 1,320 picture passwords; a class errs a lot. */

const minuteMs = 60_000;

/** So many wrong ones in a row cost nothing; then one has to wait. */
export const freeGuesses = 5;
/** With so many in a row it is locked until their teacher unlocks it. */
export const guessesInRow = 20;
/**
 * And with so many in all since the card was made, so that right ones in between do not let somebody else guess on and on.
 */
export const guessesInAll = 100;

const longestWaitMs = 15 * minuteMs;

/** How long to wait after so many wrong ones in a row: 1, 2, 4, 8, then 15 minutes each. */
export const waitAfter = (wrong: number): number =>
  wrong < freeGuesses ? 0 : Math.min(longestWaitMs, 2 ** (wrong - freeGuesses) * minuteMs);

/**
 * Wrong ones from one network before codes that are strangers there are held up, and from one device that is known. They
 * run off evenly over `guessWindowMs`. A class of thirty errs a lot, and a whole school comes from one network.
 */
export const guessesFromNetwork = 300;
export const guessesFromDevice = 60;
export const guessWindowMs = 10 * minuteMs;
/** For so long a network is known to be a pupil's own. */
export const networkKnownMs = 30 * 86_400_000;
export const deviceKnownMs = 180 * 86_400_000;
