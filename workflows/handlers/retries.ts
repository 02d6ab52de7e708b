import { condition } from '@temporalio/workflow';
import { CHANNELS, OPTED_OUT_CODE, RETRYABLE_STATES } from '../../contract/invitation';
import type { Channel } from '../../contract/invitation';
import { ASK_FOR_ALL, namesSomebody, RETRY_INVITATIONS } from '../../contract/messages';
import type { GivenCommand, RetryReceipt, RetryRequest } from '../../contract/messages';
import { firstRanges, formatRowSet, parseRowSet } from '../../contract/row-set';
import type { RowSet } from '../../contract/row-set';
import { countOf } from '../../contract/snapshot';
import type { ImportState } from '../state/import-state';
import { database, runStep } from '../steps/activity-options';
import { apply } from '../steps/steps';
import type { InTurn } from './in-turn';
import type { Messages } from './messages';
import { problemOfRetry } from './requests';

const DESCRIPTION =
  `Sends failed invitations again, without a new upload: ${ASK_FOR_ALL} for all of them, or narrowed: ` +
  '{"rows": [17, 42], "channels": ["sms"], "classes": ["transient"]}. An empty input sends nothing, and answers with what would ' +
  'be sent: the dialog shows the input of last time and sends none unless it is touched. Accepted invitations are never sent ' +
  'again. Unconfirmed ones are sent again with "includeUnconfirmed": true; a person who did get one gets it twice. ' +
  '"Update successful" may mean only that it has arrived: the counts under "User Metadata" show what was sent.';

/**
 * Lets support staff retry failed invitations. Opens them again; the main loop sends them. Offered as an update, which answers
 * with their number, and as a signal, which the command line can send to many imports.
 */
export function handleRetries(messages: Messages, inTurn: InTurn, state: ImportState): void {
  const open = async (command: GivenCommand, request?: RetryRequest | null): Promise<RetryReceipt> => {
    await condition(() => state.isPlanned);
    const { importId } = state;
    const input = { importId, retryId: command.id, command, ...request };
    const { receipt, snapshot } = await runStep(database.openRetries, `open again: ${whom(request)}`, input);
    apply(state, snapshot);
    return receipt;
  };
  const handler = {
    description: DESCRIPTION,
    check: (request: unknown) => problemOfRetry(request) ?? problemOfReach(state, request as RetryRequest | null),
    checkBefore: problemOfRetry,
    act: (command: GivenCommand, request: unknown) => inTurn.run(() => open(command, request as RetryRequest | null)),
  };
  messages.onUpdate(RETRY_INVITATIONS, handler);
  messages.onSignal(RETRY_INVITATIONS, handler);
}

/** Whom a request names, for the summary of its step. */
function whom(request: RetryRequest | null | undefined): string {
  const { rows, channels = [], classes = [] } = request ?? {};
  return [rows ? `lines ${formatRowSet(rows)}` : 'all failed', ...channels, ...classes].join(', ');
}

/** What a request would reach that does not say so. */
function problemOfReach(state: ImportState, request: RetryRequest | null | undefined): string | undefined {
  if (namesSomebody(request)) return undefined;
  const counts = CHANNELS.map((channel) => ({ channel, ...failedOn(state, channel) })).filter(({ count }) => count > 0);
  const reach =
    counts.length === 0
      ? 'Nothing was sent, and none of its invitations has failed so far'
      : 'Nothing was sent. Asked for everybody, it would send again: ' +
        counts.map(({ channel, count, lines }) => `${count} ${channel} (lines ${lines})`).join(', ');
  return `${reach}. To ask for all of them: ${ASK_FOR_ALL}. To ask for some: {"rows": [${Number.parseInt(counts[0]?.lines ?? '17', 10)}]}.`;
}

/** The failed invitations of a channel: how many they are, and their lines; of a large import the first of them. */
function failedOn({ snapshot }: ImportState, channel: Channel): { count: number; lines: RowSet } {
  const groups = (snapshot?.invitations ?? [])
    .filter((group) => group.channel === channel && RETRYABLE_STATES.includes(group.state))
    .filter(({ code }) => code !== OPTED_OUT_CODE);
  const lines = snapshot?.pages
    ? groups.map(({ rows }) => firstRanges(rows, 5)).join(',')
    : formatRowSet(groups.flatMap(({ rows }) => parseRowSet(rows)));
  return { count: groups.reduce((sum, group) => sum + countOf(group), 0), lines };
}
