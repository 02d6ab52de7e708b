import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, loadConfig, SETTING_NAMES } from '../../platform/config';
import type { Environment } from '../../platform/config';

const PROJECT = join(__dirname, '..', '..');
const readProjectFile = (name: string): string => readFileSync(join(PROJECT, name), 'utf8');

/** Further names in `.env.example`, read by Temporal's client, `npm start`, the command line or Docker Compose. */
const OTHERS = [
  ...['ADDRESS', 'NAMESPACE', 'API_KEY', 'TLS', 'TLS_CLIENT_CERT_PATH', 'TLS_CLIENT_KEY_PATH'].map(temporal),
  ...['PROFILE', 'CONFIG_FILE', 'PORT', 'UI_PORT', 'CLI_PATH'].map(temporal),
  ...['MONGODB_PORT', 'MONGOD_PATH', 'SANDBOX_PORT', 'SANDBOX_LATENCY_MS'],
  ...['CLIENT_IMPORT_DATA', 'CLIENT_IMPORT_OFFLINE', 'CLIENT_IMPORT_URL', 'CLIENT_IMPORT_KEY'],
  ...['SYSTEM_ADMINISTRATOR_KEY', 'USER_ADMINISTRATOR_KEY', 'SUPPORT_KEY', 'POSTGRES_PASSWORD'],
];
function temporal(name: string): string {
  return `TEMPORAL_${name}`;
}

/** Settings without a default. */
const OPTIONAL = SETTING_NAMES.filter((name) =>
  /^(TWILIO|SENDGRID|RETENTION)_|^(PUBLIC_URL|INVITATION_URL|TRUSTED_PROXIES|SETTLE_WINDOW_MS|WEBHOOK_URL|SECRETS_KEY|SECRETS_KEY_FILE)$|^OIDC_(ISSUER|AUDIENCE|JWKS_URL|RIGHTS_CLAIM)$/.test(
    name,
  ),
);

function failureOf(environment: Environment): ConfigError {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('The settings were taken');
}

describe('.env.example', () => {
  const lines = readProjectFile('.env.example').split('\n');
  const entries = lines.flatMap((line) => {
    const [, name, value] = /^#?([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, value!] as const];
  });
  const values = new Map(entries);

  test('It names each setting once, and nothing else but the listed others', () => {
    expect(entries.map(([name]) => name).sort()).toEqual([...SETTING_NAMES, ...OTHERS].sort());
  });

  test('Its values are the defaults', () => {
    const settings = Object.fromEntries(entries.filter(([name]) => SETTING_NAMES.includes(name)));
    expect(loadConfig(settings)).toEqual(loadConfig({}));
  });

  test('It shows every default', () => {
    expect(SETTING_NAMES.filter((name) => values.get(name) === '')).toEqual(OPTIONAL);
  });

  test('A plain copy of it sets nothing', () => {
    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });

  test('It names every variable of the compose files', () => {
    const files = ['docker-compose.yml', 'deploy/docker-compose.postgres.yml'].map(readProjectFile);
    const taken = [...files.join('\n').matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name!);
    expect(taken).toContain('PORT');
    expect(taken.filter((name) => !values.has(name))).toEqual([]);
  });
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
