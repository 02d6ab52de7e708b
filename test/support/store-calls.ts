import { Readable } from 'node:stream';
import type { ProviderReport } from '../../domain/invitations/provider-report';
import { invitationId, rowId } from '../../store/documents';
import type { ImportDoc, InvitationDoc, RowDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import { newInvitation } from '../../store/invitations/generations';
import { organisation, person, staffMember } from './scratch-store';
import type { ScratchStore } from './scratch-store';

const ORG = 'org';
const TEAM = 'team-org';
const IMPORTS = 40;
const ROWS = 8;
const longAgo = new Date(Date.now() - 25 * 3_600_000);
const idOf = (n: number): string => `import-${n}`;

const importDoc = (n: number, change: Partial<ImportDoc> = {}): ImportDoc => ({
  ...{ _id: idOf(n), organisationId: ORG, batchId: idOf(n), kind: 'clients', source: 'file' },
  ...{ fileName: 'clients.csv', bytes: 1, sha256: '0', status: 'completed', createdAt: new Date() },
  options: { mode: 'apply', strict: false, onExisting: 'error', encoding: null },
  ...{ createdByRole: 'systemAdministrator', columns: [], layout: null, fileProblems: [], retries: [], revision: 1 },
  ...{ plannedAt: new Date(), closedAt: new Date(), remindAt: longAgo },
  ...change,
});
const someone = (n: number, row: number) =>
  person(ORG, { _id: rowId(idOf(n), row), importId: idOf(n), row, mobile: `+44791112${n}${row}` });
const rowDoc = (n: number, row: number, change: Partial<RowDoc> = {}): RowDoc => ({
  ...{ _id: rowId(idOf(n), row), organisationId: ORG, importId: idOf(n), row, status: 'created' },
  person: someone(n, row),
  plan: { action: 'create', channels: ['email', 'sms'] },
  problems: [],
  repairs: [],
  ...change,
});
const invitation = (n: number, row: number, change: Partial<InvitationDoc> = {}): InvitationDoc => ({
  ...newInvitation(
    {
      ...{ organisationId: ORG, importId: idOf(n), row, channel: 'email' },
      personId: rowId(idOf(n), row),
      personKind: 'client',
    },
    1,
    `token-${n}-${row}`,
  ),
  ...{ state: 'sent', attempts: 1, createdAt: longAgo, changedAt: longAgo },
  ...change,
});

/** Several imports of two organisations. */
export async function fill({ collections }: ScratchStore): Promise<void> {
  const { organisations, clientTeams, imports, rows, people, invitations } = collections;
  const numbers = Array.from({ length: IMPORTS }, (_, n) => n);
  const lines = numbers.flatMap((n) => Array.from({ length: ROWS }, (_, i) => [n, i + 2] as const));
  const inOther = <T extends { _id: string }>(document: T) => ({
    ...document,
    _id: `o${document._id}`,
    organisationId: 'other',
  });
  await organisations.insertMany([organisation(ORG), organisation('other')]);
  await clientTeams.insertMany(
    [ORG, 'other'].map((org) => ({ _id: `team-${org}`, organisationId: org, name: 'Team', nameKey: 'team' })),
  );
  const last = importDoc(IMPORTS - 1, { corrects: { importId: idOf(1), rootId: idOf(1) } });
  await imports.insertMany([
    ...numbers.slice(0, -1).map((n) => importDoc(n)),
    last,
    ...numbers.map((n) => inOther(importDoc(n))),
  ]);
  // The rows of the first import still wait for their team.
  const waiting = { status: 'waiting' as const, person: { ...someone(0, 2), teamIds: [TEAM] } };
  await rows.insertMany(lines.map(([n, row]) => rowDoc(n, row, n === 0 ? waiting : {})));
  await people.insertMany([
    ...lines.flatMap(([n, row]) => [someone(n, row), inOther(someone(n, row))]),
    ...['staff', 'staff-2'].map((_id) => staffMember(ORG, { _id, teamIds: [TEAM], active: true })),
  ]);
  await invitations.insertMany(lines.map(([n, row]) => invitation(n, row)));
}

type Call = (call: () => Promise<unknown>) => Promise<void>;

/** Calls each function of the store, so that each of its queries runs. */
export async function callAll(store: Store, call: Call): Promise<void> {
  await callPeople(store, call);
  await callImports(store, call);
  await callRows(store, call);
  await callInvitations(store, call);
}

async function callPeople({ apiKeys, organisations, teams, teamChanges, staff, directory, people }: Store, call: Call) {
  const page = { organisationId: ORG, limit: 2 };
  await call(() => apiKeys.save('key', ORG, 'support'));
  await call(() => apiKeys.find('key'));
  await call(() => organisations.find(ORG));
  await call(() => organisations.teams(ORG));
  await call(() =>
    organisations.change(ORG, { waitingDays: 3, defaultTeamId: TEAM, reminders: { everyHours: 24, atMost: 3 } }),
  );
  await call(() => teams.list({ ...page, after: TEAM }));
  await call(() => teams.find(ORG, TEAM));
  await call(() => teams.named(ORG, TEAM, 'team'));
  await call(() => teamChanges.create({ _id: 'second', organisationId: ORG, name: 'Second' }, ['staff']));
  await call(() => teamChanges.rename(ORG, 'second', 'Third'));
  await call(() => teamChanges.addStaff(ORG, 'second', ['staff-2']));
  await call(() => teamChanges.assign(ORG, 'staff-2', ['second', TEAM]));
  await call(() => teamChanges.assign(ORG, 'staff-2', ['second']));
  await call(() => teamChanges.removeStaff(ORG, 'second', 'staff-2'));
  await call(() => teamChanges.remove(ORG, 'second'));
  await call(() => staff.find(ORG, 'staff'));
  await call(() => staff.named(ORG, ['staff', 'staff-2@example.com']));
  await call(() => staff.deactivate(ORG, 'staff-2'));
  await call(() => staff.activate(ORG, 'staff-2'));
  await call(() => directory.find(ORG, 'client', rowId(idOf(1), 2)));
  await call(() => directory.list({ ...page, kind: 'client', after: rowId(idOf(1), 2) }));
  await call(() => directory.list({ ...page, kind: 'staff', teamId: TEAM, active: true }));
  const known = someone(1, 2);
  const newcomer = person(ORG, { _id: 'newcomer', emailKey: known.emailKey });
  await call(() => people.create(ORG, [newcomer]));
  await call(() => people.findByEmail(ORG, [known.emailKey]));
  await call(() =>
    people.update(ORG, [{ personId: known._id, fields: { mobile: known.mobile }, by: { importId: idOf(2), row: 2 } }]),
  );
  await call(() => people.writtenBy(idOf(1)));
  await call(() => people.countByMobile(ORG, [known.mobile], { importId: idOf(2), ids: ['newcomer'] }));
  await call(() => people.present([known._id]));
  await call(() => people.optOut([known._id], 'sms'));
  await call(() => people.addressees([known._id]));
}

async function callImports(
  { uploads, newImports, imports, outbox, pauses, progress, lineage, plans, snapshots }: Store,
  call: Call,
) {
  const first = importDoc(1);
  await call(() => uploads.save('new', Readable.from([Buffer.from('First name')])));
  const key = { _id: 'key', fingerprint: '0', batchId: 'new', imports: [], usedAt: new Date() };
  await call(() =>
    newImports.createOnce(
      [{ ...first, _id: 'new', batchId: 'new', status: 'queued', checkAt: longAgo, wakeAt: longAgo }],
      key,
    ),
  );
  await call(() => uploads.insert(new Map([['small', Buffer.from('First name')]])));
  await call(() => newImports.isKnown('key'));
  await call(() => uploads.read('new'));
  await call(() => uploads.remove('new'));
  await call(() => uploads.discard(['new']));
  await call(() => uploads.orphans(new Date(), 2));
  await call(() => imports.find(idOf(1)));
  await call(() => imports.findIn(ORG, idOf(1)));
  await call(() => imports.list({ organisationId: ORG, limit: 2, after: idOf(1) }));
  await call(() => imports.list({ organisationId: ORG, limit: 2, status: 'completed' }));
  await call(() => imports.list({ organisationId: ORG, limit: 2, batchId: idOf(1) }));
  for (const to of ['planning', 'creating', 'inviting', 'settling'] as const)
    await call(() => imports.advance('new', to));
  await call(() => imports.applyPlan(idOf(1), 'hash', longAgo));
  await call(() => imports.requestApply(idOf(1), 'hash', longAgo));
  await call(() => imports.refuseApply(idOf(1), 'hash'));
  await call(() => imports.resume(idOf(1), 1));
  await call(() => imports.close('new', 'completed', 2));
  await call(() => outbox.takeCheck());
  await call(() => outbox.putOff(['new']));
  await call(async () => outbox.clearSignal((await outbox.takeSignal())!));
  await call(() => outbox.hasReadyRows(importDoc(0, { status: 'waiting' })));
  await call(() => pauses.find(idOf(1)));
  await call(() => pauses.pause(idOf(1), 'staff', {}, { id: 'command' }));
  await call(() => pauses.resume(idOf(1)));
  await call(() => progress.find(idOf(1)));
  await call(() => progress.of(first));
  await call(() => progress.ofAll([first, importDoc(2)]));
  const correction = importDoc(IMPORTS - 1);
  await call(() => lineage.origins(idOf(1), [2]));
  await call(() => lineage.corrected(correction));
  await call(() => lineage.union(correction));
  const plan = { columns: [], layout: null, fileProblems: [], questions: [], planHash: 'hash' };
  const planned = [rowDoc(1, 99, { person: { ...someone(1, 99), teamIds: [TEAM] } })];
  for (const awaitsApproval of [true, false])
    await call(() => plans.record(idOf(1), planned, plan, { awaitsApproval, sendsFirst: true }));
  await call(() => plans.choose({ ...first, planHash: 'hash' }, {}, { rows: planned, ofFile: plan }));
  await call(() => plans.replace(idOf(1), 'hash', planned, plan));
  await call(() => plans.summary(idOf(1)));
  await call(() => snapshots.find(idOf(1)));
  await call(() => imports.isOnlyOneUnderWay(first));
}

async function callRows({ rows, corrections }: Store, call: Call) {
  await call(() => rows.findPending(idOf(0), [2]));
  await call(() => rows.finish(idOf(1), [2], 'created'));
  await call(() => rows.findWaiting(idOf(0)));
  await call(() => rows.release(idOf(0), [TEAM]));
  await call(() => rows.replan([rowDoc(1, 2)]));
  await call(() =>
    rows.reject(idOf(1), [
      { row: 2, problem: { code: 'group.waiting', column: null, letter: null, value: null } as never },
    ]),
  );
  await call(() => rows.page(idOf(1), { limit: 2, after: 2, status: 'created', among: [3, 4] }));
  await call(() => rows.finishAllOpen(idOf(0), 'cancelled'));
  await call(() => corrections.findRowWithAddress(idOf(1), 3, 'a@example.com', rowId(idOf(1), 2)));
  await call(() =>
    corrections.correct(idOf(1), 3, ({ row, person: known }) =>
      Promise.resolve({
        row,
        person: { id: known!._id, fields: { teamIds: [TEAM] }, readdressed: ['email'] },
        invitations: [{ channel: 'email', state: 'pending' }],
        opens: true,
      }),
    ),
  );
}

async function callInvitations(store: Store, call: Call) {
  const { invitations, knownInvitations, ledger, reports, providerHealth, generations, reminders, acceptance } = store;
  const importId = idOf(3);
  const ids = [2, 3].map((row) => invitationId(importId, row, 'sms', 1));
  const staged = [2, 3].map((row) =>
    invitation(3, row, { _id: ids[row - 2]!, channel: 'sms', state: 'pending', token: `sms-${row}` }),
  );
  await call(() => invitations.stage(staged));
  const known = { ...staged[0]!, _id: invitationId(idOf(0), 2, 'email', 2), importId: idOf(0), token: 'known' };
  await call(() => knownInvitations.stage(idOf(0), [{ invitation: known, unless: 'invited' }]));
  const selection = {
    importId,
    channel: 'sms',
    channels: ['sms'],
    rows: [2],
    states: ['pending'],
    retryable: {},
  } as const;
  await call(() => invitations.find({ ...selection, rows: [2] }));
  await call(() => invitations.count({ importId, retryable: {} }));
  await call(() => invitations.allGenerations(importId));
  await call(() => invitations.linesIn(importId, 'pending', 1, 2));
  await call(() => ledger.claim([...ids, 'none'], 'attempt'));
  await call(() => ledger.mayBegin(importId, 1_000));
  await call(() => ledger.findSettleable(importId, 'sms', [2], 0));
  await call(() => ledger.release([ids[1]!], 'attempt'));
  await call(() =>
    ledger.record([{ id: ids[0]!, attemptId: 'attempt', state: 'failed', code: 'invitation.address-refused' }]),
  );
  await call(() => ledger.endPending(importId, { channel: 'sms', rows: [3], ids: [ids[1]!] }, 'cancelled'));
  // The plan of this import was recorded above, and nobody has ended its first sends.
  const { firstSends } = store;
  const claim = { attemptId: 'attempt', channel: 'sms' as const, rows: [98], tokens: 'sixteen-letters-' };
  await call(() => firstSends.claim(idOf(1), claim));
  await call(() => firstSends.add([{ ...staged[0]!, _id: invitationId(idOf(1), 97, 'sms', 1), token: 'first' }]));
  await call(() =>
    reports.apply([
      {
        ...{ eventId: 'early', channel: 'sms', kind: 'delivered', at: new Date() },
        invitationId: invitationId(idOf(1), 98, 'sms', 1),
      },
    ]),
  );
  await call(() => acceptance.accept('sixteen-letters-'));
  await call(() => firstSends.close(idOf(1)));
  await call(() => firstSends.end(idOf(1)));
  const report = (kind: ProviderReport['kind'], change: Partial<ProviderReport> = {}): ProviderReport => ({
    ...{ eventId: `${kind}-${ids[0]}`, channel: 'sms', kind, invitationId: ids[0]!, at: new Date() },
    ...change,
  });
  await call(() => reports.apply([report('delivered'), report('opted-out', { address: someone(3, 2).mobile })]));
  await call(() =>
    reports.apply([report('bounced', { channel: 'email', invitationId: invitationId(importId, 4, 'email', 1) })]),
  );
  await call(() => reports.recount([importId], [importId]));
  await call(() => reports.wake([importId]));
  await call(() => store.sendRates.reserve('sms', { intervalMs: 1, longestWaitMs: 1, creditMs: 0 }));
  await call(() => providerHealth.down('sms', 1));
  await call(() => providerHealth.takeProbe('sms', 1));
  await call(() => providerHealth.takeProbe('sms', 60_000));
  await call(() => providerHealth.up('sms'));
  await call(() => generations.findOpenable({ importId }));
  await call(() => generations.open({ importId, retryId: 'retry', rows: [3], channels: ['sms'] }));
  await call(() => reminders.findDue(2));
  await call(() => reminders.open(idOf(5), 'reminder'));
  await call(() => reminders.remind({ importId: idOf(6), remindId: 'remind', rows: [2], channels: ['email'] }));
  await call(() => reminders.tooSoonUntil(ORG, someone(7, 2).emailKey));
  await call(() => acceptance.accept('token-8-2'));
  await call(() => acceptance.accept('token-9-2'));
}
