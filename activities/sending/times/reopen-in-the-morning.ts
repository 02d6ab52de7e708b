import { randomUUID } from 'node:crypto';
import { REFUSED_AT_NIGHT_CODE } from '../../../contract/invitation';
import type { ImportSnapshot } from '../../../contract/snapshot';
import { nextMorning } from '../../../domain/sending-times/quiet-hours';
import type { Deferral } from '../../../domain/sending-times/sending-times';
import type { ImportDoc } from '../../../store/documents';
import type { ActivityDeps } from '../../deps';
import { zonesFor } from './awake-from';

/** A provider that refuses a message night after night means something else. */
const MOST_NIGHTS = 3;
/** Where the organisation has no quiet hours of its own, in the time of the recipient. */
const MORNING = '08:00';

/** Whether the provider has refused some messages for the hour alone. */
export const isRefusedAtNight = ({ invitations }: Pick<ImportSnapshot, 'invitations'>): boolean =>
  invitations.some(({ code, state }) => code === REFUSED_AT_NIGHT_CODE && (state === 'failed' || state === 'bounced'));

/**
 * Opens again what the provider has refused for the hour alone, deferred until the next morning of each person. It is refused by
 * rules of the country that may be stricter than our quiet hours. Returns whether anything was opened.
 */
export async function reopenInTheMorning(
  { store, now }: Pick<ActivityDeps, 'store' | 'now'>,
  { _id: importId, organisationId, schedule }: ImportDoc,
): Promise<boolean> {
  const opened = await store.generations.open({
    importId,
    retryId: `night:${randomUUID()}`,
    refusedAtNight: { mostGenerations: MOST_NIGHTS },
  });
  if (opened.length === 0) return false;
  const [organisation, addressees] = await Promise.all([
    store.organisations.find(organisationId),
    store.people.addressees(opened.map(({ personId }) => personId)),
  ]);
  const deferrals = opened.flatMap(({ _id, personId }): [string, Deferral][] => {
    const mobile = addressees.get(personId)?.mobile;
    if (mobile === undefined) return [];
    const until = nextMorning(now(), zonesFor(mobile, organisation), MORNING);
    return [[_id, { until, because: 'refused-at-night' }]];
  });
  await store.ledger.defer(new Map(deferrals), schedule?.version ?? 0);
  return true;
}
