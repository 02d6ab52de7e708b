import type { RowPlan } from '../../contract/row-plan';
import type { RowStatus } from '../../contract/row';

/** Where a row stands that nothing was done with yet: what has nothing to be done is at its end already. */
export function statusOfPlan({ action, channels }: RowPlan): RowStatus {
  switch (action) {
    case 'reject':
      return 'rejected';
    case 'skip':
      return 'skipped';
    case 'wait':
      return 'waiting';
    case 'unchanged':
      return channels.length > 0 ? 'pending' : 'unchanged';
    default:
      return 'pending';
  }
}
