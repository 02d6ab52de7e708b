import type { Schemas } from '../../../client';
import { answerOf, api } from '../../api/api';
import type { Tone } from '../../components/pill';

export type Import = Schemas['Import'];
export type Row = Schemas['Row'];
export type Problem = Schemas['Problem'];
/** What the events tell of an import. */
export type Progress = Pick<Import, 'status' | 'lines' | 'rows' | 'invitations'>;
export type Field = 'firstName' | 'lastName' | 'email' | 'mobile' | 'role' | 'company' | 'group' | 'teams';

const PAGE = 500;

export const loadImport = (id: string): Promise<Import> =>
  answerOf(api.GET('/v1/imports/{id}', { params: { path: { id } } }));

/** All rows of an import, page by page. */
export async function loadRows(id: string): Promise<Row[]> {
  const rows: Row[] = [];
  let after: number | undefined = 0;
  while (after !== undefined) {
    const query: { limit: number; after: number } = { limit: PAGE, after };
    const page: Schemas['RowPage'] = await answerOf(
      api.GET('/v1/imports/{id}/rows', { params: { path: { id }, query } }),
    );
    rows.push(...page.data);
    after = page.next ?? undefined;
  }
  return rows;
}

/** Nothing more happens to it by itself. */
export const isResting = (status: Import['status']): boolean =>
  [
    'awaiting-approval',
    'scheduled',
    'completed',
    'completed-with-problems',
    'needs-attention',
    'cancelled',
    'undone',
    'failed',
  ].includes(status);

export const TONES: Readonly<Record<Import['status'] | Schemas['BatchStatus'], Tone>> = {
  queued: 'busy',
  planning: 'busy',
  creating: 'busy',
  inviting: 'busy',
  settling: 'busy',
  running: 'busy',
  'awaiting-approval': 'warn',
  scheduled: 'busy',
  waiting: 'warn',
  'needs-attention': 'bad',
  'completed-with-problems': 'warn',
  paused: 'warn',
  completed: 'good',
  cancelled: 'quiet',
  undoing: 'busy',
  undone: 'quiet',
  failed: 'bad',
};

const BY_FAMILY: Readonly<Record<string, Field>> = {
  'first-name': 'firstName',
  'last-name': 'lastName',
  email: 'email',
  mobile: 'mobile',
  role: 'role',
  company: 'company',
  group: 'group',
};

/** The field that a problem is about; `undefined` for one of the whole row. */
export const fieldOf = ({ code }: Problem): Field | undefined => BY_FAMILY[code.split('.')[0]!];

export const errorsOf = (row: Row): Problem[] => row.problems.filter(({ severity }) => severity === 'error');

/** Whether a row waits for somebody to do something. */
export const needsAttention = (row: Row): boolean =>
  row.status === 'rejected' ||
  row.plan.action === 'reject' ||
  row.invitations.some(({ state }) => ['failed', 'bounced', 'unconfirmed'].includes(state));

/** Sums of both channels by state. */
export function messagesOf({ invitations }: Pick<Import, 'invitations'>) {
  const of = (...states: (keyof Schemas['InvitationStateCounts'])[]): number =>
    states.reduce((sum, state) => sum + invitations.email[state] + invitations.sms[state], 0);
  return {
    open: of('pending', 'sending'),
    sent: of('sent', 'delivered', 'accepted', 'bounced'),
    delivered: of('delivered', 'accepted'),
    accepted: of('accepted'),
    failed: of('failed', 'bounced', 'unconfirmed'),
    total: of('pending', 'sending', 'sent', 'delivered', 'accepted', 'bounced', 'failed', 'unconfirmed'),
  };
}
