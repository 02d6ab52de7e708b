import { z } from 'zod';
import { CHANNELS } from '../../contract/invitation';
import { DEFER_REASONS } from '../../contract/sending/schedule';
import type { Schedule } from '../../domain/sending-times/sending-times';
import type { DeferredGroup } from '../../store/invitations/schedules';
import { textOf } from './schedule-fields';
import { instant } from '../schemas/common';

const because = z.enum(DEFER_REASONS).meta({
  id: 'DeferReason',
  description:
    'Why an invitation is not sent yet: its import is sent later, it is night, others come first, or ' +
    'the first channel may reach the person.',
});

export const schedule = z
  .object({
    sendAt: instant.nullable(),
    spread: z.string().nullable().meta({ description: 'At most so many people: `50/hour`.' }),
    ignoresQuietHours: z.boolean(),
  })
  .meta({ id: 'Schedule', description: 'When an import sends, as was chosen.' });

export const deferredGroup = z
  .object({
    channel: z.enum(CHANNELS),
    because,
    count: z.int().min(1),
    from: instant.meta({ description: 'When the first of them are due.' }),
    to: instant.meta({ description: 'When the last of them are due, by what is known now.' }),
  })
  .meta({ id: 'DeferredInvitations', description: 'Invitations of one channel that are sent later for one reason.' });

export const deferral = z
  .object({
    until: instant,
    because,
    localTime: z
      .string()
      .nullable()
      .meta({ description: 'What time it is then for the person, of several possible ones the earliest: `08:00`.' }),
    message: z.string(),
  })
  .meta({ id: 'Deferral', description: 'Until when an invitation is deferred, and why.' });

export const scheduleView = (chosen: Schedule | undefined): z.input<typeof schedule> => ({
  sendAt: chosen?.sendAt?.toISOString() ?? null,
  spread: chosen?.spread ? textOf(chosen.spread) : null,
  ignoresQuietHours: chosen?.ignoresQuietHours ?? false,
});

export const deferredView = ({ from, to, ...group }: DeferredGroup): z.input<typeof deferredGroup> => ({
  ...group,
  from: from.toISOString(),
  to: to.toISOString(),
});
