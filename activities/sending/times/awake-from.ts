import type { QuietHours } from '../../../contract/sending/schedule';
import { firstAwake } from '../../../domain/sending-times/quiet-hours';
import { zonesOfCountry, zonesOfNumber } from '../../../domain/sending-times/zones-of-number';
import type { OrganisationDoc } from '../../../store/documents';

type Settings = Pick<OrganisationDoc, 'defaultCountry'>;

const UNKNOWN = ['UTC'];

/** All zones in which somebody with this number may be; for a number that tells none, those of the organisation's country. */
export function zonesFor(mobile: string, organisation: Settings | null): readonly string[] {
  const zones = zonesOfNumber(mobile);
  if (zones.length > 0) return zones;
  const ofCountry = organisation?.defaultCountry ? zonesOfCountry(organisation.defaultCountry) : [];
  return ofCountry.length > 0 ? ofCountry : UNKNOWN;
}

/** Answers for the numbers of one batch, most of which are of one country: each zone and moment is reckoned once. */
export function createAwakeFrom(organisation: Settings | null) {
  const known = new Map<string, Date>();
  return (mobile: string, hours: QuietHours) => {
    const zones = zonesFor(mobile, organisation);
    const place = zones.join();
    return (at: Date): Date => {
      const key = `${place} ${hours.from} ${hours.to} ${at.getTime()}`;
      let awake = known.get(key);
      if (!awake) known.set(key, (awake = firstAwake(at, zones, hours)));
      return awake;
    };
  };
}
