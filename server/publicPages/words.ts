/** What every public page of a project says by itself. */
export const frameWords = {
  skip: "Go to the text",
  toProject: "About the project",
  feed: "Follow what is published (Atom)",
  made: "Made in a TwinSpace on",
  nothingTitle: "There is nothing here",
  nothing: "This address is mistyped, or the page is not public any more. Its project may have taken it away.",
  toFront: "To the front page",
} as const;
