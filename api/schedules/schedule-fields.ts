import { z } from 'zod';
import { MOST_SPREAD_PEOPLE, SPREAD_PERIODS } from '../../contract/sending/schedule';
import type { Spread } from '../../contract/sending/schedule';
import type { Schedule } from '../../domain/sending-times/sending-times';
import { HttpProblem } from '../http/http-problem';
import type { InvalidField } from '../problem-types/invalid-field';

const DAY_MS = 86_400_000;

/** When to send, as a moment with its offset. */
export const sendAtField = z.iso
  .datetime({ offset: true, error: 'Must be a moment with its offset, such as 2026-11-30T09:00:00+01:00' })
  .meta({ description: 'When invitations may be sent; people are created at once. In the past: at once.' });

const SPREAD = new RegExp(`^([1-9]\\d{0,5})/(${SPREAD_PERIODS.join('|')})$`);

/** At most so many people an hour or a day, as text: `50/hour`. */
export const spreadField = z
  .string()
  .regex(SPREAD, 'Must be a number of people an hour or a day, such as 50/hour or 200/day')
  .refine((text) => Number.parseInt(text, 10) <= MOST_SPREAD_PEOPLE, `Must be at most ${MOST_SPREAD_PEOPLE} people`)
  .meta({ description: 'At most so many people are sent messages in an hour or a day, in the order of the file.' });

export interface ScheduleFields {
  sendAt?: string | undefined;
  spread?: string | undefined;
  ignoreQuietHours?: boolean | undefined;
}

const spreadOf = (text: string): Spread => {
  const [people, per] = text.split('/') as [string, Spread['per']];
  return { people: Number(people), per };
};

/** Reads the fields of a request. A moment that has passed is none. Throws a 400 for one that is too far ahead. */
export function scheduleOf(
  { sendAt, spread, ignoreQuietHours }: ScheduleFields,
  aheadDays: number,
  nameField: (path: string[], reason: Pick<InvalidField, 'code' | 'detail'>) => InvalidField,
): Omit<Schedule, 'version'> {
  const at = sendAt === undefined ? undefined : new Date(sendAt);
  if (at && at.getTime() > Date.now() + aheadDays * DAY_MS) {
    const detail = `Must be within the next ${aheadDays} days`;
    throw new HttpProblem(400, 'invalid-request', `sendAt: ${detail}. Nothing was changed.`, {
      errors: [nameField(['sendAt'], { code: 'too-large', detail })],
    });
  }
  return {
    ...(at && at.getTime() > Date.now() && { sendAt: at }),
    ...(spread !== undefined && { spread: spreadOf(spread) }),
    ...(ignoreQuietHours && { ignoresQuietHours: true as const }),
  };
}

export const chooses = (schedule: Omit<Schedule, 'version'>): boolean => Object.keys(schedule).length > 0;
