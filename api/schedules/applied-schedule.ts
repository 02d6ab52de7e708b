import type { Schedule } from '../../domain/sending-times/sending-times';
import type { ImportDoc } from '../../store/documents';
import { fieldOfBody } from '../problem-types/invalid-field';
import { scheduleOf } from './schedule-fields';

/** What somebody chooses as they apply a plan; `now` and `none` against what the upload or the organisation has chosen. */
export interface AppliedFields {
  sendAt?: string | undefined;
  spread?: string | undefined;
}

/**
 * When the import is to send once its plan is applied: what is left out stays as it was chosen before. `undefined` where nothing is
 * chosen. Throws a 400 for a moment that is too far ahead.
 */
export function scheduleToApply(
  { sendAt, spread }: AppliedFields,
  { schedule: before }: Pick<ImportDoc, 'schedule'>,
  aheadDays: number,
): Omit<Schedule, 'version'> | undefined {
  if (sendAt === undefined && spread === undefined) return undefined;
  const chosen = scheduleOf(
    { sendAt: sendAt === 'now' ? undefined : sendAt, spread: spread === 'none' ? undefined : spread },
    aheadDays,
    fieldOfBody,
  );
  const at = sendAt === undefined ? before?.sendAt : chosen.sendAt;
  const people = spread === undefined ? before?.spread : chosen.spread;
  // Always in this order: MongoDB compares documents by the order of their fields, too.
  return {
    ...(at && { sendAt: at }),
    ...(people && { spread: people }),
    ...(before?.ignoresQuietHours && { ignoresQuietHours: true as const }),
  };
}

/** Whether an import sends as was chosen. Moments that have passed are alike: both are at once. */
export function sendsAs(
  { schedule: now }: Pick<ImportDoc, 'schedule'>,
  chosen: Omit<Schedule, 'version'> | undefined,
): boolean {
  if (!chosen) return true;
  const momentOf = ({ sendAt }: Partial<Schedule> = {}): number =>
    sendAt && sendAt.getTime() > Date.now() ? sendAt.getTime() : 0;
  const rateOf = ({ spread }: Partial<Schedule> = {}): string => (spread ? `${spread.people}/${spread.per}` : '');
  return momentOf(now) === momentOf(chosen) && rateOf(now) === rateOf(chosen);
}
