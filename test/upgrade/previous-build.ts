import { execFile, execFileSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { answersOk, hasWritten } from '../../local/processes/node-program';
import { PROJECT } from '../../local/processes/project';
import { launch, untilReady } from '../../local/processes/program';
import type { Program } from '../../local/processes/program';
import { freePort } from '../../local/servers/ports';
import { createRunFolder } from '../local/run-folder';
import { createApiCaller } from '../support/api-caller';
import type { ApiCaller } from '../support/api-caller';
import { settingsFor, sharedServers } from '../support/environment';
import type { Installation } from '../support/stack';

/** The commit of the previous release. `UPGRADE_FROM` names another one. */
export const PREVIOUS_RELEASE = '40b3cdf';

const GRACE_MS = 20_000;

export interface PreviousBuild {
  api: ApiCaller;
  /** By SIGTERM, as a deployment does it. */
  stopWorker(): Promise<void>;
  stop(): Promise<void>;
}

/** Runs a program of ours to its end. */
export const runNode = promisify(execFile).bind(undefined, process.execPath);

export const environmentOf = ({ name }: Installation, settings: Record<string, string>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...settingsFor(name, sharedServers()),
  ...settings,
  LOG_LEVEL: 'info',
});

/** Starts API or worker of a work tree. Resolves when it is ready. */
export function startProgram(
  tree: string,
  name: 'api' | 'worker',
  env: NodeJS.ProcessEnv,
  isReady: (program: Program) => Promise<boolean>,
): Promise<Program> {
  const { path: folder, pids } = createRunFolder();
  const program = launch({
    name,
    command: process.execPath,
    args: ['--import', 'tsx', join(tree, name, 'main.ts')],
    cwd: tree,
    env,
    logFile: join(folder, `${name}.log`),
    pids,
    channel: false,
  });
  return untilReady(program, {
    isReady: () => isReady(program),
    limitMs: 60_000,
    signal: new AbortController().signal,
  });
}
export const isPolling = hasWritten('worker is polling');

/** Runs API and worker of a commit on a database that it has made itself, from a work tree of its own with the packages of this one. */
export async function startPreviousBuild(
  installation: Installation,
  commit: string,
  settings: Record<string, string>,
): Promise<PreviousBuild> {
  const { path: folder } = createRunFolder();
  const tree = join(folder, 'previous');
  const git = (...args: string[]) => execFileSync('git', ['-C', PROJECT, 'worktree', ...args], { stdio: 'pipe' });
  git('add', '--detach', tree, commit);
  symlinkSync(join(PROJECT, 'node_modules'), join(tree, 'node_modules'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = environmentOf(installation, { ...settings, PORT: `${port}` });
  const { keys } = installation;
  const seeded = [env['MONGODB_URI'], env['MONGODB_DATABASE'], keys].map((value) => JSON.stringify(value)).join();
  const seed = `require(${JSON.stringify(join(tree, 'store/people/seed-demo'))}).seedDemo(${seeded})`;
  await runNode(['--import', 'tsx', '-e', seed], { cwd: tree, env });
  const [api, worker] = await Promise.all([
    startProgram(tree, 'api', env, () => answersOk(`${url}/livez`)),
    startProgram(tree, 'worker', env, isPolling),
  ]);
  return {
    api: createApiCaller(url, keys.find(({ role }) => role === 'systemAdministrator')!.key),
    stopWorker: () => worker.stop(GRACE_MS),
    async stop() {
      await Promise.all([api, worker].map((program) => program.stop(GRACE_MS)));
      git('remove', '--force', tree);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
