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
