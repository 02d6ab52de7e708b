import type { CallbackEntry, CallbackLog } from '../callbacks/log';
import type { CallbackDelivery, CallbackPost } from '../callbacks/delivery';
import { callbackOrder, postInOrder } from '../callbacks/order';
import type { OutcomePlan } from '../outcomes/plan';
import type { LedgerMessage } from '../ledger/ledger';
import { pause } from '../http/pause';
import { eventsOf } from './events';
import type { SendGridEvent } from './events';
import type { WebhookKey } from './webhook-key';
import type { WebhookRegistry } from './webhook-registry';

/** So long events are gathered, and so many at most go out together. */
const GATHER_MS = 20;
const MOST_EVENTS = 500;

interface Waiting {
  entry: CallbackEntry;
  event: SendGridEvent;
  posted: () => void;
}

/** SendGrid's Event Webhook: what becomes of accepted mails, many events at once. */
export interface SendGridWebhook {
  accepted(messages: readonly LedgerMessage[]): void;
}

export function createSendGridWebhook(deps: {
  log: CallbackLog;
  courier: CallbackDelivery;
  outcomes: OutcomePlan;
  webhooks: WebhookRegistry;
  key: WebhookKey;
}): SendGridWebhook {
  const { log, courier, outcomes, webhooks, key } = deps;
  const queues = new Map<string, Waiting[]>();

  /** Resolves after the first attempt at the batch that holds the event. */
  function enqueue(url: string, entry: CallbackEntry, event: SendGridEvent): Promise<void> {
    return new Promise((posted) => {
      const queue = queues.get(url);
      if (queue) queue.push({ entry, event, posted });
      else {
        const begun: Waiting[] = [{ entry, event, posted }];
        queues.set(url, begun);
        void empty(url, begun);
      }
    });
  }

  async function empty(url: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      await pause(GATHER_MS);
      const batch = queue.splice(0, MOST_EVENTS);
      await courier.post(signedParcel(url, batch, key));
      batch.forEach(({ posted }) => posted());
    }
    queues.delete(url);
  }

  return {
    accepted(messages) {
      for (const message of messages) {
        const outcome = outcomes.outcomeOf(message);
        const url = webhooks.urlFor(message.account);
        if (url === undefined) continue;
        const invitation = message.customArgs?.['invitation'] ?? null;
        const about = { provider: 'sendgrid', url, invitation, id: message.id, to: message.to } as const;
        const calls = callbackOrder(eventsOf(message, outcome), outcome).map((event) => ({
          event,
          entry: log.open({ ...about, event: event.event }),
        }));
        void postInOrder(calls, outcome.delayMs ?? 0, ({ entry, event }) => enqueue(url, entry, event));
      }
    },
  };
}

function signedParcel(url: string, batch: readonly Waiting[], key: WebhookKey): CallbackPost {
  // SendGrid ends its body with a line break, which counts for the signature: who signs what was parsed, fails.
  const body = `[${batch.map(({ event }) => JSON.stringify(event)).join(',\r\n')}]\r\n`;
  const pack = () => {
    const timestamp = `${Math.floor(Date.now() / 1000)}`;
    const headers = {
      'Content-Type': 'application/json;charset=utf-8',
      'User-Agent': 'SendGrid Event API',
      'X-Twilio-Email-Event-Webhook-Signature': key.sign(timestamp + body),
      'X-Twilio-Email-Event-Webhook-Timestamp': timestamp,
    };
    return { headers, body };
  };
  return { url, entries: batch.map(({ entry }) => entry), sign: pack };
}
