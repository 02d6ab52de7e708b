import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createPidFile, stopLeftovers } from '../../local/processes/pid-file';
import { until } from '../support/until';
import { createSandpit, isAlive } from './sandpit';

const sandpit = createSandpit();
const children: ChildProcess[] = [];
sandpit.atEnd(() => children.forEach((child) => child.kill('SIGKILL')));

const IDLE = sandpit.write('idle.cjs', 'setInterval(() => {}, 1e6);');
function run(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

/** A start of the stack that runs one program and is then killed; resolves to the id of the program. */
async function abandonedStart(pidFile: string, preload: string[] = []): Promise<number> {
  const script = sandpit.write(
    'owner.ts',
    `import { createPidFile } from '${require.resolve('../../local/processes/pid-file')}';
     import { launch } from '${require.resolve('../../local/processes/program')}';
     const pids = createPidFile(${JSON.stringify(pidFile)});
     const args = ${JSON.stringify([...preload, IDLE])};
     const env = { ...process.env, EXIT_WITH_PARENT: '1' };
     const logFile = ${JSON.stringify(sandpit.at('owner.log'))};
     const idle = launch({ name: 'idle', command: process.execPath, args, env, logFile, pids, channel: ${preload.length > 0} });
     console.log(idle.pid);
     setInterval(() => {}, 1e6);`,
  );
  const owner = run('--import', 'tsx', script);
  const [printed] = (await once(owner.stdout!, 'data')) as [Buffer];
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  return Number(printed.toString());
}

const untilGone = (pid: number) =>
  until(
    `process ${pid} to be gone`,
    async () => isAlive(pid),
    (alive) => !alive,
    5_000,
  );

test('When a start was killed, then the next one stops what it had left running', async () => {
  const pidFile = sandpit.at('killed.json');
  const pid = await abandonedStart(pidFile);
  expect(isAlive(pid)).toBe(true);
  expect(await stopLeftovers(pidFile, 5_000)).toEqual(['idle']);
  await untilGone(pid);
  expect(existsSync(pidFile)).toBe(false);
});

test('When a start was killed, then our own programs end by themselves', async () => {
  const pid = await abandonedStart(sandpit.at('own.json'), [
    '--require',
    require.resolve('../../local/processes/exit-with-parent.cjs'),
  ]);
  await untilGone(pid);
});

test('When the id now belongs to another program, then that one is left alone', async () => {
  const other = run(IDLE);
  const pidFile = sandpit.at('reused.json');
  const gone = { pid: 2 ** 30, name: 'owner', commandLine: 'npm start' };
  const programs = [{ name: 'mongod', pid: other.pid, commandLine: '/usr/bin/mongod --dbpath here' }];
  writeFileSync(pidFile, JSON.stringify({ owner: gone, programs }));
  expect(await stopLeftovers(pidFile, 1_000)).toEqual([]);
  expect(isAlive(other.pid!)).toBe(true);
});

test('When the other start still runs, then this one refuses and tells how both can', async () => {
  const other = run(IDLE);
  const pidFile = sandpit.at('running.json');
  createPidFile(pidFile);
  const recorded = JSON.parse(readFileSync(pidFile, 'utf8')) as { owner: { pid: number; commandLine: string } };
  recorded.owner = { ...recorded.owner, pid: other.pid!, commandLine: `${process.execPath} ${IDLE}` };
  writeFileSync(pidFile, JSON.stringify(recorded));
  await expect(stopLeftovers(pidFile, 1_000)).rejects.toThrow(
    new RegExp(`^Another start \\(process ${other.pid}\\) uses the data beside .*CLIENT_IMPORT_DATA, PORT`, 's'),
  );
});

test('When nothing was recorded, then nothing is done; when the record is broken, then the error names it', async () => {
  expect(await stopLeftovers(sandpit.at('none.json'), 1_000)).toEqual([]);
  const broken = sandpit.write('broken.json', '{');
  await expect(stopLeftovers(broken, 1_000)).rejects.toThrow(`${broken} cannot be read.`);
});
