/**
 * A small wardrobe of drawn faces, 48 by 48, flat and without outlines, one of which a person may choose. Nobody is given one
 * by their name, and none of them says anything about who wears it.
 */
const eyes = `<circle cx="19" cy="24.5" r="1.5" fill="#2a1a14"/><circle cx="29" cy="24.5" r="1.5" fill="#2a1a14"/>`;
const smile = `<path d="M20 30c2.4 2.4 5.6 2.4 8 0" fill="none" stroke="#2a1a14" stroke-width="1.6" stroke-linecap="round"/>`;
const glasses = `<g fill="none" stroke="#2a1a14" stroke-width="1.3"><circle cx="19" cy="24.5" r="3.6"/><circle cx="29" cy="24.5" r="3.6"/><path d="M22.6 24.5h2.8"/></g>`;
const head = (skin: string) =>
  `<rect x="20.5" y="32" width="7" height="9" fill="${skin}"/><ellipse cx="24" cy="25" rx="10" ry="11" fill="${skin}"/>`;
const top = (colour: string) =>
  `<path d="M8 48c0-7 6.5-10.5 12.5-11 1.8 2.4 5.2 2.4 7 0C33.5 37.5 40 41 40 48z" fill="${colour}"/>`;
const back = (colour: string) => `<rect width="48" height="48" fill="${colour}"/>`;

export const faces: readonly string[] = [
  `${back("#f4e0c8")}${head("#f2cfae")}${top("#34466e")}${eyes}${smile}<path d="M13 22c0-9 5-13 11-13s11 4 11 13z" fill="#3d6a8c"/><rect x="12" y="20" width="24" height="3.6" rx="1.8" fill="#2f5470"/>`,
  `${back("#cfe0d6")}<path d="M12 42V24c0-9 5-14 12-14s12 5 12 14v18z" fill="#2b1d18"/>${head("#dfa57c")}${top("#c98a1b")}${eyes}${smile}<path d="M14 25c1-9 6-11.5 10-11.5S34 17 34 25c-3-1-6-4-7-7-2 4-8 6.5-13 7z" fill="#2b1d18"/>`,
  `${back("#f3d9cf")}<g fill="#1f1512"><circle cx="16" cy="18" r="6"/><circle cx="24" cy="14" r="7"/><circle cx="32" cy="18" r="6"/><circle cx="14" cy="25" r="4.5"/><circle cx="34" cy="25" r="4.5"/></g>${head("#b4703f")}${top("#2d7a5b")}${eyes}${smile}<path d="M15 21c2-5 5-6.5 9-6.5S31 16 33 21c-6-2-12-2-18 0z" fill="#1f1512"/>`,
  `${back("#e4dcee")}<circle cx="24" cy="9" r="5" fill="#5a2f28"/>${head("#e6b591")}${top("#8c2f45")}${eyes}${smile}<path d="M13.5 25C13 15 18 11.5 24 11.5S35 15 34.5 25c-2-5-5-7.5-10.5-7.5S15.5 20 13.5 25z" fill="#5a2f28"/>`,
  `${back("#e9e6c9")}${head("#8a5330")}${top("#6b3f96")}${eyes}${smile}<path d="M14 22c0-8 4.5-11 10-11s10 3 10 11c-1.5-3-3-4.5-5-5-3 .6-7 .6-10 0-2 .5-3.5 2-5 5z" fill="#17110e"/>`,
  `${back("#e2dace")}${head("#f1cdb0")}${top("#3a5a86")}${eyes}${glasses}${smile}<path d="M14 22c-.5-8 4-12 10.5-12S35 14 34 21c-3-4-6-5-9-5-4 0-8 2-11 6z" fill="#a3733f"/>`,
  `${back("#d5e6ea")}<path d="M13 20c-4 4-5 10-4 17h6zM35 20c4 4 5 10 4 17h-6z" fill="#c58b45"/>${head("#f7dcc2")}${top("#b5402c")}${eyes}${smile}<path d="M13.5 24c0-9 4.5-13 10.5-13s10.5 4 10.5 13c-4-1.5-8-5-10-9-2 4-7 7.5-11 9z" fill="#c58b45"/><rect x="9" y="31" width="6" height="3.5" rx="1.7" fill="#234a9c"/><rect x="33" y="31" width="6" height="3.5" rx="1.7" fill="#234a9c"/>`,
  `${back("#f0e3c4")}<path d="M11 44c-1-10 0-22 3-27 2.5-4.5 6-6.5 10-6.5s7.5 2 10 6.5c3 5 4 17 3 27z" fill="#2d6f74"/>${head("#d49a6a")}${top("#225a5f")}${eyes}${smile}<path d="M14 26c-.5-8 4-12.5 10-12.5S34.5 18 34 26l1.5-2C35 14 30.5 10.5 24 10.5S13 14 12.5 24z" fill="#2d6f74"/>`,
];
