/** What the public pages of projects say by themselves. Everything else on them is what people wrote. */
export const words = {
  skip: "Go to the text",
  pages: "Pages of this project",
  toProject: "About the project",
  schools: "The schools",
  label: "eTwinning Label",
  about: (title: string) => `${title}: the project and its schools`,
  published: "Published",
  before: "Page before",
  after: "Next page",
  below: "Pages below this one",
  feed: "Follow what is published (Atom)",
  made: "Made in a TwinSpace on",
  preview: "This is how the page would look. Nobody sees it yet.",
  nothingTitle: "There is nothing here",
  nothing: "This address is mistyped, or the page is not public any more. Its project may have taken it away.",
  toFront: "To the front page",
} as const;
