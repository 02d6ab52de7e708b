import { z } from 'zod';
import { LARGEST_MAX_ROWS, MAX_ROWS_PER_FILE } from '../../contract/import';
import { WORKER_PARTS } from '../../contract/task-queues';
import { quietHoursField } from './quiet-hours-field';
import { oidcFields } from './oidc-fields';
import {
  choice,
  optional,
  optionalParsed,
  optionalUrl,
  optionalWhole,
  parsed,
  perSecond,
  port,
  secret,
  secretText,
  text,
  url,
  whole,
} from './fields';

const DAYS = 36_500;
const POLICIES = ['never-twice', 'resend-after-settle'] as const;

const api = {
  HOST: text('127.0.0.1', 'Address to listen on; 0.0.0.0 for every interface.'),
  PORT: port(3000, 'Port to listen on.'),
  PUBLIC_URL: optionalUrl(
    'Address by which browsers and curl reach the API; links in answers start with it. Blank: made from HOST and PORT.',
  ),
  MAX_ROWS_PER_FILE: whole(MAX_ROWS_PER_FILE, 'People in one file, of organisations without a number of their own.', [
    1,
    LARGEST_MAX_ROWS,
  ]),
  UPLOAD_MAX_BYTES: whole(5 * 1024 * 1024, 'Largest file, in bytes.'),
  UPLOAD_LARGEST_BYTES: whole(
    50 * 1024 * 1024,
    'Largest file of an organisation that may have more rows in a file, in bytes: UPLOAD_MAX_BYTES for each MAX_ROWS_PER_FILE, up to this.',
  ),
  UPLOAD_MAX_FILES: whole(50, 'Most files in one upload.'),
  UPLOAD_RESERVE_BYTES: whole(
    256 * 1024 * 1024,
    'Free bytes on the disk of MongoDB below which uploads are refused with 507: a mongod without any ends itself.',
    [0, Number.MAX_SAFE_INTEGER],
  ),
  RATE_LIMIT_PER_KEY: whole(3000, 'Requests of one key in ten seconds.'),
  RATE_LIMIT_PER_ORGANISATION: whole(6000, 'Requests of all keys of an organisation in ten seconds.'),
  FAIR_REQUESTS_PER_SECOND: whole(
    30,
    'Requests of an organisation in a second, evenly spread, while other organisations ask too.',
  ),
  RATE_LIMIT_FAILURES: whole(120, 'Wrong keys, and wrong tokens of invitations, of one network in a minute.'),
  UPLOAD_FILES_PER_DAY: whole(20_000, 'Files that an organisation may upload in 24 hours.'),
  UPLOAD_BYTES_PER_DAY: whole(20 * 1024 ** 3, 'Bytes that an organisation may upload in 24 hours.'),
  HSTS_SECONDS: whole(
    365 * 24 * 3600,
    'Seconds for which browsers that reached PUBLIC_URL by https may not use http (HSTS); 0 for no such rule.',
    [0, Number.MAX_SAFE_INTEGER],
  ),
  TRUSTED_PROXIES: optional(
    'How many proxies stand before the API, or their addresses, separated by commas. Blank: none, and what X-Forwarded-For claims is ignored.',
  ),
};

const common = {
  LOG_LEVEL: choice(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'info', 'What is logged.'),
  MONGODB_URI: secretText(
    'mongodb://127.0.0.1:27017/?replicaSet=client-import',
    'A MongoDB replica set, with user, password and TLS; one of a single member will do.',
  ),
  MONGODB_DATABASE: text('client-import', 'Database in it.'),
  TEMPORAL_UI_URL: url('http://127.0.0.1:8233', 'Where people see the Temporal UI; answers link to it.'),
  TASK_QUEUE: text(
    'client-import',
    'Task queue of the workflows; the others have names that begin with it. API and worker must agree on it.',
  ),
  METRICS_PORT: optionalParsed(
    z.coerce.number().int().min(0).max(65_535),
    'Port on which a program serves its metrics to Prometheus, at /metrics, without a key; 0 for any free one. Blank: nowhere.',
  ),
  METRICS_HOST: text('127.0.0.1', 'Address on which it does; 0.0.0.0 for every interface.'),
  SECRETS_KEY: secret(
    'Seals the secrets of webhooks in MongoDB: 32 bytes in base64 (openssl rand -base64 32), after it older keys with commas between. Without it no endpoint can be registered.',
  ),
};

const traces = {
  OTEL_EXPORTER_OTLP_ENDPOINT: optionalUrl(
    'Collector of OpenTelemetry to which traces are sent by OTLP over HTTP, as http://127.0.0.1:4318. Blank: there are no traces.',
  ),
  OTEL_EXPORTER_OTLP_HEADERS: secret('Headers for it, such as a key: name=value, with commas between.'),
};

const pace = {
  WORKER_PART: choice(
    WORKER_PARTS,
    'all',
    'What a worker takes: all task queues; those of workflows, files and webhooks; or that of invitations. Both parts are needed.',
  ),
  TEMPORAL_WORKER_BUILD_ID: optional(
    'Version of the worker, such as that of its image: imports stay with the build that they began with (worker versioning). Every build needs to be made current, or nothing starts. Blank: any worker takes any import.',
  ),
  TEMPORAL_DEPLOYMENT_NAME: optional('Name of the worker deployment whose version that is. Blank: TASK_QUEUE.'),
  CREATE_CHUNK_ROWS: whole(
    500,
    'Rows that one step creates; it must end within seconds, or its worker counts as frozen.',
    [1, 1000],
  ),
  PAGES_PER_RUN: whole(
    50,
    'Pages of 500 rows that one run of a workflow takes, of a file that has more; the next run goes on with the others.',
    [1, 200],
  ),
  INVITE_CHUNK_ROWS: whole(500, 'Rows that one step invites.'),
  SMS_CONCURRENCY: whole(256, 'SMS requests that a worker has in flight, all files together.'),
  EMAIL_CONCURRENCY: whole(
    8,
    'E-mail requests that a worker has in flight; when it crashes, the people of all of them may be in doubt.',
  ),
  TWILIO_MAX_PER_SECOND: perSecond(
    'Most SMS a second of all workers together; 1 for a long code. Blank: as fast as Twilio takes them.',
  ),
  SENDGRID_MAX_PER_SECOND: perSecond(
    'Most e-mails a second of all workers together. Blank: as fast as SendGrid takes them.',
  ),
  EMAIL_BATCH_SIZE: whole(
    25,
    'People in one e-mail request, 1 to 1000; all of them are in doubt together when its answer is lost.',
    [1, 1000],
  ),
  STAY_OPEN_HOURS: whole(7 * 24, 'Hours for which an import with failed invitations stays open for retries.'),
  PREVIEW_HOURS: whole(24, 'Hours for which the plan of a preview can be applied.'),
};

const retention = {
  AUDIT_LOG_DAYS: whole(730, 'Days for which the entries of the audit log are kept.', [1, DAYS]),
  RETENTION_FILES_DAYS: optionalWhole(
    'Days for which the uploaded files of ended imports are kept. Blank: for good.',
    DAYS,
  ),
  RETENTION_ROWS_DAYS: optionalWhole(
    'Days for which the cells of their rows are kept, and no longer their files. Counts and statuses stay. Blank: for good.',
    DAYS,
  ),
};

const invitations = {
  PROVIDER_DEADLINE_MS: whole(10_000, 'Longest time for one request to a provider, answer included, in milliseconds.'),
  PROVIDER_LAG_MS: whole(
    10_000,
    'How late an accepted message may become visible when the provider is asked for it, in milliseconds.',
  ),
  SETTLE_WINDOW_MS: optionalWhole(
    'Wait before a message in doubt is looked up, in milliseconds. Blank: 1.1 times (1.5 deadlines and one lag); less than those is refused.',
  ),
  SMS_POLICY: choice(
    POLICIES,
    'never-twice',
    'An SMS that Twilio does not know of after that: never-twice leaves it unconfirmed, resend-after-settle sends it again.',
  ),
  EMAIL_POLICY: choice(
    POLICIES,
    'never-twice',
    "The same for e-mails of which no signed event has come. resend-after-settle needs SENDGRID_WEBHOOK_PUBLIC_KEY, and a PROVIDER_LAG_MS of as many minutes as SendGrid's events may be late: an e-mail whose event comes later is sent twice.",
  ),
  INVITATION_URL: optionalUrl(
    'Start of every invitation link, to a page of your own; the token is appended to it. Blank: the page of the API, PUBLIC_URL/join/.',
  ),
  UNSUBSCRIBE_URL: optionalUrl(
    'Start of the address in List-Unsubscribe of each e-mail, which must end at POST /unsubscribe/{token} of the API; the token is appended to it. Blank: PUBLIC_URL/unsubscribe/.',
  ),
};

const providers = {
  TWILIO_ACCOUNT_SID: optional('SID of the Twilio account; starts with AC.'),
  TWILIO_AUTH_TOKEN: secret('Its secret.'),
  TWILIO_FROM: optional('Number that sends the SMS, as +44…'),
  TWILIO_BASE_URL: optionalUrl("Another host in place of Twilio's, as https://api.dublin.ie1.twilio.com."),
  SENDGRID_API_KEY: secret('API key of SendGrid with the right to send mail.'),
  SENDGRID_FROM: optional('Verified sender, as: Name <address>'),
  SENDGRID_BASE_URL: optionalUrl("Another host in place of SendGrid's, as https://api.eu.sendgrid.com."),
};

const quietHours = {
  QUIET_HOURS: parsed(
    quietHoursField,
    'Hours of the day of the recipient in which no SMS is sent, unless the organisation says otherwise; off for none.',
    '20:00-08:00',
  ),
  SEND_AHEAD_DAYS: whole(90, 'Days ahead for which an import may be scheduled.', [1, 3650]),
};

const callbacks = {
  WEBHOOK_URL: optionalUrl(
    "Address by which the providers reach the API, as https://api.example.com. Twilio is told it with each SMS; SendGrid's event webhook is to be pointed to this address and /v1/webhooks/sendgrid in its settings. Blank: nothing is told.",
  ),
  SENDGRID_WEBHOOK_PUBLIC_KEY: optional(
    'Verification key that SendGrid shows where its event webhook is signed: DER in base64.',
  ),
};

const webhooks = {
  WEBHOOKS_TO_LOOPBACK: choice(
    ['true', 'false'],
    'false',
    'true: they may go to this machine, also without TLS, for a local try-out. Never where strangers have keys.',
  ),
};

export interface Section {
  title: string;
  /** The programs that read it. */
  usedBy: string;
  settings: Readonly<Record<string, z.ZodType>>;
}

/** All settings, in the order of `.env.example` and the docs. */
export const SECTIONS: readonly Section[] = [
  { title: 'The API', usedBy: 'API', settings: api },
  { title: 'API and worker', usedBy: 'API, worker', settings: common },
  { title: 'Traces (docs/operations.md)', usedBy: 'API, worker', settings: traces },
  { title: 'The pace of an import', usedBy: 'worker', settings: pace },
  { title: 'Retention', usedBy: 'API', settings: retention },
  { title: 'Invitations: never twice, never lost', usedBy: 'worker', settings: invitations },
  { title: 'When messages are sent', usedBy: 'API, worker', settings: quietHours },
  { title: 'The providers', usedBy: 'worker; API for audits', settings: providers },
  { title: 'What the providers tell of messages they have accepted', usedBy: 'API, worker', settings: callbacks },
  { title: 'Webhooks to the endpoints of organisations', usedBy: 'API, worker', settings: webhooks },
  { title: 'Tokens of an OpenID provider (docs/access.md)', usedBy: 'API', settings: oidcFields },
];

export const schema = z.object({
  ...api,
  ...common,
  ...traces,
  ...pace,
  ...retention,
  ...invitations,
  ...quietHours,
  ...providers,
  ...callbacks,
  ...webhooks,
  ...oidcFields,
});
export type Parsed = z.infer<typeof schema>;
