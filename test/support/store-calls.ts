import { Readable } from 'node:stream';
import { CHAIN_START, linkRecords } from '../../domain/audit-log/chain';
import type { AuditRecord } from '../../domain/audit-log/entry';
import type { PersonCriterion } from '../../domain/finding/person-query';
import type { ProviderReport } from '../../domain/invitations/provider-report';
import { firstSendsId, invitationId, rowId } from '../../store/documents';
import type { ImportDoc, InvitationDoc, RowDoc } from '../../store/documents';
import { ListBuilder } from '../../domain/long-list';
import type { Store } from '../../store/index';
import { newInvitation } from '../../store/invitations/generations';
import { auditRecord } from './audit-log';
import { organisation, person, staffMember, waits } from './scratch-store';
import type { ScratchStore } from './scratch-store';

const ORG = 'org';
const TEAM = 'team-org';
const IMPORTS = 40;
const ROWS = 8;
const longAgo = new Date(Date.now() - 25 * 3_600_000);
const idOf = (n: number): string => `import-${n}`;

const importDoc = (n: number, change: Partial<ImportDoc> = {}): ImportDoc => ({
  ...{ _id: idOf(n), organisationId: ORG, batchId: idOf(n), kind: 'clients', source: 'file' },
  ...{ fileName: 'clients.csv', bytes: 1, sha256: `${n}`, status: 'completed', createdAt: new Date() },
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
  const { organisations, clientTeams, imports, rows, people, invitations, auditEntries } = collections;
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
  const waiting = { ...waits, person: { ...someone(0, 2), teamIds: [TEAM] } };
  // Those of the last one were rejected.
  const rejected = {
    ...{ status: 'rejected' as const, plan: { action: 'reject' as const, channels: [] }, person: null },
    cells: { firstName: 'Given', lastName: 'Family' },
  };
  const changeOf = new Map<number, Partial<RowDoc>>([
    [0, waiting],
    [3, { status: 'pending' }],
    [IMPORTS - 1, rejected],
  ]);
  await rows.insertMany(lines.map(([n, row]) => rowDoc(n, row, changeOf.get(n) ?? {})));
  await people.insertMany([
    ...lines.flatMap(([n, row]) => [someone(n, row), inOther(someone(n, row))]),
    ...['staff', 'staff-2'].map((_id) => staffMember(ORG, { _id, teamIds: [TEAM], active: true })),
  ]);
  await invitations.insertMany(lines.map(([n, row]) => invitation(n, row)));
  const audited = linkRecords(
    CHAIN_START,
    numbers.map((n) => auditRecord(ORG, { targets: [{ kind: 'import', id: idOf(n) }] })),
  );
  await auditEntries.insertMany(audited.map(({ id, ...entry }) => ({ ...entry, _id: id })));
}

type Call = (call: () => Promise<unknown>) => Promise<void>;

/** Calls each function of the store, so that each of its queries runs. */
export async function callAll(store: Store, call: Call): Promise<void> {
  await call(() => store.freeBytes());
  await call(() => store.rateLimits.open({ name: 'key', limit: 10, windowMs: 1000 })('key', 1));
  await callPeople(store, call);
  await callImports(store, call);
  await callRows(store, call);
  await callInvitations(store, call);
  await callPeopleSearch(store, call);
  await callTexts(store, call);
  await callWebhooks(store, call);
  await callAuditLog(store, call);
  await callErasures(store, call);
  await callRestores(store, call);
  await callUndo(store, call);
}

async function callPeople(
  {
    apiKeys,
    organisations,
    newOrganisations,
    teams,
    teamChanges,
    staff,
    directory,
    provisioned,
    people,
    latePeople,
    withdrawals,
  }: Store,
  call: Call,
) {
  const page = { organisationId: ORG, limit: 2 };
  await call(() => apiKeys.save('key', ORG, 'support'));
  await call(() => apiKeys.find('key'));
  await call(() => apiKeys.findByHash('hash'));
  const name = { organisationId: ORG, name: 'Payroll', role: 'support' } as const;
  await call(() => apiKeys.create(name, 'new'));
  const used = (await apiKeys.find('new'))!;
  await call(() => apiKeys.noteUse(used));
  await call(() => apiKeys.findIn(ORG, used.key._id));
  await call(() => apiKeys.list({ ...page, after: used.key._id }));
  await call(() => apiKeys.ended([used.secret.hash]));
  await call(() => apiKeys.rotate(ORG, used.key._id, { secret: 'newer', overlapMs: 1000 }));
  await call(() => apiKeys.revoke(ORG, used.key._id));
  await call(() =>
    newOrganisations.create({
      ...{ id: 'new', name: 'New', defaultCountry: 'GB', teamName: 'First', staff: staffMember('new') },
      ...{ key: { name: 'First', role: 'systemAdministrator' }, secret: 'first' },
    }),
  );
  await call(() => newOrganisations.list());
  await call(() => organisations.find(ORG));
  await call(() => organisations.teams(ORG));
  await call(() =>
    organisations.change(ORG, {
      ...{ waitingDays: 3, defaultTeamId: TEAM, reminders: { everyHours: 24, atMost: 3 } },
      quietHours: { sms: null },
    }),
  );
  await call(() => organisations.setMaxRows(ORG, 100_000));
  await call(() => organisations.setMaxRows(ORG, null));
  await call(() => organisations.addHeaderAliases(ORG, { email: ['Kontakt'] }));
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
  await call(() => directory.list({ ...page, kind: 'client', invited: 'bounced' }));
  await call(() => directory.list({ ...page, kind: 'staff', teamId: TEAM, active: true, since: longAgo }));
  await call(() => provisioned.findHolder(ORG, 'someone@example.com'));
  await call(() => provisioned.byUserName(ORG, 'someone@example.com'));
  await call(() => provisioned.byExternalId(ORG, 'external'));
  await call(() => provisioned.byAddress(ORG, 'someone@example.com'));
  await call(() => provisioned.byMobile(ORG, '+447911123456'));
  await call(() => provisioned.count(ORG));
  await call(() => provisioned.page(ORG, 0, 2));
  await call(async () => {
    for await (const one of provisioned.all(ORG)) if (one.kind !== 'client') throw new Error('No client');
  });
  await call(() => provisioned.name(ORG, 'nobody', { userName: 'x', userNameKey: 'x', externalId: null }));
  await call(() => provisioned.deactivate(ORG, 'nobody'));
  await call(() => provisioned.reactivate(ORG, 'nobody'));
  await call(() => withdrawals.takeBack(ORG, 'nobody'));
  const known = someone(1, 2);
  const newcomer = person(ORG, { _id: 'newcomer', emailKey: known.emailKey });
  await call(() => people.create(ORG, [newcomer]));
  await call(() => people.findByEmail(ORG, [known.emailKey]));
  await call(() =>
    people.update(ORG, [{ personId: known._id, fields: { mobile: known.mobile }, by: { importId: idOf(3), row: 2 } }]),
  );
  await call(() => latePeople.remove(idOf(3), [2]));
  await call(() => people.writtenBy(idOf(1)));
  await call(() => people.countByMobile(ORG, [known.mobile], { importId: idOf(2), ids: ['newcomer'] }));
  await call(() => people.present([known._id]));
  await call(() => people.optOut([known._id], 'sms'));
  await call(() => people.addressees([known._id]));
}

async function callPeopleSearch({ peopleSearch }: Store, call: Call) {
  const criteria: PersonCriterion[] = [
    { by: 'email', key: 'import-1', whole: false },
    { by: 'mobile', numbers: [someone(1, 2).mobile] },
    { by: 'name', lastName: 'Family' },
    { by: 'name', firstName: 'Given' },
  ];
  const page = { organisationId: ORG, criteria, limit: 2 };
  await call(() => peopleSearch.find({ ...page, limit: 500 }));
  for (const i of criteria.keys()) await call(() => peopleSearch.find({ ...page, after: `${i}:${rowId(idOf(1), 2)}` }));
  await call(() => peopleSearch.findById(ORG, rowId(idOf(1), 2)));
  await call(() => peopleSearch.findUnmade(ORG, criteria, { limit: 2, whole: false }));
  await call(() => peopleSearch.appearances([rowId(idOf(1), 2)], [idOf(2)]));
}

async function callImports(
  {
    teamChanges,
    uploads,
    newImports,
    imports,
    figures,
    batches,
    outbox,
    backlog,
    pauses,
    schedules,
    progress,
    lineage,
    plans,
    snapshots,
    importHistories,
  }: Store,
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
  const staff = { values: staffMember(ORG, { emailKey: 'first@example.com' }), importId: 'made', row: 2 };
  await call(() => {
    const also = teamChanges.createWithFirst(
      { _id: 'with-first', organisationId: ORG, name: 'First' },
      ['staff'],
      staff,
    );
    return newImports.createOnce(
      [{ ...first, _id: 'made' }],
      null,
      new Map([['made', Buffer.from('First name')]]),
      null,
      also,
    );
  });
  await call(() => uploads.insert(new Map([['small', Buffer.from('First name')]])));
  await call(() => newImports.isKnown('key'));
  await call(() => newImports.forget('key'));
  await call(() => uploads.read('new'));
  await call(() => uploads.remove('new'));
  await call(() => uploads.discard(['new']));
  await call(() => uploads.orphans(new Date(), 2));
  await call(() => imports.find(idOf(1)));
  await call(() => imports.findIn(ORG, idOf(1)));
  await call(() => imports.findAll([idOf(1), idOf(2)]));
  await call(() => imports.list({ organisationId: ORG, limit: 2, after: idOf(1) }));
  await call(() => imports.list({ organisationId: ORG, limit: 2, status: 'completed' }));
  await call(() => imports.list({ organisationId: ORG, limit: 2, batchId: idOf(1) }));
  await call(() => imports.list({ organisationId: ORG, limit: 2, code: 'email.invalid' }));
  await call(() => imports.list({ organisationId: ORG, limit: 2, id: idOf(1).slice(0, 8) }));
  const totals = await plans.summary(idOf(2));
  await call(() => imports.findBefore(ORG, idOf(1), 1));
  await call(() => figures.ofClients({ organisationId: ORG, since: longAgo, limit: 20, rows: 10_000 }));
  await call(() => batches.find(ORG, idOf(1)));
  await call(() => batches.findSame(ORG, ['1', '2'], longAgo));
  await call(() => importHistories.find(first));
  await call(() => importHistories.creators(ORG, [idOf(1), idOf(2)]));
  for (const to of ['planning', 'creating', 'inviting', 'settling'] as const)
    await call(() => imports.advance('new', to));
  await call(() => imports.applyPlan(idOf(1), 'hash', longAgo, totals));
  await call(() => imports.requestApply(idOf(1), 'hash', longAgo));
  await call(() => imports.refuseApply(idOf(1), 'hash'));
  await call(() => imports.resume(idOf(1), 1));
  await call(() => imports.close('new', 'completed', 2));
  await call(() => outbox.takeCheck());
  await call(() => backlog.count());
  await call(() => outbox.putOff(['new']));
  await call(async () => outbox.clearSignal((await outbox.takeSignal())!));
  await call(() => outbox.hasReadyRows(importDoc(0, { status: 'waiting' })));
  await call(() => pauses.findHolds(idOf(1)));
  await call(() => pauses.pause(idOf(1), 'staff', {}, { id: 'command' }));
  await call(() => pauses.resume(idOf(1)));
  await call(() => schedules.change(idOf(1), { sendAt: new Date() }));
  await call(() => schedules.reachedSince(idOf(1), longAgo));
  await call(() => schedules.linesLeft(idOf(1)));
  await call(() => schedules.isLookedAt(first));
  await call(() => schedules.deferred(first));
  await call(() => progress.find(idOf(1)));
  await call(() => progress.of(first));
  await call(() => progress.ofAll([first, importDoc(2)]));
  const correction = importDoc(IMPORTS - 1);
  await call(() => lineage.origins(idOf(1), [2]));
  await call(() => lineage.corrected(correction));
  await call(() => lineage.union(correction));
  await call(() => lineage.findSameBefore(first));
  const plan = { columns: [], layout: null, fileProblems: [], questions: [], planHash: 'hash' };
  const planned = [rowDoc(1, 99, { person: { ...someone(1, 99), teamIds: [TEAM] } })];
  for (const awaitsApproval of [true, false])
    await call(() => plans.record(idOf(1), planned, plan, { awaitsApproval, sendsFirst: true }));
  await call(() => plans.choose({ ...first, planHash: 'hash' }, {}, { rows: planned, ofFile: plan }));
  await call(() => plans.replace(idOf(1), 'hash', planned, plan));
  await call(() => plans.summary(idOf(1)));
  const long = new ListBuilder<RowDoc>(0);
  for (const row of planned) long.push(row);
  await call(() => plans.record(idOf(1), long.list(), plan, { awaitsApproval: true }));
  await call(() => plans.planAgain(first, { edits: new Map([[1, {}]]), dropsEdits: true }));
  await call(() => plans.takeOver(idOf(1)));
  await call(() => plans.restage(idOf(1), 'attempt', { rows: long.list(), ofFile: plan }));
  await call(() => snapshots.find(idOf(1)));
  await call(() => imports.isOnlyOneUnderWay(first));
}

async function callRows({ rows, corrections }: Store, call: Call) {
  await call(() => rows.edits(idOf(1)));
  await call(() => rows.findPending(idOf(0), [2]));
  await call(() => rows.findPendingOf(idOf(0), 0));
  await call(() => rows.isPaged(idOf(0)));
  await call(() => rows.finish(idOf(1), [2], 'created'));
  await call(() => rows.findChanged([rowId(idOf(1), 2)]));
  await call(() => rows.findWaiting(idOf(0)));
  await call(() => rows.release(idOf(0), [TEAM]));
  await call(() => rows.replan([rowDoc(1, 2)]));
  await call(() =>
    rows.reject(idOf(1), [
      { row: 2, problem: { code: 'group.waiting', column: null, letter: null, value: null } as never },
    ]),
  );
  await call(() =>
    rows.page(idOf(1), {
      ...{ limit: 2, after: 2, status: 'created', among: [3, 4] },
      code: { code: 'last-name.missing', orAmong: [5] },
      text: { text: 'Ann', whole: false },
    }),
  );
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
  await call(() => invitations.newestTo([rowId(importId, 2)]));
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
  await call(() => invitations.ofRow(importId, 2));
  await call(() => invitations.followers(importId, 'sms', 1, 10));
  await call(() => invitations.newestOn(importId, 'email', [2]));
  await call(() =>
    invitations.linesIn(importId, {
      after: 1,
      limit: 10,
      state: 'pending',
      channel: 'sms',
      code: 'person.deactivated',
    }),
  );
  await call(() => ledger.claim([...ids, 'none'], 'attempt'));
  await call(() => ledger.mayBegin(importId, 1_000));
  await call(() => ledger.findSettleable(importId, 'sms', [2], 0));
  await call(() => ledger.release([ids[1]!], 'attempt'));
  await call(() => ledger.defer(new Map([[ids[1]!, { until: new Date(), because: 'send-at' as const }]]), 1));
  await call(() =>
    ledger.record([{ id: ids[0]!, attemptId: 'attempt', state: 'failed', code: 'invitation.address-refused' }]),
  );
  await call(() => ledger.endPending(importId, { channel: 'sms', rows: [3], ids: [ids[1]!] }, 'cancelled'));
  await call(() => store.withdrawals.suppress(importId, ids));
  // The plan of this import was recorded above, and nobody has ended its first sends.
  const { firstSends } = store;
  const claim = { attemptId: 'attempt', channel: 'sms' as const, rows: [98], tokens: 'sixteen-letters-' };
  await call(() => firstSends.claim({ id: idOf(1) }, claim));
  await call(() => firstSends.add([{ ...staged[0]!, _id: invitationId(idOf(1), 97, 'sms', 1), token: 'first' }]));
  await call(() =>
    reports.apply([
      {
        ...{ eventId: 'early', channel: 'sms', kind: 'delivered', at: new Date() },
        invitationId: invitationId(idOf(1), 98, 'sms', 1),
      },
    ]),
  );
  await call(() => acceptance.look('sixteen-letters-'));
  await call(() => acceptance.accept('sixteen-letters-'));
  await call(() =>
    firstSends.addUnclaimed({ id: idOf(1) }, [
      { ...staged[0]!, _id: invitationId(idOf(1), 96, 'sms', 1), token: 'left' },
    ]),
  );
  await call(() => firstSends.close(idOf(1)));
  await call(() => firstSends.end({ id: idOf(1) }));
  await call(() => firstSends.begin({ id: firstSendsId(idOf(1), 0), owner: 'attempt' }));
  await call(() => firstSends.closeImport(idOf(1)));
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
  await call(() => generations.retry({ importId, retryId: 'again' }));
  await call(() => reminders.findDue(2));
  await call(() => reminders.open(idOf(5), 'reminder'));
  await call(() => reminders.remind({ importId: idOf(6), remindId: 'remind', rows: [2], channels: ['email'] }));
  await call(() => reminders.tooSoonUntil(ORG, someone(7, 2).emailKey));
  await call(() => acceptance.look('token-8-2'));
  await call(() => acceptance.accept('token-8-2'));
  await call(() => acceptance.accept('token-9-2'));
}

async function callTexts({ messageTexts, unsubscribes, rows }: Store, call: Call) {
  const place = { channel: 'sms', language: 'de' } as const;
  const text = { language: 'de', body: '{{link}}' };
  const current = { _id: ORG, texts: { sms: { de: 1 } } };
  await call(() => messageTexts.save(ORG, place, text));
  await call(() => messageTexts.save(ORG, place, text, 1));
  await call(() => messageTexts.choose(ORG, place, 1));
  await call(() => messageTexts.choose(ORG, place, null, 1));
  await call(() => messageTexts.current(current));
  await call(() => messageTexts.savedAt(current));
  await call(() => messageTexts.versions(ORG, place));
  await call(() => messageTexts.find(ORG, place, 1));
  await call(() => unsubscribes.look('token-7-2'));
  await call(() => unsubscribes.unsubscribe('token-7-2'));
  await call(() => rows.find(idOf(1), 2));
}

async function callWebhooks(store: Store, call: Call) {
  const { eventTickets, announcements, webhookEndpoints, webhookDeliveries } = store;
  await call(() =>
    eventTickets.create({ stream: '/v1/imports/1/events', caller: {}, credential: { expiresAt: null } }),
  );
  await call(() => eventTickets.take('ticket', '/v1/imports/1/events'));
  const session = await store.sessions.create({ caller: {}, credential: { expiresAt: null } });
  await call(() => store.sessions.create({ caller: {}, credential: { expiresAt: null } }));
  await call(() => store.sessions.find(session.secret));
  await call(() => store.sessions.find(session.secret, new Date(Date.now() + 120_000)));
  await call(() => store.sessions.remove(session.secret));
  await call(() => announcements.list(2));
  await call(() => announcements.clear(importDoc(1, { restSequence: 1 })));
  await call(() => announcements.batch(ORG, idOf(1)));
  const endpoint = { _id: 'endpoint', organisationId: ORG, url: 'https://example.com', description: '' };
  await call(() => webhookEndpoints.create(endpoint));
  await call(() => webhookEndpoints.find('endpoint'));
  await call(() => webhookEndpoints.findIn(ORG, 'endpoint'));
  await call(() => webhookEndpoints.count(ORG));
  await call(() => webhookEndpoints.list({ organisationId: ORG, limit: 2, after: 'endpoint' }));
  await call(() => webhookEndpoints.enabled(ORG));
  await call(() => webhookEndpoints.change(ORG, 'endpoint', { events: ['import.completed'], isEnabled: true }));
  await call(() => webhookEndpoints.rotate(ORG, 'endpoint', 1_000));
  await call(() => webhookEndpoints.sealAll());
  const delivery = { organisationId: ORG, endpointId: 'endpoint', event: 'endpoint.test', body: '{}' } as const;
  const [deliveryId] = await webhookDeliveries.create([{ ...delivery, eventId: 'event-0' }]);
  const input = { deliveryId: deliveryId!, round: 1 };
  await call(() => webhookDeliveries.create([{ ...delivery, eventId: 'event-1' }]));
  await call(() => webhookDeliveries.findIn('endpoint', deliveryId!));
  await call(() => webhookDeliveries.findPending(input));
  const page = { endpointId: 'endpoint', limit: 2, after: deliveryId! };
  await call(() => webhookDeliveries.list({ ...page, state: 'pending', event: 'endpoint.test' }));
  await call(() => webhookDeliveries.takeStart());
  await call(async () => webhookDeliveries.markStarted((await webhookDeliveries.findPending(input))!));
  await call(() => webhookDeliveries.record(input, { at: new Date(), status: 500, error: null, ms: 1 }));
  await call(() => webhookDeliveries.fail(input, 'gave-up'));
  await call(() => webhookDeliveries.redeliver('endpoint', deliveryId!, 1));
  await call(() => webhookEndpoints.disableGone('endpoint'));
  await call(() => webhookEndpoints.remove(ORG, 'endpoint'));
  const { notices } = store;
  const notice = {
    organisationId: ORG,
    importId: idOf(1),
    status: 'completed',
    language: 'en',
    to: 'a@b.example',
  } as const;
  await call(() => notices.create([{ ...notice, sequence: 1 }]));
  const { _id: noticeId } = (await notices.takeStart())!;
  await call(() => notices.takeStart());
  await call(() => notices.markStarted({ _id: noticeId }));
  await call(() => notices.find({ noticeId }));
  await call(() => notices.claim({ noticeId }, 'attempt'));
  await call(() => notices.release({ noticeId }, 'attempt'));
  await call(() => notices.end({ noticeId }, 'sent'));
}

async function callErasures({ erasures, retention, imports }: Store, call: Call) {
  const personId = rowId(idOf(10), 2);
  await call(() => erasures.begin(ORG, 'client', personId));
  await call(() => erasures.begin(ORG, 'staff', 'staff-2'));
  const begun = await erasures.begin(ORG, 'client', personId);
  if (begun.kind !== 'begun') throw new Error('There is nobody to erase');
  const { erasure } = begun;
  await call(() => erasures.removeTraces(erasure));
  await call(() => erasures.maySend(personId, 1_000));
  await call(() => erasures.postpone({ ...erasure, waits: true }));
  const completed = await erasures.complete(erasure);
  await call(() => erasures.removeTraces(completed));
  await call(() => erasures.complete(completed));
  await call(() => erasures.takeDue());
  for (const kept of ['file', 'rows'] as const) await call(() => retention.findOutdated(kept, new Date(), 2));
  const outdated = (await imports.find(idOf(12)))!;
  await call(() => retention.expireFile(outdated));
  await call(() => retention.expireRows(outdated));
}

async function callRestores({ restores, watermark }: Store, call: Call) {
  await call(() => restores.holdNew(idOf(3), [invitation(3, 2, { attempts: 0 })]));
  await call(() => restores.hold());
  await call(() => watermark.raise());
  await call(() => watermark.find());
}

async function callUndo({ undo, imports }: Store, call: Call) {
  const id = idOf(14);
  await call(() => undo.plan(id));
  await call(() => undo.messages(id));
  await call(() => undo.request({ _id: id, status: 'completed' }, 'hash'));
  await call(() => undo.next(id, 0));
  await call(() => undo.done(id));
  await call(() => undo.end(id));
  await call(() => undo.request({ _id: idOf(15), status: 'inviting' }, 'hash'));
  await call(() => imports.closeToUndo(idOf(15), 2));
}

async function callAuditLog({ auditLog }: Store, call: Call) {
  const entry = (id: string): AuditRecord => auditRecord(ORG, { id, at: longAgo });
  await call(() => auditLog.begin(entry('first')));
  await call(() => auditLog.announce(entry('first')));
  await call(() => auditLog.append(entry('first')));
  await call(() => auditLog.append(entry('second')));
  await call(() => auditLog.begin(entry('third')));
  await call(() => auditLog.clearNotes(new Date(), 10));
  await call(() => auditLog.list({ organisationId: ORG, limit: 2, before: 30 }));
  await call(() => auditLog.list({ organisationId: ORG, limit: 2, targets: [{ kind: 'import', id: idOf(5) }] }));
  await call(() => auditLog.list({ organisationId: ORG, limit: 2, actorId: 'none' }));
  await call(() => auditLog.list({ organisationId: ORG, limit: 2, action: 'cancelImport' }));
  await call(() => all(auditLog.all(ORG)));
  await call(() => auditLog.verify(ORG));
  await call(() => auditLog.organisations());
  await call(() => auditLog.expire(ORG, new Date()));
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
