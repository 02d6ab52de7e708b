import type { AnyBulkWriteOperation } from 'mongodb';
import type { InvitationState } from '../../contract/invitation';
import { NEEDS_ATTENTION_STATES } from '../../contract/progress';
import { mergeReports, outweighs, weakerReasons } from '../../domain/invitations/merge-reports';
import type { Told } from '../../domain/invitations/merge-reports';
import { stateAfter } from '../../domain/invitations/transitions';
import type { Transition } from '../../domain/invitations/transitions';
import type { ProviderReport } from '../../domain/invitations/provider-report';
import type { Collections } from '../collections';
import type { InvitationDoc } from '../documents';
import { transitionFilter, transitionUpdate } from '../invitations/transition-update';
import { createReportedImports } from './reported-imports';
import { createOptOuts } from './opt-outs';

type Known = Pick<
  InvitationDoc,
  | '_id'
  | 'importId'
  | 'personId'
  | 'superseded'
  | 'readdressedAt'
  | 'state'
  | 'code'
  | 'providerCode'
  | 'providerId'
  | 'trail'
>;
type Write = AnyBulkWriteOperation<InvitationDoc>;

const MOVE_OF = {
  accepted: 'reportAccepted',
  delivered: 'reportDelivered',
  bounced: 'reportBounced',
} as const satisfies Record<Told['kind'], Transition>;

/**
 * What the providers tell of messages that they have accepted. Reports may come in any order, any number of times and a
 * day late: where everything ends up is the same. It takes a handful of round trips, however many there are.
 */
export function createProviderReports(collections: Pick<Collections, 'imports' | 'rows' | 'people' | 'invitations'>) {
  const { invitations } = collections;
  const wishes = createOptOuts(collections);
  const reportedImports = createReportedImports(collections);

  return {
    ...reportedImports,

    /** Writes reports down. Returns the imports of which a current invitation has changed. */
    async apply(reports: readonly ProviderReport[]): Promise<{ importIds: string[] }> {
      const known = await find(reports);
      const told = mergeReports(reports).flatMap((one) => {
        const invitation = known.get(one.invitationId);
        return invitation ? [{ told: one, invitation, writes: writesFor(one, invitation) }] : [];
      });
      const writes = told.flatMap((one) => one.writes);
      if (writes.length > 0) await invitations.bulkWrite(writes, { ordered: false });

      const wishing = await wishes.note(reports, addressees(known));
      const personIds = [...new Set([...told.map(({ invitation }) => invitation.personId), ...wishing])];
      const marked = await wishes.mark(personIds);

      const current = told.filter(({ invitation }) => !invitation.superseded);
      const changed = current.filter((one) => one.writes.length > 0).map(({ invitation }) => invitation.importId);
      const weighty = current.filter((one) => mayChangeStatus(one.told, one.invitation));
      const importIds = [...new Set([...changed, ...marked])];
      await reportedImports.recount(
        importsOf(weighty),
        importsOf(weighty.filter((one) => one.told.kind === 'bounced')),
      );
      await reportedImports.note([...new Set([...importIds, ...importsOf(weighty)])]);
      return { importIds };
    },
  };

  async function find(reports: readonly ProviderReport[]): Promise<Map<string, Known>> {
    const ids = new Set(reports.flatMap(({ invitationId = [] }) => invitationId));
    if (ids.size === 0) return new Map();
    const found = await invitations
      .find({ _id: { $in: [...ids] } })
      .project<Known>({
        ...{ importId: 1, personId: 1, superseded: 1, readdressedAt: 1 },
        ...{ state: 1, code: 1, providerCode: 1, providerId: 1 },
        'trail.state': 1,
      })
      .toArray();
    return new Map(found.map((invitation) => [invitation._id, invitation]));
  }
}
export type ProviderReports = ReturnType<typeof createProviderReports>;

/** The people by invitation. Whoever has another address by now does not wish what is wished for at the old one. */
const addressees = (known: ReadonlyMap<string, Known>): Map<string, string> =>
  new Map([...known].flatMap(([id, { personId, readdressedAt }]) => (readdressedAt ? [] : [[id, personId] as const])));

const importsOf = (about: { invitation: Known }[]): string[] => [
  ...new Set(about.map(({ invitation }) => invitation.importId)),
];

/**
 * Only an invitation in need, or that was, can decide on the status of its import. That it was is asked as well, since a
 * process may have died between the change of the invitation and that of the import.
 */
function mayChangeStatus({ kind }: Told, { state, trail }: Known): boolean {
  const inNeed = (one: InvitationState): boolean => NEEDS_ATTENTION_STATES.includes(one);
  return kind === 'bounced' || inNeed(state) || (trail ?? []).some((step) => inNeed(step.state));
}

/** What an invitation lacks of what was told; nothing, where that was known. Each is a compare-and-set of its own. */
function writesFor(told: Told, invitation: Known): Write[] {
  return [moveFor(told, invitation), reasonFor(told, invitation), idFor(told, invitation)].flatMap(
    (write) => write ?? [],
  );
}

function moveFor({ kind, code, providerCode }: Told, { _id, state }: Known): Write | undefined {
  const move = MOVE_OF[kind];
  // States only ever move on from where a report could move them, so none is missed by what was read a moment ago.
  if (stateAfter(state, move) === state) return undefined;
  const reason = { ...(code && { code }), ...(providerCode && { providerCode }) };
  const stale = (['code', 'providerCode'] as const).filter((name) => !(name in reason));
  return { updateOne: { filter: transitionFilter(move, { _id }), update: transitionUpdate(move, reason, stale) } };
}

/** Of several reasons why one message failed the weightiest stays, also of one that comes in at this very moment. */
function reasonFor({ kind, code, providerCode }: Told, known: Known): Write | undefined {
  if (kind !== 'bounced' || !code || known.state === 'accepted') return undefined;
  if (known.state === 'bounced' && !outweighs({ code, providerCode }, known)) return undefined;
  return {
    updateOne: {
      filter: {
        _id: known._id,
        state: 'bounced',
        $or: [
          { code: { $in: weakerReasons(code).map((weaker) => weaker ?? null) as never[] } },
          ...(providerCode
            ? [
                { code, providerCode: { $gt: providerCode } },
                { code, providerCode: { $exists: false } },
              ]
            : []),
        ],
      },
      update: providerCode ? { $set: { code, providerCode } } : { $set: { code }, $unset: { providerCode: '' } },
    },
  };
}

function idFor({ providerId }: Told, { _id, ...known }: Known): Write | undefined {
  if (!providerId || known.providerId) return undefined;
  return { updateOne: { filter: { _id, providerId: { $exists: false } }, update: { $set: { providerId } } } };
}
