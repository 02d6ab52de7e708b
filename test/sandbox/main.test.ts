import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { SENDER, failureOf, ledgerOf, makeDataDir, planFault, twilioAt, until } from './support/sandbox';

const ROOT = path.join(__dirname, '../..');
let dataDir: string;
const children: ChildProcessWithoutNullStreams[] = [];
beforeEach(() => (dataDir = makeDataDir()));
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  fs.rmSync(dataDir, { recursive: true });
});

function spawnSandbox(settings: Record<string, string>): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], SANDBOX_PORT: '0', ...settings },
  });
  children.push(child);
  return child;
}
async function startProcess(): Promise<{ child: ChildProcessWithoutNullStreams; url: string }> {
  const child = spawnSandbox({ SANDBOX_DATA: dataDir });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, url: (JSON.parse(line) as { listening: string }).listening };
}
async function exitOf(child: ChildProcessWithoutNullStreams): Promise<{ code: number | null; stderr: string }> {
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr };
}

test('When the process is killed in the middle of sending, then every message that was answered is in the ledger', async () => {
  const first = await startProcess();
  const answered: string[] = [];
  const sending = Array.from({ length: 8 }, async (_, lane) => {
    for (let n = 0; ; n++) {
      const to = `+44791112${lane}${String(n % 1000).padStart(3, '0')}`;
      const message = await twilioAt(first.url).messages.create({ to, from: SENDER, body: 'Hello' });
      answered.push(message.sid);
      if (answered.length === 100) first.child.kill('SIGKILL');
    }
  });
  await Promise.allSettled(sending);
  expect(answered.length).toBeGreaterThanOrEqual(100);

  const second = await startProcess();
  const ids = (await ledgerOf(second.url)).map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(answered));
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  'When the process gets %s while connections are open and one request hangs, then it ends at once with 0',
  async (signal) => {
    const { child, url } = await startProcess();
    await planFault(url, { provider: 'twilio', kind: 'hang' });
    const idle = net.connect(Number(new URL(url).port), '127.0.0.1');
    await once(idle, 'connect');
    const hanging = failureOf(twilioAt(url).messages.create({ to: '+447911123456', from: SENDER, body: 'Hello' }));
    await until(async () => ((await (await fetch(`${url}/__requests`)).json()) as { count: number }).count === 1);

    const start = performance.now();
    child.kill(signal);
    expect(await exitOf(child)).toEqual({ code: 0, stderr: '' });
    expect(performance.now() - start).toBeLessThan(3_000);
    await hanging;
    idle.destroy();
  },
);

test('When the port is in use, then the process ends with 1 and says what to set', async () => {
  const { url } = await startProcess();
  const { port } = new URL(url);
  const { code, stderr } = await exitOf(
    spawnSandbox({ SANDBOX_DATA: path.join(dataDir, 'other'), SANDBOX_PORT: port }),
  );

  expect(code).toBe(1);
  expect(stderr).toContain(port);
  expect(stderr).toContain('Set SANDBOX_PORT');
});

test.each([
  [{}, 'SANDBOX_DATA is not set'],
  [{ SANDBOX_DATA: '/tmp/unused', SANDBOX_PORT: '80x' }, 'SANDBOX_PORT is "80x"'],
  [{ SANDBOX_DATA: '/tmp/unused', SANDBOX_LATENCY_MS: '-1' }, 'SANDBOX_LATENCY_MS is "-1"'],
  [{ SANDBOX_DATA: '/tmp/unused', SANDBOX_WEBHOOK_URL: 'api' }, 'SANDBOX_WEBHOOK_URL is "api"'],
])('When the settings are %j, then the process ends with 1 and says why', async (settings, reason) => {
  const { code, stderr } = await exitOf(spawnSandbox(settings));

  expect(code).toBe(1);
  expect(stderr).toContain(reason);
});
