import { openScratchStore } from '../../support/scratch-store';
import type { ScratchStore } from '../../support/scratch-store';
import { sharedServers } from '../../support/environment';

export interface ServerDatabase {
  scratch: ScratchStore;
  /** The settings by which the commands on the server find it. */
  settings: { MONGODB_URI: string; MONGODB_DATABASE: string };
}

/** Gives the suite a database of its own, which the commands on the server work on. */
export function onServer(): ServerDatabase {
  const server = {} as ServerDatabase;
  const before = { ...process.env };
  beforeAll(async () => {
    server.scratch = await openScratchStore();
    server.settings = { MONGODB_URI: sharedServers().mongodbUri, MONGODB_DATABASE: server.scratch.db.databaseName };
    Object.assign(process.env, server.settings);
  });
  afterAll(async () => {
    process.env = before;
    await server.scratch.close();
  });
  return server;
}
