import { z } from 'zod';
import { ALL_ROLES } from '../http/authenticate';
import { defineRoute, json } from '../routing/route';
import { IMPORT_ID, instant, TEAM_ID } from '../schemas/common';

/** The lengths of time that can be looked at, in days. */
const WINDOWS = ['7', '28', '84'] as const;

const count = z.int().min(0);
const figures = {
  invited: count.meta({ description: 'People to whom a message was sent, or tried.' }),
  delivered: count.meta({ description: 'Of these, whom a message has reached; also who has accepted.' }),
  accepted: count.meta({ description: 'Of these, who has accepted.' }),
  bounced: count.meta({
    description: 'People to whom a message failed or bounced, without a newer one; another may have reached them.',
  }),
  unreached: count.meta({ description: 'Of those invited, to whom every message failed or bounced.' }),
  waiting: count.meta({ description: 'People who are invited once somebody of their team is active.' }),
  rejected: count.meta({ description: 'Lines that were rejected, and so have created nobody.' }),
};
export const FIGURES = ['invited', 'delivered', 'accepted', 'bounced', 'unreached', 'waiting', 'rejected'] as const;

const dashboard = z
  .object({
    since: instant,
    complete: z.boolean().meta({
      description: 'Whether it has all imports of that time, not the newest 200 only, or those with 100,000 rows.',
    }),
    total: z.object(figures),
    days: z
      .array(z.object({ day: z.iso.date(), ...figures }))
      .meta({ description: 'Each day in UTC, the oldest first, by when the files were uploaded.' }),
    teams: z
      .array(
        z.object({
          team: z.object({ id: z.string(), name: z.string() }).nullable(),
          ready: z.boolean().meta({ description: 'Whether clients can be invited to it.' }),
          ...figures,
        }),
      )
      .meta({ description: 'Those with most people first. `null` for people without a team, such as erased ones.' }),
    attention: z
      .array(z.object({ import: z.object({ id: z.string(), fileName: z.string(), createdAt: instant }), ...figures }))
      .meta({
        description: 'The imports with most bounces, people who wait and lines that were rejected; ten at most.',
      }),
  })
  .meta({
    id: 'Dashboard',
    description:
      'How the invitations of the clients of the newest imports go. A person counts once an import, by the best of their messages.',
  });

const EXAMPLE = { invited: 47, delivered: 44, accepted: 12, bounced: 5, unreached: 3, waiting: 0, rejected: 1 };

export const getDashboard = defineRoute({
  method: 'get',
  path: '/v1/dashboard',
  operationId: 'getDashboard',
  summary: 'Get how the invitations of clients go, by day and by team',
  description: 'Of the imports of the last days. The figures may be 15 seconds old.',
  tag: 'Dashboard',
  access: ALL_ROLES,
  query: z.strictObject({
    days: z.enum(WINDOWS).default('28').transform(Number).meta({ description: 'How many days, with today.' }),
  }),
  answers: {
    200: json('The figures.', dashboard, {
      since: '2026-11-22T00:00:00.000Z',
      complete: true,
      total: EXAMPLE,
      days: [{ day: '2026-11-23', ...EXAMPLE }],
      teams: [{ team: { id: TEAM_ID, name: 'Mayfair' }, ready: true, ...EXAMPLE }],
      attention: [
        { import: { id: IMPORT_ID, fileName: 'clients.csv', createdAt: '2026-11-23T16:00:00.000Z' }, ...EXAMPLE },
      ],
    }),
  },
});
