import fc from 'fast-check';
import { CHANNELS, INVITATION_STATES } from '../../../contract/invitation';
import type { RowsQuery } from '../../../contract/messages';
import type { InvitationOutcome } from '../../../contract/invitation';
import { ROW_STATUSES } from '../../../contract/row';
import type { RowOutcome } from '../../../contract/row';
import { formatRowSet } from '../../../contract/row-set';
import { ImportState } from '../../../workflows/state/import-state';
import { aSnapshot, aState } from './snapshots';

describe('What a workflow knows of its import', () => {
  /** Each line in one row group, and in at most one invitation group of each channel, as the database groups them. */
  const groups = fc.uniqueArray(fc.integer({ min: 2, max: 60 }), { minLength: 1 }).chain((lines) =>
    fc.tuple(
      fc.constant(lines),
      fc.array(fc.constantFrom(...ROW_STATUSES), { minLength: lines.length, maxLength: lines.length }),
      fc.array(fc.option(fc.constantFrom(...INVITATION_STATES)), {
        minLength: lines.length,
        maxLength: lines.length,
      }),
    ),
  );

  test('The counts add up to the lines, and every line is on a page', () => {
    fc.assert(
      fc.property(groups, ([lines, statuses, states]) => {
        const rows = ROW_STATUSES.map((status): RowOutcome => ({
          status,
          rows: formatRowSet(lines.filter((_, i) => statuses[i] === status)),
        })).filter((group) => group.rows !== '');
        const invitations = CHANNELS.flatMap((channel) =>
          INVITATION_STATES.map((state): InvitationOutcome => ({
            channel,
            state,
            rows: formatRowSet(lines.filter((_, i) => states[i] === state)),
          })),
        ).filter((group) => group.rows !== '');
        const state = aState({ rows, invitations });
        const progress = state.progress();
        const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);
        expect(progress.lines).toBe(lines.length);
        expect(sum(progress.rows)).toBe(lines.length);
        for (const channel of CHANNELS) {
          expect(sum(progress.invitations[channel])).toBe(states.filter((one) => one !== null).length);
        }
        expect(state.page({ limit: 1000 }).map(({ row }) => row)).toEqual([...lines].sort((a, b) => a - b));
      }),
    );
  });

  test('The newest snapshot counts, in whatever order the steps return', () => {
    const snapshots = Array.from({ length: 5 }, (_, i) =>
      aSnapshot({ revision: i, rows: [{ rows: '2', status: ROW_STATUSES[i]! }] }),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(snapshots, { minLength: 5 }), (inAnyOrder) => {
        const state = new ImportState('import');
        for (const one of inAnyOrder) state.apply(one, 0);
        expect(state.snapshot).toBe(snapshots[4]);
      }),
    );
  });

  test('Rows come page by page in the order of the spreadsheet', () => {
    const state = aState({
      rows: [
        { rows: '7-9,30', status: 'created' },
        { rows: '2-3', status: 'rejected', codes: ['email.invalid'] },
      ],
      invitations: [{ rows: '30', channel: 'sms', state: 'failed', code: 'invitation.not-reachable' }],
    });
    expect(state.page({ limit: 3 }).map(({ row }) => row)).toEqual([2, 3, 7]);
    expect(state.page({ after: 7 }).map(({ row }) => row)).toEqual([8, 9, 30]);
    expect(state.page({ status: 'rejected' })).toEqual(
      [2, 3].map((row) => ({ row, status: 'rejected', codes: ['email.invalid'], invitations: [] })),
    );
    expect(state.row({ row: 30 })).toEqual({
      row: 30,
      status: 'created',
      codes: [],
      invitations: [{ channel: 'sms', state: 'failed', code: 'invitation.not-reachable' }],
    });
    expect(state.row()).toBeNull();
  });

  test('Rows are found by the statuses that the API takes: their own, or those of one of their invitations', () => {
    const state = aState({
      rows: [
        { rows: '2-6', status: 'created' },
        { rows: '7', status: 'pending' },
        { rows: '8', status: 'waiting', codes: ['group.waiting'], team: 'Riverside' },
      ],
      invitations: [
        { rows: '3', channel: 'email', state: 'bounced' },
        { rows: '3,5', channel: 'sms', state: 'failed' },
        { rows: '4', channel: 'sms', state: 'unconfirmed' },
        { rows: '6', channel: 'sms', state: 'pending' },
      ],
    });
    const linesOf = (status: RowsQuery['status']) => state.page({ status: status! }).map(({ row }) => row);
    expect(linesOf('failed')).toEqual([3, 5]);
    expect(linesOf('bounced')).toEqual([3]);
    expect(linesOf('unconfirmed')).toEqual([4]);
    // A status of rows and of invitations is that of rows.
    expect(linesOf('pending')).toEqual([7]);
    expect(state.page({ status: 'waiting' })).toMatchObject([{ row: 8, team: 'Riverside' }]);
  });

  test.each([
    ['nothing is paused', {}, 'inviting'],
    ['staff pause it', { staff: null }, 'paused'],
    ['a channel is paused that has messages left', { sms: 'invitation.key-refused' }, 'paused'],
    ['a channel is paused that has none left', { email: 'invitation.key-refused' }, 'inviting'],
  ] as const)('While it sends and %s, it is shown as it is', (_, pausedBy, status) => {
    const state = aState({ pausedBy, invitations: [{ rows: '2', channel: 'sms', state: 'pending' }] });
    state.busy.set('sms', 'sending');
    expect(state.status).toBe(status);
  });
});
