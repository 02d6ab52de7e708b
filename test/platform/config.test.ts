import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, loadConfig, printableConfig, SETTING_NAMES, temporalEnvironment } from '../../platform/config';
import type { Environment } from '../../platform/config';
import { renderEnvExample, renderSettingsPage } from '../../scripts/settings-pages';
import { createTempFolder } from '../local/temp-folder';

const PROJECT = join(__dirname, '..', '..');
const readProjectFile = (name: string): string => readFileSync(join(PROJECT, name), 'utf8');

function failureOf(environment: Environment): ConfigError {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('The settings were taken');
}

describe('The written settings', () => {
  test('.env.example and docs/settings.md are what npm run docs:settings writes', async () => {
    expect(readProjectFile('.env.example')).toBe(renderEnvExample());
    expect(withoutLayout(readProjectFile('docs/settings.md'))).toBe(withoutLayout(renderSettingsPage()));
  });

  const entries = [...renderEnvExample().matchAll(/^#([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(
    ([, name, value]) => [name!, value!] as const,
  );

  test('Each name is in it once', () => {
    const names = entries.map(([name]) => name);
    expect(names.length).toBe(new Set(names).size);
    expect(names).toEqual(expect.arrayContaining([...SETTING_NAMES]));
  });

  test('Its values are the defaults', () => {
    const settings = Object.fromEntries(entries.filter(([name]) => SETTING_NAMES.includes(name)));
    expect(loadConfig(settings)).toEqual(loadConfig({}));
  });

  test('A plain copy of it sets nothing', () => {
    expect(
      renderEnvExample()
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#')),
    ).toEqual([]);
  });

  test('It names every variable of the compose file', () => {
    const taken = [...readProjectFile('docker-compose.yml').matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name!);
    expect(taken).toContain('PORT');
    expect(taken.filter((name) => !entries.some(([known]) => known === name))).toEqual([]);
  });
});

/** Prettier pads the cells of tables. */
function withoutLayout(page: string): string {
  return page
    .replace(/ *\| */g, '|')
    .replace(/-{3,}/g, '---')
    .trim();
}

test('Invalid settings, those that do not go together and files that cannot be read are listed at once', () => {
  const { message } = failureOf({
    ...{ PORT: '70000', SETTLE_WINDOW_MS: '1', EMAIL_POLICY: 'resend-after-settle', OIDC_ISSUER: 'https://id.example' },
    SENDGRID_API_KEY_FILE: '/nowhere/key',
  });
  for (const name of ['PORT', 'SETTLE_WINDOW_MS', 'EMAIL_POLICY', 'OIDC_AUDIENCE', 'SENDGRID_API_KEY_FILE'])
    expect(message).toMatch(new RegExp(`^  - ${name}: `, 'm'));
});

describe('A secret in a file', () => {
  const folder = createTempFolder();
  const file = (text: string): string => {
    const path = folder.at('secret');
    writeFileSync(path, text);
    return path;
  };

  test('is read without the white space around it, also the connection string and the key of Temporal', () => {
    const path = file('SG.from-a-file\n');
    expect(loadConfig({ SENDGRID_API_KEY_FILE: path }).sendgrid.apiKey).toBe('SG.from-a-file');
    expect(temporalEnvironment({ TEMPORAL_API_KEY_FILE: path }).TEMPORAL_API_KEY).toBe('SG.from-a-file');
    expect(loadConfig({ MONGODB_URI_FILE: file('mongodb://a.example/') }).mongo.uri).toBe('mongodb://a.example/');
  });

  test.each([
    [
      'is empty',
      (): Environment => ({ TWILIO_AUTH_TOKEN_FILE: file('\n') }),
      'TWILIO_AUTH_TOKEN_FILE: the file is empty',
    ],
    [
      'stands beside the setting',
      (): Environment => ({ TWILIO_AUTH_TOKEN_FILE: file('opensesame'), TWILIO_AUTH_TOKEN: 'opensesame' }),
      'TWILIO_AUTH_TOKEN_FILE: TWILIO_AUTH_TOKEN is set too',
    ],
  ])('is refused where it %s, by its name', (_, environment, message) => {
    const failure = failureOf(environment());
    expect(failure.message).toContain(message);
    expect(failure.message).not.toContain('opensesame');
  });
});

test('The printed settings hold no secret, and say where one comes from', () => {
  const printed = printableConfig({
    ...{
      PORT: '8080',
      TWILIO_AUTH_TOKEN: 'opensesame',
      SECRETS_KEY_FILE: '/run/key',
      MONGODB_URI: 'mongodb://u:opensesame@h/',
    },
    ...{ TWILIO_BASE_URL: 'https://u:opensesame@twilio.example?api_key=opensesame', TEMPORAL_API_KEY: 'opensesame' },
    ...{ TEMPORAL_TLS_CLIENT_KEY_DATA: 'opensesame', TEMPORAL_ADDRESS: 'cloud.example:7233', HOME: '/home/opensesame' },
  });
  expect(printed).not.toContain('opensesame');
  for (const line of ['PORT=8080', 'TWILIO_AUTH_TOKEN=[redacted]', 'SECRETS_KEY_FILE=/run/key', '#HOST=127.0.0.1'])
    expect(printed.split('\n')).toContain(line);
  expect(printed).toContain('TEMPORAL_ADDRESS=cloud.example:7233');
});

test('One error lists every invalid setting by name', () => {
  const { message } = failureOf({ PORT: '70000', LOG_LEVEL: 'loud', TEMPORAL_UI_URL: 'here', EMAIL_BATCH_SIZE: '0' });
  const named = message.split('\n').slice(1);
  expect(named.map((line) => /^ {2}- ([A-Z_]+): \S/.exec(line)?.[1])).toEqual([
    'PORT',
    'LOG_LEVEL',
    'TEMPORAL_UI_URL',
    'EMAIL_BATCH_SIZE',
  ]);
});

test('The error repeats no value, neither of an invalid setting nor of a secret beside it', () => {
  const environment = Object.fromEntries(SETTING_NAMES.map((name) => [name, `opensesame-${name}`]));
  const { message } = failureOf(environment);
  expect(message).toContain('SENDGRID_BASE_URL');
  expect(message).not.toContain('opensesame');
});

test('The error for the settle window contains no secrets either', () => {
  const secrets = { TWILIO_AUTH_TOKEN: 'opensesame', SENDGRID_API_KEY: 'SG.opensesame', MONGODB_URI: 'opensesame' };
  expect(failureOf({ ...secrets, SETTLE_WINDOW_MS: '1' }).message).not.toContain('opensesame');
});

test('A blank setting counts as absent', () => {
  expect(loadConfig(Object.fromEntries(SETTING_NAMES.map((name) => [name, ''])))).toEqual(loadConfig({}));
});

test('The error for a short settle window names the shortest valid one, which is accepted', () => {
  const windows = { PROVIDER_DEADLINE_MS: '2000', PROVIDER_LAG_MS: '500' };
  expect(failureOf({ ...windows, SETTLE_WINDOW_MS: '3499' }).message).toContain('at least 3500');
  expect(loadConfig({ ...windows, SETTLE_WINDOW_MS: '3500' }).timing.settleWindowMs).toBe(3500);
});

test('By default the settle window is deadline and lag, plus a tenth', () => {
  const { timing } = loadConfig({ PROVIDER_DEADLINE_MS: '2000', PROVIDER_LAG_MS: '500' });
  expect(timing.settleWindowMs).toBe(3850);
});

test('Without a public address, links start with host and port', () => {
  expect(loadConfig({ HOST: '10.0.0.7', PORT: '8080' }).http.publicUrl).toBe('http://10.0.0.7:8080');
});

test('E-mails in doubt cannot be sent again without the events of SendGrid', () => {
  const resending = { EMAIL_POLICY: 'resend-after-settle' };
  expect(failureOf(resending).message).toContain('SENDGRID_WEBHOOK_PUBLIC_KEY');
  const { policy } = loadConfig({ ...resending, SENDGRID_WEBHOOK_PUBLIC_KEY: 'MFkw' }).invitations;
  expect(policy).toEqual({ email: 'resend-after-settle', sms: 'never-twice' });
});

describe('The settings of an OpenID provider', () => {
  const OIDC = { OIDC_ISSUER: 'https://id.example', OIDC_AUDIENCE: 'client-import' };

  test('Without an issuer there are none, and one needs an audience', () => {
    expect(loadConfig({ OIDC_AUDIENCE: 'client-import' }).oidc).toBeUndefined();
    expect(failureOf({ OIDC_ISSUER: OIDC.OIDC_ISSUER }).message).toContain('OIDC_AUDIENCE');
  });

  test('By default the values of the role claim are the roles', () => {
    expect([...loadConfig(OIDC).oidc!.roles]).toEqual([
      ['systemAdministrator', 'systemAdministrator'],
      ['userAdministrator', 'userAdministrator'],
      ['support', 'support'],
    ]);
    const { roles } = loadConfig({ ...OIDC, OIDC_ROLES: 'cn=help desk=support, admins=systemAdministrator' }).oidc!;
    expect([...roles]).toEqual([
      ['cn=help desk', 'support'],
      ['admins', 'systemAdministrator'],
    ]);
  });

  test.each([
    ['OIDC_ISSUER', 'http://id.example'],
    ['OIDC_JWKS_URL', 'http://id.example/jwks'],
    ['OIDC_ALGORITHMS', 'RS256,HS256'],
    ['OIDC_ALGORITHMS', 'none'],
    ['OIDC_ROLES', 'admins=root'],
    ['OIDC_ROLES', 'admins'],
    ['OIDC_CLOCK_SKEW_SECONDS', '301'],
  ])('%s may not be %s', (name, value) => {
    expect(failureOf({ ...OIDC, [name]: value }).message).toContain(name);
  });
});
