import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createTempFolder } from '../../local/temp-folder';
import { until } from '../../support/until';
import { cliCommand, runCli } from '../cli';

const folder = createTempFolder();
const file = join(__dirname, '..', '..', '..', 'examples', 'clients.csv');
const env = {
  CLIENT_IMPORT_DATA: folder.at('data'),
  TEMPORAL_CONFIG_FILE: folder.at('no-profiles.toml'),
  TEMPORAL_CLI_PATH: process.env['TEST_TEMPORAL_BINARY'] ?? '',
  MONGOD_PATH: process.env['TEST_MONGOD_BINARY'] ?? '',
  ...Object.fromEntries(['', 'TEMPORAL_', 'TEMPORAL_UI_', 'MONGODB_', 'SANDBOX_'].map((name) => [`${name}PORT`, '0'])),
};

interface Finding {
  what: string;
  ok: boolean | null;
  detail: string;
}

async function doctor(...args: string[]): Promise<{ code: number; findings: Map<string, Finding> }> {
  const { code, out } = await runCli(['doctor', '--output', 'json', ...args], { env, cwd: folder.path });
  return { code, findings: new Map((JSON.parse(out) as Finding[]).map((finding) => [finding.what, finding])) };
}

test('up starts everything and imports a file; doctor finds all of it in order; Ctrl-C ends it; doctor says what is missing then', async () => {
  const { command, env: around } = cliCommand(['up', file], { env });
  const child = spawn(command[0]!, command.slice(1), {
    cwd: folder.path,
    env: around,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  folder.atEnd(() => child.kill('SIGKILL'));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
  await until(
    'the end of the import',
    async () => said,
    (text) => text.includes('Press Ctrl-C to stop.') && /clients\.csv: needs-attention\. 40 lines/.test(text),
    90_000,
  );
  const url = /API +(http\S+)/.exec(said)![1]!;

  const running = await doctor('--url', url);
  expect([...running.findings.values()].filter(({ ok }) => ok !== true)).toEqual([]);
  expect(running.code).toBe(0);
  expect([...running.findings.keys()]).toEqual(
    expect.arrayContaining([
      'Node',
      'Settings',
      'Temporal',
      'MongoDB',
      'API',
      'API’s mongodb',
      'API’s temporal',
      'Key',
    ]),
  );
  expect(running.findings.get('API')!.detail).toContain(url);
  expect(running.findings.get('Key')!.detail).toMatch(/keys\.json: .*systemAdministrator of demo/);

  const wrongKey = await doctor('--url', url, '--key', 'ci_wrong');
  expect(wrongKey.code).toBe(2);
  expect(wrongKey.findings.get('Key')).toMatchObject({
    ok: false,
    detail: expect.stringContaining('does not know') as string,
  });
  expect(wrongKey.findings.get('API')!.ok).toBe(true);

  child.kill('SIGINT');
  expect(await ended).toBe(0);
  const stopped = await doctor('--url', url);
  expect(stopped.code).toBe(0);
  expect(stopped.findings.get('API')).toMatchObject({
    ok: null,
    detail: expect.stringContaining('client-import up') as string,
  });
  expect(stopped.findings.get('Temporal')!.ok).toBe(true);
}, 150_000);

test('doctor names a server that is not ours, an API elsewhere that is away, and a setting that is invalid', async () => {
  const stranger = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi')).listen(
    0,
    '127.0.0.1',
  );
  await once(stranger, 'listening');
  const { port } = stranger.address() as AddressInfo;
  const { code, findings } = await doctor('--url', `http://127.0.0.1:${port}`);
  stranger.close();
  expect(code).toBe(2);
  expect(findings.get('API’s mongodb')).toMatchObject({
    ok: false,
    detail: expect.stringContaining('not the API of client-import') as string,
  });

  // A name that nobody may register.
  const away = await doctor('--url', 'https://import.invalid', '--key', 'k');
  expect(away.code).toBe(2);
  expect(away.findings.get('API')).toMatchObject({
    ok: false,
    detail: expect.stringContaining('does not answer') as string,
  });
  expect([...away.findings.keys()]).not.toContain('MongoDB');

  const invalid = await runCli(['doctor', '--output', 'json'], {
    env: { ...env, EMAIL_BATCH_SIZE: 'many' },
    cwd: folder.path,
  });
  expect(invalid.code).toBe(2);
  expect(JSON.parse(invalid.out)).toContainEqual(
    expect.objectContaining({
      what: 'Settings',
      ok: false,
      detail: expect.stringContaining('EMAIL_BATCH_SIZE') as string,
    }),
  );
}, 60_000);
