import type { PersonValues } from '../../../domain/person';
import { decideUndo } from '../../../domain/undo/decide-undo';
import type { UndoFacts } from '../../../domain/undo/decide-undo';
import type { OverwrittenField } from '../../../domain/undo/overwritten';

const values: PersonValues = {
  ...{ kind: 'client', firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', emailKey: 'ann@example.com' },
  ...{ mobile: '+447911123456', mobileType: 'mobile', company: null, role: null, teamIds: ['a'] },
};
const field = <F extends keyof PersonValues>(
  name: F,
  before: PersonValues[F],
  after: PersonValues[F],
  importId = 'one',
): OverwrittenField => ({ importId, row: 2, field: name, before, after });
const facts = (
  person: Partial<NonNullable<UndoFacts['person']>> | null,
  change: Partial<UndoFacts> = {},
): UndoFacts => ({
  ...{ importId: 'one', line: 2, action: 'created', written: values, isTouchedByOther: false },
  person: person && { ...values, hasJoined: false, optedOut: false, overwritten: [], ...person },
  ...change,
});
const keptBy = (given: UndoFacts) => {
  const { outcome, removes, restores, keptFields } = decideUndo(given);
  return [outcome, removes === true, restores.map((one) => one.field), keptFields.map((one) => one.field)];
};

describe('What an undo does about one line', () => {
  test.each<[string, UndoFacts, unknown[]]>([
    ['a created person is removed', facts({}), ['undone', true, [], []]],
    [
      'in whatever order their teams are',
      facts({ teamIds: ['b', 'a'] }, { written: { ...values, teamIds: ['a', 'b'] } }),
      ['undone', true, [], []],
    ],
    ['who has joined is kept', facts({ hasJoined: true }), ['joined', false, [], []]],
    ['whom another import was about is kept', facts({}, { isTouchedByOther: true }), ['other-import', false, [], []]],
    ['who wants no messages is kept', facts({ optedOut: true }), ['opted-out', false, [], []]],
    ['whose name was changed is kept', facts({ lastName: 'Ling' }), ['changed-since', false, [], []]],
    ['who was put into a team is kept', facts({ teamIds: ['a', 'b'] }), ['changed-since', false, [], []]],
    ['whose row has expired is kept', facts({}, { written: null }), ['not-recorded', false, [], []]],
    ['who was erased is gone', facts(null), ['gone', false, [], []]],
  ])('%s', (_, given, expected) => expect(keptBy(given)).toEqual(expected));

  const updated = (overwritten: OverwrittenField[], person: Partial<PersonValues> = {}): UndoFacts =>
    facts({ ...person, overwritten }, { action: 'updated' });
  const mobile = field('mobile', '+12025550100', values.mobile);
  const type = field('mobileType', 'other', 'mobile');
  test.each<[string, UndoFacts, unknown[]]>([
    ['all fields come back', updated([mobile, type]), ['undone', false, ['mobile', 'mobileType'], []]],
    [
      'who has joined gets them back, too',
      { ...updated([mobile]), isTouchedByOther: true },
      ['undone', false, ['mobile'], []],
    ],
    [
      'what somebody changed stays, and the other fields come back',
      updated([field('lastName', 'Li', 'Lee'), field('firstName', 'Anne', 'Anna')]),
      ['changed-since', false, ['lastName'], ['firstName']],
    ],
    [
      'the type of a number stays with the number',
      updated([mobile, type], { mobile: '+12025550199' }),
      ['changed-since', false, [], ['mobile', 'mobileType']],
    ],
    [
      'what another import has replaced stays',
      updated([field('lastName', 'Li', 'Ling'), field('lastName', 'Ling', 'Lee', 'two')]),
      ['other-import', false, [], ['lastName']],
    ],
    [
      'what an older build has changed stays',
      updated([field('lastName', 'Li', 'Lee', 'two')]),
      ['not-recorded', false, [], []],
    ],
  ])('of a changed person: %s', (_, given, expected) => expect(keptBy(given)).toEqual(expected));
});
