import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { readdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveBinary } from '../local/binaries/resolve-binary';
import { MONGOD, TEMPORAL, TIME_SKIPPING_SERVER } from '../local/binaries/tools';
import type { Tool } from '../local/binaries/tools';
import { mongodUri, startMongod } from '../local/servers/mongod';
import { ensurePage } from '../local/page/build-page';
import { answersOk, startNodeProgram } from '../local/processes/node-program';
import { stopLeftovers } from '../local/processes/pid-file';
import type { PidFile } from '../local/processes/pid-file';
import { freePort } from '../local/servers/ports';
import type { Program } from '../local/processes/program';
import { startTemporalServer } from '../local/servers/temporal-server';
import { WORKFLOW_SOURCES } from '../worker/workflow-bundle';
import { createRunFolder, PID_FILE, RUN_FOLDER } from './local/run-folder';

const GRACE_MS = 3_000;

/** For `global-teardown.ts`. */
export interface TestRun {
  folder: string;
  pids: PidFile;
  programs: Program[];
}
export const testRun = globalThis as typeof globalThis & { clientImportTestRun?: TestRun };

/**
 * Starts the servers that all tests of a run share, and publishes their addresses as `TEST_*` variables.
 * A server whose variable is set already is not started.
 */
export default async function setUp(): Promise<void> {
  await stopAbandonedRuns();
  const { path: folder, pids } = createRunFolder();
  const run: TestRun = { folder, pids, programs: [] };
  testRun.clientImportTestRun = run;
  // On a signal Jest ends without its teardown.
  process.once('exit', () => pids.killAll());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

  await Promise.all([
    publish('TEST_TIME_SKIPPING_SERVER', () => resolve(TIME_SKIPPING_SERVER)),
    publish('TEST_WORKFLOW_BUNDLE', () => bundleWorkflows(folder)),
    ensurePage(),
    publish('TEST_SANDBOX_URL', () => startSandbox(run)),
    publish('TEST_TEMPORAL_BINARY', () => resolve(TEMPORAL)).then((binary) =>
      publish('TEST_TEMPORAL_ADDRESS', () => startTemporal(run, binary)),
    ),
    publish('TEST_MONGOD_BINARY', () => resolve(MONGOD)).then((binary) =>
      publish('TEST_MONGODB_URI', () => startMongodb(run, binary)),
    ),
  ]);
}

async function publish(variable: string, make: () => Promise<string>): Promise<string> {
  return (process.env[variable] ||= await make());
}

const resolve = async (tool: Tool): Promise<string> =>
  (await resolveBinary(tool, process.env, (line) => process.stderr.write(`${line}\n`))).path;

const place = ({ folder, pids }: TestRun, name: string) => ({ logFile: join(folder, `${name}.log`), pids });
const never = new AbortController().signal;
/** Off by default in 1.32.0. */
const PAUSABLE = 'frontend.WorkflowPauseEnabled=true';

async function startTemporal(run: TestRun, binary: string): Promise<string> {
  const [port, uiPort] = [await freePort(), await freePort()];
  const dbFile = join(run.folder, 'temporal.db');
  run.programs.push(
    await startTemporalServer(
      { ...place(run, 'temporal'), binary, dbFile, port, uiPort, dynamicConfig: [PAUSABLE] },
      never,
    ),
  );
  process.env.TEST_TEMPORAL_UI_URL = `http://127.0.0.1:${uiPort}`;
  return `127.0.0.1:${port}`;
}

async function startMongodb(run: TestRun, binary: string): Promise<string> {
  const port = await freePort();
  const dbPath = join(run.folder, 'mongodb');
  run.programs.push(await startMongod({ ...place(run, 'mongod'), binary, dbPath, port }, never));
  return mongodUri(port);
}

async function startSandbox(run: TestRun): Promise<string> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const own = { SANDBOX_PORT: String(port), SANDBOX_DATA: join(run.folder, 'sandbox'), SANDBOX_LATENCY_MS: '0' };
  const program = await startNodeProgram(
    {
      ...place(run, 'sandbox'),
      name: 'sandbox',
      entry: 'sandbox/main.ts',
      env: { ...process.env, ...own },
      isReady: () => answersOk(`${url}/healthz`),
    },
    never,
  );
  run.programs.push(program);
  return url;
}

/** One bundle for all workers of the run, because bundling takes seconds. */
async function bundleWorkflows(folder: string): Promise<string> {
  const { code } = await bundleWorkflowCode({ ...WORKFLOW_SOURCES, logger: new DefaultLogger('WARN') });
  const file = join(folder, 'workflows.js');
  await writeFile(file, code);
  return file;
}

/** Stops the programs of test runs that were killed. */
async function stopAbandonedRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(RUN_FOLDER)) continue;
    const folder = join(tmpdir(), name);
    const isInUse = await stopLeftovers(join(folder, PID_FILE), GRACE_MS).then(
      () => false,
      () => true,
    );
    if (!isInUse) rmSync(folder, { recursive: true, force: true });
  }
}
