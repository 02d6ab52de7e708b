import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import type { ScheduleOptions } from '../http/views';

const TIME = /^([01]?\d|2[0-3]):([0-5]\d)$/;
const DAY_AND_TIME = /^\d{4}-\d\d-\d\d[T ]([01]\d|2[0-3]):[0-5]\d$/;
const WITH_OFFSET = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** Reads a moment: with its offset, or by the clock of this machine as `2026-11-30 09:00`, or `09:00` for the next time it is that. */
export function parseMoment(text: string, now = new Date()): string {
  const moment = momentOf(text.trim(), now);
  if (moment && !Number.isNaN(moment.getTime())) return moment.toISOString();
  throw new InvalidArgumentError('Write 09:00, "2026-11-30 09:00", or 2026-11-30T09:00:00+01:00.');
}

function momentOf(text: string, now: Date): Date | undefined {
  if (WITH_OFFSET.test(text) || DAY_AND_TIME.test(text)) return new Date(text.replace(' ', 'T'));
  const [, hours, minutes] = TIME.exec(text) ?? [];
  if (hours === undefined) return undefined;
  const at = new Date(now);
  at.setHours(Number(hours), Number(minutes), 0, 0);
  if (at <= now) at.setDate(at.getDate() + 1);
  return at;
}

/** Reads where a period begins or ends: a day, which begins at midnight by the clock of this machine, or a moment as above. */
export function parseBoundary(text: string): string {
  const day = /^(\d{4}-\d\d-\d\d)$/.exec(text.trim())?.[1];
  const moment = new Date(day === undefined ? text.trim().replace(' ', 'T') : `${day}T00:00`);
  const isKnown = day !== undefined || [DAY_AND_TIME, WITH_OFFSET].some((form) => form.test(text.trim()));
  if (isKnown && !Number.isNaN(moment.getTime())) return moment.toISOString();
  throw new InvalidArgumentError(
    'Write a day as 2026-11-30, or a moment as "2026-11-30 09:00" or 2026-11-30T09:00:00+01:00.',
  );
}

/** Of an upload: also `now` and `when-applied`, whatever the organisation has chosen. */
const parseSendAt = (text: string): string => (text === 'now' || text === 'when-applied' ? text : parseMoment(text));

export const parseUploadSpread = (text: string): string => (text === 'none' ? text : parseSpread(text));

function parseSpread(text: string): string {
  if (/^[1-9]\d{0,5}\/(hour|day)$/.test(text)) return text;
  throw new InvalidArgumentError('Write people an hour or a day, such as 50/hour.');
}

export const spreadOption = (more = ''): Option =>
  new Option('--spread <rate>', `people who are reached in an hour or a day at most, such as 50/hour${more}`).argParser(
    parseSpread,
  );

const withMoment = (command: Command, others: string, parse: (text: string) => string): Command =>
  command
    .addOption(
      new Option(
        '--send-at <moment>',
        `when invitations may be sent, such as 09:00 or "2026-11-30 09:00" by the clock of this machine; ${others}`,
      ).argParser(parse),
    )
    .addOption(spreadOption(', or none').argParser(parseUploadSpread));

export const withScheduleOptions = (command: Command): Command =>
  withMoment(
    command,
    'now, or when-applied: once you apply the plan. As your organisation has chosen if left out',
    parseSendAt,
  );

/** Of a plan that is applied: also `now`, whatever was chosen before. */
const parseAppliedSendAt = (text: string): string => (text === 'now' ? text : parseMoment(text));

export const withAppliedScheduleOptions = (command: Command): Command =>
  withMoment(command, 'or now. As the upload or your organisation has chosen if left out', parseAppliedSendAt);

export const scheduleIn = ({ sendAt, spread }: ScheduleOptions): ScheduleOptions => ({
  ...(sendAt !== undefined && { sendAt }),
  ...(spread !== undefined && { spread }),
});
