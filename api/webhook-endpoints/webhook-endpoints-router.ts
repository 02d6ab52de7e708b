import { randomUUID } from 'node:crypto';
import { endpointUrlProblem } from '../../domain/webhooks/endpoint-address';
import type { EndpointUrlProblem } from '../../domain/webhooks/endpoint-address';
import { testBody } from '../../domain/webhooks/webhook-body';
import type { WebhookDeliveryDoc, WebhookEndpointDoc } from '../../store/webhooks/documents';
import type { AppDeps } from '../app-deps';
import { callerOf } from '../http/authenticate';
import { conflict, HttpProblem, notFound } from '../http/http-problem';
import { fieldOfBody } from '../problem-types/invalid-field';
import { cutPage, pageReply } from '../routing/page';
import { emptyReply, reply, route } from '../routing/route';
import type { Route } from '../routing/route';
import {
  changeWebhookEndpoint,
  createWebhookEndpoint,
  getWebhookDelivery,
  getWebhookEndpoint,
  listWebhookDeliveries,
  listWebhookEndpoints,
  redeliverWebhook,
  removeWebhookEndpoint,
  rotateWebhookSecret,
  testWebhookEndpoint,
} from './webhook-routes';
import { deliveryDetails, deliveryView, endpointView, endpointWithSecretView } from './webhook-views';

const MAX_ENDPOINTS = 20;
const HOUR_MS = 3_600_000;

const addressOf = (endpointId: string, deliveryId?: string): { Location: string } => ({
  Location: `/v1/webhook-endpoints/${endpointId}${deliveryId === undefined ? '' : `/deliveries/${deliveryId}`}`,
});

/** Where an organisation is told of its imports, and the log of what was sent there. */
export function createWebhookEndpointsRoutes({
  store,
  outbox,
  config,
  linkBase,
}: Pick<AppDeps, 'store' | 'outbox' | 'config' | 'linkBase'>): Route[] {
  const { webhookEndpoints, webhookDeliveries } = store;

  const endpointNotFound = (id: string): HttpProblem => notFound('webhook endpoint', id);

  async function findEndpoint(organisationId: string, id: string): Promise<WebhookEndpointDoc> {
    const endpoint = await webhookEndpoints.findIn(organisationId, id);
    if (!endpoint) throw endpointNotFound(id);
    return endpoint;
  }

  async function findDelivery(endpointId: string, id: string): Promise<WebhookDeliveryDoc> {
    const delivery = await webhookDeliveries.findIn(endpointId, id);
    if (!delivery) throw notFound('webhook delivery', id);
    return delivery;
  }

  function requireSecretsKey(): void {
    if (!store.canKeepSecrets()) throw noSecretsKey();
  }

  function requireUrl(url: string): void {
    const problem = endpointUrlProblem(url, config.webhookEndpoints.allowsLoopback);
    if (problem) throw urlRefused(problem);
  }

  return [
    route(createWebhookEndpoint, async ({ body: { url, description, events } }, request) => {
      const { organisationId } = callerOf(request);
      requireUrl(url);
      requireSecretsKey();
      if ((await webhookEndpoints.count(organisationId)) >= MAX_ENDPOINTS) throw tooMany();
      const fields = { _id: randomUUID(), organisationId, url, description, ...(events && { events }) };
      const endpoint = await webhookEndpoints.create(fields);
      return reply(201, endpointWithSecretView(endpoint), addressOf(endpoint._id));
    }),

    route(listWebhookEndpoints, async ({ query: { after, limit } }, request) => {
      const { organisationId } = callerOf(request);
      const found = await webhookEndpoints.list({ organisationId, limit: limit + 1, ...(after && { after }) });
      const { data, next } = cutPage(found, limit, ({ _id }) => _id);
      return pageReply(request, linkBase, { data: data.map(endpointView), next });
    }),

    route(getWebhookEndpoint, async ({ params: { id } }, request) =>
      reply(200, endpointView(await findEndpoint(callerOf(request).organisationId, id))),
    ),

    route(changeWebhookEndpoint, async ({ params: { id }, body: { enabled, url, ...fields } }, request) => {
      const { organisationId } = await findEndpoint(callerOf(request).organisationId, id);
      if (url !== undefined) requireUrl(url);
      const endpoint = await webhookEndpoints.change(organisationId, id, {
        ...fields,
        ...(url !== undefined && { url }),
        ...(enabled !== undefined && { isEnabled: enabled }),
      });
      if (!endpoint) throw endpointNotFound(id);
      return reply(200, endpointView(endpoint));
    }),

    route(removeWebhookEndpoint, async ({ params: { id } }, request) => {
      if (!(await webhookEndpoints.remove(callerOf(request).organisationId, id))) throw endpointNotFound(id);
      return emptyReply(204);
    }),

    route(rotateWebhookSecret, async ({ params: { id }, body: { overlapHours } }, request) => {
      const { organisationId } = callerOf(request);
      await findEndpoint(organisationId, id);
      requireSecretsKey();
      const endpoint = await webhookEndpoints.rotate(organisationId, id, overlapHours * HOUR_MS);
      if (!endpoint) throw endpointNotFound(id);
      return reply(200, endpointWithSecretView(endpoint));
    }),

    route(testWebhookEndpoint, async ({ params: { id: endpointId } }, request) => {
      const { organisationId, isEnabled } = await findEndpoint(callerOf(request).organisationId, endpointId);
      if (!isEnabled) throw disabled();
      const event = { event: 'endpoint.test', eventId: randomUUID(), body: testBody(new Date(), endpointId) } as const;
      const [deliveryId] = await webhookDeliveries.create([{ organisationId, endpointId, ...event }]);
      outbox.poke();
      return reply(
        202,
        deliveryDetails(await findDelivery(endpointId, deliveryId!)),
        addressOf(endpointId, deliveryId),
      );
    }),

    route(listWebhookDeliveries, async ({ params: { id }, query: { state, event, after, limit } }, request) => {
      const { _id: endpointId } = await findEndpoint(callerOf(request).organisationId, id);
      const found = await webhookDeliveries.list({
        endpointId,
        limit: limit + 1,
        ...(state && { state }),
        ...(event && { event }),
        ...(after && { after }),
      });
      const { data, next } = cutPage(found, limit, ({ _id }) => _id);
      return pageReply(request, linkBase, { data: data.map(deliveryView), next });
    }),

    route(getWebhookDelivery, async ({ params: { id, deliveryId } }, request) => {
      const { _id: endpointId } = await findEndpoint(callerOf(request).organisationId, id);
      return reply(200, deliveryDetails(await findDelivery(endpointId, deliveryId)));
    }),

    route(redeliverWebhook, async ({ params: { id: endpointId, deliveryId } }, request) => {
      if (!(await findEndpoint(callerOf(request).organisationId, endpointId)).isEnabled) throw disabled();
      const { round } = await findDelivery(endpointId, deliveryId);
      // Where another request was faster, its round is the one that was asked for.
      await webhookDeliveries.redeliver(endpointId, deliveryId, round);
      outbox.poke();
      return reply(202, deliveryDetails(await findDelivery(endpointId, deliveryId)), addressOf(endpointId, deliveryId));
    }),
  ];
}

const URL_PROBLEMS: Readonly<Record<EndpointUrlProblem, string>> = {
  'url-invalid': 'Must be an absolute URL, such as https://example.com/webhooks',
  'https-required': 'Must begin with https://, since webhooks tell of people’s imports',
  credentials: 'Must not contain a user name or a password; check the signature of the webhooks instead',
  'address-refused': 'Must be an address of the public internet, not of this machine or of a private network',
};

const urlRefused = (problem: EndpointUrlProblem): HttpProblem =>
  new HttpProblem(400, 'endpoint-url-refused', `This cannot be the URL of an endpoint. ${URL_PROBLEMS[problem]}.`, {
    errors: [fieldOfBody(['url'], { code: 'endpoint-url-refused', detail: URL_PROBLEMS[problem] })],
  });

const noSecretsKey = (): HttpProblem =>
  conflict(
    'secrets-key-missing',
    'This installation has no key to keep secrets of webhooks with. Ask its operator to set SECRETS_KEY; nothing was changed.',
  );

const tooMany = (): HttpProblem =>
  conflict(
    'too-many-endpoints',
    `Your organisation has ${MAX_ENDPOINTS} webhook endpoints, which is the most. Remove one first.`,
  );

const disabled = (): HttpProblem =>
  conflict('endpoint-disabled', 'This endpoint is disabled, so nothing is sent to it. Set "enabled" to true first.');
