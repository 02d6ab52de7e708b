import { z } from 'zod';
import { IMPORT_KINDS } from '../../contract/import';
import { STAFF_ROLES } from '../../contract/access/staff-roles';
import { PERSON_KINDS } from '../../domain/person';
import { importStatus } from '../imports/import-schemas';
import { channel, IMPORT_ID, instant, invitationState, PERSON_ID, rowStatus, TEAM_ID } from '../schemas/common';
import { problem, problemExample } from '../schemas/problem-schemas';

const place = {
  import: z.object({
    id: z.string(),
    kind: z.enum(IMPORT_KINDS),
    fileName: z.string(),
    status: importStatus,
    createdAt: instant,
  }),
  line: z.int().min(1).meta({ description: 'The spreadsheet line.' }),
};

const message = z
  .object({
    channel,
    generation: z.int().min(1).meta({ description: 'One more for each retry, reminder or new address.' }),
    state: invitationState,
    superseded: z.boolean().meta({ description: 'Whether a newer generation has replaced it.' }),
    createdAt: instant,
    sentAt: instant.nullable().meta({ description: 'When the provider accepted it.' }),
    changedAt: instant.meta({ description: 'Since when it has this state.' }),
    problem: problem.nullable(),
  })
  .meta({ id: 'MessageFate', description: 'One message to a person, and what has become of it.' });

const appearance = z
  .object({
    ...place,
    status: rowStatus.nullable().meta({ description: '`null` where the row is no longer kept.' }),
    messages: z.array(message),
  })
  .meta({ id: 'PersonRow', description: 'A row about a person, with the messages that it has led to.' });

/** Somebody who was looked up. */
export const foundPerson = z
  .object({
    id: z.string(),
    kind: z.enum(PERSON_KINDS),
    firstName: z.string(),
    lastName: z.string(),
    email: z.string(),
    mobile: z.string(),
    company: z.string().nullable(),
    role: z.enum(STAFF_ROLES).nullable().meta({ description: '`null` for clients.' }),
    teams: z.array(z.object({ id: z.string(), name: z.string() })),
    active: z.boolean().meta({ description: 'Whether they have accepted, or an administrator has activated them.' }),
    activeSince: instant.nullable(),
    deactivated: z.boolean(),
    optedOut: z.array(channel).meta({ description: 'The channels on which they want no more messages.' }),
    createdAt: instant,
    accepted: z
      .object({ at: instant, channel, import: z.string(), line: z.int().min(1) })
      .nullable()
      .meta({ description: 'The first invitation whose link they have followed.' }),
    rows: z.array(appearance).meta({ description: 'The newest import first.' }),
  })
  .meta({ id: 'FoundPerson', description: 'A client or a member of staff, with all rows and messages about them.' });

/** A row that names somebody and has created nobody. */
const unmadeRow = z
  .object({
    ...place,
    status: rowStatus,
    firstName: z.string(),
    lastName: z.string(),
    email: z.string(),
    mobile: z.string(),
    problems: z.array(problem),
  })
  .meta({ id: 'UnmadeRow', description: 'A rejected or waiting row, as it was typed.' });

export const foundPeople = z
  .object({
    data: z.array(foundPerson),
    next: z.string().nullable(),
    rows: z
      .array(unmadeRow)
      .meta({ description: 'On the first page: rows that match and have created nobody, the newest 20.' }),
  })
  .meta({
    id: 'FoundPeople',
    description: 'A page of the people who were found. `next` is the `after` of the next page; `null` on the last one.',
  });

const EXAMPLE_PLACE = {
  import: {
    id: IMPORT_ID,
    kind: 'clients',
    fileName: 'clients.csv',
    status: 'needs-attention',
    createdAt: '2026-11-23T16:00:00.000Z',
  },
  line: 17,
} as const;

export const foundPeopleExample: z.input<typeof foundPeople> = {
  data: [
    {
      ...{ id: PERSON_ID, kind: 'client', firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com' },
      ...{ mobile: '+447911123456', company: null, role: null, teams: [{ id: TEAM_ID, name: 'Mayfair' }] },
      ...{ active: false, activeSince: null, deactivated: false, optedOut: [] },
      createdAt: '2026-11-23T16:00:01.000Z',
      accepted: null,
      rows: [
        {
          ...EXAMPLE_PLACE,
          status: 'created',
          messages: [
            {
              ...{ channel: 'email', generation: 1, state: 'bounced', superseded: false },
              createdAt: '2026-11-23T16:00:01.000Z',
              sentAt: '2026-11-23T16:00:02.000Z',
              changedAt: '2026-11-23T16:00:07.000Z',
              problem: null,
            },
          ],
        },
      ],
    },
  ],
  next: null,
  rows: [
    {
      ...{ ...EXAMPLE_PLACE, line: 23, status: 'rejected', firstName: 'Ann', lastName: '', email: 'ann2@example.com' },
      mobile: '+447911123457',
      problems: [problemExample],
    },
  ],
};
