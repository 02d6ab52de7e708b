import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { answersOk, startNodeProgram } from '../../local/processes/node-program';
import type { Program } from '../../local/processes/program';
import { freePort } from '../../local/servers/ports';
import { createRunFolder } from '../local/run-folder';
import { createApiCaller } from './api-caller';
import type { ApiCaller } from './api-caller';
import { settingsFor, sharedServers } from './environment';
import type { Stack } from './stack';

export interface CrashableApi {
  url: string;
  api: ApiCaller;
  /** The process that runs now. */
  running(): Program;
  start(): Promise<void>;
  /** Makes it crash the next time that it reaches the step. */
  crashAt(step: string): Promise<void>;
  /** Resolves once it has crashed and another one has started. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

const never = new AbortController().signal;

/** The API as a process of its own on the servers, database and worker of a stack, which runs no outbox itself. */
export async function runCrashableApi(stack: Stack): Promise<CrashableApi> {
  const { path: folder, pids } = createRunFolder();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, ...settingsFor(stack.name, sharedServers()), PORT: `${port}` };
  let running: Program;
  const start = async (): Promise<void> => {
    running = await startNodeProgram(
      {
        name: 'api',
        entry: 'test/support/crashable-api.ts',
        env,
        logFile: join(folder, 'api.log'),
        pids,
        isReady: () => answersOk(`${url}/livez`),
      },
      never,
    );
  };
  await start();
  return {
    url,
    api: createApiCaller(url, stack.api.key),
    running: () => running,
    start,
    crashAt: async (step) => void (await fetch(`${url}/__crash/${encodeURIComponent(step)}`, { method: 'PUT' })),
    async startAgain() {
      expect(await running.ended).toBe('killed by SIGKILL');
      await start();
    },
    async stop() {
      await running.stop(3_000);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
