import type { AnyBulkWriteOperation, Document } from 'mongodb';
import type { Channel } from '../../contract/invitation';
import { OPTED_OUT_CODE } from '../../contract/invitation';
import { missingMark } from '../../domain/invitations/opt-out-mark';
import type { OptOutMark } from '../../domain/invitations/opt-out-mark';
import type { ProviderReport } from '../../domain/invitations/provider-report';
import type { Collections } from '../collections';
import type { InvitationDoc, PersonDoc } from '../documents';
import { transitionFilter, transitionUpdate } from '../invitations/transition-update';

type Standing = Pick<InvitationDoc, '_id' | 'importId' | 'personId' | 'channel' | 'state' | 'code' | 'createdAt'>;
type Wishing = Pick<PersonDoc, '_id' | 'optedOut'> & { optOutEvents: { channel: Channel }[] };

/** Others may change the same optOutEvents at the same time; more than once in a row hardly ever. */
const ROUNDS = 5;

/** Whether people want messages, by what they have told the providers. */
export function createOptOuts({ people, invitations }: Pick<Collections, 'people' | 'invitations'>) {
  return {
    /**
     * Writes down what people want, each event once, so that an old STOP that is told again does not undo a newer START.
     * `personOf` has the people by invitation. Returns who has told something.
     */
    async note(reports: readonly ProviderReport[], personOf: Map<string, string>): Promise<string[]> {
      const told = reports.filter(({ kind }) => kind === 'opted-out' || kind === 'opted-in');
      if (told.length === 0) return [];
      const owners = await ownersOf(told.flatMap(({ address = [] }) => address));
      const optOutEvents = told.map((report) => ({ report, personIds: whose(report, personOf, owners) }));
      const writes = optOutEvents.map(({ report, personIds }) => ({
        updateMany: {
          filter: { _id: { $in: personIds }, 'optOutEvents.id': { $ne: report.eventId } },
          update: wished(report),
        },
      }));
      await people.bulkWrite(writes);
      return [...new Set(optOutEvents.flatMap(({ personIds }) => personIds))];
    },

    /**
     * Has the invitations of these people show what they want: what is not sent is not, and the newest of the others says
     * why. Looks again until there is nothing left to do, so of two that mark at once the last has seen the last wish.
     * Returns the imports whose invitations have changed.
     */
    async mark(personIds: string[]): Promise<string[]> {
      const importIds = new Set<string>();
      for (let round = 0; round < ROUNDS && personIds.length > 0; round++) {
        const lacking = await unmarked(personIds);
        if (lacking.length === 0) break;
        await invitations.bulkWrite(lacking.map(markWrite), { ordered: false });
        lacking.forEach(({ standing }) => importIds.add(standing.importId));
      }
      return [...importIds];
    },
  };

  async function ownersOf(mobiles: string[]): Promise<Map<string, string[]>> {
    if (mobiles.length === 0) return new Map();
    const found = await people
      .find({ mobile: { $in: mobiles } })
      .project<Pick<PersonDoc, '_id' | 'mobile'>>({ mobile: 1 })
      .toArray();
    return new Map(
      mobiles.map((mobile) => [mobile, found.filter((one) => one.mobile === mobile).map(({ _id }) => _id)]),
    );
  }

  async function unmarked(personIds: string[]): Promise<{ standing: Standing; mark: OptOutMark }[]> {
    const wishing = await people
      .find({ _id: { $in: personIds }, 'optOutEvents.id': { $exists: true } })
      .project<Wishing>({ optedOut: 1, 'optOutEvents.channel': 1 })
      .toArray();
    if (wishing.length === 0) return [];
    const standings = await invitations
      .find({ personId: { $in: wishing.map(({ _id }) => _id) }, superseded: false })
      .project<Standing>({ importId: 1, personId: 1, channel: 1, state: 1, code: 1, createdAt: 1 })
      .sort({ createdAt: -1, _id: -1 })
      .toArray();
    const seen = new Set<string>();
    return standings.flatMap((standing) => {
      const { personId, channel } = standing;
      const isNewest = !seen.has(`${personId} ${channel}`);
      seen.add(`${personId} ${channel}`);
      const { optedOut = [], optOutEvents } = wishing.find(({ _id }) => _id === personId)!;
      if (!optOutEvents.some((wish) => wish.channel === channel)) return [];
      const mark = missingMark(standing, optedOut.includes(channel), isNewest);
      return mark ? [{ standing, mark }] : [];
    });
  }
}

/** Forgets what a person wanted at an address that is no longer theirs: it says nothing about another one. */
export const clearOptOuts = (channels: Channel[]) => ({
  $pullAll: { optedOut: channels },
  $pull: { optOutEvents: { channel: { $in: channels } } },
});

const whose = (
  { invitationId, address }: ProviderReport,
  personOf: Map<string, string>,
  owners: Map<string, string[]>,
): string[] => {
  const person = invitationId === undefined ? undefined : personOf.get(invitationId);
  return person !== undefined ? [person] : (owners.get(address ?? '') ?? []);
};

/** Adds a wish and finds out anew what the person wants on its channel; of two at one moment, to be left alone. */
function wished({ eventId, channel, kind, at }: ProviderReport): Document[] {
  const wish = { id: { $literal: eventId }, channel, optedOut: kind === 'opted-out', at: at ?? '$$NOW' };
  const latest = (wantsNone: boolean): Document => ({
    $max: {
      $map: {
        input: {
          $filter: {
            input: '$optOutEvents',
            cond: { $and: [{ $eq: ['$$this.channel', channel] }, { $eq: ['$$this.optedOut', wantsNone] }] },
          },
        },
        in: '$$this.at',
      },
    },
  });
  const optedOut = { $ifNull: ['$optedOut', []] };
  return [
    { $set: { optOutEvents: { $concatArrays: [{ $ifNull: ['$optOutEvents', []] }, [wish]] } } },
    {
      $set: {
        optedOut: {
          $cond: [
            { $gte: [latest(true), { $ifNull: [latest(false), new Date(0)] }] },
            { $setUnion: [optedOut, [channel]] },
            { $setDifference: [optedOut, [channel]] },
          ],
        },
      },
    },
  ];
}

function markWrite({ standing, mark }: { standing: Standing; mark: OptOutMark }): AnyBulkWriteOperation<InvitationDoc> {
  const { _id, state, code } = standing;
  if ('suppressed' in mark) {
    return {
      updateOne: {
        filter: transitionFilter('suppress', { _id }),
        update: transitionUpdate('suppress', { code: OPTED_OUT_CODE }),
      },
    };
  }
  const update = mark.code ? { $set: { code: mark.code } } : { $unset: { code: '' as const } };
  return { updateOne: { filter: { _id, state, code: code ?? { $exists: false } }, update } };
}
