import { hasWritten } from '../../local/processes/node-program';
import { launch, untilReady } from '../../local/processes/program';
import type { Program } from '../../local/processes/program';
import { supervise } from '../../local/processes/supervise';
import type { Service } from '../../local/processes/supervise';
import { until } from '../support/until';
import { createTempFolder, isAlive } from './temp-folder';

const tempFolder = createTempFolder();
const { pids } = tempFolder;

/** A stand-in for one of our programs: ready after a line, and ends on SIGTERM. */
const OBEDIENT = tempFolder.write(
  'obedient.cjs',
  `process.once('SIGTERM', () => process.exit(0)); console.log('ready'); setInterval(() => {}, 1e6);`,
);
const DEAF = tempFolder.write(
  'deaf.cjs',
  `process.on('SIGTERM', () => {}); console.log('ready'); setInterval(() => {}, 1e6);`,
);
const DOOMED = tempFolder.write('doomed.cjs', `console.error('Error: no such luck'); process.exit(3);`);
const MUTE = tempFolder.write('mute.cjs', `setInterval(() => {}, 1e6);`);

let logs = 0;
function service(script: string, graceMs = 5_000, limitMs = 20_000): Service & { programs: Program[] } {
  const programs: Program[] = [];
  const logFile = tempFolder.at(`program-${++logs}.log`);
  return {
    name: 'stand-in',
    graceMs,
    programs,
    start(signal) {
      const program = launch({
        name: 'stand-in',
        command: process.execPath,
        args: [script],
        env: process.env,
        logFile,
        pids,
      });
      programs.push(program);
      return untilReady(program, { isReady: () => hasWritten('ready')(program), limitMs, signal });
    },
  };
}

test('A killed program is restarted each time, with a note', async () => {
  const notes: string[] = [];
  const standIn = service(OBEDIENT);
  const supervised = supervise(standIn, (line) => notes.push(line));
  await supervised.ready;
  for (const round of [1, 2]) {
    process.kill(standIn.programs.at(-1)!.pid, 'SIGKILL');
    await until(
      'it to be back',
      async () => notes.length,
      (count) => count === round * 2,
      10_000,
    );
    expect(notes.slice(-2)).toEqual(['stand-in has ended (killed by SIGKILL); restarting it …', 'stand-in is back.']);
  }
  await supervised.stop();
  expect(standIn.programs).toHaveLength(3);
  await Promise.all(standIn.programs.map(({ ended }) => ended));
});

test('A program that ends before it was ever ready is an error, without a restart', async () => {
  const standIn = service(DOOMED);
  const supervised = supervise(standIn, () => undefined);
  await expect(supervised.ready).rejects.toThrow(
    'stand-in ended before it was ready (exit code 3). Its output:\n  | Error: no such luck',
  );
  await supervised.stop();
  expect(standIn.programs).toHaveLength(1);
});

test('A program that is not ready in time is stopped, with an error', async () => {
  const standIn = service(MUTE, 1_000, 300);
  const supervised = supervise(standIn, () => undefined);
  await expect(supervised.ready).rejects.toThrow('stand-in was not ready within 0.3 s');
  expect(await standIn.programs[0]!.ended).toBe('killed by SIGTERM');
});

test('A program that does not end within its grace is killed', async () => {
  const standIn = service(DEAF, 300);
  const supervised = supervise(standIn, () => undefined);
  await supervised.ready;
  await supervised.stop();
  expect(await standIn.programs[0]!.ended).toBe('killed by SIGKILL');
});

test('A stopped program is not restarted', async () => {
  const notes: string[] = [];
  const standIn = service(OBEDIENT);
  const supervised = supervise(standIn, (line) => notes.push(line));
  await supervised.ready;
  await supervised.stop();
  expect(await standIn.programs[0]!.ended).toBe('exit code 0');
  expect(notes).toEqual([]);
});

test('A stop during a start or between restarts leaves nothing running', async () => {
  const starting = service(MUTE);
  const early = supervise(starting, () => undefined);
  const rejection = expect(early.ready).rejects.toThrow();
  await early.stop();
  await rejection;
  expect(isAlive(starting.programs[0]!.pid)).toBe(false);

  const waiting = service(OBEDIENT);
  const killed = supervise(waiting, () => undefined);
  await killed.ready;
  process.kill(waiting.programs[0]!.pid, 'SIGKILL');
  await waiting.programs[0]!.ended;
  await killed.stop();
  expect(waiting.programs.filter(({ pid }) => isAlive(pid))).toEqual([]);
});
