import type { Schedule } from '../../domain/sending-times/sending-times';
import type { ImportDoc } from '../../store/documents';
import type { ScheduleChange } from '../../store/invitations/schedules';

/**
 * When the import is to send once its plan is applied: what is left out stays as the upload or the organisation has chosen.
 * `undefined` where nothing is chosen.
 */
export function scheduleToApply(
  { sendAt, spread }: ScheduleChange,
  { schedule: before }: Pick<ImportDoc, 'schedule'>,
): Omit<Schedule, 'version'> | undefined {
  if (sendAt === undefined && spread === undefined) return undefined;
  const at = sendAt === undefined ? before?.sendAt : sendAt;
  const people = spread === undefined ? before?.spread : spread;
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
