/** How a painted picture says who is seen and when it was painted. */
export const width = 640;
export const height = 360;
export const framesPerSecond = 20;
export const squares = 20;
const speakerBits = 4;
export const timeBits = squares - speakerBits;
/** Painted times are told in such steps, and begin anew after 2^16 of them, some eleven minutes. */
export const stepMs = 10;
export const turnMs = 2 ** timeBits * stepMs;
