import { isFinal } from '../../contract/import-status';
import type { ImportStatus } from '../../contract/import-status';
import type { InvitationOutcome } from '../../contract/invitation';
import { ASK_FOR_ALL } from '../../contract/messages';
import { countLines, firstRanges, formatRowSet, parseRowSet, spacedRowSet } from '../../contract/row-set';
import { hasRows } from '../../contract/snapshot';
import type { ImportState } from './import-state';
import { isToCorrect, isWorthRetrying } from './reasons';

/** Ranges of lines that are named of each reason of a large import. */
const MOST_NAMED = 5;
const BY_ITSELF = 'Nothing: it goes on by itself.';

/** What a person is to do next with an import, as sentences; "Nothing" where it goes on by itself or is done. */
export function nextStepOfPeople(state: ImportState): string {
  if (state.snapshot?.isCancelling && state.status !== 'cancelled')
    return 'Nothing: staff have cancelled it. It sends nothing more, and ends.';
  return STEPS[state.status](state);
}

const STEPS: Record<ImportStatus, (state: ImportState) => string> = {
  queued: () => BY_ITSELF,
  planning: () => BY_ITSELF,
  creating: () => BY_ITSELF,
  inviting: () => BY_ITSELF,
  settling: () => BY_ITSELF,
  scheduled: ({ importId, snapshot }) =>
    (snapshot?.invitations ?? []).every(({ deferred }) => !deferred || deferred.because === 'failover')
      ? 'Nothing: it is sent at the times above, unless the other channel reaches its people. No command hurries that.'
      : `Nothing: it is sent at the times above. To send earlier or later: \`client-import send-now ${importId}\`, \`send-at\`.`,
  'awaiting-approval': ({ importId }) =>
    `Look at the preview and apply its plan: \`client-import apply ${importId}\`, or *Send an Update*, \`applyPlan\`.`,
  waiting: () => 'Activate a staff member of the team below. Its rows go on by themselves.',
  paused: ({ snapshot }) =>
    (Object.keys(snapshot?.pausedBy ?? {}).every((by) => by === 'staff') ? '' : 'Have the reason above mended. ') +
    'Then resume it: *Send an Update*, `resume`.',
  'needs-attention': (state) => stepsOfFailures(state) || 'Nothing.',
  completed: () => 'Nothing.',
  'completed-with-problems': (state) => stepsOfFailures(state) || 'Nothing.',
  cancelled: () => 'Nothing.',
  undoing: () => BY_ITSELF,
  undone: ({ importId }) => `Nothing. Who was kept, and why: \`client-import undo ${importId}\`.`,
  failed: ({ importId, snapshot }) =>
    snapshot?.fileProblems
      ? `Correct the file as said below and upload it again. What is named “…” below is in \`client-import status ${importId}\`.`
      : 'See why the workflow failed in its history. What was not sent is `cancelled`; upload the file again.',
};

/** A retry is offered for what it can help, and a correction for the rest. */
function stepsOfFailures({ importId, snapshot, status }: ImportState): string {
  const { invitations = [], rows = [] } = snapshot ?? {};
  const failed = invitations.filter(({ state }) => state === 'failed' || state === 'bounced');
  const retried = failed.filter(isWorthRetrying);
  const toCorrect = failed.filter(({ code }) => isToCorrect(code));
  const [firstToCorrect] = linesOf(toCorrect);
  const unconfirmed = invitations.filter(({ state }) => state === 'unconfirmed');
  // Of a large import not all lines are known here; those that another try does not help fail again.
  const asksForAll = retried.length === failed.length || snapshot?.pages !== undefined;
  const selection = asksForAll ? ASK_FOR_ALL : `{"rows": [${linesOf(retried).join(', ')}]}`;
  const options = snapshot?.pages ? '--all' : `--rows ${linesOf(retried).join(',')}`;
  // A run that has ended takes no update.
  const way = isFinal(status)
    ? `\`client-import retry ${importId} ${options}\``
    : `*Send an Update*, \`retryInvitations\`, \`${selection}\``;
  return [
    ...(retried.length > 0 ? [`Once their reasons are mended, send again: ${way}.`] : []),
    ...(firstToCorrect !== undefined
      ? [
          `Correct the address or number of ${inWords(toCorrect)}, which are then invited by themselves: ` +
            `\`client-import correct ${importId} ${firstToCorrect} …\`. To send again to the same would fail again.`,
        ]
      : []),
    ...(unconfirmed.length > 0
      ? [`Ask the people of ${inWords(unconfirmed)} whether their invitation has arrived before you send another.`]
      : []),
    ...(hasRows({ rows }, 'rejected')
      ? [`Save the rejected rows as a file, correct and upload it: \`client-import failed-rows ${importId}\`.`]
      : []),
  ].join(' ');
}

/** Of a large import the first ones. */
const linesOf = (groups: readonly InvitationOutcome[]): number[] =>
  [
    ...new Set(
      groups.flatMap(({ rows, count }) => parseRowSet(count === undefined ? rows : firstRanges(rows, MOST_NAMED))),
    ),
  ].sort((a, b) => a - b);

function inWords(groups: readonly InvitationOutcome[]): string {
  const lines = linesOf(groups);
  const named = `${lines.length === 1 ? 'line' : 'lines'} ${spacedRowSet(formatRowSet(lines))}`;
  const isPart = groups.some(
    ({ rows, count }) => count !== undefined && count > countLines(firstRanges(rows, MOST_NAMED)),
  );
  return isPart ? `${named} and others` : named;
}
