import { z } from 'zod';
import { defineRoute, json } from '../routing/route';

const tag = 'Health';
const state = z.enum(['up', 'down']);
const readiness = z
  .object({ status: state, mongodb: state, temporal: state })
  .meta({ id: 'Readiness', description: 'The servers behind the API.' });

export const getLiveness = defineRoute({
  method: 'get',
  path: '/livez',
  operationId: 'getLiveness',
  summary: 'Ask whether the process answers',
  tag,
  access: 'none',
  answers: {
    200: json('It does.', z.object({ status: z.literal('up') }).meta({ id: 'Liveness' }), { status: 'up' }),
  },
});
export const getReadiness = defineRoute({
  method: 'get',
  path: '/readyz',
  operationId: 'getReadiness',
  summary: 'Ask whether the servers behind the API answer',
  tag,
  access: 'none',
  answers: {
    200: json('All do.', readiness, { status: 'up', mongodb: 'up', temporal: 'up' }),
    503: json('One does not.', readiness, { status: 'down', mongodb: 'up', temporal: 'down' }),
  },
});

/** Whoever looks for metrics looks here first. They are of all organisations, so no key of one opens them. */
export const getMetrics = defineRoute({
  method: 'get',
  path: '/metrics',
  operationId: 'getMetrics',
  summary: 'Learn where the metrics are',
  tag,
  access: 'none',
  answers: {},
  problems: ['metrics-elsewhere'],
});
