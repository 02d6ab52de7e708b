import { NativeConnection } from '@temporalio/worker';
import { ConfigError } from '../../platform/config';
import { connectTogether, hostsOf, runProgram } from '../../platform/run-program';
import { checkTogether } from '../../platform/settings/config-error';
import { openStore } from '../../store/index';

/** Nobody listens there. */
const CLOSED = '127.0.0.1:1';

async function runAndRead(main: Parameters<typeof runProgram>[1], ...argv: string[]) {
  const written = { out: '', err: '' };
  const stream = (to: 'out' | 'err') => ({ write: (text: string) => void (written[to] += text) }) as never;
  const code = await runProgram('test', main, { argv, out: stream('out'), err: stream('err') });
  return { code, ...written };
}

test('A start without its servers lists them by their settings, without credentials and without a stack', async () => {
  const uri = `mongodb://user:opensesame@${CLOSED}/?replicaSet=none`;
  const { code, err } = await runAndRead(async () => {
    await connectTogether(
      [{ what: 'MongoDB', setting: 'MONGODB_URI', at: hostsOf(uri) }, openStore(uri, 'none')],
      [{ what: 'Temporal', setting: 'TEMPORAL_ADDRESS', at: CLOSED }, NativeConnection.connect({ address: CLOSED })],
    );
  });
  expect(code).toBe(1);
  expect(err.split('\n')).toEqual([
    'The start has failed:',
    expect.stringMatching(/^ {2}- MONGODB_URI: MongoDB cannot be reached at 127\.0\.0\.1:1 \(.+\)$/),
    expect.stringMatching(/^ {2}- TEMPORAL_ADDRESS: Temporal cannot be reached at 127\.0\.0\.1:1 \(.+\)$/),
    '',
  ]);
});

test('Faults of settings that are found apart are told together', async () => {
  const fault = (name: string) => () => {
    throw new ConfigError(`${name}: missing`);
  };
  const { code, err } = await runAndRead(async () => void checkTogether(fault('ONE'), () => 2, fault('THREE')));
  expect({ code, err }).toEqual({ code: 1, err: 'ONE: missing\nTHREE: missing\n' });
});

test('With --print-config a program prints its settings and does nothing else', async () => {
  let ran = false;
  const { code, out } = await runAndRead(async () => void (ran = true), 'node', 'main.js', '--print-config');
  expect({ code, ran }).toEqual({ code: 0, ran: false });
  expect(out).toContain('\n#PORT=3000\n');
});
