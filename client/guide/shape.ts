/** A page of the guide as the browser draws it: what Markdown says, without any markup. */

/** A part of a line. `to`: a page of the guide (`booking`, `booking#links`), or a whole address. */
export type Inline =
  | string
  | { readonly kind: "strong" | "em"; readonly of: readonly Inline[] }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "link"; readonly to: string; readonly of: readonly Inline[] }
  | { readonly kind: "picture"; readonly picture: string; readonly alt: string };

export type Block =
  | { readonly kind: "heading"; readonly level: 2 | 3 | 4; readonly id: string; readonly of: readonly Inline[] }
  | { readonly kind: "paragraph"; readonly of: readonly Inline[] }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "quote"; readonly of: readonly Block[] }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly (readonly Block[])[] }
  | {
      readonly kind: "table";
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    };

export interface GuidePage {
  /** In its address: `/help/<name>`; the index is `/help`. */
  readonly name: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** The files in `docs/pictures/` that it shows. */
  readonly pictures: readonly string[];
}
