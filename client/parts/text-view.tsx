import { type ReactNode, useState } from "react";
import type { TextNode } from "../../domain/text/schema.ts";
import { t } from "../words/words.ts";
import { Icon } from "./icon.tsx";
import "./text-view.css";

/** Where the materials of a text are. */
export interface TextFiles {
  image: (material: string) => string;
  shown: (material: string) => string;
  saved: (material: string) => string;
}

/**
 * A page's text, to be read. Drawn from the document itself, element by element: nothing in it is ever taken as HTML. What
 * this does not know is left out.
 */
export function TextView({ doc, files }: { doc: TextNode; files: TextFiles }) {
  return (
    <div className="text" dir="auto">
      {all(doc.content, files)}
    </div>
  );
}

// A text has no names for its parts: where they stand is all there is, and they are drawn anew as a whole.
const all = (nodes: readonly TextNode[] | undefined, files: TextFiles): ReactNode =>
  // biome-ignore lint/suspicious/noArrayIndexKey: as just said
  nodes?.map((node, at) => <Drawn key={at} node={node} files={files} />);

function Drawn({ node, files }: { node: TextNode; files: TextFiles }): ReactNode {
  const { type, attrs = {}, content } = node;
  const inside = () => all(content, files);
  switch (type) {
    case "paragraph":
      return <p dir="auto">{inside()}</p>;
    case "heading":
      return attrs.level === 2 ? (
        <h2 dir="auto">{inside()}</h2>
      ) : attrs.level === 3 ? (
        <h3 dir="auto">{inside()}</h3>
      ) : (
        <h4 dir="auto">{inside()}</h4>
      );
    case "bulletList":
      return <ul>{inside()}</ul>;
    case "orderedList":
      return <ol start={Number(attrs.start ?? 1)}>{inside()}</ol>;
    case "listItem":
      return <li>{inside()}</li>;
    case "blockquote":
      return <blockquote>{inside()}</blockquote>;
    case "codeBlock":
      return (
        <pre dir="ltr">
          <code>{inside()}</code>
        </pre>
      );
    case "horizontalRule":
      return <hr />;
    case "hardBreak":
      return <br />;
    case "image":
    case "video":
    case "file":
      return <Shown node={node} files={files} />;
    case "text":
      return marked(node);
    default:
      return null;
  }
}

function Shown({ node: { type, attrs = {} }, files }: { node: TextNode; files: TextFiles }) {
  const material = String(attrs.material);
  const caption = String(attrs.caption ?? "");
  const alt = String(attrs.alt ?? "");
  // It was removed or hidden meanwhile, or this browser cannot show it.
  const [isGone, setGone] = useState(false);
  if (type === "file") {
    return (
      <p>
        <a className="text-file" href={files.saved(material)} download>
          <Icon name="download-simple" />
          <span dir="auto">{String(attrs.title || t("pages.file"))}</span>
        </a>
      </p>
    );
  }
  return (
    <figure>
      {isGone ? (
        <p className="text-gone">
          <Icon name={type === "image" ? "image" : "file-video"} />
          <span>{type === "image" ? t("pages.goneImage") : t("pages.goneVideo")}</span>
          {alt === "" ? null : <span dir="auto">{alt}</span>}
        </p>
      ) : type === "image" ? (
        <img src={files.image(material)} alt={alt} loading="lazy" onError={() => setGone(true)} />
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: what pupils film has no captions; its caption says what it is
        <video
          src={files.shown(material)}
          controls
          playsInline
          preload="metadata"
          aria-label={caption || t("pages.video")}
          onError={() => setGone(true)}
        />
      )}
      {caption === "" ? null : <figcaption dir="auto">{caption}</figcaption>}
    </figure>
  );
}

type Mark = NonNullable<TextNode["marks"]>[number];

const marked = ({ text, marks = [] }: TextNode): ReactNode => marks.reduceRight<ReactNode>(wrapped, text);

function wrapped(inside: ReactNode, { type, attrs = {} }: Mark): ReactNode {
  switch (type) {
    case "strong":
      return <strong>{inside}</strong>;
    case "em":
      return <em>{inside}</em>;
    case "underline":
      return <u>{inside}</u>;
    case "strike":
      return <s>{inside}</s>;
    case "link":
      return <Link href={String(attrs.href)}>{inside}</Link>;
    default:
      return inside;
  }
}

/** Leads out of the TwinSpace, and says where to: what a link is called is up to who wrote it. */
function Link({ href, children }: { href: string; children: ReactNode }) {
  if (/^mailto:/i.test(href)) return <a href={href}>{children}</a>;
  const host = hostOf(href);
  if (host === undefined) return children;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
      {children}
      <span className="text__host"> ({t("thing.opensOutside", { host })})</span>
    </a>
  );
}

function hostOf(href: string): string | undefined {
  try {
    const { protocol, host } = new URL(href);
    return protocol === "https:" || protocol === "http:" ? host : undefined;
  } catch {
    return undefined;
  }
}
