import { setTimeout as delay } from 'node:timers/promises';
import type { CallbackDelivery, CallbackPost } from '../callbacks/delivery';
import type { CallbackEntry, CallbackLog } from '../callbacks/log';
import { callbackOrder, postInOrder } from '../callbacks/order';
import type { LedgerMessage } from '../ledger/ledger';
import type { OutcomePlan } from '../outcomes/plan';
import type { SendGridEvent } from './events';
import { eventsOf } from './events';
import type { WebhookKey } from './webhook-key';
import type { WebhookRegistry } from './webhook-registry';

/** Events are gathered for this long, and at most this many are posted together. */
const GATHER_MS = 20;
const MAX_EVENTS_PER_POST = 500;

interface QueuedEvent {
  entry: CallbackEntry;
  event: SendGridEvent;
  onPosted: () => void;
}

/** SendGrid's Event Webhook: reports the outcomes of accepted mails, many events in one request. */
export interface EventWebhook {
  reportOutcomes(messages: readonly LedgerMessage[]): void;
}

export function createEventWebhook(deps: {
  callbackLog: CallbackLog;
  delivery: CallbackDelivery;
  outcomes: OutcomePlan;
  webhooks: WebhookRegistry;
  webhookKey: WebhookKey;
}): EventWebhook {
  const { callbackLog, delivery, outcomes, webhooks, webhookKey } = deps;
  const queues = new Map<string, QueuedEvent[]>();

  /** Resolves after the first attempt at the batch that holds the event. */
  function enqueue(url: string, entry: CallbackEntry, event: SendGridEvent): Promise<void> {
    return new Promise((onPosted) => {
      const queue = queues.get(url);
      if (queue) queue.push({ entry, event, onPosted });
      else {
        const newQueue: QueuedEvent[] = [{ entry, event, onPosted }];
        queues.set(url, newQueue);
        void drain(url, newQueue);
      }
    });
  }

  async function drain(url: string, queue: QueuedEvent[]): Promise<void> {
    while (queue.length > 0) {
      await delay(GATHER_MS, undefined, { ref: false });
      const batch = queue.splice(0, MAX_EVENTS_PER_POST);
      await delivery.post(signedPost(url, batch, webhookKey));
      batch.forEach(({ onPosted }) => onPosted());
    }
    queues.delete(url);
  }

  return {
    reportOutcomes(messages) {
      for (const message of messages) {
        const outcome = outcomes.outcomeOf(message);
        const url = webhooks.urlFor(message.account);
        if (url === undefined) continue;
        const invitation = message.customArgs?.['invitation'] ?? null;
        const shared = { provider: 'sendgrid', url, invitation, id: message.id, to: message.to } as const;
        const callbacks = callbackOrder(eventsOf(message, outcome), outcome).map((event) => ({
          event,
          entry: callbackLog.open({ ...shared, event: event.event }),
        }));
        void postInOrder(callbacks, outcome.delayMs ?? 0, ({ entry, event }) => enqueue(url, entry, event));
      }
    },
  };
}

function signedPost(url: string, batch: readonly QueuedEvent[], webhookKey: WebhookKey): CallbackPost {
  // SendGrid ends its body with a line break that the signature covers: a check of the re-serialised JSON fails.
  const body = `[${batch.map(({ event }) => JSON.stringify(event)).join(',\r\n')}]\r\n`;
  const sign = () => {
    const timestamp = `${Math.floor(Date.now() / 1000)}`;
    const headers = {
      'Content-Type': 'application/json;charset=utf-8',
      'User-Agent': 'SendGrid Event API',
      'X-Twilio-Email-Event-Webhook-Signature': webhookKey.sign(timestamp + body),
      'X-Twilio-Email-Event-Webhook-Timestamp': timestamp,
    };
    return { headers, body };
  };
  return { url, entries: batch.map(({ entry }) => entry), sign };
}
