import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createPidFile, stopLeftovers } from '../../local/processes/pid-file';
import { until } from '../support/until';
import { createTempFolder, isAlive } from './temp-folder';

const tempFolder = createTempFolder();
const children: ChildProcess[] = [];
tempFolder.atEnd(() => children.forEach((child) => child.kill('SIGKILL')));

const IDLE = tempFolder.write('idle.cjs', 'setInterval(() => {}, 1e6);');
function run(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

/** Runs one program from a process that is then killed; resolves to the program's id. */
async function abandonedStart(pidFile: string, preload: string[] = []): Promise<number> {
  const script = tempFolder.write(
    'owner.ts',
    `import { createPidFile } from '${require.resolve('../../local/processes/pid-file')}';
     import { launch } from '${require.resolve('../../local/processes/program')}';
     const pids = createPidFile(${JSON.stringify(pidFile)});
     const args = ${JSON.stringify([...preload, IDLE])};
     const env = { ...process.env, EXIT_WITH_PARENT: '1' };
     const logFile = ${JSON.stringify(tempFolder.at('owner.log'))};
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
  );

test('After a start was killed, the next one stops the programs it left running', async () => {
  const pidFile = tempFolder.at('killed.json');
  const pid = await abandonedStart(pidFile);
  expect(isAlive(pid)).toBe(true);
  expect(await stopLeftovers(pidFile, 5_000)).toEqual(['idle']);
  await untilGone(pid);
  expect(existsSync(pidFile)).toBe(false);
});

test('After a start was killed, our own programs end by themselves', async () => {
  const pid = await abandonedStart(tempFolder.at('own.json'), [
    '--require',
    require.resolve('../../local/processes/exit-with-parent.cjs'),
  ]);
  await untilGone(pid);
});

test('A program that now has the recorded id is not stopped', async () => {
  const other = run(IDLE);
  const pidFile = tempFolder.at('reused.json');
  const gone = { pid: 2 ** 30, name: 'owner', commandLine: 'npm start' };
  const programs = [{ name: 'mongod', pid: other.pid, commandLine: '/usr/bin/mongod --dbpath here' }];
  writeFileSync(pidFile, JSON.stringify({ owner: gone, programs }));
  expect(await stopLeftovers(pidFile, 1_000)).toEqual([]);
  expect(isAlive(other.pid!)).toBe(true);
});

test('While the other start runs, this one fails and says how both can run', async () => {
  const other = run(IDLE);
  const pidFile = tempFolder.at('running.json');
  createPidFile(pidFile);
  const recorded = JSON.parse(readFileSync(pidFile, 'utf8')) as { owner: { pid: number; commandLine: string } };
  recorded.owner = { ...recorded.owner, pid: other.pid!, commandLine: `${process.execPath} ${IDLE}` };
  writeFileSync(pidFile, JSON.stringify(recorded));
  await expect(stopLeftovers(pidFile, 1_000)).rejects.toThrow(
    new RegExp(
      `^client-import runs already with the data in .* \\(process ${other.pid}\\).*CLIENT_IMPORT_DATA=.* PORT=0`,
      's',
    ),
  );
});

test('Without a record nothing is stopped; the error names a broken record', async () => {
  expect(await stopLeftovers(tempFolder.at('none.json'), 1_000)).toEqual([]);
  const broken = tempFolder.write('broken.json', '{');
  await expect(stopLeftovers(broken, 1_000)).rejects.toThrow(`${broken} is not readable.`);
});
