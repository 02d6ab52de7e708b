import { ON_EXISTING } from '../../../contract/import';
import type { OnExisting } from '../../../contract/import';
import type { CheckContext, CheckedRow } from '../../../domain/checking/check-rows';
import { takenAddressProblem } from '../../../domain/checking/decide-row';
import type { KnownPerson } from '../../../domain/person';
import { valuesOf } from '../../../domain/person';
import { checkOne, checkStaff, codesOf, knowing, knownStaff, knownWith } from '../tables';
import type { Cells } from '../tables';

type Rest = Partial<CheckContext>;
const decide = (onExisting: OnExisting, known: KnownPerson, cells: Cells = {}, rest: Rest = {}): CheckedRow =>
  checkOne(cells, { onExisting, known: knowing(known), ...rest });
const decideStaff = (onExisting: OnExisting, known: KnownPerson, cells: Cells = {}, rest: Rest = {}): CheckedRow =>
  checkStaff(cells, { onExisting, known: knowing(known), ...rest });

const BOTH = ['email', 'sms'];
const LANDLINE = '+442079460958';

describe('Newcomers', () => {
  it.each<[string, Cells, Rest, string[]]>([
    ['nothing special is the case', {}, {}, BOTH],
    ['the number is a landline', { mobile: LANDLINE }, {}, ['email']],
    ['the organisation has no SMS', {}, { channels: ['email'] }, ['email']],
    ['the organisation invites nobody', {}, { channels: [] }, []],
  ])('When %s, then the person is created and invited where they can be', (_, cells, rest, channels) => {
    for (const onExisting of ON_EXISTING) {
      expect(checkOne(cells, { onExisting, ...rest }).plan).toEqual({ action: 'create', channels });
      expect(checkStaff(cells, { onExisting, ...rest }).plan).toEqual({ action: 'create', channels });
    }
  });

  it('When the organisation has SMS only and the number is a landline, then the row is refused: nobody could be invited', () => {
    const { person, plan, problems } = checkOne({ mobile: LANDLINE }, { channels: ['sms'] });
    expect({ person, plan }).toEqual({ person: null, plan: { action: 'reject', channels: [] } });
    expect(problems.map(({ code }) => code)).toContain('mobile.unreachable');
  });

  it('When nobody in the team is active, then a client waits, with the channels of later', () => {
    const group = 'Empty_Quarter';
    expect(checkOne({ group }).plan).toEqual({ action: 'wait', channels: BOTH });
    expect(checkOne({ group, mobile: LANDLINE }).plan).toEqual({ action: 'wait', channels: ['email'] });
  });

  it('When somebody else is known, then that changes nothing', () => {
    const { plan } = decide('error', knownWith({ emailKey: 'bob@example.com' }));
    expect(plan).toEqual({ action: 'create', channels: BOTH });
  });
});

describe('Known people with “error”', () => {
  it.each([true, false])('When the person is active: %s, then the row is refused', (active) => {
    const row = decide('error', knownWith({ active, importId: 'i1', line: 7 }));
    expect(row).toMatchObject({ person: null, plan: { action: 'reject', channels: [] } });
    expect(row.problems).toMatchObject([
      { code: 'email.already-used', details: { since: '2026-03-01', importId: 'i1', line: 7 } },
    ]);
  });
});

describe('Known people with “skip”', () => {
  it.each([true, false])('When the person is active: %s, then nothing is done with the row', (active) => {
    for (const row of [
      decide('skip', knownWith({ active }), { lastName: 'Other' }),
      decideStaff('skip', knownStaff({ active })),
    ]) {
      expect(row).toMatchObject({ person: null, problems: [] });
      expect(row.plan).toEqual({ action: 'skip', personId: 'person-1', channels: [] });
    }
  });

  it('When a cell of the row is wrong, then the row is refused before anybody asks who it is', () => {
    const { plan, problems } = decide('skip', knownWith(), { mobile: '1' });
    expect(plan.action).toBe('reject');
    expect(codesOf(problems)).toEqual(['mobile.invalid']);
  });
});

describe('Known people with “invite”', () => {
  it('When the person has not joined yet, then they are invited again as they are known', () => {
    const known = knownWith({ mobile: LANDLINE, mobileType: 'fixed-line' });
    const { person, plan } = decide('invite', known, { lastName: 'Other' });
    expect(plan).toEqual({ action: 'unchanged', personId: 'person-1', channels: ['email'] });
    expect(person).toEqual(valuesOf(known));
  });

  it('When the person has joined, then they are left alone', () => {
    expect(decide('invite', knownWith({ active: true })).plan).toEqual({
      action: 'unchanged',
      personId: 'person-1',
      channels: [],
    });
  });

  it('When nobody in the team that they are in is active, then they wait, unless they have joined', () => {
    const pending = decide('invite', knownWith({ teamIds: ['team-3'] }));
    expect(pending.plan).toEqual({ action: 'wait', personId: 'person-1', channels: BOTH });
    expect(pending.person?.teamIds).toEqual(['team-3']);
    expect(pending.problems).toMatchObject([{ code: 'group.waiting', details: { team: 'Empty_Quarter' } }]);

    const joined = decide('invite', knownWith({ teamIds: ['team-3'], active: true }));
    expect(joined).toMatchObject({ plan: { action: 'unchanged', channels: [] } });
    expect(codesOf(joined.problems)).toEqual(['invitation.already-accepted']);
  });

  it('When the person is one of the staff, then they never wait', () => {
    const { plan } = decideStaff('invite', knownStaff({ teamIds: ['team-3'] }));
    expect(plan).toEqual({ action: 'unchanged', personId: 'person-1', channels: BOTH });
  });
});

describe('Known people with “update”', () => {
  it('When every field of a client differs, then each is listed with both values, teams by their names', () => {
    const cells = {
      firstName: 'Anna',
      lastName: 'Li',
      email: 'Ann.LEE@example.com',
      mobile: '+447911123456',
      company: 'Li Ltd',
      group: 'riverside',
    };
    const { plan, person } = decide('update', knownWith(), cells);
    expect(plan).toEqual({
      action: 'update',
      personId: 'person-1',
      channels: ['sms'],
      changes: [
        { field: 'firstName', before: 'Ann', after: 'Anna' },
        { field: 'lastName', before: 'Lee', after: 'Li' },
        { field: 'email', before: 'ann.lee@example.com', after: 'Ann.LEE@example.com' },
        { field: 'mobile', before: '+12025550123', after: '+447911123456' },
        { field: 'company', before: 'Lee & Co', after: 'Li Ltd' },
        { field: 'group', before: 'Mayfair', after: 'Riverside' },
      ],
    });
    const { group, ...values } = cells;
    expect(group).toBe('riverside');
    expect(person).toMatchObject({ ...values, teamIds: ['team-2'], emailKey: 'ann.lee@example.com' });
  });

  it('When the role and the teams of staff differ, then they are listed', () => {
    const { plan } = decideStaff('update', knownStaff(), { role: 'Staff', teams: 'Empty_Quarter, Mayfair' });
    expect(plan.changes).toEqual([
      { field: 'role', before: 'Support', after: 'Staff' },
      { field: 'teams', before: 'Mayfair; Riverside', after: 'Empty_Quarter; Mayfair' },
    ]);
  });

  it.each<[string, CheckedRow]>([
    ['a client is as the row says', decide('update', knownWith())],
    ['a client has joined and is as the row says', decide('update', knownWith({ active: true }))],
    ['teams stand in another order', decideStaff('update', knownStaff({ teamIds: ['team-2', 'team-1'] }))],
    ['the row says nothing about the company', decide('update', knownWith(), { company: ' ' })],
    ['the row says nothing about the teams', decideStaff('update', knownStaff(), { teams: '' })],
    [
      'the row leaves the team to the default',
      decide('update', knownWith(), { group: '' }, { defaultTeamId: 'team-2' }),
    ],
    ['nobody in the team is active', decide('update', knownWith({ teamIds: ['team-3'] }), { group: 'Empty_Quarter' })],
  ])('When %s, then nothing changes and nobody is invited', (_, { plan, problems }) => {
    expect(plan).toEqual({ action: 'unchanged', personId: 'person-1', channels: [] });
    expect(problems).toEqual([]);
  });

  it('When the row says nothing about the company, then another change does not empty it', () => {
    const { person, plan } = decide('update', knownWith(), { lastName: 'Li', company: '' });
    expect(person).toMatchObject({ lastName: 'Li', company: 'Lee & Co' });
    expect(plan.changes).toEqual([{ field: 'lastName', before: 'Lee', after: 'Li' }]);
  });

  it('When a client had no company, then the one of the row is a change from nothing', () => {
    const { plan } = decide('update', knownWith({ company: null }));
    expect(plan.changes).toEqual([{ field: 'company', before: '', after: 'Lee & Co' }]);
  });

  it.each<[string, KnownPerson, Cells, Rest, string[]]>([
    ['only the name has changed', knownWith(), { lastName: 'Li' }, {}, []],
    ['only the looks of the address have changed', knownWith(), { email: 'Ann.Lee@example.com' }, {}, []],
    ['the number has changed', knownWith(), { mobile: '+447911123456' }, {}, ['sms']],
    ['it has changed of somebody who has joined', knownWith({ active: true }), { mobile: '+447911123456' }, {}, []],
    ['it has changed to a landline', knownWith(), { mobile: LANDLINE }, {}, []],
    ['it has changed and there is no SMS', knownWith(), { mobile: '+447911123456' }, { channels: ['email'] }, []],
    ['the team is not ready', knownWith(), { mobile: '+447911123456', group: 'Empty_Quarter' }, {}, []],
  ])('When %s, then those are invited whose address is another now: %#', (_, known, cells, rest, channels) => {
    expect(decide('update', known, cells, rest).plan).toMatchObject({ action: 'update', channels });
  });
});

describe('People whom no import has invited', () => {
  const uninvited = (changes: Partial<KnownPerson> = {}): KnownPerson =>
    knownWith({ neverInvited: true, importId: 'i1', line: 7, ...changes });

  it.each([...ON_EXISTING])(
    'When they are named again with “%s”, then they are invited by the values of the row',
    (way) => {
      const { plan, person, problems } = decide(way, uninvited(), { firstName: 'Иван', company: '' });
      expect(plan).toEqual({
        action: 'update',
        personId: 'person-1',
        changes: [{ field: 'firstName', before: 'Ann', after: 'Иван' }],
        channels: BOTH,
      });
      expect(person).toMatchObject({ firstName: 'Иван', company: 'Lee & Co' });
      expect(problems).toMatchObject([
        { code: 'person.never-invited', column: 'Email', details: { since: '2026-03-01', importId: 'i1', line: 7 } },
      ]);
      expect(decide(way, uninvited()).plan).toEqual({ action: 'unchanged', personId: 'person-1', channels: BOTH });
      expect(decideStaff(way, knownStaff({ neverInvited: true })).plan).toMatchObject({ channels: BOTH });
    },
  );

  it('When nobody in the team of the row is active, then they wait, and their changes with them', () => {
    const { plan, problems } = decide('error', uninvited(), { group: 'Empty_Quarter' });
    expect(plan).toMatchObject({ action: 'wait', channels: BOTH, changes: [{ field: 'group' }] });
    expect(codesOf(problems)).toEqual(['person.never-invited', 'group.waiting']);
  });

  it('When they have opted out of every channel, then nothing is sent and the row says why', () => {
    const { plan, problems } = decide('update', uninvited({ optedOut: ['email', 'sms'] }));
    expect(plan).toEqual({ action: 'unchanged', personId: 'person-1', channels: [] });
    expect(codesOf(problems)).toEqual(['person.never-invited', 'email.opted-out', 'mobile.opted-out']);
  });

  it.each<[string, KnownPerson, Cells, Rest, string]>([
    ['they are of the other kind', knownStaff({ neverInvited: true }), {}, {}, 'email.is-staff'],
    ['no channel reaches them', uninvited(), { mobile: LANDLINE }, { channels: ['sms'] }, 'mobile.unreachable'],
  ])('When %s, then the row is refused', (_, known, cells, rest, code) => {
    const { plan, problems } = decide('update', known, cells, rest);
    expect(plan).toEqual({ action: 'reject', channels: [] });
    expect(codesOf(problems)).toContain(code);
  });
});

describe('People who get fewer messages than the row asks for', () => {
  const NEW_MOBILE = { mobile: '+447911123456' };
  const LATER = { importId: 'i2', line: 4 };

  it.each<[string, OnExisting, Partial<KnownPerson>, Cells, string[], string[]]>([
    ['no SMS is wanted', 'invite', { optedOut: ['sms'] }, {}, ['email'], ['mobile.opted-out']],
    ['no e-mail is wanted', 'invite', { optedOut: ['email'] }, {}, ['sms'], ['email.opted-out']],
    ['nothing is wanted', 'invite', { optedOut: ['email', 'sms'] }, {}, [], ['email.opted-out', 'mobile.opted-out']],
    ['nothing changes and no SMS is wanted', 'update', { optedOut: ['sms'] }, {}, [], ['mobile.opted-out']],
    ['the number is another one than that of the opt-out', 'update', { optedOut: ['sms'] }, NEW_MOBILE, ['sms'], []],
    [
      'no e-mail is wanted, and the number is new',
      'update',
      { optedOut: ['email'] },
      NEW_MOBILE,
      ['sms'],
      ['email.opted-out'],
    ],
    ['the row is skipped', 'skip', { optedOut: ['sms'] }, {}, [], ['mobile.opted-out']],
    ['they were deactivated', 'invite', { active: true, deactivated: true }, {}, [], ['person.deactivated']],
    ['they were deactivated', 'update', { active: true, deactivated: true }, NEW_MOBILE, [], ['person.deactivated']],
    ['they were deactivated', 'skip', { active: true, deactivated: true }, {}, [], ['person.deactivated']],
    [
      'they were deactivated',
      'error',
      { active: true, deactivated: true },
      {},
      [],
      ['email.already-used', 'person.deactivated'],
    ],
    ['they have joined', 'invite', { active: true, optedOut: ['sms'] }, {}, [], ['invitation.already-accepted']],
    [
      'an SMS is under way',
      'invite',
      { underWay: [{ channel: 'sms', state: 'sending', ...LATER }] },
      {},
      ['email'],
      ['invitation.elsewhere'],
    ],
    [
      'an SMS waits for the new number',
      'update',
      { underWay: [{ channel: 'sms', state: 'pending', ...LATER }] },
      NEW_MOBILE,
      [],
      ['invitation.elsewhere'],
    ],
    [
      'an SMS may have gone to the old number',
      'update',
      { underWay: [{ channel: 'sms', state: 'sending', ...LATER }] },
      NEW_MOBILE,
      ['sms'],
      [],
    ],
  ])(
    'When %s with “%s”, then the plan counts what is sent, and the row says why: %#',
    (_, way, who, cells, channels, codes) => {
      const { plan, problems } = decide(way, knownWith(who), cells);
      expect(plan.channels).toEqual(channels);
      expect(codesOf(problems)).toEqual(codes);
    },
  );
});

describe('An address that somebody took between plan and writing', () => {
  it('When the holder is of the same kind, then the problem is that of a used address', () => {
    expect(takenAddressProblem('client', knownWith({ importId: 'i1', line: 3 }))).toEqual({
      code: 'email.already-used',
      details: { since: '2026-03-01', importId: 'i1', line: 3 },
    });
  });

  it('When the holder is of the other kind, then nothing of them is told but that', () => {
    expect(takenAddressProblem('client', knownStaff({ importId: 'i1', line: 3 }))).toEqual({ code: 'email.is-staff' });
    expect(takenAddressProblem('staff', knownWith({ importId: 'i1', line: 3 }))).toEqual({ code: 'email.is-client' });
  });
});
