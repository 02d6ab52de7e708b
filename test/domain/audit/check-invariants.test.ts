import type { Channel } from '../../../contract/invitation';
import type { ImportProgress } from '../../../contract/import';
import { emptyProgress } from '../../../contract/progress';
import { checkInvariants } from '../../../domain/audit/check-invariants';
import type { ImportSnapshot, SnapshotInvitation } from '../../../domain/audit/snapshot';

const invitation = (row: number, channel: Channel, acceptedIds: string[] | null): SnapshotInvitation => ({
  ...{ id: `import:${row}:${channel}:1`, row, channel, generation: 1, superseded: false, acceptedIds },
  ...{ state: 'sent', providerId: `${channel}-${row}` },
  trail: [{ state: 'pending' }, { state: 'sending' }, { state: 'sent' }],
});

/** Two people, each with a mail that is not compared and an SMS that the provider has. */
function snapshot(more: Partial<ImportSnapshot> = {}): ImportSnapshot {
  const api = emptyProgress('import', 'completed');
  Object.assign(api, { lines: 2 });
  api.rows.created = 2;
  api.invitations.email.sent = 2;
  api.invitations.sms.sent = 2;
  return {
    isAtRest: true,
    rows: [2, 3].map((row) => ({ row, status: 'created', hasPerson: true, invitesBy: ['email', 'sms'] })),
    invitations: [2, 3].flatMap((row) => [invitation(row, 'email', null), invitation(row, 'sms', [`sms-${row}`])]),
    unknown: [],
    ...{ api, query: api, report: api },
    ...more,
  };
}
const verdicts = (facts: ImportSnapshot) =>
  checkInvariants(facts).flatMap(({ id, ok, remark }) => (id === 'I3' || id === 'I4' ? [[ok, remark]] : []));

describe('An audit of messages that cannot be compared', () => {
  test('says how many they are, and that the provider keeps no list', () => {
    const remark = 'The provider of email keeps no list of its messages, so 2 were not compared.';
    expect(verdicts(snapshot({ unlisted: ['email'] }))).toEqual([
      [true, remark],
      [true, remark],
    ]);
  });

  test('says that the provider was asked about some of them alone', () => {
    const [first, ...others] = snapshot({}).invitations.filter(({ channel }) => channel === 'sms');
    const invitations = [first!, ...others.map((one) => ({ ...one, acceptedIds: null }))];
    const remark =
      'The provider of sms was asked about some of them, chosen by lot, for as long as an audit may take, so 1 were not compared.';
    expect(verdicts(snapshot({ invitations, unfinished: ['sms'] }))).toEqual([
      [true, remark],
      [true, remark],
    ]);
  });

  test('says where the provider has a list and could not be asked', () => {
    const remark = 'The provider of email could not be asked, so 2 were not compared.';
    expect(verdicts(snapshot())).toEqual([
      [true, remark],
      [true, remark],
    ]);
  });

  test('claims nothing where no message was compared', () => {
    const invitations = [invitation(2, 'email', null), invitation(3, 'email', null)];
    expect(verdicts(snapshot({ invitations, unlisted: ['email'] })).map(([ok]) => ok)).toEqual([null, null]);
  });

  test('still finds what is wrong with the others', () => {
    const invitations = [invitation(2, 'email', null), invitation(2, 'sms', ['sms-2', 'sms-9'])];
    expect(verdicts(snapshot({ invitations, unlisted: ['email'] })).map(([ok]) => ok)).toEqual([false, true]);
  });

  test('takes a delivery after a failure for now as no step back', () => {
    const after = invitation(2, 'sms', ['sms-2']);
    const trail = [...after.trail, { state: 'bounced' as const }, { state: 'delivered' as const }];
    const [neverBackwards] = checkInvariants(
      snapshot({ invitations: [{ ...after, state: 'delivered', trail }] }),
    ).filter(({ id }) => id === 'I5');
    expect(neverBackwards).toMatchObject({ ok: true, findings: [] });
  });
});

describe('An audit of the people that an import has created', () => {
  const I1 = (facts: ImportSnapshot) => checkInvariants(facts).find(({ id }) => id === 'I1');
  const withoutSms = snapshot().invitations.filter(({ id }) => id !== 'import:3:sms:1');
  const rowsOf = (change: Partial<ImportSnapshot['rows'][number]>) =>
    snapshot().rows.map((row) => ({ ...row, ...change }));

  test('finds who was left without an invitation on one channel', () => {
    expect(I1(snapshot())).toMatchObject({ ok: true });
    expect(I1(snapshot({ invitations: withoutSms }))).toMatchObject({
      ok: false,
      findings: [{ row: 3, channel: 'sms', detail: 'has no invitation, though its person was created' }],
    });
  });

  test('takes an older generation, too, and misses none where none was planned, or the row is not done', () => {
    const older = snapshot().invitations.map((one) => ({ ...one, superseded: true }));
    expect(I1(snapshot({ invitations: older }))).toMatchObject({ ok: true });
    expect(I1(snapshot({ invitations: withoutSms, rows: rowsOf({ invitesBy: ['email'] }) }))).toMatchObject({
      ok: true,
    });
    expect(I1(snapshot({ invitations: withoutSms, rows: rowsOf({ status: 'pending' }) }))).toMatchObject({ ok: true });
  });
});

describe('An audit of what the workflow shows', () => {
  const found = (change: (query: ImportProgress, api: ImportProgress) => void) => {
    const [query, api] = [snapshot().api, snapshot().api];
    change(query, api);
    const delivered = { ...invitation(2, 'sms', ['sms-2']), state: 'delivered' as const };
    const trail = [...delivered.trail, { state: 'delivered' as const }];
    const others = snapshot().invitations.filter(({ id }) => id !== delivered.id);
    Object.assign(api.invitations.sms, { sent: 1, delivered: 1 });
    const facts = snapshot({ invitations: [{ ...delivered, trail }, ...others], query, api, report: api });
    return checkInvariants(facts)
      .find(({ id }) => id === 'I6')!
      .findings.map(({ detail }) => detail);
  };

  test('lets it show as sent what has arrived', () => {
    expect(found(() => undefined)).toEqual([]);
  });

  test('lets it lag in nothing else', () => {
    expect(found((query) => Object.assign(query.invitations.sms, { sent: 1, failed: 1 }))).toEqual([
      'sms sent: the workflow shows 1, the ledger 2',
      'sms failed: the workflow shows 1, the ledger 0',
    ]);
  });

  test('compares the status although a delivery is not known to it', () => {
    expect(found((query) => Object.assign(query, { status: 'needs-attention' }))).toEqual([
      'the workflow is needs-attention, the API shows completed',
    ]);
  });
});
