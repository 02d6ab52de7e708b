import type { RowStatus } from '../../contract/row';
import type { PlannedAction, RowPlan } from '../../contract/row-plan';

/** What became of a row, or is still to come, in the words of an office worker. */
export function describeResult({ status, plan }: { status: RowStatus; plan: RowPlan }): string {
  switch (status) {
    case 'pending':
      return TO_COME[plan.action];
    case 'waiting':
      return 'Waiting until somebody of the staff of the client team is active';
    case 'rejected':
      return 'Refused; nothing was created or sent';
    case 'created':
      return 'Created';
    case 'updated':
      return `Changed: ${changedFields(plan)}`;
    case 'unchanged':
      return plan.channels.length > 0 ? 'Known already; invited again' : 'Known already; left as it was';
    case 'skipped':
      return plan.personId === undefined ? 'Skipped: the example of the template' : 'Skipped: known already';
    case 'cancelled':
      return 'Cancelled before it was its turn; nothing was created or sent';
  }
}

const TO_COME: Readonly<Record<PlannedAction, string>> = {
  create: 'To be created',
  update: 'To be changed',
  unchanged: 'Known already; to be left as it is',
  skip: 'To be skipped',
  wait: 'To wait until somebody of the staff of the client team is active',
  reject: 'To be refused',
};

function changedFields({ changes = [] }: RowPlan): string {
  return changes.map(({ field }) => FIELD_NAMES[field] ?? field).join(', ');
}

const FIELD_NAMES: Readonly<Record<string, string>> = {
  firstName: 'first name',
  lastName: 'last name',
  email: 'e-mail',
  mobile: 'mobile',
  company: 'company',
  role: 'role',
  group: 'client team',
  teams: 'client teams',
};
