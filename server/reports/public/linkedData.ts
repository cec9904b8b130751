/** What the page is, for programs that read it (https://schema.org/Report). A block of data: nothing in it is run. */
import { languageOf } from "../../publicPages/frame.ts";
import type { ServedReport } from "./finding.ts";
import { words } from "./words.ts";

/** Nothing in it can end the block it stands in. */
const inScript = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

export function linkedData({ report }: ServedReport, origin: string): string {
  const address = origin + report.address;
  const day = (ms: number) => new Date(ms).toISOString();
  const about = {
    ...{ "@context": "https://schema.org", "@type": "Report", "@id": address, url: address },
    name: words.titled(report.project.title),
    ...(report.intro === "" ? {} : { abstract: report.intro }),
    inLanguage: languageOf(report.project.languages).lang,
    ...{ datePublished: day(report.publishedAt), dateModified: day(report.changedAt) },
    ...{ image: `${address}/card.png`, isAccessibleForFree: true },
    author: report.project.schools.map(({ name, town, country }) => ({
      ...{ "@type": "School", name },
      address: { "@type": "PostalAddress", addressLocality: town, addressCountry: country },
    })),
    encoding: [
      { "@type": "MediaObject", contentUrl: `${address}.pdf`, encodingFormat: "application/pdf" },
      { "@type": "MediaObject", contentUrl: `${address}.json`, encodingFormat: "application/json" },
    ],
  };
  return `<script type="application/ld+json">${inScript(about)}</script>\n`;
}
