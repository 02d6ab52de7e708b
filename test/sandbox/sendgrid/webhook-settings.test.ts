import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { SandboxOptions } from '../../../sandbox/server';
import { startSandbox } from '../../../sandbox/server';
import { control, makeDataDir } from '../support/sandbox';

let dataDir: string;
beforeEach(() => (dataDir = makeDataDir()));
afterEach(() => fs.rmSync(dataDir, { recursive: true }));

/** The answer of `GET /__webhooks` by a sandbox that runs once with these settings. */
async function webhooksOf(settings: Partial<SandboxOptions>, registration?: object): Promise<unknown> {
  const one = await startSandbox({ host: '127.0.0.1', port: 0, dataDir, latencyMs: 0, ...settings });
  try {
    if (registration) await control(one.url, '/__webhooks', 'PUT', registration);
    return (await control(one.url, '/__webhooks')).json;
  } finally {
    await one.close();
  }
}

test('After a restart, key and URLs are the same, and only the owner can read the key', async () => {
  const first = await webhooksOf({}, { url: 'http://127.0.0.1:3000/hook' });

  expect(first).toMatchObject({ webhooks: [{ account: null, url: 'http://127.0.0.1:3000/hook' }] });
  expect(await webhooksOf({})).toEqual(first);
  expect(fs.statSync(path.join(dataDir, 'webhook-key')).mode & 0o777).toBe(0o600);
});

test('A key and a URL in the options are used', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const webhookKey = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');

  expect(await webhooksOf({ webhookKey, webhookUrl: 'http://127.0.0.1:3000/hook' })).toEqual({
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    webhooks: [{ account: null, url: 'http://127.0.0.1:3000/hook' }],
  });
  expect(fs.existsSync(path.join(dataDir, 'webhook-key'))).toBe(false);
});

test.each([
  'nonsense',
  generateKeyPairSync('ec', { namedCurve: 'secp384r1' })
    .privateKey.export({ type: 'pkcs8', format: 'der' })
    .toString('base64'),
])('An invalid key (%.8s…) keeps the sandbox from starting', async (webhookKey) => {
  await expect(webhooksOf({ webhookKey })).rejects.toThrow(
    'SANDBOX_WEBHOOK_KEY is not a valid private key for ECDSA on P-256',
  );
});
