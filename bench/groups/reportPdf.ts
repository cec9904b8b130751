/**
 * A report card of 200 entries as a PDF, with its figures, counts and comments, as a teacher downloads it. Compared with a bare
 * pdfkit document of as many pages and as many lines, in a font of its own that every reader has.
 */
import PDFDocument from "pdfkit";
import { type PdfEntry, type ReportPdfFacts, reportPdf } from "../../server/reports/pdf.ts";
import { type Group, percentile, percentiles, quick, round } from "../measure.ts";

const entries = 200;
const rounds = quick ? 3 : 15;
const sentence =
  "Aveiro: 13 degrees and salty. Oulu: 0 degrees under 40 cm of ice. Pupils compared the numbers in pairs. ";

const group: Group = {
  name: "reportcard.pdf",
  async run(say) {
    const facts = reportCard();
    const bytes = await reportPdf(facts);
    const pages = bytes.toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0;
    const ours: number[] = [];
    const bare: number[] = [];
    const blocks: number[] = [];
    for (let round_ = 0; round_ < rounds; round_ += 1) {
      const began = performance.now();
      blocks.push(await longestBlock(() => reportPdf(facts)));
      ours.push(performance.now() - began);
      const bareBegan = performance.now();
      await bareDocument(pages);
      bare.push(performance.now() - bareBegan);
    }
    const note = `${entries} entries, ${pages} pages, ${Math.round(bytes.length / 1000)} kB`;
    const against = { name: "bare pdfkit, as many pages", samples: bare };
    for (const figure of percentiles("reportcard.pdf", ours, { against, note })) say(figure);
    say({
      ...{ name: "reportcard.pdf.block.p95", value: round(percentile(blocks, 0.95)), unit: "ms" },
      ...{ ratio: null, against: null, n: blocks.length, note: "longest that others wait for their turn" },
    });
  },
};
export default group;

/** How long the event loop stood still at most while this was done. */
async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return longest;
}

const linesOnPage = 46;

async function bareDocument(pages: number): Promise<number> {
  const doc = new PDFDocument({ size: "A4", margin: 56 });
  let bytes = 0;
  const done = new Promise<void>((resolve) => doc.on("end", resolve));
  doc.on("data", (part: Buffer) => {
    bytes += part.length;
  });
  for (let page = 0; page < pages; page += 1) {
    if (page > 0) doc.addPage();
    doc.font("Helvetica").fontSize(10);
    for (let line = 0; line < linesOnPage; line += 1) {
      doc.text(sentence.slice(0, 95), 56, 70 + line * 14, { lineBreak: false });
    }
  }
  doc.end();
  await done;
  return bytes;
}

function reportCard(): ReportPdfFacts {
  const schools = [
    { name: "Escola de Aveiro", town: "Aveiro", country: "PT" },
    { name: "Oulun koulu", town: "Oulu", country: "FI" },
  ];
  return {
    ...{
      title: "Two rivers",
      address: "https://twinlight.example/twinspace/two-rivers/report",
      madeAt: 1_795_000_000_000,
    },
    ...{ readers: "teachers", schools, line: "", intro: sentence, period: "1 September 2026 – 30 June 2027" },
    ...{ state: "The interim entry is due", labels: ["eTwinning Label of Escola de Aveiro"], leftOut: 0 },
    figures: [
      {
        ...{ is: "split", title: `Who wrote the ${entries} entries`, note: "" },
        bars: schools.map(({ name }, place) => ({ name, value: 100 + place, said: String(100 + place) })),
      },
      {
        ...{ is: "planned", title: "Planned and done", note: "" },
        bars: Array.from({ length: 12 }, (_, n) => ({ name: `Line ${n} of the plan`, done: n, planned: 12 })),
      },
    ],
    entries: Array.from({ length: entries }, (_, n) => entry(n)),
    ...{ picturesLeftOut: 0, comments: [] },
  };
}

function entry(n: number): PdfEntry {
  const isMeeting = n % 5 === 4;
  const spoke = (school: string) => ({ school, adults: 2, pupils: 20, turns: 8, spokeMs: 900_000 });
  return {
    kind: isMeeting ? "meeting" : "activity",
    title: `We measured both rivers on the same day, ${n}`,
    days: ["2026-11-03", "2026-11-05"],
    ...{
      by: n % 2 ? "Mikko Väisänen" : "Ana Conceição",
      school: n % 2 ? "Oulun koulu" : "Escola de Aveiro",
      notes: [],
    },
    texts: isMeeting
      ? []
      : ["What was done", "What was learned", "Next steps"].map((head) => ({
          head,
          text: `${n}: ${sentence.repeat(5)}`,
        })),
    facts: [{ head: "Who took part", text: "28 pupils of Escola de Aveiro, 24 pupils of Oulun koulu" }],
    meeting: isMeeting
      ? {
          lengthMs: 2_520_000,
          adults: 4,
          pupils: 40,
          turns: 16,
          schools: [spoke("Escola de Aveiro"), spoke("Oulun koulu")],
        }
      : null,
    ...{ pictures: [], evidence: [{ words: "The otter film", link: "https://example.org/otter" }] },
    comments:
      n % 4 === 0
        ? [{ by: "Support service Portugal", kind: "Praise", note: "", words: sentence, at: 1_795_000_000_000 }]
        : [],
  };
}
