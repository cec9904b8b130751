/** A public report as data; docs/public-report.md says what is in it. */
import { PublicReport } from "../../../protocol/reports/published.ts";
import type { ServedReport } from "./finding.ts";

/** With whole addresses. Only what the schema names leaves. */
export function reportJson({ report }: ServedReport, origin: string): string {
  const whole = (address: string) => (address.startsWith("/") ? origin + address : address);
  const shown: PublicReport = {
    ...report,
    address: whole(report.address),
    entries: report.entries.map((entry) => ({
      ...entry,
      pages: entry.pages.map((page) => ({ ...page, address: whole(page.address) })),
      files: entry.files.map((file) => ({ ...file, address: whole(file.address) })),
    })),
  };
  return `${JSON.stringify(PublicReport.parse(shown), null, 1)}\n`;
}
