import { endIfCancelled } from '../activities/heartbeat';
import { createPrecedence } from '../activities/lifecycle/precedence';
import { createBreaker } from '../activities/sending/breaker';
import type { BreakerSettings } from '../activities/sending/breaker';
import { createRequestSlots } from '../activities/sending/request-slots';
import { createSendRate } from '../activities/sending/send-rate';
import type { ActivityDeps } from '../activities/deps';
import { fenceOf } from '../domain/invitations/windows';
import type { Config } from '../platform/config';
import { createNotices, createSenders } from '../providers/index';
import { createWebhookSender } from '../providers/webhook-endpoints/webhook-sender';
import type { Store } from '../store/index';

/** Below the 5 s after which Temporal takes a silent worker for lost. */
const STEP_FENCE_MS = 4_000;

const slotsFor = (requests: number) => createRequestSlots(requests, Math.ceil(requests / 16));

interface Parts {
  /** Those of the settings by default. */
  senders?: ActivityDeps['senders'];
  /** For tests. */
  breaker?: BreakerSettings | undefined;
  /** For tests: the clock by which messages are due. */
  now?: () => Date;
}

/** Builds the dependencies of the activities from the configuration. */
export function createActivityDeps(
  config: Config,
  store: Store,
  { senders = createSenders(config), breaker = {}, now = () => new Date() }: Parts = {},
): ActivityDeps {
  const { url, deadlineMs, concurrency, policy, maxPerSecond } = config.invitations;
  return {
    store,
    senders,
    breakers: {
      email: createBreaker({ health: store.providerHealth, channel: 'email', ...breaker }),
      sms: createBreaker({ health: store.providerHealth, channel: 'sms', ...breaker }),
    },
    slots: { email: slotsFor(concurrency.email), sms: slotsFor(concurrency.sms) },
    precedence: createPrecedence(),
    betweenParts: endIfCancelled,
    now,
    rates: {
      ...(maxPerSecond.email && { email: createSendRate(store.sendRates, 'email', maxPerSecond.email) }),
      ...(maxPerSecond.sms && { sms: createSendRate(store.sendRates, 'sms', maxPerSecond.sms) }),
    },
    sendWebhook: createWebhookSender({ allowsLoopback: config.webhookEndpoints.allowsLoopback }),
    sendNotice: createNotices(config),
    settings: {
      timing: config.timing,
      maxRows: config.maxRows,
      quietHours: config.quietHours,
      invitationUrl: url,
      pageUrl: `${config.http.publicUrl.replace(/\/+$/, '')}/#/imports/`,
      unsubscribeUrl: config.invitations.unsubscribeUrl,
      policy,
      deadlineMs,
      fenceMs: fenceOf(deadlineMs),
      stepFenceMs: STEP_FENCE_MS,
    },
  };
}
