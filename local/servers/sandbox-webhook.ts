import { openWebhookKey } from '../../sandbox/sendgrid/webhook-key';
import type { ServiceDeps } from './services';
import { messageOf, StartError } from '../start-error';

/** Extra variables of the two programs that events of SendGrid go between; none where SendGrid is real. */
export interface SandboxWebhook {
  sandbox: Record<string, string>;
  api: Record<string, string>;
}

/**
 * Lets the sandbox report to the API, which can check its signature: the private key stays in the sandbox's folder.
 * A public key of the real SendGrid gives way, for no event of the sandbox would be believed.
 */
export function sandboxWebhook({ settings, folder }: Pick<ServiceDeps, 'settings' | 'folder'>): SandboxWebhook {
  if (!settings.sandbox?.sandboxed.includes('SendGrid')) return { sandbox: {}, api: {} };
  const { apiUrl, environment, config } = settings;
  try {
    const { publicKey } = openWebhookKey(folder.sandboxFolder, environment['SANDBOX_WEBHOOK_KEY']);
    return {
      sandbox: { SANDBOX_WEBHOOK_URL: `${config.webhooks.baseUrl ?? apiUrl}/v1/webhooks/sendgrid` },
      api: { SENDGRID_WEBHOOK_PUBLIC_KEY: publicKey },
    };
  } catch (error) {
    throw new StartError(`${messageOf(error)} Remove it, and a new one is made.`);
  }
}
