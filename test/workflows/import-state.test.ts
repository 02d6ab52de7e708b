import fc from 'fast-check';
import type { Pauses } from '../../contract/import';
import { CHANNELS, INVITATION_STATES } from '../../contract/invitation';
import { deriveStatus } from '../../contract/progress';
import { formatRowSet } from '../../contract/row-set';
import { ROW_STATUSES } from '../../contract/row';
import { ImportState } from '../../workflows/import-state';

const pauses = { by: {}, resumes: 0 };
const timing = { createChunkRows: 10, inviteChunkRows: 10, settleWindowMs: 1, stayOpenMs: 1, approvalMs: 1 };

describe('What a workflow knows of its import', () => {
  test('When outcomes are applied in any number and order, then the counts always add up to the lines', () => {
    const lines = fc.uniqueArray(fc.integer({ min: 2, max: 60 }), { minLength: 1 }).map(formatRowSet);
    const rowOutcome = fc.record({ rows: lines, status: fc.constantFrom(...ROW_STATUSES) });
    const invitationOutcome = fc.record({
      rows: lines,
      channel: fc.constantFrom(...CHANNELS),
      state: fc.constantFrom(...INVITATION_STATES),
    });
    fc.assert(
      fc.property(fc.array(rowOutcome), fc.array(invitationOutcome), (rows, invitations) => {
        const state = new ImportState('import');
        state.begin({ fileProblems: [], awaitsApproval: false, isCancelled: false, pauses, timing, rows });
        state.apply({ invitations });
        const progress = state.progress();
        const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);
        expect(sum(progress.rows)).toBe(progress.lines);
        for (const channel of CHANNELS) expect(sum(progress.invitations[channel])).toBeLessThanOrEqual(progress.lines);
        expect(state.page({ limit: 1000 })).toHaveLength(progress.lines);
      }),
    );
  });

  test.each([
    [{ rejected: 0, failed: 0 }, 'completed'],
    [{ rejected: 1, failed: 0 }, 'completed-with-problems'],
    [{ rejected: 0, failed: 1 }, 'needs-attention'],
    [{ rejected: 1, failed: 1 }, 'needs-attention'],
  ])('When an import has %j, then it rests as %s', ({ rejected, failed }, status) => {
    const progress = new ImportState('import').progress();
    progress.rows.rejected = rejected;
    progress.invitations.sms.failed = failed;
    expect(deriveStatus(progress)).toBe(status);
  });

  test('When steps tell in any order what they have found to hold the import back, then the newest time counts, and all that held it then', () => {
    const told: Pauses[] = [
      { by: { sms: 'invitation.key-refused' }, resumes: 0 },
      { by: {}, resumes: 1 },
      { by: { staff: null }, resumes: 1 },
      { by: { staff: null, email: 'invitation.key-refused' }, resumes: 1 },
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(told, { minLength: told.length }), (inAnyOrder) => {
        const state = new ImportState('import');
        for (const one of inAnyOrder) state.setPauses(one);
        expect(state.pausedBy).toEqual({ staff: null, email: 'invitation.key-refused' });
      }),
    );
  });

  test('When rows are asked for page by page, then they come in the order of the spreadsheet', () => {
    const state = new ImportState('import');
    state.begin({
      fileProblems: [],
      awaitsApproval: false,
      isCancelled: false,
      pauses,
      timing,
      rows: [
        { rows: '7-9,30', status: 'created' },
        { rows: '2-3', status: 'rejected', codes: ['email.invalid'] },
      ],
    });
    expect(state.page({ limit: 3 }).map(({ row }) => row)).toEqual([2, 3, 7]);
    expect(state.page({ after: 7 }).map(({ row }) => row)).toEqual([8, 9, 30]);
    expect(state.page({ status: 'rejected' })).toEqual(
      [2, 3].map((row) => ({ row, status: 'rejected', codes: ['email.invalid'], invitations: [] })),
    );
    expect(state.row({ row: 30 })).toMatchObject({ row: 30, status: 'created' });
    expect(state.row()).toBeNull();
  });
});
