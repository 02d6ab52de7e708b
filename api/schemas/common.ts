import { z } from 'zod';
import { CHANNELS, INVITATION_STATES } from '../../contract/invitation';
import { ROW_STATUSES } from '../../contract/row';

export const IMPORT_ID = '7e68d2a3-6a37-4c2a-9a4d-0b6a4f5a2c11';
export const BATCH_ID = '2f1b7f0e-52bb-4d8f-8f57-5c4f3c1b9d20';
export const PERSON_ID = '5b1f8c52-0c8e-4a45-9c57-3a5f0a6d7e31';
export const TEAM_ID = '0d6c3a1e-7f6f-4b21-8e0b-9b2f4f1d6c42';

/** A moment of a query, with its offset; or a day, in UTC. */
export const moment = z.union([z.iso.datetime({ offset: true }), z.iso.date()], {
  error: 'Must be a day as 2026-11-28, or a moment as 2026-11-28T09:00:00Z',
});

/** An id, or its first characters: a person copies no 36 of them. */
export const idBeginning = z
  .string()
  .regex(/^[0-9a-f][0-9a-f-]{3,35}$/, 'Must be an id, or its first four characters or more');

export const instant = z.iso.datetime().meta({ description: 'A moment in UTC (RFC 3339).' });

const importId = z
  .uuid({ error: ({ input }) => `There is no import "${String(input)}" in your organisation.` })
  .meta({ description: 'Id of an import.', examples: [IMPORT_ID] });
/** The parameters of every route below one import. */
export const importParams = z.object({ id: importId });

/** The parameters of a route that ends in an id. A look-up decides whether anything has it. */
export const idParams = (subject: string, example: string) =>
  z.object({ id: z.string().meta({ description: `Id of the ${subject}.`, examples: [example] }) });

export const channel = z.enum(CHANNELS).meta({ id: 'Channel', description: 'How a message reaches a person.' });
export const invitationState = z.enum(INVITATION_STATES).meta({
  id: 'InvitationState',
  description: 'State of one message to one person on one channel; see docs/states.md.',
});
export const rowStatus = z
  .enum(ROW_STATUSES)
  .meta({ id: 'RowStatus', description: 'Status of a spreadsheet line. Each line has exactly one.' });

const count = z.int().min(0);
export const countByChannel = z
  .object({ email: count, sms: count })
  .meta({ id: 'CountByChannel', description: 'Messages by channel.' });
export const smsCost = z
  .object({ amount: z.number().min(0), currency: z.string().meta({ description: 'ISO 4217.' }) })
  .meta({ id: 'SmsCost', description: 'An estimate by the price that the organisation has set; countries differ.' })
  .nullable();
/** A count for each of some words. An object, of which every reader of the document makes a type with these fields. */
export const countsOf = <K extends string>(keys: readonly K[]) =>
  z.object(Object.fromEntries(keys.map((key) => [key, count])) as Record<K, typeof count>);
export const rowCounts = countsOf(ROW_STATUSES).meta({
  id: 'RowCounts',
  description: 'Lines of the file by status. Their sum is `lines`.',
});
const stateCounts = countsOf(INVITATION_STATES).meta({
  id: 'InvitationStateCounts',
  description: 'Invitations by state, the newest generation of each.',
});
export const invitationCounts = z
  .object({ email: stateCounts, sms: stateCounts })
  .meta({ id: 'InvitationCounts', description: 'Invitations by channel and state.' });

export const rowCountsExample = {
  ...{ pending: 0, rejected: 1, waiting: 0, created: 47, updated: 0, unchanged: 0, skipped: 0 },
  ...{ ignored: 0, cancelled: 0, undone: 0 },
};
const stateCountsExample = {
  ...{ pending: 0, sending: 0, sent: 3, delivered: 44, failed: 0, unconfirmed: 0, suppressed: 0, cancelled: 0 },
  ...{ bounced: 0, accepted: 0 },
};
export const invitationCountsExample = { email: stateCountsExample, sms: stateCountsExample };

/** A list page by page. `next` is what `after` of the next request must be; `null` on the last page. */
export const pageOf = <Data extends z.ZodType, Next extends z.ZodType>(id: string, data: Data, next: Next) =>
  z.object({ data: z.array(data), next: next.nullable() }).meta({
    id,
    description: 'A page of a list. `next` is the `after` of the next page; `null` on the last one.',
  });
