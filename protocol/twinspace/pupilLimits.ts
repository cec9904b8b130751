/** How long and how many, for schemas and pages alike. */
export const longestRosterName = 60;
export const longestAlias = 30;
export const longestYear = 20;
/** So many are made at a time, and given new cards at a time. */
export const pupilsAtOnce = 200;
/** So many of one school are in one project, ended ones too until they are erased. */
export const pupilsOfSchool = 1000;
