import { hasComeToRest } from '../../contract/import-status';
import { webhookEventOf } from '../../contract/webhooks/webhooks';
import type { WebhookEvent } from '../../contract/webhooks/webhooks';
import { batchBody, importBody } from '../../domain/webhooks/webhook-body';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import { idFrom } from '../../store/webhooks/deliveries';
import type { NewDelivery } from '../../store/webhooks/deliveries';
import type { WebhookEndpointDoc } from '../../store/webhooks/documents';
import { drain } from './drain';
import type { ImportService } from './import-service';
import { noticesOf, startNotices } from './notice-outbox';

export interface WebhookOutboxDeps {
  store: Pick<Store, 'announcements' | 'webhookEndpoints' | 'webhookDeliveries' | 'notices' | 'progress'>;
  service: Pick<ImportService, 'deliverWebhook' | 'sendNotice'>;
  /** The beginning of links to this API. */
  publicUrl: string;
}

const BATCH_SIZE = 50;

/**
 * One round: a notice where an administrator wants one, a delivery for each endpoint and each status in which an import has come to rest, and a workflow for each delivery.
 * The ids of deliveries follow from endpoint, import and status, so several processes, and a round that is repeated after a crash,
 * make the same ones.
 */
export async function announce({ store, service, publicUrl }: WebhookOutboxDeps): Promise<void> {
  const { announcements, webhookEndpoints, webhookDeliveries, notices, progress } = store;

  let hasNotices = false;
  for (let isMore = true; isMore;) {
    const importDocs = await announcements.list(BATCH_SIZE);
    isMore = importDocs.length === BATCH_SIZE;
    const organisations = new Set(importDocs.map(({ organisationId }) => organisationId));
    for (const organisationId of organisations) {
      const endpoints = await webhookEndpoints.enabled(organisationId);
      for (const importDoc of importDocs.filter((one) => one.organisationId === organisationId)) {
        if (endpoints.length > 0) {
          const events = [...(await eventsOf(importDoc)), ...(await batchEvent(importDoc))];
          await webhookDeliveries.create(events.flatMap((event) => deliveriesOf(event, endpoints)));
        }
        const created = noticesOf(importDoc);
        await notices.create(created);
        hasNotices ||= created.length > 0;
        await announcements.clear(importDoc);
      }
    }
  }
  await drain(webhookDeliveries.takeStart, async (delivery) => {
    await service.deliverWebhook(delivery);
    await webhookDeliveries.markStarted(delivery);
  });
  if (hasNotices) await startNotices({ store, service });

  async function eventsOf(importDoc: ImportDoc): Promise<Event[]> {
    const { _id, organisationId, batchId: batch, kind, unannounced = [] } = importDoc;
    const counts = await progress.of(importDoc);
    return unannounced.flatMap(({ status, sequence, at }) => {
      const event = webhookEventOf(status);
      if (!event) return [];
      const body = importBody(event, at, { progress: counts, kind, batch, status, sequence }, publicUrl);
      return [{ organisationId, event, eventId: idFrom(`${_id}:${sequence}`), body }];
    });
  }

  /**
   * Once all files of the upload rest. The last one to rest sees all others, and the sum of what each was told of names the state:
   * two that rest at the same time make the same event.
   */
  async function batchEvent({ organisationId, batchId }: ImportDoc): Promise<Event[]> {
    const imports = await announcements.batch(organisationId, batchId);
    if (!imports.every(({ status }) => hasComeToRest(status))) return [];
    const sequence = imports.reduce((sum, { restSequence = 0 }) => sum + restSequence, 0);
    const files = imports.map(({ _id: id, status }) => ({ id, status }));
    const body = batchBody(new Date(), batchId, sequence, files, publicUrl);
    return [{ organisationId, event: 'batch.rested', eventId: idFrom(`${batchId}:${sequence}`), body }];
  }
}

type Event = Omit<NewDelivery, 'endpointId'>;

const deliveriesOf = (event: Event, endpoints: readonly WebhookEndpointDoc[]): NewDelivery[] =>
  endpoints.filter(({ events }) => wants(events, event.event)).map(({ _id: endpointId }) => ({ ...event, endpointId }));

const wants = (events: readonly WebhookEvent[] | undefined, event: WebhookEvent): boolean =>
  events?.includes(event) ?? true;
