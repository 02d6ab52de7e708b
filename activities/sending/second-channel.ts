import { randomUUID } from 'node:crypto';
import { NOT_NEEDED_CODE } from '../../contract/invitation';
import type { Failover } from '../../contract/sending/failover';
import { secondChannel, secondMessage } from '../../domain/invitations/failover';
import type { SecondMessage } from '../../domain/invitations/failover';
import type { Deferral } from '../../domain/sending-times/sending-times';
import { isCancelling } from '../../store/documents';
import type { ImportDoc } from '../../store/documents';
import type { Follower } from '../../store/invitations/invitations';
import type { ActivityDeps } from '../deps';
import type { Composed } from './compose-messages';

type Deps = Pick<ActivityDeps, 'store' | 'now'>;
type Tried = Pick<ImportDoc, '_id' | 'failover'>;

/**
 * Marks the messages on the second channel of an import that wait for the first one, and those that are not needed. With `areFirst`,
 * these people were sent nothing before, and `composed` has all of their messages.
 */
export async function markSecond(
  deps: Deps,
  { _id: importId, failover }: Tried,
  composed: readonly Composed[],
  areFirst: boolean,
): Promise<readonly Composed[]> {
  if (!failover) return composed;
  const channel = secondChannel(failover);
  const rows = composed.flatMap((one) => (one.channel === channel ? [one.row] : []));
  if (rows.length === 0) return composed;
  const verdictOf = areFirst
    ? verdictsAtFirst(deps, failover, composed)
    : await verdicts(deps, importId, failover, rows);
  return composed.map((one) => {
    const verdict = one.channel === channel ? verdictOf(one.row) : 'send';
    if (verdict === 'send') return one;
    return verdict === 'not-needed'
      ? { ...one, needless: one.needless ?? NOT_NEEDED_CODE }
      : { ...one, waitsUntil: verdict.until };
  });
}

/** None of the first messages is sent yet. */
function verdictsAtFirst({ now }: Deps, failover: Failover, composed: readonly Composed[]) {
  const tried = new Set(composed.filter(({ channel }) => channel === failover.first).map(({ row }) => row));
  return (row: number): SecondMessage =>
    secondMessage(tried.has(row) ? { state: 'pending', trail: [] } : undefined, failover, now());
}

async function verdicts(
  { store, now }: Deps,
  importId: string,
  failover: Failover,
  rows: number[],
): Promise<(row: number) => SecondMessage> {
  const firstOf = await store.invitations.newestOn(importId, failover.first, rows);
  const at = now();
  return (row) => secondMessage(firstOf.get(row), failover, at);
}

/** An import in these statuses sends nothing by itself. */
const isOver = (importDoc: ImportDoc): boolean =>
  isCancelling(importDoc) || importDoc.status === 'cancelled' || importDoc.status === 'failed';

/** So many lines are looked at together: an import may have 100,000. */
const BATCH_LINES = 1_000;

/**
 * Looks at what has become of the first messages of an import: lets go the second ones of those that have failed, ends those of people
 * who were reached, and opens again what was not needed until the first one bounced. Returns whether anything has changed.
 */
export async function followFirst(deps: Deps, importDoc: ImportDoc): Promise<boolean> {
  const { _id: importId, failover } = importDoc;
  if (!failover) return false;
  let hasChanged = false;
  for (let after = 0; ;) {
    const seconds = await deps.store.invitations.followers(importId, secondChannel(failover), after, BATCH_LINES);
    if (seconds.length > 0 && (await follow(deps, importDoc, failover, seconds))) hasChanged = true;
    if (seconds.length < BATCH_LINES) return hasChanged;
    after = seconds.at(-1)!.row;
  }
}

async function follow(
  deps: Deps,
  importDoc: ImportDoc,
  failover: Failover,
  seconds: readonly Follower[],
): Promise<boolean> {
  const { _id: importId, schedule } = importDoc;
  const { store, now } = deps;
  const rows = seconds.map(({ row }) => row);
  const verdictOf = await verdicts(deps, importId, failover, rows);
  const deferrals = new Map<string, Deferral>();
  const needless: string[] = [];
  const wanted: number[] = [];
  for (const { _id, row, state, deferred } of seconds) {
    const verdict = verdictOf(row);
    if (state === 'suppressed') {
      if (verdict === 'send' && !isOver(importDoc)) wanted.push(row);
    } else if (verdict === 'not-needed') needless.push(_id);
    else {
      // The step that sends looks at what is due, and at all else that may hold it back.
      const until = verdict === 'send' ? now() : verdict.until;
      if (deferred!.until > now() && deferred!.until.getTime() !== until.getTime())
        deferrals.set(_id, { until, because: 'failover' });
    }
  }
  if (needless.length > 0) await store.ledger.endPending(importId, { ids: needless }, 'suppressed', NOT_NEEDED_CODE);
  await store.ledger.defer(deferrals, schedule?.version ?? 0);
  const opened =
    wanted.length > 0
      ? await store.generations.open({
          importId,
          retryId: `failover:${randomUUID()}`,
          rows: wanted,
          channels: [secondChannel(failover)],
          notNeeded: true,
        })
      : [];
  return needless.length + deferrals.size + opened.length > 0;
}
