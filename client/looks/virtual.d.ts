declare module "virtual:sprite" {
  /** Address of the sprite: `#<icon>`, `#flag-<country>`, `#face-<n>`. */
  const address: string;
  export default address;
}
