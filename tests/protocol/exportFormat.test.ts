/** docs/export-format.md is the schema of what leaves, and is written from it: `WRITE_DOCS=1` writes it anew. */
import { readFile, writeFile } from "node:fs/promises";
import { expect } from "chai";
import * as z from "zod";
import { Exported } from "../../protocol/twinspace/exported.ts";

const page = new URL("../../docs/export-format.md", import.meta.url);

const written = (): string => `# The export of a project

What a founder downloads is one zip, in UTF-8 throughout:

- \`index.html\`, \`pages/*.html\` and the other \`.html\` files: all of it to be read in a browser, without a server.
- \`files/\`: the files of its materials. \`project.json\` has the SHA-256, alternative text, licence and credit of each.
- \`texts/*.json\`: the text of each page, a document of [ProseMirror](https://prosemirror.net/docs/ref/#model.Document_Schema);
  domain/text/schema.ts has what may stand in it.
- \`project.json\`: everything else, in the shape below. Moments are milliseconds since 1970.

Names of things (\`id\`, \`author\`, \`folder\` ...) mean something within the file only. What was removed is not in it; of what is
hidden nothing but that it is. Pupils are there by their alias. There are no consents, no mail, no addresses, no secrets and
no roster names in it, and no replay of a meeting.

The report card is in \`reportPlan\`, \`reportEntries\` (drafts too) and \`reportComments\`; files from before have none of them.
\`author\` is null where a meeting wrote its entry: that holds numbers by school, and nobody's name. Not in it are what support
services said between themselves, that they have read an entry, and the public version.

An import makes the plan and the entries those of its project, with their state and readers. Schools are found by their name:
what a school that is not in the project counted is written below the entry's own words, as is what a moment of a replay was
called, and numbers of a meeting stay without a school. Evidence leads to the materials and pages that came, or is left out.
Comments come as words of whoever brings the file in, which begin with who said it: no file can speak for a support service.
No question waits for an answer, nothing counts as read, and no report is public until somebody here says so.

Anything of another \`version\`, or with a field that is not in this schema, is refused by an import.

This page is written from protocol/twinspace/exported.ts by tests/protocol/exportFormat.test.ts.

\`\`\`json
${JSON.stringify(z.toJSONSchema(Exported, { io: "output" }), null, 2)}
\`\`\`
`;

describe("the published shape of an export", () => {
  it("is the schema", async () => {
    if (process.env.WRITE_DOCS) await writeFile(page, written());
    expect(await readFile(page, "utf8")).to.equal(written());
  });
});
