import { paragraphsOf, type WordsPart } from "../../../views/plain-words.ts";
import { t } from "../../../words/words.ts";

/** What somebody wrote, as plain text. A link says where it goes, and tells that place nothing of where it was. */
export function SaidWords({ text }: { text: string }) {
  return (
    <div className="said-words" dir="auto">
      {paragraphsOf(text).map((parts, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs have nothing but their place
        <p key={i}>
          {parts.map((part, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: nor have their parts
            <Part key={n} part={part} />
          ))}
        </p>
      ))}
    </div>
  );
}

function Part({ part }: { part: WordsPart }) {
  if (typeof part === "string") return part;
  // The host stands there already where nothing is before it and nothing hides it.
  const isPlain = part.text.replace(/^https?:\/\//i, "").startsWith(part.host) && part.text.length < 60;
  return (
    <>
      <a href={part.href} target="_blank" rel="noopener noreferrer nofollow ugc">
        {part.text}
      </a>
      {isPlain ? null : <span className="soft"> ({t("thing.opensOutside", { host: part.host })})</span>}
    </>
  );
}
