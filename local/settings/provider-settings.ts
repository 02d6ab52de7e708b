import { randomBytes } from 'node:crypto';
import type { Environment } from '../../platform/config';
import { StartError } from '../processes/start-error';

export type Provider = 'Twilio' | 'SendGrid';

interface ProviderVariables {
  /** The provider is real if one of these is set. */
  real: readonly string[];
  /** A real provider needs all of these. */
  needed: readonly string[];
  /** For the sandbox: credentials, of which it checks only the form, and settings that suit it, unless others are set. */
  sandbox: Readonly<Record<string, string>>;
  /** Of the credentials, those that also sign what the provider posts to the API: of each start, so that nobody can guess them. */
  secret: readonly string[];
  /** The variable that points the SDK at another host. */
  baseUrl: string;
}

const PROVIDERS: Record<Provider, ProviderVariables> = {
  Twilio: {
    real: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_BASE_URL'],
    needed: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'],
    sandbox: {
      TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
      TWILIO_FROM: '+12025550100',
      // It wakes nobody, and a try-out in the evening is to show what an import does.
      QUIET_HOURS: 'off',
    },
    secret: ['TWILIO_AUTH_TOKEN'],
    baseUrl: 'TWILIO_BASE_URL',
  },
  SendGrid: {
    real: ['SENDGRID_API_KEY', 'SENDGRID_BASE_URL'],
    needed: ['SENDGRID_API_KEY', 'SENDGRID_FROM'],
    sandbox: { SENDGRID_API_KEY: 'SG.sandbox.key', SENDGRID_FROM: 'Invitations <invitations@example.com>' },
    // Its events are signed by a key pair, which the sandbox creates in its own folder.
    secret: [],
    baseUrl: 'SENDGRID_BASE_URL',
  },
};

/**
 * Decides which providers the sandbox replaces, and returns the variables that point our programs at it.
 * Throws a `StartError` if a real provider is only partly configured: otherwise its messages would silently go to the sandbox.
 */
export function readProviders(
  env: Environment,
  sandboxUrl: string,
): { sandboxed: Provider[]; environment: Record<string, string> } {
  const sandboxed: Provider[] = [];
  const environment: Record<string, string> = {};
  const problems: string[] = [];
  for (const [name, variables] of Object.entries(PROVIDERS) as [Provider, ProviderVariables][]) {
    const set = variables.real.find((variable) => env[variable]);
    if (set === undefined) {
      sandboxed.push(name);
      for (const [variable, value] of Object.entries(variables.sandbox)) environment[variable] = env[variable] || value;
      for (const variable of variables.secret) environment[variable] = randomBytes(32).toString('hex');
      environment[variables.baseUrl] = sandboxUrl;
      continue;
    }
    const missing = variables.needed.filter((variable) => !env[variable]);
    if (missing.length > 0) {
      problems.push(`${set} is set, but not ${missing.join(', ')}. Set all of them, or none to use the sandbox.`);
    }
  }
  if (problems.length > 0) throw new StartError(problems.join('\n'));
  return { sandboxed, environment };
}
