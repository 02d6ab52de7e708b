import type { z } from 'zod';
import { timeIn } from '../../domain/sending-times/quiet-hours';
import type { Deferral } from '../../domain/sending-times/sending-times';
import { zonesOfNumber } from '../../domain/sending-times/zones-of-number';
import type { ImportDoc, InvitationDoc } from '../../store/documents';
import type { deferral } from './schedule-view';

/** Until when an invitation is deferred; `null` for one that is not. */
export function deferralView(
  { state, deferred }: Pick<InvitationDoc, 'state' | 'deferred'>,
  mobile: string | undefined,
  { schedule, failover }: Pick<ImportDoc, 'schedule' | 'failover'>,
): z.input<typeof deferral> | null {
  if (state !== 'pending' || !deferred || deferred.schedule !== (schedule?.version ?? 0)) return null;
  const { until, because } = deferred;
  const [earliest = null] = zonesOfNumber(mobile ?? '')
    .map((zone) => timeIn(zone, until))
    .sort();
  return {
    until: until.toISOString(),
    because,
    localTime: earliest,
    message: sentenceOf(deferred, earliest, failover),
  };
}

function sentenceOf({ until, because }: Deferral, localTime: string | null, failover: ImportDoc['failover']): string {
  const at = `${until.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  if (because === 'quiet-hours')
    return `Will be sent at ${localTime === null ? at : `${localTime} their time (${at})`}.`;
  if (because === 'failover')
    return `Will be sent at ${at} unless the ${failover?.first === 'sms' ? 'SMS' : 'e-mail'} is delivered before.`;
  return because === 'send-at' ? `Will be sent at ${at}.` : `Will be sent at about ${at}: others come first.`;
}
