import { pictures } from "virtual:guide";
import { Fragment, type ReactNode } from "react";
import type { Block, Inline } from "../../guide/shape.ts";

/** `booking#links` is `/help/booking#links`; the index is `/help`. */
export function addressInGuide(to: string): string {
  const [page = "", place] = to.split("#");
  const path = page === "index" ? "/help" : `/help/${page}`;
  return place === undefined ? path : `${path}#${place}`;
}

/** The blocks of a page, drawn: elements of ours, never markup from a text. */
export function Blocks({ of }: { of: readonly Block[] }) {
  // A page never changes while it is shown, so a block's place is its name.
  // biome-ignore lint/suspicious/noArrayIndexKey: so says the line before
  return of.map((block, i) => <Fragment key={i}>{drawn(block)}</Fragment>);
}

function drawn(block: Block): ReactNode {
  switch (block.kind) {
    case "heading": {
      const Heading = `h${block.level}` as const;
      return (
        <Heading id={block.id}>
          <Line of={block.of} />
        </Heading>
      );
    }
    case "paragraph":
      return isPicture(block.of) ? (
        <Line of={block.of} />
      ) : (
        <p>
          <Line of={block.of} />
        </p>
      );
    case "code":
      return (
        // What scrolls must be reachable by keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways
        <pre tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
    case "quote":
      return (
        <blockquote>
          <Blocks of={block.of} />
        </blockquote>
      );
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List>
          {block.items.map((item, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a page never changes while it is shown
            <li key={i}>
              <ItemBlocks of={item} />
            </li>
          ))}
        </List>
      );
    }
    case "table":
      return <Table head={block.head} rows={block.rows} />;
  }
}

/** An item of one line needs no paragraph. */
function ItemBlocks({ of }: { of: readonly Block[] }) {
  const [first, ...others] = of;
  if (first?.kind !== "paragraph") return <Blocks of={of} />;
  return (
    <>
      <Line of={first.of} />
      <Blocks of={others} />
    </>
  );
}

function Table({ head, rows }: Pick<Extract<Block, { kind: "table" }>, "head" | "rows">) {
  const isHeaded = head.some((cell) => cell.length > 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways where the page is narrow
    <div className="guide__table" tabIndex={0}>
      <table>
        {isHeaded ? (
          <thead>
            <tr>
              {head.map((cell, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a page never changes while it is shown
                <th key={i} scope="col">
                  <Line of={cell} />
                </th>
              ))}
            </tr>
          </thead>
        ) : null}
        <tbody>
          {rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a page never changes while it is shown
            <tr key={i}>
              {row.map((cell, j) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a page never changes while it is shown
                <td key={j}>
                  <Line of={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const isPicture = (of: readonly Inline[]): boolean =>
  of.length === 1 && typeof of[0] === "object" && of[0].kind === "picture";

function Line({ of }: { of: readonly Inline[] }): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: a page never changes while it is shown
  return of.map((part, i) => <Fragment key={i}>{inline(part)}</Fragment>);
}

function inline(part: Inline): ReactNode {
  if (typeof part === "string") return part;
  switch (part.kind) {
    case "strong":
      return (
        <strong>
          <Line of={part.of} />
        </strong>
      );
    case "em":
      return (
        <em>
          <Line of={part.of} />
        </em>
      );
    case "code":
      return <code>{part.text}</code>;
    case "picture":
      return pictures[part.picture] === undefined ? null : (
        <img className="guide__picture" src={pictures[part.picture]} alt={part.alt} loading="lazy" />
      );
    case "link":
      return /^https?:/.test(part.to) ? (
        <a href={part.to} rel="noreferrer">
          <Line of={part.of} />
        </a>
      ) : (
        <a href={addressInGuide(part.to)}>
          <Line of={part.of} />
        </a>
      );
  }
}
