import { setTimeout as sleep } from 'node:timers/promises';
import type { Document, UpdateFilter } from 'mongodb';
import { groupBy } from '../../domain/group-by';
import { followsCounts, isFinal, isResting, mayBeClosing, statusesThat } from '../../contract/import-status';
import type { ImportStatus } from '../../contract/import-status';
import type { InvitationState } from '../../contract/invitation';
import { deriveStatus, NEEDS_ATTENTION_STATES } from '../../contract/progress';
import type { ProviderReport } from '../../domain/invitations/provider-report';
import { REPORTED_FIELDS, reduceReports } from '../../domain/invitations/reduce-reports';
import type { Reduced, ReportedFields } from '../../domain/invitations/reduce-reports';
import type { Collections, InvitationDoc } from '../documents';
import { markToWake, wakeIn } from '../imports/outbox';
import { countImports, countsChanged } from '../imports/progress';
import type { Countable } from '../imports/progress';
import { transition } from '../imports/transition';
import { addReported, leaveToNextStep } from '../invitations/first-sends';
import { transitionUpdate } from '../invitations/transition-update';
import { reduceAll } from './compare-and-set';
import { createLedImports } from './led-imports';
import { endNeedlessRetries } from './needless-retries';
import { createOptOuts, isOptOut } from './opt-outs';

/** A lost round means that others have revised the import; this many in a row indicate an error. */
const ROUNDS = 30;
const LONGEST_PAUSE_MS = 20;
/** A signal and what the workflow does about it are some fifteen events, and reports come in crowds. */
const CROWD_MS = 2_000;
const DELIVERIES_MS = 5_000;

type Reported = ReportedFields &
  Pick<InvitationDoc, '_id' | 'importId' | 'row' | 'channel' | 'personId' | 'superseded' | 'trail'>;

/** An invitation before its reports, the reports, and their effect. */
interface Result {
  invitation: Reported;
  reports: ProviderReport[];
  reduced: Reduced | null;
}

/**
 * Reports of the providers about messages and opt-outs. They may come late, repeated and in any order: the result is the same.
 * Any number of them takes a handful of round trips.
 */
export function createProviderReports(
  collections: Pick<Collections, 'imports' | 'rows' | 'people' | 'invitations' | 'firstSends'>,
) {
  const { imports, invitations } = collections;
  const optOuts = createOptOuts(collections);
  const reportedImports = createReportedImports(collections);
  const ledAmong = createLedImports(collections);

  return {
    ...reportedImports,

    /**
     * Writes reports and returns the imports with a changed current invitation. Idempotent, so after a rejection the caller can
     * apply all of them again.
     */
    async apply(reports: readonly ProviderReport[]): Promise<{ importIds: string[] }> {
      const results = await applyToInvitations(reports);
      const optedBy = results.filter((result) => result.reports.some(isOptOut)).map(({ invitation }) => invitation);
      const owners = await optOuts.apply(reports.filter(isOptOut), optedBy);
      const marked = await optOuts.mark([...results.map(({ invitation }) => invitation.personId), ...owners]);
      await leaveToNextStep(collections, owners);

      const current = results.filter(({ invitation }) => !invitation.superseded);
      const weighty = current.filter(mayChangeStatus);
      const ended = await endNeedlessRetries(
        collections,
        results.filter(hasArrivedAfterAll).map(({ invitation }) => invitation),
      );
      const importIds = [...new Set([...importsOf(current.filter(({ reduced }) => reduced)), ...marked, ...ended])];
      await reportedImports.recount(
        [...new Set([...importsOf(weighty), ...ended])],
        importsOf(weighty.filter(hasBounced)),
      );
      await reportedImports.wake([...importsOf([...current.filter(mayBeAwaited), ...weighty]), ...ended]);
      await wakeLed(current.filter(tellsOfFirst));
      // Rare, and no revision tells a step that closes meanwhile.
      await markToWake({ imports }, marked, { delayMs: CROWD_MS });
      return { importIds };
    },
  };

  /** Whatever an import is at, since its step may have looked before the report came. Deliveries are many, and hurry nobody. */
  async function wakeLed(results: Result[]): Promise<void> {
    const led = await ledAmong(importsOf(results));
    const failed = importsOf(results.filter(hasBounced));
    await markToWake(
      { imports },
      led.filter((id) => failed.includes(id)),
      { delayMs: CROWD_MS },
    );
    await markToWake(
      { imports },
      led.filter((id) => !failed.includes(id)),
      { delayMs: DELIVERIES_MS },
    );
  }

  async function applyToInvitations(reports: readonly ProviderReport[]): Promise<Result[]> {
    const ofInvitations = reports.filter((report) => report.invitationId !== undefined);
    const reportsOf = groupBy(ofInvitations, ({ invitationId }) => invitationId!);
    const results: Result[] = [];
    // Before the write, in case the process dies after it, and after it, in case somebody counts in between. By a transaction a
    // killed process would lock the import and its messages for up to a minute.
    const noteCounts = (reported: Reported[]) =>
      countsChanged({ imports }, [...new Set(reported.map(({ importId }) => importId))]);
    const read = async (): Promise<Reported[]> => {
      const reported = await readReported([...reportsOf.keys()]);
      await noteCounts(reported);
      return reported;
    };
    await reduceAll<InvitationDoc, Reported>(invitations, REPORTED_FIELDS, read, (invitation) => {
      const own = reportsOf.get(invitation._id)!;
      const reduced = reduceReports(invitation, own);
      results.push({ invitation, reports: own, reduced });
      return reduced && updateTo(reduced);
    });
    await noteCounts(results.map(({ invitation }) => invitation));
    return results;
  }

  async function readReported(ids: string[]): Promise<Reported[]> {
    if (ids.length === 0) return [];
    const stored = await readStored(ids);
    if (stored.length === ids.length) return stored;
    // A provider may report before its answer is recorded.
    const known = new Set(stored.map(({ _id }) => _id));
    const missing = ids.filter((id) => !known.has(id));
    await addReported(collections, missing);
    return [...stored, ...(await readStored(missing))];
  }

  async function readStored(ids: string[]): Promise<Reported[]> {
    return invitations
      .find({ _id: { $in: ids } })
      .project<Reported>({
        ...{ importId: 1, row: 1, channel: 1, personId: 1, superseded: 1, 'trail.state': 1 },
        ...Object.fromEntries(REPORTED_FIELDS.map((name) => [name, 1])),
      })
      .toArray();
  }
}

function updateTo({ transition, ...reduced }: Reduced): UpdateFilter<InvitationDoc> | Document[] {
  const gone = REPORTED_FIELDS.filter((name) => !(name in reduced));
  if (transition) return transitionUpdate(transition, reduced, gone);
  return { $set: reduced, $unset: Object.fromEntries(gone.map((name) => [name, '' as const])) };
}

/** Whether it was delivered after it had needed a person, who may have retried it. A repeated report counts as well. */
const hasArrivedAfterAll = ({ invitation, reports, reduced }: Result): boolean =>
  reports.some(({ kind }) => kind === 'delivered') &&
  (reduced ?? invitation).state === 'delivered' &&
  invitation.trail.some(({ state }) => NEEDS_ATTENTION_STATES.includes(state));

/** On what such a report says, a message on another channel may depend. A repeated one counts as well. */
const tellsOfFirst = ({ reports }: Result): boolean =>
  reports.some(({ kind }) => kind === 'delivered' || kind === 'bounced' || kind === 'opted-out');

const hasBounced = ({ reports }: Result): boolean => reports.some(({ kind }) => kind === 'bounced');

/**
 * Only invitations that need attention, or did, can change the status of their import. The trail counts as well, since a
 * process may have died between the write to the invitation and that to its import.
 */
function mayChangeStatus(result: Result): boolean {
  const { state, trail } = result.invitation;
  const needsAttention = (value: InvitationState): boolean => NEEDS_ATTENTION_STATES.includes(value);
  if (result.reports.every(isOptOut)) return false;
  return hasBounced(result) || needsAttention(state) || trail.some((step) => needsAttention(step.state));
}

/**
 * Whether a paused import may have waited to send it. That a message was sent or delivered changes nothing that a workflow would
 * do, and one that is in doubt is settled by a step that reads the ledger anyway. The trail counts as well, as above.
 */
const mayBeAwaited = ({ invitation: { state, trail }, reports }: Result): boolean =>
  !reports.every(isOptOut) &&
  (state === 'pending' || trail.some((step, i) => trail[i - 1]?.state === 'pending' && step.state !== 'sending'));

const importsOf = (results: Result[]): string[] => [...new Set(results.map(({ invitation }) => invitation.importId))];

/** Its workflow does nothing until it hears of a change. */
const isWaitingForChange = (status: ImportStatus): boolean => isResting(status) && !isFinal(status);

/** The effect of provider reports on imports as a whole. */
function createReportedImports({ imports, rows, invitations }: Pick<Collections, 'imports' | 'rows' | 'invitations'>) {
  return {
    /**
     * Updates the status of imports whose invitations have just changed. An ended import needs attention if it is among `worse`,
     * where an invitation has bounced, and completes once no invitation needs attention. A workflow that counted before the
     * change cannot close the import on that count. Rejects after too many rounds.
     */
    async recount(importIds: string[], worse: string[]): Promise<void> {
      if (importIds.length === 0) return;
      await imports.updateMany(
        { _id: { $in: importIds }, status: { $in: statusesThat(mayBeClosing) } },
        { $inc: { revision: 1 } },
      );
      let open = await restate(importIds, worse);
      for (let round = 1; open.length > 0; round++) {
        // Nobody else restates them: the others may have heard of no bounce.
        if (round === ROUNDS) throw new Error('Imports were not counted, because others kept revising them');
        await sleep(Math.random() * LONGEST_PAUSE_MS);
        open = await restate(open, worse);
      }
    },

    /**
     * Lets the outbox signal the workflows that wait, a little later, so that many reports take one signal. An import under way
     * needs none: each step reads what MongoDB holds, and by `recount` the one that closes it does.
     */
    wake: (importIds: string[]): Promise<void> =>
      markToWake({ imports }, importIds, { among: isWaitingForChange, delayMs: CROWD_MS }),
  };

  /** Returns the imports that were revised while they were counted. */
  async function restate(importIds: string[], worse: string[]): Promise<string[]> {
    const resting = await imports
      .find({ _id: { $in: importIds }, status: { $in: statusesThat(followsCounts) } })
      .project<Countable>({ status: 1, revision: 1, plannedAt: 1 })
      .toArray();
    const counts = await countImports({ rows, invitations }, resting);
    const isDone = await Promise.all(
      resting.map(async ({ _id, status: before, revision }) => {
        const status = deriveStatus(counts.get(_id)!);
        if (status === before || !followsCounts(status)) return true;
        if (status === 'needs-attention' && !worse.includes(_id)) return true;
        return (
          (await transition({ imports }, _id, 'recount', { to: status, revision, compute: wakeIn(CROWD_MS) })) !== null
        );
      }),
    );
    return resting.filter((_, i) => !isDone[i]).map(({ _id }) => _id);
  }
}
