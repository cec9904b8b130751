/** What the public pages of projects say by themselves. Everything else on them is what people wrote. */
export const words = {
  pages: "Pages of this project",
  schools: "The schools",
  label: "eTwinning Label",
  qualityLabel: "Quality Label",
  about: (title: string) => `${title}: the project and its schools`,
  published: "Published",
  before: "Page before",
  after: "Next page",
  below: "Pages below this one",
  preview: "This is how the page would look. Nobody sees it yet.",
} as const;
