/** Told to the page's own window when news or mail was read, so that the bell counts anew at once. */
export const countsChanged = "twinlight:counts";
