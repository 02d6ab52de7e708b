import { z } from 'zod';
import type { AppDeps } from '../app-deps';
import { ALL_ROLES, callerOf } from '../http/authenticate';
import { credentialOf } from '../http/caller';
import { SIGN_IN } from '../http/event-tickets';
import { notFound } from '../http/http-problem';
import { defineRoute, json, jsonOf, reply, route } from '../routing/route';
import type { Route } from '../routing/route';
import { IMPORT_ID, instant } from '../schemas/common';

const streamOf = z
  .strictObject({
    import: z.uuid().exactOptional(),
    batch: z.uuid().exactOptional(),
    signIn: z.literal(true).exactOptional(),
  })
  .refine((one) => Object.keys(one).length === 1, 'Name one of: import, batch, signIn');

/** Somebody reads the address, and opens it in a browser. In milliseconds. */
const SIGN_IN_MS = 15 * 60_000;

export const createEventTicket = defineRoute({
  method: 'post',
  path: '/v1/event-tickets',
  operationId: 'createEventTicket',
  summary: 'Get a ticket for a stream of events',
  description:
    'For an EventSource in a browser, which cannot send a key. A ticket opens one stream, once, within a minute. To come back ' +
    'after a broken stream, get another one and add `lastEventId`. With `signIn`, the address opens the page for administrators and ' +
    'signs in as the caller, once, within a quarter of an hour.',
  tag: 'Imports',
  access: ALL_ROLES,
  body: jsonOf(streamOf, { import: IMPORT_ID }),
  answers: {
    201: json(
      'The ticket, and the address of the stream with it.',
      z.object({ ticket: z.string(), expiresAt: instant, url: z.url() }).meta({ id: 'EventTicket' }),
      {
        ticket: 'p0p9QdFQbNvO8RZq4zRkW2yT1c3vX5aB',
        expiresAt: '2026-11-28T09:01:00.000Z',
        url: `https://import.example.com/v1/imports/${IMPORT_ID}/events?ticket=p0p9QdFQbNvO8RZq4zRkW2yT1c3vX5aB`,
      },
    ),
  },
  problems: ['not-found'],
});

export const createEventTicketsRoutes = ({ store, linkBase }: Pick<AppDeps, 'store' | 'linkBase'>): Route[] => [
  route(createEventTicket, async ({ body }, request) => {
    const caller = callerOf(request);
    const stream = body.signIn ? SIGN_IN : await findStream(store, caller.organisationId, body);
    const fields = { stream, caller, credential: credentialOf(request) };
    const { ticket, expiresAt } = await store.eventTickets.create(fields, body.signIn && SIGN_IN_MS);
    const place = body.signIn ? '/#/sign-in' : stream;
    const url = `${linkBase.publicUrl}${place}?ticket=${ticket}`;
    return reply(201, { ticket, expiresAt: expiresAt.toISOString(), url });
  }),
];

async function findStream(
  { imports }: Pick<AppDeps['store'], 'imports'>,
  organisationId: string,
  { import: importId, batch: batchId = '' }: z.output<typeof streamOf>,
): Promise<string> {
  if (importId !== undefined) {
    if (!(await imports.findIn(organisationId, importId))) throw notFound('import', importId);
    return `/v1/imports/${importId}/events`;
  }
  if ((await imports.list({ organisationId, batchId, limit: 1 })).length === 0) throw notFound('batch', batchId);
  return `/v1/batches/${batchId}/events`;
}
