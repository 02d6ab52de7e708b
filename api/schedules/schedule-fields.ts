import { z } from 'zod';
import { MOST_SPREAD_PEOPLE, SPREAD_PERIODS } from '../../contract/sending/schedule';
import type { SendingDefault, Spread } from '../../contract/sending/schedule';
import type { ImportMode } from '../../contract/import';
import { nextMorning } from '../../domain/sending-times/quiet-hours';
import type { Schedule } from '../../domain/sending-times/sending-times';
import type { ScheduleChange } from '../../store/invitations/schedules';
import { HttpProblem } from '../http/http-problem';
import { parameter } from '../problem-types/invalid-field';
import type { InvalidField } from '../problem-types/invalid-field';

const DAY_MS = 86_400_000;
/** Clocks differ, and a large file takes a while; a wrong day or year is further away. */
const SLIGHTLY_PAST_MS = 300_000;

/** When to send, as a moment with its offset. */
const sendAtField = z.iso
  .datetime({ offset: true, error: 'Must be a moment with its offset, such as 2026-11-30T09:00:00+01:00' })
  .meta({ description: 'When invitations may be sent; people are created at once. Not in the past.' });

const SPREAD = new RegExp(`^([1-9]\\d{0,5})/(${SPREAD_PERIODS.join('|')})$`);

/** At most so many people an hour or a day, as text: `50/hour`. */
export const spreadField = z
  .string()
  .regex(SPREAD, 'Must be a number of people an hour or a day, such as 50/hour or 200/day')
  .refine((text) => Number.parseInt(text, 10) <= MOST_SPREAD_PEOPLE, `Must be at most ${MOST_SPREAD_PEOPLE} people`)
  .meta({ description: 'At most so many people are sent messages in an hour or a day, in the order of the file.' });

/** Of an upload: also at once, or once its plan is applied, whatever the organisation has chosen. */
export const uploadSendAtField = z.union([sendAtField, z.enum(['now', 'when-applied'])], {
  error: 'Must be now, when-applied, or a moment with its offset, such as 2026-11-30T09:00:00+01:00',
});
/** Of a plan that is applied, or of an import that is sent at another time. */
export const chosenSendAtField = z.union([sendAtField, z.literal('now')], {
  error: 'Must be now, or a moment with its offset, such as 2026-11-30T09:00:00+01:00',
});
export const uploadSpreadField = z.union([spreadField, z.literal('none')], {
  error: 'Must be none, or a number of people an hour or a day, such as 50/hour or 200/day',
});

export interface ScheduleFields {
  sendAt?: string | undefined;
  spread?: string | undefined;
}

export const spreadOf = (text: string): Spread => {
  const [people, per] = text.split('/') as [string, Spread['per']];
  return { people: Number(people), per };
};

/** Whether a moment is so long ago that nobody can have meant it. */
export const hasPassed = (sendAt: string | undefined, now = Date.now()): boolean =>
  sendAt !== undefined && new Date(sendAt).getTime() < now - SLIGHTLY_PAST_MS;

interface MomentLimits {
  aheadDays: number;
  nameField: (path: string[], reason: Pick<InvalidField, 'code' | 'detail'>) => InvalidField;
  /** The request was carried out before, when its moment was still to come. */
  isRepeated?: boolean;
}

/** Reads the moment of a request; one that has just passed is none. Throws a 400 for one that is too far ahead or past. */
export function readMoment(sendAt: string, { aheadDays, nameField, isRepeated }: MomentLimits): Date | undefined {
  const at = new Date(sendAt);
  const now = Date.now();
  const refuse = (code: InvalidField['code'], detail: string): HttpProblem =>
    new HttpProblem(400, 'invalid-request', `sendAt: ${detail}. Nothing was changed.`, {
      errors: [nameField(['sendAt'], { code, detail })],
    });
  if (at.getTime() > now + aheadDays * DAY_MS) throw refuse('too-large', `Must be within the next ${aheadDays} days`);
  // A wrong year would otherwise invite everybody at once, which nobody can take back.
  if (hasPassed(sendAt, now) && !isRepeated) {
    const shown = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    throw refuse('too-small', `Has passed (${shown}). Choose a moment that is to come, or now to send at once`);
  }
  return at.getTime() > now ? at : undefined;
}

/** Reads the fields of an upload. */
export function scheduleOf({ sendAt, spread }: ScheduleFields, limits: MomentLimits): Omit<Schedule, 'version'> {
  const at = sendAt === undefined ? undefined : readMoment(sendAt, limits);
  return { ...(at && { sendAt: at }), ...(spread !== undefined && { spread: spreadOf(spread) }) };
}

/** What somebody chooses anew; `now` and `none` against what was chosen before. What is left out stays. */
export interface ChosenFields extends ScheduleFields {
  ignoreQuietHours?: boolean | undefined;
}

/** Reads such fields. */
export const scheduleChangeOf = (
  { sendAt, spread, ignoreQuietHours }: ChosenFields,
  limits: MomentLimits,
): ScheduleChange => ({
  ...(sendAt !== undefined && { sendAt: sendAt === 'now' ? null : (readMoment(sendAt, limits) ?? null) }),
  ...(spread !== undefined && { spread: spread === 'none' ? null : spreadOf(spread) }),
  ...(ignoreQuietHours !== undefined && { ignoresQuietHours: ignoreQuietHours }),
});

interface UploadFields {
  mode?: ImportMode | undefined;
  sendAt?: string | undefined;
  spread?: string | undefined;
}

/** What an upload chooses, and what the organisation has chosen where the upload says nothing. Throws a 400 for a contradiction. */
export function withDefault(
  { mode, sendAt, spread }: UploadFields,
  byDefault: SendingDefault | undefined,
  now = new Date(),
): { mode: ImportMode } & ScheduleFields {
  if (mode === 'apply' && sendAt === 'when-applied') {
    const detail = 'Is when-applied, which waits until you apply the plan, but mode is apply. Leave one of them out';
    throw new HttpProblem(400, 'invalid-request', `sendAt: ${detail}. Nothing was imported.`, {
      errors: [parameter(['sendAt'], { code: 'invalid', detail })],
    });
  }
  const at = sendAt ?? byDefault?.at ?? 'now';
  const people = spread ?? (byDefault?.spread ? textOf(byDefault.spread) : 'none');
  return {
    mode: mode ?? (at === 'when-applied' ? 'preview' : 'apply'),
    sendAt: momentOf(at, now),
    spread: people === 'none' ? undefined : people,
  };
}

function momentOf(at: string | Exclude<SendingDefault['at'], string | null>, now: Date): string | undefined {
  if (typeof at === 'object') return nextMorning(now, [at.timeZone], at.time).toISOString();
  return at === 'now' || at === 'when-applied' ? undefined : at;
}

export const textOf = ({ people, per }: Spread): string => `${people}/${per}`;

export const chooses = (schedule: Omit<Schedule, 'version'>): boolean => Object.keys(schedule).length > 0;
