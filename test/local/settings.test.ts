import { dataFolderAt } from '../../local/settings/data-folder';
import { readProviders } from '../../local/settings/provider-settings';
import { sandboxWebhook } from '../../local/services';
import { readPorts, readSettings } from '../../local/settings/settings';
import { openWebhookKey } from '../../sandbox/sendgrid/webhook-key';
import { createTempFolder } from './temp-folder';

const SANDBOX = 'http://127.0.0.1:8025';

test('Ports have defaults', async () => {
  expect(await readPorts({})).toEqual({
    PORT: 3000,
    TEMPORAL_PORT: 7233,
    TEMPORAL_UI_PORT: 8233,
    MONGODB_PORT: 27017,
    SANDBOX_PORT: 8025,
  });
});

test('One error lists all invalid ports', async () => {
  const env = { PORT: 'abc', MONGODB_PORT: '70000', TEMPORAL_PORT: '4000', SANDBOX_PORT: '4000' };
  await expect(readPorts(env)).rejects.toThrow(
    [
      'PORT is "abc". Give a whole number from 0 to 65535; 0 chooses a free port.',
      'MONGODB_PORT is "70000". Give a whole number from 0 to 65535; 0 chooses a free port.',
      'TEMPORAL_PORT and SANDBOX_PORT are both 4000. Change one of them.',
    ].join('\n'),
  );
});

test('Port 0 becomes a free port', async () => {
  const { PORT, SANDBOX_PORT } = await readPorts({ PORT: '0', SANDBOX_PORT: '0' });
  expect(PORT).toBeGreaterThan(0);
  expect(SANDBOX_PORT).toBeGreaterThan(0);
});

test('Without credentials the sandbox replaces both providers', () => {
  const { sandboxed, environment } = readProviders({ TWILIO_FROM: '+12025550111' }, SANDBOX);
  expect(sandboxed).toEqual(['Twilio', 'SendGrid']);
  expect(environment).toMatchObject({
    TWILIO_BASE_URL: SANDBOX,
    SENDGRID_BASE_URL: SANDBOX,
    TWILIO_FROM: '+12025550111',
  });
});

test('No setting of a real SendGrid points at the sandbox', () => {
  const env = { SENDGRID_API_KEY: 'SG.real', SENDGRID_FROM: 'a@example.com' };
  const { sandboxed, environment } = readProviders(env, SANDBOX);
  expect(sandboxed).toEqual(['Twilio']);
  expect(Object.keys(environment).filter((name) => name.startsWith('SENDGRID'))).toEqual([]);
});

test.each<[string, Record<string, string>]>([
  ['SendGrid is real', { SENDGRID_API_KEY: 'SG.real', SENDGRID_FROM: 'a@example.com' }],
  ['both are the sandbox', {}],
  ['a token is set to nothing', { TWILIO_AUTH_TOKEN: '' }],
])(
  'When %s, then the token that signs the callbacks of Twilio is of this start, and nobody can guess it',
  (_what, env) => {
    const tokens = [1, 2].map(() => readProviders(env, SANDBOX).environment['TWILIO_AUTH_TOKEN']);
    for (const token of tokens) expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(tokens).size).toBe(2);
  },
);

test('When Twilio is real, then no credential of the sandbox takes the place of one of its own', () => {
  const env = { TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 'secret', TWILIO_FROM: '+12025550111' };
  const { sandboxed, environment } = readProviders(env, SANDBOX);
  expect(sandboxed).toEqual(['SendGrid']);
  expect(Object.keys(environment).filter((name) => name.startsWith('TWILIO'))).toEqual([]);
});

test('The error for a partly configured provider names the missing settings', () => {
  expect(() => readProviders({ TWILIO_ACCOUNT_SID: 'AC1', SENDGRID_BASE_URL: 'http://mail' }, SANDBOX)).toThrow(
    [
      'TWILIO_ACCOUNT_SID is set, but not TWILIO_AUTH_TOKEN, TWILIO_FROM. Set all of them, or none to use the sandbox.',
      'SENDGRID_BASE_URL is set, but not SENDGRID_API_KEY, SENDGRID_FROM. Set all of them, or none to use the sandbox.',
    ].join('\n'),
  );
});

describe('with the variables of Temporal', () => {
  const before = { ...process.env };
  beforeEach(() => {
    for (const name of Object.keys(process.env)) if (name.startsWith('TEMPORAL_')) delete process.env[name];
    process.env['TEMPORAL_CONFIG_FILE'] = '/nowhere/temporal.toml';
  });
  afterAll(() => void (process.env = before));

  test('Without settings everything is embedded, and the programs get its addresses', async () => {
    const settings = await readSettings({ PORT: '4001', LOG_LEVEL: 'silent', CLIENT_IMPORT_DATA: '/data' });
    expect(settings).toMatchObject({
      dataFolder: '/data',
      apiUrl: 'http://127.0.0.1:4001',
      temporal: { port: 7233, uiPort: 8233, namespace: 'default' },
      mongodb: { port: 27017 },
      sandbox: { port: 8025 },
      environment: {
        TEMPORAL_ADDRESS: '127.0.0.1:7233',
        TEMPORAL_UI_URL: 'http://127.0.0.1:8233',
        MONGODB_URI: 'mongodb://127.0.0.1:27017/?replicaSet=client-import',
        LOG_LEVEL: 'info',
      },
    });
  });

  const TWILIO = { TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 'secret', TWILIO_FROM: '+12025550111' };

  test('A Twilio that is the sandbox reports to the API on this machine, or to WEBHOOK_URL', async () => {
    expect((await readSettings({ PORT: '4001' })).environment).toMatchObject({ WEBHOOK_URL: 'http://127.0.0.1:4001' });
    expect((await readSettings({ PORT: '4001', HOST: '0.0.0.0' })).config.webhooks.baseUrl).toBe(
      'http://127.0.0.1:4001',
    );
    const configured = { WEBHOOK_URL: 'https://api.example.com' };
    expect((await readSettings(configured)).environment).toMatchObject(configured);
  });

  test('Links in messages lead to the page of the API on this machine, or to where they are set to lead', async () => {
    const linksWith = async (env: NodeJS.ProcessEnv) =>
      (await readSettings({ PORT: '4001', ...env })).config.invitations.url;
    expect(await linksWith({})).toBe('http://127.0.0.1:4001/join/');
    expect(await linksWith({ HOST: '0.0.0.0' })).toBe('http://127.0.0.1:4001/join/');
    expect(await linksWith({ PUBLIC_URL: 'https://a.example/' })).toBe('https://a.example/join/');
    expect(await linksWith({ INVITATION_URL: 'https://b.example/i?t=' })).toBe('https://b.example/i?t=');
  });

  test('API and worker have the same token, since one reads what the other lets be signed', async () => {
    const { environment, config } = await readSettings({ SENDGRID_API_KEY: 'SG.real', SENDGRID_FROM: 'a@example.com' });
    expect(config.twilio.authToken).toMatch(/^[0-9a-f]{64}$/);
    expect(environment['TWILIO_AUTH_TOKEN']).toBe(config.twilio.authToken);
  });

  test('A real Twilio gets no address of this machine', async () => {
    expect((await readSettings({ PORT: '4001', ...TWILIO })).config.webhooks.baseUrl).toBeUndefined();
  });

  describe('sandboxWebhook', () => {
    const tempFolder = createTempFolder();
    const webhook = async (env: NodeJS.ProcessEnv) =>
      sandboxWebhook({
        settings: await readSettings({ PORT: '4001', ...env }),
        folder: dataFolderAt(tempFolder.at('data')),
      });

    test('A SendGrid that is the sandbox posts to the API, which has its public key', async () => {
      const first = await webhook(TWILIO);
      expect(first.sandbox).toEqual({ SANDBOX_WEBHOOK_URL: 'http://127.0.0.1:4001/v1/webhooks/sendgrid' });
      expect(first.api['SENDGRID_WEBHOOK_PUBLIC_KEY']).toBe(
        openWebhookKey(dataFolderAt(tempFolder.at('data')).sandboxFolder, undefined).publicKey,
      );
      expect(await webhook({ SENDGRID_WEBHOOK_PUBLIC_KEY: 'of the real SendGrid' })).toEqual(first);
      expect((await webhook({ WEBHOOK_URL: 'https://api.example.com/' })).sandbox).toEqual({
        SANDBOX_WEBHOOK_URL: 'https://api.example.com/v1/webhooks/sendgrid',
      });
    });

    test('A real SendGrid needs no extra variables', async () => {
      const real = { SENDGRID_API_KEY: 'SG.real', SENDGRID_FROM: 'a@example.com' };
      expect(await webhook(real)).toEqual({ sandbox: {}, api: {} });
    });

    test('The error for a broken key says how to fix it', async () => {
      tempFolder.write('broken/sandbox/webhook-key', 'nonsense');
      const settings = await readSettings({});
      expect(() => sandboxWebhook({ settings, folder: dataFolderAt(tempFolder.at('broken')) })).toThrow(
        /webhook-key is not a valid private key .* Remove the file; the next start creates a new key\./,
      );
    });
  });

  test('With servers and credentials nothing is embedded', async () => {
    process.env['TEMPORAL_ADDRESS'] = 'temporal.example:7233';
    const given = {
      TEMPORAL_ADDRESS: 'temporal.example:7233',
      MONGODB_URI: 'mongodb://db.example/',
      TWILIO_ACCOUNT_SID: 'AC1',
      TWILIO_AUTH_TOKEN: 'secret',
      TWILIO_FROM: '+12025550111',
      SENDGRID_API_KEY: 'SG.real',
      SENDGRID_FROM: 'a@example.com',
    };
    const settings = await readSettings(given);
    expect(Object.keys(settings)).not.toEqual(expect.arrayContaining(['temporal']));
    expect(Object.keys(settings)).not.toEqual(expect.arrayContaining(['mongodb']));
    expect(Object.keys(settings)).not.toEqual(expect.arrayContaining(['sandbox']));
    expect(settings.environment).toMatchObject(given);
  });

  test('A key for Temporal needs an address', async () => {
    process.env['TEMPORAL_API_KEY'] = 'key';
    await expect(readSettings({})).rejects.toThrow('no address. Set TEMPORAL_ADDRESS too.');
  });

  test('The error for an unknown profile says that the settings for Temporal are invalid', async () => {
    process.env['TEMPORAL_PROFILE'] = 'nope';
    await expect(readSettings({ TEMPORAL_PROFILE: 'nope' })).rejects.toThrow(
      /^The settings for Temporal are invalid:\n  - .*nope/,
    );
  });
});
