import { expect } from "chai";
import { pino } from "pino";
import { readSettings } from "../../config/settings.ts";
import { type RunningRecorder, startRecorder } from "../../recorder/main.ts";
import { eventually } from "../support/eventually.ts";
import { decodingErrors, packetTimesMs } from "../support/sampleMedia.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { toolPaths } from "../support/tools.ts";

const secret = "a-secret-of-this-test-alone";
const quiet = pino({ level: process.env.TEST_LOG ?? "silent" });

describe("The demo's ended meeting", () => {
  let server: TestServer;
  let recorder: RunningRecorder | undefined;

  before(async () => {
    server = await startTestServer({ TWINLIGHT_DEMO: "1", RECORDER_SECRET: secret });
  });
  after(async () => {
    await recorder?.close();
    await server.end();
  });

  const start = () =>
    startRecorder(
      readSettings({
        ...{ DATA_DIR: server.dataDir, DATABASE_URL: server.databaseUrl, RECORDER_SECRET: secret, TWINLIGHT_DEMO: "1" },
        ...toolPaths(),
      }),
      quiet,
      server.url,
    );

  const files = async () => {
    const { rows } = await server.pool.query<{
      path: string;
      state: string;
      ms: number;
      kept: number;
      camera: boolean;
    }>(
      `select r.path, r.state, r.length_ms as kept, r.has_picture as camera,
              (extract(epoch from (select at from meeting_log e where e.meeting_id = m.id and
                 e.event ->> 'type' = 'floor.turnEnded' and e.event ->> 'turn' = r.turn_id) - r.started_at) * 1000)::int as ms
       from recordings r join meetings m on m.id = r.meeting_id where m.code = 'two-rivers-1' order by r.started_at`,
    );
    return rows;
  };

  it("gets media for each of its turns through the recorder's own writer, and a film", async () => {
    recorder = await start();
    await recorder.demo;
    const made = await files();
    expect(made.length).to.be.greaterThan(3);
    for (const { path, state, ms, kept, camera } of made) {
      const file = `${server.dataDir}/media/${path}`;
      expect(state).to.equal("finished");
      expect(kept).to.be.closeTo(ms, 100);
      expect(await decodingErrors(file)).to.equal("");
      expect((await packetTimesMs(file, "v")).length > 0).to.equal(camera);
    }
    await eventually(async () => {
      const { rows } = await server.pool.query("select from films where state = 'ready'");
      return rows.length === 1;
    });
  });

  it("is left as it is by the next start", async () => {
    const before = await files();
    await recorder?.close();
    recorder = await start();
    await recorder.demo;
    expect(await files()).to.deep.equal(before);
  });
});
