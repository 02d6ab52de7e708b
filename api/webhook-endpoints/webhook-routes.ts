import { z } from 'zod';
import { ADMINISTRATORS, SYSTEM_ADMINISTRATOR } from '../http/authenticate';
import { NEXT_PAGE } from '../routing/page';
import { defineRoute, json, jsonOf } from '../routing/route';
import { idParams, pageOf } from '../schemas/common';
import {
  deliveryDetailsExample,
  deliveryDetailsSchema,
  deliveryExample,
  deliverySchema,
  endpointChangeSchema,
  endpointExample,
  endpointSchema,
  endpointWithSecretExample,
  endpointWithSecretSchema,
  listDeliveriesSchema,
  listEndpointsSchema,
  newEndpointSchema,
  rotationSchema,
} from './webhook-schemas';

const tag = 'Webhooks';
const path = '/v1/webhook-endpoints';
const params = idParams('endpoint', endpointExample.id);
const deliveryParams = params.extend({
  deliveryId: z.string().meta({ description: 'Id of the delivery.', example: deliveryExample.id }),
});

export const createWebhookEndpoint = defineRoute({
  method: 'post',
  path,
  operationId: 'createWebhookEndpoint',
  summary: 'Create an endpoint to which webhooks are sent',
  description: 'The answer shows its secret, by which the signatures are verified; no other answer does.',
  tag,
  access: SYSTEM_ADMINISTRATOR,
  body: jsonOf(newEndpointSchema, { url: endpointExample.url, events: ['import.completed'] }),
  answers: {
    201: json('The endpoint with its secret.', endpointWithSecretSchema, endpointWithSecretExample, {
      Location: 'Address of the endpoint.',
    }),
  },
  problems: ['endpoint-url-refused', 'too-many-endpoints', 'secrets-key-missing'],
});
export const listWebhookEndpoints = defineRoute({
  method: 'get',
  path,
  operationId: 'listWebhookEndpoints',
  summary: 'List the endpoints, the newest first',
  tag,
  access: ADMINISTRATORS,
  query: listEndpointsSchema,
  answers: {
    200: json(
      'A page of endpoints.',
      pageOf('WebhookEndpointPage', endpointSchema, z.uuid()),
      { data: [endpointExample], next: null },
      NEXT_PAGE,
    ),
  },
});
export const getWebhookEndpoint = defineRoute({
  method: 'get',
  path: `${path}/{id}`,
  operationId: 'getWebhookEndpoint',
  summary: 'Get one endpoint',
  tag,
  access: ADMINISTRATORS,
  params,
  answers: { 200: json('The endpoint.', endpointSchema, endpointExample) },
});
export const changeWebhookEndpoint = defineRoute({
  method: 'patch',
  path: `${path}/{id}`,
  operationId: 'changeWebhookEndpoint',
  summary: 'Change, disable or enable an endpoint; absent fields stay as they are',
  tag,
  access: SYSTEM_ADMINISTRATOR,
  params,
  body: jsonOf(endpointChangeSchema, { enabled: false }),
  answers: { 200: json('The changed endpoint.', endpointSchema, endpointExample) },
  problems: ['endpoint-url-refused'],
});
export const removeWebhookEndpoint = defineRoute({
  method: 'delete',
  path: `${path}/{id}`,
  operationId: 'removeWebhookEndpoint',
  summary: 'Remove an endpoint',
  tag,
  access: SYSTEM_ADMINISTRATOR,
  params,
  answers: { 204: { description: 'It is removed, and gets nothing more.', empty: true } },
});
export const rotateWebhookSecret = defineRoute({
  method: 'post',
  path: `${path}/{id}/secret`,
  operationId: 'rotateWebhookSecret',
  summary: 'Give an endpoint a new secret',
  description: 'Webhooks carry the signatures of both until the overlap ends.',
  tag,
  access: SYSTEM_ADMINISTRATOR,
  params,
  body: jsonOf(rotationSchema, { overlapHours: 24 }),
  answers: { 200: json('The endpoint with its new secret.', endpointWithSecretSchema, endpointWithSecretExample) },
  problems: ['secrets-key-missing'],
});

const accepted = json('It is sent at once.', deliveryDetailsSchema, deliveryDetailsExample, {
  Location: 'Address of the delivery.',
});
export const testWebhookEndpoint = defineRoute({
  method: 'post',
  path: `${path}/{id}/tests`,
  operationId: 'testWebhookEndpoint',
  summary: 'Send the event endpoint.test to an endpoint',
  tag,
  access: ADMINISTRATORS,
  params,
  answers: { 202: accepted },
  problems: ['endpoint-disabled'],
});
export const listWebhookDeliveries = defineRoute({
  method: 'get',
  path: `${path}/{id}/deliveries`,
  operationId: 'listWebhookDeliveries',
  summary: 'List what was sent to an endpoint in the last 30 days, the newest first',
  tag,
  access: ADMINISTRATORS,
  params,
  query: listDeliveriesSchema,
  answers: {
    200: json(
      'A page of deliveries.',
      pageOf('WebhookDeliveryPage', deliverySchema, z.uuid()),
      { data: [deliveryExample], next: null },
      NEXT_PAGE,
    ),
  },
});
export const getWebhookDelivery = defineRoute({
  method: 'get',
  path: `${path}/{id}/deliveries/{deliveryId}`,
  operationId: 'getWebhookDelivery',
  summary: 'Get one delivery with its payload and its attempts',
  tag,
  access: ADMINISTRATORS,
  params: deliveryParams,
  answers: { 200: json('The delivery.', deliveryDetailsSchema, deliveryDetailsExample) },
});
export const redeliverWebhook = defineRoute({
  method: 'post',
  path: `${path}/{id}/deliveries/{deliveryId}/redeliveries`,
  operationId: 'redeliverWebhook',
  summary: 'Send a webhook again, under the same id',
  tag,
  access: ADMINISTRATORS,
  params: deliveryParams,
  answers: { 202: accepted },
  problems: ['endpoint-disabled'],
});
