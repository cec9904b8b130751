import { stopTestServer } from "./database.ts";

/** What a run shares is put away once, after the last test. */
export const mochaHooks = {
  async afterAll(): Promise<void> {
    await stopTestServer();
  },
};
