import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { answersOk, hasWritten, PROJECT } from '../../local/processes/node-program';
import { launch, untilReady } from '../../local/processes/program';
import type { Program } from '../../local/processes/program';
import { freePort } from '../../local/servers/ports';
import { createRunFolder } from '../local/run-folder';
import { createApiCaller } from '../support/api-caller';
import type { ApiCaller } from '../support/api-caller';
import { settingsFor, sharedServers } from '../support/environment';
import type { Stack } from '../support/stack';

/** The commit of the previous release. `UPGRADE_FROM` names another one. */
export const PREVIOUS_RELEASE = '40b3cdf';

export interface PreviousBuild {
  api: ApiCaller;
  stop(): Promise<void>;
}

/** Runs API and worker of a commit, from a work tree of its own with the packages of this one, on the servers of a stack. */
export async function startPreviousBuild(
  stack: Stack,
  commit: string,
  settings: Record<string, string>,
): Promise<PreviousBuild> {
  const { path: folder, pids } = createRunFolder();
  const tree = join(folder, 'previous');
  const git = (...args: string[]) => execFileSync('git', ['-C', PROJECT, 'worktree', ...args], { stdio: 'pipe' });
  git('add', '--detach', tree, commit);
  symlinkSync(join(PROJECT, 'node_modules'), join(tree, 'node_modules'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const own = { ...settings, PORT: `${port}`, LOG_LEVEL: 'info' };
  const env = { ...process.env, ...settingsFor(stack.name, sharedServers()), ...own };

  const start = (name: string, isReady: (program: Program) => Promise<boolean>): Promise<Program> => {
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
  };
  const programs = await Promise.all([
    start('api', () => answersOk(`${url}/livez`)),
    start('worker', hasWritten('worker is polling')),
  ]);
  return {
    api: createApiCaller(url, stack.api.key),
    async stop() {
      await Promise.all(programs.map((program) => program.stop(20_000)));
      git('remove', '--force', tree);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
