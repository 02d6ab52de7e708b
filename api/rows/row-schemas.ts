import { z } from 'zod';
import { CHANNELS } from '../../contract/invitation';
import { FAILOVER_CAUSES } from '../../domain/invitations/failover';
import { COLUMN_KEYS } from '../../domain/columns';
import { PLANNED_ACTIONS } from '../../contract/row-plan';
import { UNDO_OUTCOMES } from '../../contract/undo/undo';
import { linksSchema } from '../http/links';
import { channel, instant, invitationState, rowStatus } from '../schemas/common';
import { deferral } from '../schedules/schedule-view';
import { problem, problemExample } from '../schemas/problem-schemas';

const invitation = z
  .object({
    channel,
    state: invitationState,
    generation: z.int().min(1).meta({ description: 'One more for each retry, reminder or new address.' }),
    attempts: z.int().min(0),
    providerId: z.string().nullable(),
    providerCode: z.string().nullable(),
    providerReason: z.string().nullable(),
    problem: problem.nullable(),
    deferred: deferral.nullable(),
    failover: z
      .object({ cause: z.enum(FAILOVER_CAUSES), message: z.string() })
      .nullable()
      .meta({ description: 'Why it was sent on the second channel, where one is tried first.' }),
    changedAt: instant,
  })
  .meta({ id: 'Invitation', description: 'One message to the person of a row.' });

const repair = z
  .object({
    column: z.string().meta({ description: 'The header as written in the file.' }),
    key: z.enum(COLUMN_KEYS).nullable().meta({ description: 'Which of our columns that is.' }),
    before: z.string().exactOptional(),
    after: z.string().exactOptional(),
  })
  .meta({ id: 'Repair', description: 'An automatic correction of a cell. Support sees its column only.' });

const row = {
  row: z.int().min(1).meta({ description: 'The spreadsheet line.' }),
  status: rowStatus,
  ignored: z
    .object({ reason: z.string().nullable(), at: instant })
    .nullable()
    .meta({ description: 'Since when the row is put aside as no person, and why.' }),
  erasedAt: instant
    .nullable()
    .meta({ description: 'When the data of its person were erased; its cells are empty since.' }),
  undo: z
    .object({ outcome: z.enum(UNDO_OUTCOMES), meaning: z.string(), keptFields: z.array(z.string()) })
    .nullable()
    .meta({ description: 'What the undo of the import has done about the row, or why its person was kept.' }),
  person: z.object({
    firstName: z.string(),
    lastName: z.string(),
    email: z.string(),
    mobile: z.string(),
    company: z.string().nullable(),
  }),
  plan: z.object({
    action: z.enum(PLANNED_ACTIONS),
    channels: z.array(z.enum(CHANNELS)),
    smsSegments: z.int().min(0),
    changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
  }),
  problems: z.array(problem),
  repairs: z.array(repair),
  invitations: z.array(invitation),
};

export const ignoredRows = z
  .object({
    ignored: z.array(z.int()).meta({ description: 'The lines that were not put aside before.' }),
    links: linksSchema,
  })
  .meta({ id: 'IgnoredRows' });

export const listedRow = z
  .object({ ...row, corrected: z.boolean().meta({ description: 'Whether another file has corrected the row.' }) })
  .meta({ id: 'Row', description: 'One line of a file with its problems and invitations.' });
export const correctedRow = z
  .object({ ...row, links: linksSchema })
  .meta({ id: 'CorrectedRow', description: 'A row after its correction.' });

const rowExample = {
  row: 17,
  status: 'rejected' as const,
  ignored: null,
  erasedAt: null,
  undo: null,
  person: { firstName: 'Ann', lastName: '', email: 'ann@example.com', mobile: '+447911123456', company: null },
  plan: { action: 'reject' as const, channels: [], smsSegments: 0, changes: [] },
  problems: [problemExample],
  repairs: [],
  invitations: [],
};
export const listedRowExample: z.input<typeof listedRow> = { ...rowExample, corrected: false };
export const correctedRowExample = {
  ...rowExample,
  status: 'pending' as const,
  person: { ...rowExample.person, lastName: 'Lee' },
  plan: { action: 'create' as const, channels: [...CHANNELS], smsSegments: 1, changes: [] },
  problems: [],
};
