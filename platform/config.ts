import { ConfigError } from './settings/config-error';
import { SECRET_NAMES } from './settings/notes';
import { printConfig } from './settings/print-config';
import { schema } from './settings/schema';
import type { Parsed } from './settings/schema';
import { readSecretFiles } from './settings/secret-files';
import type { OidcClient, OidcConfig } from './settings/oidc-config';

export { ConfigError };

const HOUR_MS = 3_600_000;

export type Environment = Record<string, string | undefined>;
export type Config = Readonly<ReturnType<typeof arrange>>;

/** The names of all settings. */
export const SETTING_NAMES: readonly string[] = Object.keys(schema.shape);

/**
 * Reads the environment once, and the files of its secrets. Throws one `ConfigError` that lists every invalid setting and every
 * pair that does not go together, without values.
 */
export function loadConfig(environment: Environment = process.env): Config {
  const files = readSecretFiles(environment, SECRET_NAMES);
  const parsed = schema.safeParse(files.environment);
  const faults = [
    ...files.faults,
    ...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    ...conflictsOf(parsed.data ?? validPartOf(files.environment)),
  ];
  if (!parsed.success || faults.length > 0) {
    throw new ConfigError(`The environment has invalid settings:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
  return Object.freeze(arrange(parsed.data));
}

/** The environment as Temporal's client reads it, with the API key that a file holds. Throws a `ConfigError`. */
export function temporalEnvironment(environment: Environment = process.env): Environment {
  const { environment: filled, faults } = readSecretFiles(environment, ['TEMPORAL_API_KEY']);
  if (faults.length > 0) throw new ConfigError(`The settings for Temporal are invalid:\n  - ${faults.join('\n  - ')}`);
  return filled;
}

/** The settings of the environment, without secrets, as `--print-config` shows them. */
export const printableConfig = (environment: Environment = process.env): string => printConfig(environment);

/** The settings of which the rules hold, where some have to be named as invalid. */
function validPartOf(environment: Environment): Partial<Parsed> {
  const valid = Object.entries(schema.shape).flatMap(([name, field]) => {
    const { success, data } = field.safeParse(environment[name]);
    return success ? [[name, data] as const] : [];
  });
  return Object.fromEntries(valid);
}

function arrange(env: Parsed) {
  const publicUrl = env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`;
  return {
    http: {
      host: env.HOST,
      port: env.PORT,
      publicUrl,
      hstsSeconds: env.HSTS_SECONDS,
      trustedProxies: trustedProxies(env.TRUSTED_PROXIES ?? ''),
    },
    logLevel: env.LOG_LEVEL,
    metrics: env.METRICS_PORT === undefined ? undefined : { host: env.METRICS_HOST, port: env.METRICS_PORT },
    tracing: env.OTEL_EXPORTER_OTLP_ENDPOINT && {
      endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
      headers: headersOf(env.OTEL_EXPORTER_OTLP_HEADERS ?? ''),
    },
    workerPart: env.WORKER_PART,
    workerVersion: workerVersion(env),
    mongo: { uri: env.MONGODB_URI, database: env.MONGODB_DATABASE },
    temporal: { uiUrl: env.TEMPORAL_UI_URL.replace(/\/$/, ''), taskQueue: env.TASK_QUEUE },
    maxRows: env.MAX_ROWS_PER_FILE,
    quietHours: env.QUIET_HOURS,
    sendAheadDays: env.SEND_AHEAD_DAYS,
    upload: {
      maxBytes: env.UPLOAD_MAX_BYTES,
      largestBytes: env.UPLOAD_LARGEST_BYTES,
      maxFiles: env.UPLOAD_MAX_FILES,
      reserveBytes: env.UPLOAD_RESERVE_BYTES,
    },
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
      pagesPerRun: env.PAGES_PER_RUN,
      settleWindowMs: settleWindow(env),
      stayOpenMs: env.STAY_OPEN_HOURS * HOUR_MS,
      approvalMs: env.PREVIEW_HOURS * HOUR_MS,
    },
    auditLog: { keptMs: env.AUDIT_LOG_DAYS * 24 * HOUR_MS },
    retention: { filesMs: inMs(env.RETENTION_FILES_DAYS), rowsMs: inMs(env.RETENTION_ROWS_DAYS) },
    invitations: {
      url: env.INVITATION_URL ?? `${publicUrl.replace(/\/+$/, '')}/join/`,
      unsubscribeUrl: env.UNSUBSCRIBE_URL ?? `${publicUrl.replace(/\/+$/, '')}/unsubscribe/`,
      deadlineMs: env.PROVIDER_DEADLINE_MS,
      concurrency: { email: env.EMAIL_CONCURRENCY, sms: env.SMS_CONCURRENCY },
      emailBatchSize: env.EMAIL_BATCH_SIZE,
      maxPerSecond: { email: env.SENDGRID_MAX_PER_SECOND, sms: env.TWILIO_MAX_PER_SECOND },
      policy: { email: env.EMAIL_POLICY, sms: env.SMS_POLICY },
    },
    twilio: {
      accountSid: env.TWILIO_ACCOUNT_SID,
      authToken: env.TWILIO_AUTH_TOKEN,
      from: env.TWILIO_FROM,
      baseUrl: env.TWILIO_BASE_URL,
    },
    sendgrid: { apiKey: env.SENDGRID_API_KEY, from: env.SENDGRID_FROM, baseUrl: env.SENDGRID_BASE_URL },
    secrets: { key: env.SECRETS_KEY },
    webhookEndpoints: { allowsLoopback: env.WEBHOOKS_TO_LOOPBACK === 'true' },
    oidc: oidcConfig(env),
    webhooks: { baseUrl: env.WEBHOOK_URL?.replace(/\/+$/, ''), sendgridPublicKey: env.SENDGRID_WEBHOOK_PUBLIC_KEY },
  };
}

const inMs = (givenDays: number | undefined): number | undefined =>
  givenDays === undefined ? undefined : givenDays * 24 * HOUR_MS;

function oidcConfig(env: Parsed): OidcConfig | undefined {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_CLIENT_ID: id } = env;
  if (issuer === undefined) return undefined;
  return {
    ...{ issuer, audience, jwksUrl: env.OIDC_JWKS_URL, algorithms: env.OIDC_ALGORITHMS, roles: env.OIDC_ROLES },
    client: id === undefined ? undefined : oidcClient(env, id),
    clockSkewSeconds: env.OIDC_CLOCK_SKEW_SECONDS,
    claims: { role: env.OIDC_ROLE_CLAIM, organisation: env.OIDC_ORGANISATION_CLAIM, rights: env.OIDC_RIGHTS_CLAIM },
  };
}

const oidcClient = (env: Parsed, id: string): OidcClient => ({
  ...{ id, secret: env.OIDC_CLIENT_SECRET, scope: env.OIDC_SCOPE },
  sessionMs: env.OIDC_SESSION_MINUTES * 60_000,
});

/** What makes a worker a version of a deployment of Temporal; none without a build id. */
const workerVersion = (env: Parsed): { deploymentName: string; buildId: string } | undefined =>
  env.TEMPORAL_WORKER_BUILD_ID === undefined
    ? undefined
    : { deploymentName: env.TEMPORAL_DEPLOYMENT_NAME ?? env.TASK_QUEUE, buildId: env.TEMPORAL_WORKER_BUILD_ID };

/** `name=value` with commas between, as OpenTelemetry writes headers. */
const headersOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split(',').flatMap((pair) => {
      const [name = '', ...value] = pair.split('=');
      return name.trim() === '' ? [] : [[name.trim(), value.join('=').trim()]];
    }),
  );

/** As Express takes them. */
const trustedProxies = (text: string): number | string[] | false =>
  text === '' ? false : /^\d+$/.test(text) ? Number(text) : text.split(',').map((address) => address.trim());

/** Settings that are valid each, and not together. Of those that are invalid themselves nothing is said. */
function conflictsOf(env: Partial<Parsed>): string[] {
  const conflicts: string[] = [];
  if (env.OIDC_ISSUER !== undefined && env.OIDC_AUDIENCE === undefined && env.OIDC_CLIENT_ID === undefined)
    conflicts.push(
      'OIDC_AUDIENCE: must be set, since OIDC_ISSUER is: tokens for every other API would open this one otherwise. ' +
        'To sign in to the page only, set OIDC_CLIENT_ID',
    );
  if (env.OIDC_CLIENT_ID !== undefined && env.OIDC_ISSUER === undefined)
    conflicts.push('OIDC_ISSUER: must be set, since OIDC_CLIENT_ID is: nobody knows where people are to sign in');
  if (env.EMAIL_POLICY === 'resend-after-settle' && !env.SENDGRID_WEBHOOK_PUBLIC_KEY)
    conflicts.push(
      'EMAIL_POLICY: resend-after-settle needs SENDGRID_WEBHOOK_PUBLIC_KEY: without the events of SendGrid every e-mail ' +
        'in doubt would be sent twice, even those that have arrived',
    );
  const { SETTLE_WINDOW_MS: chosen, PROVIDER_DEADLINE_MS: deadlineMs, PROVIDER_LAG_MS: lagMs } = env;
  if (chosen !== undefined && deadlineMs !== undefined && lagMs !== undefined) {
    const shortest = shortestWindow(deadlineMs, lagMs);
    if (chosen < shortest)
      conflicts.push(
        `SETTLE_WINDOW_MS: is ${chosen}, but with PROVIDER_DEADLINE_MS=${deadlineMs} and PROVIDER_LAG_MS=${lagMs} it must be ` +
          `at least ${shortest}: a shorter window can send a message twice`,
      );
  }
  return conflicts;
}

/**
 * A request may start until the fence, half a deadline after the claim; it may last a whole deadline; and its message
 * becomes visible within the lag. An earlier look-up could miss an accepted message.
 */
const shortestWindow = (deadlineMs: number, lagMs: number): number => Math.ceil(deadlineMs * 1.5) + lagMs;

function settleWindow(env: Parsed): number {
  const shortest = shortestWindow(env.PROVIDER_DEADLINE_MS, env.PROVIDER_LAG_MS);
  return env.SETTLE_WINDOW_MS ?? shortest + Math.ceil(shortest / 10);
}
