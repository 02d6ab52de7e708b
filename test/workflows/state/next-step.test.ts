import type { ImportSnapshot } from '../../../contract/snapshot';
import { nextStep } from '../../../workflows/state/next-step';
import type { Step } from '../../../workflows/state/next-step';
import { ImportState } from '../../../workflows/state/import-state';
import { aState } from './snapshots';

const NOW = 1_000;
const forever: Step = { kind: 'wait', until: Infinity };

const pendingRow: Partial<ImportSnapshot> = { rows: [{ rows: '2-3', status: 'pending' }] };
const created: ImportSnapshot['rows'] = [{ rows: '2-3', status: 'created' }];
const waiting: Partial<ImportSnapshot> = { rows: [{ rows: '2', status: 'waiting' }], waitForMs: 60_000 };
const sms = (state: ImportSnapshot['invitations'][number]['state'], rows = '2-3'): Partial<ImportSnapshot> => ({
  rows: created,
  invitations: [{ channel: 'sms', rows, state }],
});

const later: Partial<ImportSnapshot> = {
  rows: created,
  invitations: [{ channel: 'sms', rows: '2-3', state: 'pending', deferred: { because: 'send-at', forMs: 10_000 } }],
};
/** With a second for clocks that are behind. */
const dueAt: Step = { kind: 'wait', until: 11_000 };

/** Of a file of four pages. */
const pages = (
  left: Partial<NonNullable<ImportSnapshot['pages']>>,
  invitations: ImportSnapshot['invitations'] = [],
): Partial<ImportSnapshot> => ({
  rows: [{ rows: '2-2000', count: 1_999, status: left.write ? 'pending' : 'created' }],
  invitations,
  pages: {
    ...{ write: '', send: { email: '', sms: '' }, settle: { email: '', sms: '' }, needingAttention: 0 },
    ...left,
  },
});
const pendingSms = (deferred?: { because: 'send-at'; forMs: number }): ImportSnapshot['invitations'] => [
  { channel: 'sms', rows: '2-2000', count: 1_999, state: 'pending', ...(deferred && { deferred }) },
];

type Change = (state: ImportState) => unknown;
const closed: Change = (state) => state.markClosed();
const busy =
  (channel: 'email' | 'sms'): Change =>
  (state) =>
    state.busy.set(channel, 'sending');
const asked: Change = (state) => {
  state.refreshRequested = true;
};
const retriesUntil =
  (time: number): Change =>
  (state) => {
    state.retryUntil = time;
  };
const endingAs =
  (how: 'cancelled' | 'failed'): Change =>
  (state) =>
    state.endAs(how);

const CASES: [string, Partial<ImportSnapshot>, Change[], Step][] = [
  ['pages are left: those are taken', pages({ write: '1-3' }), [], { kind: 'pages', pages: [1, 2, 3], areAll: true }],
  [
    'more pages are left than a run takes: the first of them',
    pages({ write: '0-99' }),
    [],
    { kind: 'pages', pages: Array.from({ length: 50 }, (_, page) => page), areAll: false },
  ],
  ['pages are left and staff pause: nothing', { ...pages({ write: '1-3' }), pausedBy: { staff: null } }, [], forever],
  [
    'a page has invitations to send, and others are to be written: it sends in the background first',
    pages({ write: '3', send: { email: '', sms: '1' } }, pendingSms()),
    [],
    { kind: 'send', channel: 'sms', chunks: ['501-1000'] },
  ],
  [
    'that channel sends: the other pages are written meanwhile',
    pages({ write: '3', send: { email: '', sms: '1' } }, pendingSms()),
    [busy('sms')],
    { kind: 'pages', pages: [3], areAll: true },
  ],
  [
    'pages have invitations in doubt: each is settled by itself',
    pages({ settle: { email: '0,2', sms: '' } }),
    [],
    { kind: 'settle', channel: 'email', chunks: ['1-500', '1001-1500'] },
  ],
  [
    'all that is left of its pages is sent later: it waits until then',
    pages({}, pendingSms({ because: 'send-at', forMs: 10_000 })),
    [],
    dueAt,
  ],

  ['its invitations are sent later: it waits until then', later, [], dueAt],
  ['some are sent later and the other channel sends: the time is kept all the same', later, [busy('email')], dueAt],
  [
    'its invitations are sent later and staff pause: nothing wakes it',
    { ...later, pausedBy: { staff: null } },
    [],
    forever,
  ],
  [
    'its invitations are sent later and it ends while a channel sends: that is waited for',
    later,
    [busy('email'), endingAs('cancelled')],
    forever,
  ],
  [
    'its invitations are due: all that are left are sent',
    { ...later, invitations: [{ ...later.invitations![0]!, deferred: { because: 'spread', forMs: 0 } }] },
    [],
    { kind: 'send', channel: 'sms', chunks: ['2-3'] },
  ],
  ['it is to be undone: that comes next', { rows: created, status: 'undoing' }, [], { kind: 'undo' }],
  [
    'it is to be undone and its workflow is cancelled: it is undone all the same',
    { rows: created, status: 'undoing' },
    [endingAs('cancelled')],
    { kind: 'undo' },
  ],
  ['it is to be undone while a channel sends: that is waited for', { status: 'undoing' }, [busy('sms')], forever],
  ['it is undone: the end', { rows: [{ rows: '2', status: 'undone' }], status: 'undone' }, [], { kind: 'end' }],
  ['rows are pending: their people are written', pendingRow, [], { kind: 'write', chunks: ['2-3'] }],
  [
    'many rows are pending: they are written in chunks',
    { rows: [{ rows: '2-14', status: 'pending' }] },
    [],
    { kind: 'write', chunks: ['2-11', '12-14'] },
  ],
  [
    'rows are pending while a channel sends: they are written all the same',
    pendingRow,
    [busy('sms')],
    { kind: 'write', chunks: ['2-3'] },
  ],
  ['rows are pending and staff pause: nothing is written', { ...pendingRow, pausedBy: { staff: null } }, [], forever],

  ['messages are pending: they are sent', sms('pending'), [], { kind: 'send', channel: 'sms', chunks: ['2-3'] }],
  [
    'both channels have messages: the one that does not send yet begins',
    {
      rows: created,
      invitations: [
        { channel: 'email', rows: '2', state: 'pending' },
        { channel: 'sms', rows: '3', state: 'pending' },
      ],
    },
    [busy('email')],
    { kind: 'send', channel: 'sms', chunks: ['3'] },
  ],
  ['messages are pending on a channel that sends: it waits for that', sms('pending'), [busy('sms')], forever],
  ['messages are pending and staff pause: it waits', { ...sms('pending'), pausedBy: { staff: null } }, [], forever],
  [
    'messages are pending and their channel is paused: it waits',
    { ...sms('pending'), pausedBy: { sms: 'invitation.key-refused' } },
    [],
    forever,
  ],
  [
    'messages are pending and the other channel is paused: they are sent',
    { ...sms('pending'), pausedBy: { email: 'invitation.key-refused' } },
    [],
    { kind: 'send', channel: 'sms', chunks: ['2-3'] },
  ],
  [
    'a retry has opened messages of a closed import: they are sent',
    { ...sms('pending'), status: 'needs-attention' },
    [closed],
    { kind: 'send', channel: 'sms', chunks: ['2-3'] },
  ],

  ['sends are in doubt: they are settled', sms('sending'), [], { kind: 'settle', channel: 'sms', chunks: ['2-3'] }],
  [
    'sends are in doubt and staff pause: they are settled',
    { ...sms('sending'), pausedBy: { staff: null } },
    [],
    { kind: 'settle', channel: 'sms', chunks: ['2-3'] },
  ],

  ['a change came from outside: the import is read again', sms('sent'), [asked], { kind: 'refresh' }],
  [
    'a change came during a pause: the import is read again',
    { ...sms('pending'), pausedBy: { staff: null } },
    [asked],
    { kind: 'refresh' },
  ],
  [
    'a change came while a channel sends: the import is read again',
    sms('pending'),
    [busy('sms'), asked],
    { kind: 'refresh' },
  ],
  [
    'a change came after the close: the import is read again',
    { ...sms('sent'), status: 'completed' },
    [closed, asked],
    { kind: 'refresh' },
  ],
  [
    'rows have waited for long enough: the import is read again',
    { ...waiting, waitForMs: NOW, status: 'waiting' },
    [closed],
    { kind: 'refresh' },
  ],

  [
    'rows wait and a channel sends: it waits no longer than the rows do',
    { ...waiting, invitations: [{ channel: 'sms', rows: '3', state: 'pending' }] },
    [busy('sms')],
    { kind: 'wait', until: 60_000 },
  ],
  ['everything is sent: the import is closed', sms('sent'), [], { kind: 'close' }],
  [
    'a channel is paused that has nothing left: the import is closed',
    { ...sms('sent'), pausedBy: { sms: 'invitation.key-refused' } },
    [],
    { kind: 'close' },
  ],
  ['it is closed as completed: it ends', { ...sms('sent'), status: 'completed' }, [closed], { kind: 'end' }],
  [
    'it is closed with rejected rows: it ends',
    { rows: [{ rows: '2', status: 'rejected' }], status: 'completed-with-problems' },
    [closed],
    { kind: 'end' },
  ],
  [
    'rows wait for their team: it waits as long as they do',
    { ...waiting, status: 'waiting' },
    [closed, retriesUntil(30_000)],
    { kind: 'wait', until: 60_000 },
  ],
  [
    'something failed: it waits for retries',
    { ...sms('failed'), status: 'needs-attention' },
    [closed, retriesUntil(7_000)],
    { kind: 'wait', until: 7_000 },
  ],
  [
    'something failed and rows wait: it waits for what comes first',
    { ...sms('failed'), ...waiting, status: 'needs-attention' },
    [closed, retriesUntil(70_000)],
    { kind: 'wait', until: 60_000 },
  ],
  [
    'nobody retries in time: it is closed with its problems',
    { ...sms('failed'), status: 'needs-attention' },
    [closed, retriesUntil(NOW)],
    { kind: 'close', as: 'completed-with-problems' },
  ],
  [
    'it was given up and is read again: it is closed as given up again',
    { ...sms('failed'), status: 'completed-with-problems' },
    [retriesUntil(NOW)],
    { kind: 'close', as: 'completed-with-problems' },
  ],

  [
    'a preview waits for approval',
    { ...pendingRow, status: 'awaiting-approval', applyForMs: 5_000 },
    [],
    { kind: 'wait', until: 5_000 },
  ],
  [
    'a preview may have a plan to apply: it is read again',
    { ...pendingRow, status: 'awaiting-approval', applyForMs: 0 },
    [asked, (state) => (state.refreshesPreview = true)],
    { kind: 'refresh' },
  ],
  [
    'an earlier build was asked to refresh a preview: it waits for approval, as it did',
    { ...pendingRow, status: 'awaiting-approval', applyForMs: 5_000 },
    [asked],
    { kind: 'wait', until: 5_000 },
  ],
  [
    'the time of a preview is over by this clock: MongoDB is asked',
    { ...pendingRow, status: 'awaiting-approval', applyForMs: NOW },
    [],
    { kind: 'plan' },
  ],
  [
    'the time of a preview is over: it is cancelled',
    { ...pendingRow, status: 'awaiting-approval', applyForMs: 0 },
    [],
    { kind: 'close', as: 'cancelled' },
  ],
  [
    'the plan of a preview is applied: its rows are written',
    { ...pendingRow, status: 'planning' },
    [],
    { kind: 'write', chunks: ['2-3'] },
  ],
  [
    'the file is rejected: the import has failed',
    { fileProblems: ['file.no-header'], status: 'planning' },
    [],
    { kind: 'close', as: 'failed' },
  ],
  [
    'a rejected file is closed: it ends',
    { fileProblems: ['file.no-header'], status: 'failed' },
    [closed],
    { kind: 'end' },
  ],

  ['it is cancelled: nothing more is written', pendingRow, [endingAs('cancelled')], { kind: 'close', as: 'cancelled' }],
  [
    'it is cancelled with sends in doubt: they are settled first',
    sms('sending'),
    [endingAs('cancelled')],
    { kind: 'settle', channel: 'sms', chunks: ['2-3'] },
  ],
  [
    'it is cancelled with messages pending: they are not sent',
    sms('pending'),
    [endingAs('cancelled')],
    { kind: 'close', as: 'cancelled' },
  ],
  [
    'an earlier run was cancelled: this one goes on with that',
    { ...pendingRow, isCancelling: true, pausedBy: { staff: null } },
    [],
    { kind: 'close', as: 'cancelled' },
  ],
  ['a step has failed for good: the import fails', pendingRow, [endingAs('failed')], { kind: 'close', as: 'failed' }],
  [
    'it is closed as cancelled: it ends',
    { rows: [{ rows: '2', status: 'cancelled' }], status: 'cancelled' },
    [endingAs('cancelled'), closed],
    { kind: 'end' },
  ],
];

describe('The next step of an import', () => {
  test('When nothing is known of it, it is planned', () => {
    expect(nextStep(new ImportState('import'), NOW)).toEqual({ kind: 'plan' });
  });

  test.each(CASES)('When %s', (_, snapshot, changes, step) => {
    const state = aState(snapshot);
    for (const change of changes) change(state);
    expect(nextStep(state, NOW)).toEqual(step);
  });
});

test('When the time of what is left of its pages has come, then it is read again, since it knows no lines', () => {
  const state = aState(pages({}, pendingSms({ because: 'send-at', forMs: 10_000 })));
  expect(nextStep(state, 12_000)).toEqual({ kind: 'refresh' });
});
