import { z } from 'zod';
import { ROLES } from '../contract/access/roles';
import { MAX_ROWS_PER_FILE } from '../contract/import';
import { issuerUrl, oidcAlgorithms, oidcRoles } from './oidc-config';
import type { OidcConfig } from './oidc-config';

const HOUR_MS = 3_600_000;

const blankAsAbsent = (value: unknown): unknown => (value === '' ? undefined : value);
const text = (fallback: string) => z.preprocess(blankAsAbsent, z.string().default(fallback));
const secret = () => z.preprocess(blankAsAbsent, z.string().optional());
const url = (fallback: string) => z.preprocess(blankAsAbsent, z.url().default(fallback));
const whole = (fallback: number, min = 1, max = Number.MAX_SAFE_INTEGER) =>
  z.preprocess(blankAsAbsent, z.coerce.number().int().min(min).max(max).default(fallback));
const days = () => z.preprocess(blankAsAbsent, z.coerce.number().int().min(1).max(36_500).optional());
const perSecond = () => z.preprocess(blankAsAbsent, z.coerce.number().positive().optional());
const policy = () => z.preprocess(blankAsAbsent, z.enum(['never-twice', 'resend-after-settle']).default('never-twice'));
const port = (fallback: number) => whole(fallback, 0, 65_535);

/**
 * Every setting, with its default. `.env.example` lists the same names; a test compares the two.
 * The connection to Temporal is configured by `@temporalio/envconfig` (`TEMPORAL_ADDRESS`, profiles, TLS, API keys).
 */
const schema = z.object({
  HOST: text('127.0.0.1'),
  PORT: port(3000),
  /** Address by which browsers and curl reach the API; links in answers start with it. */
  PUBLIC_URL: z.preprocess(blankAsAbsent, z.url().optional()),
  LOG_LEVEL: z.preprocess(
    blankAsAbsent,
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  ),

  MONGODB_URI: text('mongodb://127.0.0.1:27017/?replicaSet=client-import'),
  MONGODB_DATABASE: text('client-import'),
  TEMPORAL_UI_URL: url('http://127.0.0.1:8233'),
  TASK_QUEUE: text('client-import'),

  /** Rows in one file; the default is the rule of the product. */
  MAX_ROWS_PER_FILE: whole(MAX_ROWS_PER_FILE, 1, 5000),
  UPLOAD_MAX_BYTES: whole(5 * 1024 * 1024),
  UPLOAD_MAX_FILES: whole(50),
  /** Free bytes on the disk of MongoDB below which nothing is imported: a mongod without any ends itself. */
  UPLOAD_RESERVE_BYTES: whole(256 * 1024 * 1024, 0),

  /** Requests of one key, and of all keys of an organisation, in ten seconds. */
  RATE_LIMIT_PER_KEY: whole(3000),
  RATE_LIMIT_PER_ORGANISATION: whole(6000),
  /** Requests of an organisation in a second, evenly spread, while others ask too. */
  FAIR_REQUESTS_PER_SECOND: whole(30),
  /** Wrong keys, and wrong tokens of invitations, of one network in a minute. */
  RATE_LIMIT_FAILURES: whole(120),
  UPLOAD_FILES_PER_DAY: whole(20_000),
  UPLOAD_BYTES_PER_DAY: whole(20 * 1024 ** 3),
  /** For how long browsers that reached us by TLS may not reach us without; 0 for no such rule. */
  HSTS_SECONDS: whole(365 * 24 * 3600, 0),
  /** How many proxies stand before the API, or their addresses; an address that a client claims counts for nothing without. */
  TRUSTED_PROXIES: text(''),

  /** A chunk must be written within a few seconds, or its worker counts as frozen. */
  CREATE_CHUNK_ROWS: whole(500, 1, 1000),
  INVITE_CHUNK_ROWS: whole(500),
  /** SMS requests in flight per worker, all files together. Twilio can be asked what it has taken, so a crash costs little. */
  SMS_CONCURRENCY: whole(256),
  /** E-mail requests in flight per worker. SendGrid cannot be asked: a crash may leave the people of all of them in doubt. */
  EMAIL_CONCURRENCY: whole(8),
  /** SMS a second, and people of e-mails a second, of all workers together; absent for no limit of ours. */
  TWILIO_MAX_PER_SECOND: perSecond(),
  SENDGRID_MAX_PER_SECOND: perSecond(),
  /** People in one SendGrid request; a lost answer puts all of them in doubt. SendGrid allows 1,000. */
  EMAIL_BATCH_SIZE: whole(25, 1, 1000),
  /** Total time for one request to a provider, body included, in milliseconds. */
  PROVIDER_DEADLINE_MS: whole(10_000),
  /** Time after which a look-up at the provider shows an accepted message, in milliseconds. */
  PROVIDER_LAG_MS: whole(10_000),
  SETTLE_WINDOW_MS: z.preprocess(blankAsAbsent, z.coerce.number().int().positive().optional()),
  /** Policy for a message that is still in doubt after its settle window. */
  SMS_POLICY: policy(),
  /** SendGrid has no look-up: sending again needs its signed events, and a lag that covers their delay. */
  EMAIL_POLICY: policy(),
  STAY_OPEN_HOURS: whole(7 * 24),
  /** How long the plan of a preview can be applied. */
  PREVIEW_HOURS: whole(24),
  /** How long the entries of the audit log are kept. */
  AUDIT_LOG_DAYS: whole(730, 1, 36_500),
  /** How long the uploaded files, and the cells of rows, of ended imports are kept; without it for good. */
  RETENTION_FILES_DAYS: days(),
  RETENTION_ROWS_DAYS: days(),

  /** The token of an invitation is appended to it. Without it, links lead to the page of the API at `PUBLIC_URL`. */
  INVITATION_URL: z.preprocess(blankAsAbsent, z.url().optional()),
  TWILIO_ACCOUNT_SID: secret(),
  TWILIO_AUTH_TOKEN: secret(),
  TWILIO_FROM: secret(),
  TWILIO_BASE_URL: z.preprocess(blankAsAbsent, z.url().optional()),
  SENDGRID_API_KEY: secret(),
  SENDGRID_FROM: secret(),
  SENDGRID_BASE_URL: z.preprocess(blankAsAbsent, z.url().optional()),
  /** Address by which the providers reach the API; without it they send no callbacks. */
  WEBHOOK_URL: z.preprocess(blankAsAbsent, z.url().optional()),
  /** As SendGrid shows it: DER in base64. */
  SENDGRID_WEBHOOK_PUBLIC_KEY: secret(),
  /** Seals the secrets of webhooks in MongoDB: 32 bytes in base64, after it older keys; or the file that holds them. */
  SECRETS_KEY: secret(),
  SECRETS_KEY_FILE: secret(),
  /** Whether organisations may have their webhooks sent to this machine, and there without TLS: for a local try-out only. */
  WEBHOOKS_TO_LOOPBACK: z.preprocess(blankAsAbsent, z.enum(['true', 'false']).default('false')),

  /** Whose tokens open the API beside its keys; without it no token does. As `iss` has it. */
  OIDC_ISSUER: z.preprocess(blankAsAbsent, issuerUrl.optional()),
  OIDC_AUDIENCE: secret(),
  OIDC_JWKS_URL: z.preprocess(blankAsAbsent, issuerUrl.optional()),
  OIDC_ALGORITHMS: z.preprocess((value) => blankAsAbsent(value) ?? 'RS256,PS256,ES256,EdDSA', oidcAlgorithms),
  OIDC_CLOCK_SKEW_SECONDS: whole(30, 0, 300),
  OIDC_ROLE_CLAIM: text('role'),
  OIDC_ROLES: z.preprocess((value) => blankAsAbsent(value) ?? ROLES.map((role) => `${role}=${role}`).join(), oidcRoles),
  OIDC_ORGANISATION_CLAIM: text('organisation'),
  OIDC_RIGHTS_CLAIM: secret(),
});

export type Environment = Record<string, string | undefined>;
type Parsed = z.infer<typeof schema>;
export type Config = Readonly<ReturnType<typeof arrange>>;

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The names of all settings, for `.env.example` and its test. */
export const SETTING_NAMES: readonly string[] = Object.keys(schema.shape);

/** Reads the environment once. Throws one `ConfigError` that lists every invalid setting, without its value. */
export function loadConfig(environment: Environment = process.env): Config {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  - ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`The environment has invalid settings:\n${problems.join('\n')}`);
  }
  return Object.freeze(arrange(parsed.data));
}

function arrange(env: Parsed) {
  const publicUrl = env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`;
  return {
    http: {
      host: env.HOST,
      port: env.PORT,
      publicUrl,
      hstsSeconds: env.HSTS_SECONDS,
      trustedProxies: trustedProxies(env.TRUSTED_PROXIES),
    },
    logLevel: env.LOG_LEVEL,
    mongo: { uri: env.MONGODB_URI, database: env.MONGODB_DATABASE },
    temporal: { uiUrl: env.TEMPORAL_UI_URL.replace(/\/$/, ''), taskQueue: env.TASK_QUEUE },
    maxRows: env.MAX_ROWS_PER_FILE,
    upload: { maxBytes: env.UPLOAD_MAX_BYTES, maxFiles: env.UPLOAD_MAX_FILES, reserveBytes: env.UPLOAD_RESERVE_BYTES },
    limits: {
      perKey: env.RATE_LIMIT_PER_KEY,
      perOrganisation: env.RATE_LIMIT_PER_ORGANISATION,
      fairPerSecond: env.FAIR_REQUESTS_PER_SECOND,
      failures: env.RATE_LIMIT_FAILURES,
      filesPerDay: env.UPLOAD_FILES_PER_DAY,
      bytesPerDay: env.UPLOAD_BYTES_PER_DAY,
    },
    timing: {
      createChunkRows: env.CREATE_CHUNK_ROWS,
      inviteChunkRows: env.INVITE_CHUNK_ROWS,
      settleWindowMs: settleWindow(env),
      stayOpenMs: env.STAY_OPEN_HOURS * HOUR_MS,
      approvalMs: env.PREVIEW_HOURS * HOUR_MS,
    },
    auditLog: { keptMs: env.AUDIT_LOG_DAYS * 24 * HOUR_MS },
    retention: { filesMs: inMs(env.RETENTION_FILES_DAYS), rowsMs: inMs(env.RETENTION_ROWS_DAYS) },
    invitations: {
      url: env.INVITATION_URL ?? `${publicUrl.replace(/\/+$/, '')}/join/`,
      deadlineMs: env.PROVIDER_DEADLINE_MS,
      concurrency: { email: env.EMAIL_CONCURRENCY, sms: env.SMS_CONCURRENCY },
      emailBatchSize: env.EMAIL_BATCH_SIZE,
      maxPerSecond: { email: env.SENDGRID_MAX_PER_SECOND, sms: env.TWILIO_MAX_PER_SECOND },
      policy: { email: emailPolicy(env), sms: env.SMS_POLICY },
    },
    twilio: {
      accountSid: env.TWILIO_ACCOUNT_SID,
      authToken: env.TWILIO_AUTH_TOKEN,
      from: env.TWILIO_FROM,
      baseUrl: env.TWILIO_BASE_URL,
    },
    sendgrid: { apiKey: env.SENDGRID_API_KEY, from: env.SENDGRID_FROM, baseUrl: env.SENDGRID_BASE_URL },
    secrets: { key: env.SECRETS_KEY, keyFile: env.SECRETS_KEY_FILE },
    webhookEndpoints: { allowsLoopback: env.WEBHOOKS_TO_LOOPBACK === 'true' },
    oidc: oidcConfig(env),
    webhooks: { baseUrl: env.WEBHOOK_URL?.replace(/\/+$/, ''), sendgridPublicKey: env.SENDGRID_WEBHOOK_PUBLIC_KEY },
  };
}

const inMs = (givenDays: number | undefined): number | undefined =>
  givenDays === undefined ? undefined : givenDays * 24 * HOUR_MS;

function oidcConfig(env: Parsed): OidcConfig | undefined {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience } = env;
  if (issuer === undefined) return undefined;
  if (audience === undefined)
    throw new ConfigError(
      'OIDC_ISSUER is set, but OIDC_AUDIENCE is not: tokens for every other API would open this one.',
    );
  return {
    ...{ issuer, audience, jwksUrl: env.OIDC_JWKS_URL, algorithms: env.OIDC_ALGORITHMS, roles: env.OIDC_ROLES },
    clockSkewSeconds: env.OIDC_CLOCK_SKEW_SECONDS,
    claims: { role: env.OIDC_ROLE_CLAIM, organisation: env.OIDC_ORGANISATION_CLAIM, rights: env.OIDC_RIGHTS_CLAIM },
  };
}

/** As Express takes them. */
const trustedProxies = (text: string): number | string[] | false =>
  text === '' ? false : /^\d+$/.test(text) ? Number(text) : text.split(',').map((address) => address.trim());

function emailPolicy(env: Parsed): Parsed['EMAIL_POLICY'] {
  if (env.EMAIL_POLICY === 'never-twice' || env.SENDGRID_WEBHOOK_PUBLIC_KEY) return env.EMAIL_POLICY;
  throw new ConfigError(
    'EMAIL_POLICY is resend-after-settle, but SENDGRID_WEBHOOK_PUBLIC_KEY is not set: without the events of SendGrid ' +
      'every e-mail in doubt would be sent twice, even those that have arrived.',
  );
}

/**
 * A request may start until the fence, half a deadline after the claim; it may last a whole deadline; and its message
 * becomes visible within the lag. An earlier look-up could miss an accepted message.
 */
function settleWindow(env: Parsed): number {
  const shortest = Math.ceil(env.PROVIDER_DEADLINE_MS * 1.5) + env.PROVIDER_LAG_MS;
  const chosen = env.SETTLE_WINDOW_MS ?? shortest + Math.ceil(shortest / 10);
  if (chosen < shortest) {
    throw new ConfigError(
      `SETTLE_WINDOW_MS is ${chosen}, but with PROVIDER_DEADLINE_MS=${env.PROVIDER_DEADLINE_MS} and ` +
        `PROVIDER_LAG_MS=${env.PROVIDER_LAG_MS} it must be at least ${shortest}: a shorter window can send a message twice.`,
    );
  }
  return chosen;
}
