import { randomBytes } from 'node:crypto';

/** Addresses of the servers that all tests share; `test/global-setup.ts` starts them. */
export interface SharedServers {
  temporalAddress: string;
  mongodbUri: string;
  sandboxUrl: string;
  workflowBundle: string;
}

export function sharedServers(): SharedServers {
  const required = (name: string): string => {
    const value = process.env[name];
    if (!value) throw new Error(`${name} is not set: was test/global-setup.ts run?`);
    return value;
  };
  return {
    temporalAddress: required('TEST_TEMPORAL_ADDRESS'),
    mongodbUri: required('TEST_MONGODB_URI'),
    sandboxUrl: required('TEST_SANDBOX_URL'),
    workflowBundle: required('TEST_WORKFLOW_BUNDLE'),
  };
}

/** Letters only: messages omit digits of an organisation's name, which could be a smuggled phone number. */
export const uniqueName = (prefix: string): string =>
  prefix + Array.from(randomBytes(10), (byte) => String.fromCharCode(97 + (byte % 26))).join('');

/** Windows short enough to wait for, but with a deadline that requests meet on a busy machine. */
export const SHORT_WINDOWS = { PROVIDER_DEADLINE_MS: '2500', PROVIDER_LAG_MS: '250' };

/** Of nothing but tests. */
export const SECRETS_KEY = Buffer.alloc(32, 'test').toString('base64');

/** Settings of one test's stack: its own database and task queues, and the sandbox for both providers. */
export function settingsFor(
  name: string,
  servers: Pick<SharedServers, 'temporalAddress' | 'mongodbUri' | 'sandboxUrl'>,
): Record<string, string> {
  return {
    PORT: '0',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    MONGODB_URI: servers.mongodbUri,
    MONGODB_DATABASE: name,
    TASK_QUEUE: name,
    TEMPORAL_ADDRESS: servers.temporalAddress,
    SECRETS_KEY,
    // Whatever the hour at which the tests run.
    QUIET_HOURS: 'off',
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'sandbox-token',
    TWILIO_FROM: '+12025550100',
    TWILIO_BASE_URL: servers.sandboxUrl,
    SENDGRID_API_KEY: 'SG.sandbox.key',
    SENDGRID_FROM: 'Invitations <invitations@example.com>',
    SENDGRID_BASE_URL: servers.sandboxUrl,
  };
}
