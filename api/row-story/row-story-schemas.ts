import { z } from 'zod';
import { pastAction, pastActionExample } from '../audit-log/event-schemas';
import { listedRow, listedRowExample } from '../rows/row-schemas';
import { channel, instant, invitationState, PERSON_ID } from '../schemas/common';
import { problem } from '../schemas/problem-schemas';

const text = z.string().exactOptional();
const cells = z
  .object({
    ...{ firstName: text, lastName: text, email: text, mobile: text, role: text, company: text, group: text },
    teams: text.meta({ description: 'Of staff.' }),
    language: text,
  })
  .meta({ id: 'RowCells', description: 'The cells of a row by column.' });

const at = instant;
const generation = z.int().min(1).meta({ description: 'One more for each retry, reminder or new address.' });
const message = { at, channel, generation };

/** Why a message was to be sent. */
export const MESSAGE_REASONS = ['first', 'failover', 'retry', 'reminder', 'correction'] as const;

const storyEvent = z
  .discriminatedUnion('kind', [
    z
      .object({ kind: z.literal('planned'), at })
      .meta({ id: 'RowPlanned', description: 'The file was read, and the row decided about.' }),
    z
      .object({ kind: z.literal('created'), at })
      .meta({ id: 'PersonCreated', description: 'The row has created its person.' }),
    z
      .object({ kind: z.literal('put-aside'), at, reason: z.string().nullable() })
      .meta({ id: 'RowPutAside', description: 'The row was put aside as no person.' }),
    z
      .object({
        kind: z.literal('message'),
        ...message,
        state: invitationState,
        reason: z.enum(MESSAGE_REASONS).meta({ description: 'Why this generation was to be sent.' }),
        because: z.string().nullable().meta({
          description: 'Of the second channel, where its first attempt begins: what had become of the first one.',
        }),
        attempt: z
          .int()
          .min(1)
          .nullable()
          .meta({ description: 'The number of the attempt, where one begins: the state is `sending`.' }),
        providerId: z
          .string()
          .nullable()
          .meta({ description: 'The id of the message at its provider, once it has one.' }),
        providerCode: z.string().nullable(),
        providerReason: z.string().nullable(),
        problem: problem.nullable().meta({ description: 'Why it is in this state, if it is in it still.' }),
      })
      .meta({ id: 'MessageStep', description: 'A message came into a state, by an attempt of ours or by a report.' }),
    z
      .object({
        kind: z.literal('report'),
        ...message,
        reportId: z.string().meta({ description: "The provider's id of its report." }),
        providerCode: z.string().nullable(),
        providerReason: z.string().nullable(),
        problem,
      })
      .meta({
        id: 'FailureReport',
        description:
          "A provider reported that a message has failed, by the provider's clock. Reports of success are steps.",
      }),
    z
      .object({ kind: z.literal('address-changed'), ...message })
      .meta({ id: 'AddressChanged', description: 'The address that a message went to was corrected since.' }),
    z.object({ kind: z.literal('reminder-skipped'), ...message }).meta({
      id: 'ReminderSkipped',
      description: 'A reminder was due and there was an obstacle, such as an opt-out.',
    }),
    z
      .object({ kind: z.literal('opt-out'), at, channel, optedOut: z.boolean(), reportId: z.string() })
      .meta({ id: 'OptOutReport', description: 'The person has stopped or allowed messages on a channel.' }),
    pastAction.extend({ kind: z.literal('action') }).meta({
      id: 'StaffAction',
      description: 'What somebody has done with the row, or with its import as a whole.',
    }),
  ])
  .meta({ id: 'StoryEvent', description: 'Something that has happened to a row, its person or a message.' });

/** Everything that is known of one line of a file. */
export const rowStory = listedRow
  .extend({
    personId: z.string().nullable().meta({ description: 'The person of the row, once there is one.' }),
    raw: cells.nullable().meta({ description: 'As the file has them; `null` where it is no longer kept.' }),
    cells,
    events: z.array(storyEvent).meta({ description: 'In the order of time.' }),
  })
  .meta({
    id: 'RowStory',
    description:
      'One line of a file with everything that has happened to it. `cells` are as they are now: repaired, corrected, and changed by ' +
      'later rows.',
  });

const { corrected, ...listed } = listedRowExample;
const ann = { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', mobile: '+447911123456' };
export const rowStoryExample: z.input<typeof rowStory> = {
  ...listed,
  corrected,
  status: 'created',
  person: { ...ann, company: null },
  plan: { action: 'create', channels: ['email'], smsSegments: 0, changes: [] },
  problems: [],
  personId: PERSON_ID,
  raw: { ...ann, mobile: '07911 123456', role: '', company: '', group: 'Mayfair' },
  cells: { ...ann, company: '', group: 'Mayfair' },
  events: [
    { kind: 'action', ...pastActionExample, at: '2026-11-23T16:00:00.000Z', action: 'uploadFiles', status: 202 },
    { kind: 'planned', at: '2026-11-23T16:00:00.500Z' },
    { kind: 'created', at: '2026-11-23T16:00:01.000Z' },
    {
      ...{ kind: 'message', at: '2026-11-23T16:00:02.000Z', channel: 'email', generation: 1, state: 'sent' },
      ...{ reason: 'first', because: null, attempt: null, providerId: 'hJ0kXc3xT2y4Vw5uZz7q9A.filter0001' },
      ...{ providerCode: null, providerReason: null, problem: null },
    },
  ],
};
