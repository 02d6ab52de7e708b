import type { ImportStatus } from '../../../contract/import-status';
import { emptyProgress } from '../../../contract/progress';
import { batchStatusOf, sumProgress } from '../../../domain/imports/batch';

describe('The status of a batch', () => {
  test.each<[ImportStatus[], number, string]>([
    [['completed', 'inviting'], 0, 'running'],
    [['needs-attention', 'queued'], 0, 'running'],
    [['completed', 'needs-attention', 'paused'], 0, 'paused'],
    [['paused', 'awaiting-approval'], 0, 'awaiting-approval'],
    [['waiting', 'completed'], 0, 'waiting'],
    [['completed', 'completed'], 0, 'completed'],
    [['completed', 'completed'], 1, 'completed-with-problems'],
    [['completed', 'cancelled'], 0, 'completed-with-problems'],
    [['cancelled', 'cancelled'], 0, 'cancelled'],
    [['failed', 'failed'], 1, 'failed'],
    [['completed-with-problems', 'completed-with-problems'], 0, 'completed-with-problems'],
  ])('When its imports are %j and %i files were rejected, then it is %s', (statuses, rejected, status) => {
    expect(batchStatusOf(statuses, rejected)).toBe(status);
  });

  test('When counts are summed up, then each is the sum of its own', () => {
    const one = emptyProgress('one', 'completed');
    const two = emptyProgress('two', 'failed');
    Object.assign(one, { lines: 3 });
    Object.assign(two, { lines: 4 });
    one.rows.created = 3;
    two.rows.created = 2;
    two.rows.rejected = 2;
    two.invitations.sms.failed = 1;
    const sum = sumProgress([one, two]);
    expect(sum.lines).toBe(7);
    expect(sum.rows).toMatchObject({ created: 5, rejected: 2, pending: 0 });
    expect(sum.invitations).toMatchObject({ email: { failed: 0 }, sms: { failed: 1 } });
    expect(one.rows.created).toBe(3);
  });
});
