declare module "virtual:sprite" {
  /** Address of the sprite: `#<icon>`, `#flag-<country>`, `#face-<n>`, `#picture-<name>`. */
  const address: string;
  export default address;
}

declare module "virtual:guide" {
  /** The pages of docs/guide/ and the glossary, the index first. */
  export const pages: readonly import("../guide/shape.ts").GuidePage[];
  /** The addresses of the pictures they show, by their names in docs/pictures/. */
  export const pictures: Readonly<Record<string, string>>;
}
