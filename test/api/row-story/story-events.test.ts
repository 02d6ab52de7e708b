import { storyOf } from '../../../api/row-story/story-events';
import type { RowRecord } from '../../../api/row-story/story-events';
import type { PastAction } from '../../../api/audit-log/history';
import type { InvitationDoc } from '../../../store/documents';
import { person, sentInvitation } from '../../support/scratch-store';

const MOMENT = Date.parse('2026-11-23T16:00:00.000Z');
const after = (seconds: number): Date => new Date(MOMENT + seconds * 1_000);

const invited = person('org', { _id: 'import:17', createdAt: after(2) });
const message = (change: Partial<InvitationDoc>): InvitationDoc =>
  sentInvitation(invited, { importId: 'import', row: 17, ...change });
const action = (name: string, at: Date, facts: PastAction['facts'] = {}): PastAction => ({
  ...{ at: at.toISOString(), action: name, facts, status: 200 },
  by: { kind: 'key', id: 'key', name: 'Front desk', role: 'support' },
});
const record = (change: Partial<RowRecord> = {}): RowRecord => ({
  importDoc: { _id: 'import', plannedAt: after(1) },
  row: { _id: 'import:17', row: 17 },
  ...{ person: invited, invitations: [], actions: [] },
  ...change,
});
const reasonsOf = (...invitations: InvitationDoc[]): string[] =>
  storyOf(record({ invitations })).flatMap((event) => (event.kind === 'message' ? [event.reason] : []));

describe('The story of a row', () => {
  test('It has what staff have done with the row and the whole import, and not what concerns other rows', () => {
    const actions = [
      action('uploadFiles', after(0)),
      action('correctImportRow', after(5), { line: 17 }),
      action('correctImportRow', after(6), { line: 18 }),
    ];
    const row = { _id: 'import:17', row: 17, ignored: { reason: 'a total', at: after(9) } };
    const told = storyOf(record({ actions, row }));
    expect(told.map((event) => (event.kind === 'action' ? event.action : event.kind))).toEqual([
      ...['uploadFiles', 'planned', 'created', 'correctImportRow', 'put-aside'],
    ]);
    expect(told.at(-1)).toMatchObject({ reason: 'a total' });
  });

  test('A person whom another row has created is not created by this one', () => {
    const known = person('org', { _id: 'other:2' });
    expect(storyOf(record({ person: known })).map(({ kind }) => kind)).toEqual(['planned']);
  });

  test('The states of a message are in their order, though the clocks of their writers differ', () => {
    const trail = [
      { state: 'pending', at: after(10) },
      { state: 'sending', at: after(9) },
      { state: 'pending', at: after(11) },
      { state: 'sending', at: after(12) },
      { state: 'sent', at: after(12) },
    ] as const;
    const told = storyOf(record({ invitations: [message({ trail: [...trail], providerId: 'SM1' })] }));
    expect(told.slice(2)).toMatchObject([
      { state: 'pending', attempt: null, providerId: null },
      { state: 'sending', attempt: 1, providerId: null },
      { state: 'pending', attempt: null, providerId: null },
      { state: 'sending', attempt: 2, providerId: null },
      { state: 'sent', attempt: null, providerId: 'SM1' },
    ]);
  });

  test('A report stands behind what it is about, though its clock has seconds only, and one without a time where it was taken in', () => {
    const trail = [
      { state: 'sending', at: after(10.2) },
      { state: 'sent', at: after(10.8) },
      { state: 'bounced', at: after(15) },
    ] as const;
    const bounces = [
      { id: 'first', code: 'invitation.undelivered', providerCode: '30003', at: after(10) },
      { id: 'second', code: 'invitation.bounced' },
    ] as const;
    const told = storyOf(
      record({ invitations: [message({ state: 'bounced', trail: [...trail], bounces: [...bounces] })] }),
    );
    expect(told.slice(2)).toMatchObject([
      { state: 'sending' },
      { state: 'sent' },
      { kind: 'report', reportId: 'first', at: after(10).toISOString(), problem: { code: 'invitation.undelivered' } },
      { state: 'bounced' },
      { kind: 'report', reportId: 'second', at: after(15).toISOString(), providerReason: null },
    ]);
  });

  test('Each generation tells why it was sent', () => {
    const trail = [{ state: 'pending' as const, at: after(3) }];
    const first = message({ trail });
    const next = (generation: number, change: Partial<InvitationDoc>) => message({ trail, generation, ...change });
    expect(reasonsOf(first)).toEqual(['first']);
    expect(reasonsOf(first, next(2, { retryId: 'retry:1' }))).toEqual(['first', 'retry']);
    expect(reasonsOf(first, next(2, { retryId: 'of a Temporal update' }))).toEqual(['first', 'retry']);
    expect(reasonsOf(first, next(2, { retryId: 'remind:1' }))).toEqual(['first', 'reminder']);
    expect(reasonsOf(first, next(2, { retryId: 'of a schedule', reminders: 1 }))).toEqual(['first', 'reminder']);
    expect(reasonsOf({ ...first, readdressedAt: after(4) }, next(2, { retryId: '1' }))).toEqual([
      'first',
      'correction',
    ]);
  });

  test('Opt-outs, changed addresses and skipped reminders are in it', () => {
    const told = storyOf(
      record({
        person: { ...invited, optOutEvents: [{ id: 'stop', channel: 'sms', optedOut: true, at: after(20) }] },
        invitations: [message({ reminderSkippedAt: after(30), readdressedAt: after(25) })],
      }),
    );
    expect(told.slice(2)).toMatchObject([
      { kind: 'opt-out', channel: 'sms', optedOut: true },
      { kind: 'address-changed', channel: 'email' },
      { kind: 'reminder-skipped', generation: 1 },
    ]);
  });
});
