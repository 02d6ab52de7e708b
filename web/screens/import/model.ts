import type { Schemas } from '../../../client';
import { isResting } from '../../../contract/import-status';
import { answerOf, api } from '../../api/api';
import { LARGEST_PAGE, loadAll } from '../../api/load-all';
import type { Tone } from '../../components/pill';

export type Import = Schemas['Import'];
export type Row = Schemas['Row'];
export type Problem = Schemas['Problem'];
/** What the events tell of an import. */
export type Progress = Pick<Import, 'status' | 'lines' | 'rows' | 'invitations'>;
export type Field = 'firstName' | 'lastName' | 'email' | 'mobile' | 'role' | 'company' | 'group' | 'teams';

export const loadImport = (id: string): Promise<Import> =>
  answerOf(api.GET('/v1/imports/{id}', { params: { path: { id } } }));

/** All rows of an import. */
export const loadRows = (id: string): Promise<Row[]> =>
  loadAll<Row, number>((after = 0) =>
    answerOf(api.GET('/v1/imports/{id}/rows', { params: { path: { id }, query: { limit: LARGEST_PAGE, after } } })),
  );

/** It goes on without anybody here: it is under way, or waits for a team. Its events are worth hearing. */
export const goesOn = (status: Import['status'] | 'running'): boolean =>
  status === 'running' || status === 'waiting' || !isResting(status);

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

type InvitationState = Schemas['InvitationState'];
export const UNREACHED = ['failed', 'bounced', 'unconfirmed'] as const satisfies readonly InvitationState[];

/** A message that has not arrived, or of which nobody knows. */
export const isUnreached = (state: InvitationState): boolean =>
  (UNREACHED as readonly InvitationState[]).includes(state);

/** Whether a row waits for somebody to do something. */
export const needsAttention = (row: Row): boolean =>
  row.status === 'rejected' || row.plan.action === 'reject' || row.invitations.some(({ state }) => isUnreached(state));

/** Sums of both channels by state. */
export function messagesOf({ invitations }: Pick<Import, 'invitations'>) {
  const of = (...states: (keyof Schemas['InvitationStateCounts'])[]): number =>
    states.reduce((sum, state) => sum + invitations.email[state] + invitations.sms[state], 0);
  return {
    open: of('pending', 'sending'),
    sent: of('sent', 'delivered', 'accepted', 'bounced'),
    delivered: of('delivered', 'accepted'),
    accepted: of('accepted'),
    failed: of(...UNREACHED),
    total: of('pending', 'sending', 'sent', 'delivered', 'accepted', ...UNREACHED),
  };
}
