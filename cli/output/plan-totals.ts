import type { PlanView, RowView } from '../http/views';
import { countOf } from './text';

const ACTIONS = [
  ['create', 'to be created'],
  ['update', 'to be changed'],
  ['unchanged', 'to be left as they are'],
  ['skip', 'to be skipped'],
  ['wait', 'to wait for active staff in their team'],
  ['reject', 'to be refused'],
] as const;

/** People who are there already and as the row says, but have not accepted: nothing is changed, and they are sent messages. */
export const countInvitedAgain = (rows: readonly Pick<RowView, 'plan'>[]): number =>
  rows.filter(({ plan }) => plan.action === 'unchanged' && plan.channels.length > 0).length;

/** Whether applying the plan would leave everything as it is. */
export const doesNothing = ({ actions, messages }: PlanView): boolean =>
  actions.create + actions.update + actions.wait + messages.email + messages.sms === 0;

/** What a preview found out, in numbers. */
export function formatPlan({ actions, messages, smsSegments }: PlanView, invitedAgain: number): string {
  const counts = { ...actions, unchanged: actions.unchanged - invitedAgain };
  const rows: [number, string][] = [
    ...ACTIONS.flatMap(([action, what]): [number, string][] => [
      ...(action === 'unchanged' && invitedAgain > 0
        ? [[invitedAgain, 'to be invited again'] as [number, string]]
        : []),
      [counts[action], what],
    ]),
    [messages.email, `${invitations(messages.email)} by e-mail`],
    [messages.sms, `${invitations(messages.sms)} by SMS, in ${countOf(smsSegments, 'segment')}`],
  ];
  const width = Math.max(...rows.map(([count]) => String(count).length));
  return rows.map(([count, what]) => `  ${String(count).padStart(width)} ${what}`).join('\n');
}

const invitations = (count: number): string => (count === 1 ? 'invitation' : 'invitations');
