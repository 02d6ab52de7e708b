import type { ImportProgress } from '../../contract/import';
import { isFinal } from '../../contract/import-status';
import { CHANNELS, INVITATION_STATES } from '../../contract/invitation';
import type { Channel } from '../../contract/invitation';
import { SEARCH_ATTRIBUTES } from '../../contract/messages';
import type { ProblemCode } from '../../contract/problem-codes';
import { ROW_STATUSES } from '../../contract/row';
import { spacedRowSet } from '../../contract/row-set';
import { countOf } from '../../contract/snapshot';
import type { DeferReason } from '../../contract/sending/schedule';
import { sentencesWithoutDetails } from '../../domain/problems/texts/catalogue';
import type { ImportState } from './import-state';
import { nextStepOfPeople } from './next-step-of-people';
import { reasonsOf } from './reasons';
import type { Reason } from './reasons';
import { STATUS_TEXTS } from './status-texts';

/**
 * The Temporal UI (2.54.1) shows the page in a frame, with all of its text in the frame's address. Proxies take addresses of up to 8 kB,
 * so the table of reasons gets what the rest leaves of that. Escaped letters of an address.
 */
const ROOM_FOR_REASONS = 5_000;
const MOST_LETTERS_OF_LINES = 80;

const CHANNEL_NAMES: Record<Channel, string> = { email: 'E-mail', sms: 'SMS' };
/** The dialog says that an update is successful after 20 s, whatever has become of it. */
const WHERE_THE_TRUTH_IS =
  'What is in effect is shown here and by the query `progress`. "Update successful" in the dialog may mean only that the update ' +
  'has arrived: without a worker it is not carried out, and the API is the way that always works.';

/**
 * The page of an import in the Temporal UI, in Markdown: phase, counts, what to do next, and a table of the lines that need a person,
 * by reason. No personal data: lines, codes and the sentences of their codes, and names of client teams.
 */
export function describe(state: ImportState, { namespace }: { namespace: string }): string {
  const progress = state.progress();
  const reasons = reasonsOf(state);
  return [
    ...tableOf([
      ['Phase', `**${progress.status}**: ${STATUS_TEXTS[progress.status]}`],
      ['Lines', `${progress.lines}: ${counts(progress.rows, ROW_STATUSES)}`],
      ...CHANNELS.map((channel): [string, string] => [
        CHANNEL_NAMES[channel],
        counts(progress.invitations[channel], INVITATION_STATES),
      ]),
      ...pagesOf(state),
      ...pausesOf(state),
      ...deferralsOf(state),
      ['Next step', nextStepOfPeople(state)],
    ]),
    ...remarksOn(progress),
    ...tableOfReasons(reasons),
    '',
    `[All imports that are ${progress.status}](${linkTo(namespace, progress)})`,
  ].join('\n');
}

function counts<K extends string>(of: Record<K, number>, keys: readonly K[]): string {
  const some = keys.filter((key) => of[key] > 0).map((key) => `${of[key]} ${key}`);
  return some.join(', ') || 'none';
}

/** The first row is the head of the table, which Markdown requires. */
const tableOf = ([head, ...rows]: string[][]): string[] => [
  rowOf(head!),
  rowOf(head!.map(() => '---')),
  ...rows.map(rowOf),
];
const rowOf = (cells: string[]): string => `| ${cells.join(' | ')} |`;

/** The counts of a large import are those of the last time when all of it was read. */
const pagesOf = ({ pagesUnderWay, receivedAt }: ImportState): [string, string][] =>
  pagesUnderWay
    ? [['Under way', `lines ${pagesUnderWay.from}-${pagesUnderWay.to}; the counts are of ${inUtc(receivedAt)}`]]
    : [];

const inUtc = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function pausesOf({ snapshot }: ImportState): [string, string][] {
  return Object.entries(snapshot?.pausedBy ?? {}).map(([by, code]) => [
    'Paused by',
    by === 'staff' ? 'staff' : `${by}: ${code ? inWords(code) : 'no reason known'}`,
  ]);
}

const BECAUSE: Record<DeferReason, string> = {
  'send-at': 'as was chosen',
  'quiet-hours': 'when it is day where their people may be',
  spread: 'as many people are reached at a time as was chosen',
  'refused-at-night': 'when its country allows messages again',
  failover: 'unless the other channel reaches their people before',
};

/** When what is left is sent; the moment is that of the first. */
function deferralsOf({ snapshot, receivedAt }: ImportState): [string, string][] {
  return (snapshot?.invitations ?? []).flatMap((group): [string, string][] => {
    const { channel, deferred } = group;
    if (!deferred) return [];
    const from = inUtc(receivedAt + deferred.forMs);
    return [['Sent later', `${countOf(group)} ${CHANNEL_NAMES[channel]} from ${from}, ${BECAUSE[deferred.because]}`]];
  });
}

/** A code in words, the code behind it. */
const inWords = (code: ProblemCode): string => `${sentencesWithoutDetails(code).message} (\`${code}\`)`;

function remarksOn({ importId, status, invitations }: ImportProgress): string[] {
  if (!isFinal(status)) return ['', WHERE_THE_TRUTH_IS];
  if (CHANNELS.every((channel) => invitations[channel].sent === 0)) return [];
  // A report of a delivery starts no run: it changes nothing that anybody has to act upon.
  return [
    '',
    `As it was when this run ended. What was delivered or accepted since is shown by \`client-import status ${importId}\` and the API.`,
  ];
}

function tableOfReasons(reasons: Reason[]): string[] {
  if (reasons.length === 0) return [];
  const rows: string[] = [];
  let room = ROOM_FOR_REASONS;
  for (const { lines, count, what, code, fix } of reasons) {
    const row = rowOf([
      count === undefined ? shortened(lines) : `${count}: ${shortened(lines)}`,
      what,
      code ? inWords(code) : '',
      fix,
    ]);
    room -= encodeURIComponent(row).length;
    if (room < 0) break;
    rows.push(row);
  }
  const rest = reasons.length - rows.length;
  return [
    '',
    ...tableOf([['Lines', 'Where they stand', 'Why', 'What to do']]),
    ...rows,
    ...(rest > 0 ? ['', `… and ${rest} more reasons: *Queries*, \`rows\`.`] : []),
  ];
}

/** With blanks, at which the UI breaks a cell: one long word would push the other columns out of sight. */
const shortened = (lines: string): string => spacedRowSet(lines, MOST_LETTERS_OF_LINES);

/** Without a host: the UI is where the reader is. */
const linkTo = (namespace: string, { status }: ImportProgress): string =>
  `/namespaces/${encodeURIComponent(namespace)}/workflows?query=` +
  encodeURIComponent(`${SEARCH_ATTRIBUTES.status}="${status}"`);
