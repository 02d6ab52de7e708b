import fc from 'fast-check';
import type { CheckContext } from '../../../domain/checking/check-rows';
import { isTeamName, teamNameKey } from '../../../domain/client-team';
import { checkOne, checkStaff, codesOf, contextWith } from '../tables';

describe('Names of client teams', () => {
  it.each(['Mayfair', 'Old_Street', 'Team7', 'Zürich', 'Zu\u0308rich', '東京', 'अशोक', 'x'.repeat(100)])(
    'When a team is to be called %s, then it can be',
    (name) => expect(isTeamName(name)).toBe(true),
  );

  it.each(['', ' ', 'Old Street', 'St-John', "King's", '(North)', 'a.b', 'a/b', 'a;b', '😀', 'a\n', 'x'.repeat(101)])(
    'When a team is to be called %j, then it cannot be',
    (name) => expect(isTeamName(name)).toBe(false),
  );

  it('When two names differ in case or in how their marks are written, then they are one', () => {
    expect(teamNameKey('ZU\u0308RICH')).toBe(teamNameKey('zürich'));
    expect(teamNameKey('Mayfair')).not.toBe(teamNameKey('Mayfair_'));
    fc.assert(
      fc.property(fc.stringMatching(/^[\p{L}\p{N}_]{1,20}$/u), (name) => {
        expect(teamNameKey(teamNameKey(name))).toBe(teamNameKey(name));
        expect(teamNameKey(name.normalize('NFD'))).toBe(teamNameKey(name.normalize('NFC')));
      }),
    );
  });
});

describe('The team of a client', () => {
  const odd = { id: 'team-4', name: 'Old Street', activeStaff: true };
  const german = { id: 'team-5', name: 'Zürich', activeStaff: true };
  const teams = [...contextWith().teams, odd, german];

  it.each<[string, Partial<CheckContext>, string]>([
    ['Mayfair', {}, 'team-1'],
    ['mAYFAIR', {}, 'team-1'],
    [' Riverside ', {}, 'team-2'],
    ['Old Street', { teams }, 'team-4'],
    ['zu\u0308rich', { teams }, 'team-5'],
    ['', { defaultTeamId: 'team-2' }, 'team-2'],
    ['  ', { defaultTeamId: 'team-2' }, 'team-2'],
  ])('When the group is %j, then the team is found by its name or by default', (group, context, teamId) => {
    expect(checkOne({ group }, context)).toMatchObject({ person: { teamIds: [teamId] }, problems: [] });
  });

  it('When only the case of a name differs, then nothing is repaired: names are compared without it', () => {
    expect(checkOne({ group: 'mAYFAIR' }, { strict: true })).toMatchObject({ problems: [], repairs: [] });
  });

  it.each<[string, Partial<CheckContext>, string, Record<string, string> | undefined, string | undefined]>([
    ['', {}, 'group.missing', undefined, undefined],
    ['', { defaultTeamId: 'gone' }, 'group.missing', undefined, undefined],
    ['Riversyde', {}, 'group.unknown', { names: 'Riverside, Mayfair, Empty_Quarter' }, 'Riverside'],
    ['EmptyQuarter', {}, 'group.unknown', { names: 'Empty_Quarter, Mayfair, Riverside' }, 'Empty_Quarter'],
    ['River', {}, 'group.unknown', { names: 'Riverside, Mayfair, Empty_Quarter' }, 'Riverside'],
    ['Soho', {}, 'group.unknown', { names: 'Mayfair, Riverside, Empty_Quarter' }, undefined],
    ['Mayfair2', { teams: [] }, 'group.unknown', undefined, undefined],
    ['May fair', {}, 'group.invalid-name', { names: 'Mayfair, Riverside, Empty_Quarter' }, 'Mayfair'],
    ["St-John's (North)", { teams: [] }, 'group.invalid-name', undefined, undefined],
  ])('When the group is %j, then it is refused with what helps', (group, context, code, details, suggestion) => {
    const { person, problems } = checkOne({ group }, context);
    expect(person).toBeNull();
    expect(codesOf(problems)).toEqual([code]);
    expect(problems[0]!.details).toEqual(details);
    expect(problems[0]!.suggestion).toBe(suggestion);
  });

  it.each([
    ['Nort', ['North', 'North_East'], 'North'],
    ['Wst', ['East', 'West'], 'West'],
    ['xast', ['East', 'Last'], undefined],
    ['Team3', ['Team1', 'Team2'], undefined],
    ['Team3', ['Team1'], undefined],
    ['South', ['North'], undefined],
    ['No', ['North'], undefined],
    ['Old', ['Old_Street', 'Old_Kent'], undefined],
    ['7.0', ['7', '70'], '7'],
    ['12.00', ['1', '12'], '12'],
    ['7.0', ['8'], undefined],
  ])('When the group is %s and there are %j, then the suggestion is %j', (group, names, suggestion) => {
    const known = names.map((name, i) => ({ id: `${i}`, name, activeStaff: true }));
    expect(checkOne({ group }, { teams: known }).problems[0]!.suggestion).toBe(suggestion);
  });

  it('When there are many teams, then at most five are named, the nearest first', () => {
    const many = Array.from({ length: 40 }, (_, i) => ({ id: `${i}`, name: `Team_${i}`, activeStaff: true }));
    const { problems } = checkOne({ group: 'Team_3x' }, { teams: many });
    const names = String(problems[0]!.details?.['names']).split(', ');
    expect(names).toHaveLength(5);
    expect(names[0]).toBe('Team_3');
  });

  it('When nobody in the team is active, then the row is good and waits, which is a warning', () => {
    const named = checkOne({ group: 'empty_quarter' });
    const byDefault = checkOne({ group: '' }, { defaultTeamId: 'team-3' });
    for (const { person, plan, problems } of [named, byDefault]) {
      expect(person?.teamIds).toEqual(['team-3']);
      expect(plan).toEqual({ action: 'wait', channels: ['email', 'sms'] });
      expect(problems).toMatchObject([
        { code: 'group.waiting', column: 'Group Identifier', letter: 'G', details: { team: 'Empty_Quarter' } },
      ]);
    }
  });

  it('When a row is refused for something else, then it does not say that it waits', () => {
    expect(codesOf(checkOne({ group: 'Empty_Quarter', lastName: '' }).problems)).toEqual(['last-name.missing']);
  });
});

describe('The teams of a member of staff', () => {
  it.each<[string, string[]]>([
    ['Mayfair', ['team-1']],
    ['Mayfair;Riverside', ['team-1', 'team-2']],
    ['Riverside, mayfair', ['team-2', 'team-1']],
    ['Mayfair|Empty_Quarter', ['team-1', 'team-3']],
    ['Mayfair\nRiverside\r\nEmpty_Quarter', ['team-1', 'team-2', 'team-3']],
    ['Mayfair;;Mayfair; MAYFAIR;', ['team-1']],
    ['', []],
    ['  ', []],
    [';', []],
  ])('When the cell is %j, then the teams are %j and nothing is said', (teams, teamIds) => {
    expect(checkStaff({ teams })).toMatchObject({ person: { teamIds }, problems: [], repairs: [] });
  });

  it('When nobody in a team is active, then its staff are invited all the same: somebody has to be the first', () => {
    expect(checkStaff({ teams: 'Empty_Quarter' }).plan).toEqual({ action: 'create', channels: ['email', 'sms'] });
  });

  it('When names are unknown, then each is told by itself, with its nearest names', () => {
    const { person, problems } = checkStaff({ teams: 'Riversyde; Mayfair, Old Street' });
    expect(person).toBeNull();
    expect(problems).toMatchObject([
      { code: 'group.unknown', column: 'Client Teams', letter: 'F', value: 'Riversyde', suggestion: 'Riverside' },
      { code: 'group.invalid-name', column: 'Client Teams', letter: 'F', value: 'Old Street' },
    ]);
    for (const { details } of problems) expect(details).toHaveProperty('names');
  });

  it('When the default team is set, then staff without a team still have none: it is a rule for clients', () => {
    expect(checkStaff({ teams: '' }, { defaultTeamId: 'team-1' }).person?.teamIds).toEqual([]);
  });

  it('When a cell holds a thousand unknown names, then ten of them are told', () => {
    const teams = Array.from({ length: 1000 }, (_, i) => `Nowhere${i}`).join(';');
    expect(checkStaff({ teams }).problems.map(({ value }) => value)).toEqual(
      Array.from({ length: 10 }, (_, i) => `Nowhere${i}`),
    );
  });
});
