import type { Channel } from '../../../contract/invitation';
import type { SharedMobilesChoice } from '../../../contract/question';
import { checkRows } from '../../../domain/checking/check-rows';
import type { CheckContext } from '../../../domain/checking/check-rows';
import { findSharedMobiles, mobilesOf } from '../../../domain/checking/shared-mobiles';
import { describeProblem } from '../../../domain/problems/problem-catalogue';
import { codesOf, contextWith, knowing, knownWith, tableWith } from '../tables';
import type { Cells } from '../tables';

const SHARED = '+447911123456';
const LANDLINE = '+442079460958';

interface Options {
  elsewhere?: number;
  sharedMobiles?: SharedMobilesChoice;
  context?: Partial<CheckContext>;
}

/** Rows of the good person with addresses of their own, and some cells changed. */
function look(rows: Cells[], { elsewhere = 0, sharedMobiles, context = {} }: Options = {}) {
  const table = tableWith(...rows.map((cells, i) => ({ email: `person${i}@example.com`, ...cells })));
  const checked = checkRows(table, contextWith(context));
  const options = {
    kind: 'clients',
    elsewhere: new Map([[SHARED, elsewhere]]),
    ...(sharedMobiles && { sharedMobiles }),
  };
  const found = findSharedMobiles(checked, table, options as Parameters<typeof findSharedMobiles>[2]);
  return {
    ...found,
    codes: found.rows.map(({ problems }) => codesOf(problems)),
    channels: found.rows.map(({ plan }) => plan.channels.join()),
    kinds: found.questions.map(({ kind }) => kind),
    firstLines: found.rows.map(
      ({ problems }) => problems.find(({ code }) => code === 'mobile.shared')?.details?.firstLine,
    ),
  };
}
const times = (count: number, cells: Cells = { mobile: SHARED }): Cells[] => Array<Cells>(count).fill(cells);
const BOTH = 'email,sms';

describe('People who share a mobile', () => {
  it('When a household of four shares one, then each row from the second on names the first, and all get their SMS', () => {
    const { firstLines, channels, kinds, warnings, rows } = look([{}, ...times(4)]);
    expect(firstLines).toEqual([undefined, undefined, 3, 3, 3]);
    expect(channels).toEqual(Array(5).fill(BOTH));
    expect([kinds, warnings]).toEqual([[], []]);
    expect(rows[2]!.problems).toMatchObject([{ code: 'mobile.shared', column: 'Mobile', letter: 'D', value: SHARED }]);
    expect(describeProblem(rows[2]!.problems[0]!, 4).message).toContain('Row 3 of this file has it, too.');
  });

  it('When thirty rows have the same one, then the administrator is asked, and the file is warned of with its lines', () => {
    const { kinds, warnings, questions } = look(times(30));
    expect(kinds).toEqual(['shared-mobiles']);
    expect(questions[0]!.choices).toEqual([{ value: 'send' }, { value: 'hold' }]);
    expect(questions[0]!.problem).toEqual(warnings[0]);
    expect(warnings).toMatchObject([{ code: 'file.shared-mobiles', details: { rows: 30, numbers: 1, lines: '2-31' } }]);
  });

  it.each<[string, Cells[], Options, string[]]>([
    ['five have it', times(5), {}, ['shared-mobiles']],
    ['four have it', times(4), {}, []],
    [
      'it is typed in five ways',
      ['+44 7911 123456', '+447911123456', '0044 7911123456', '+44(7911)123456', '+44-7911-123456'].map((mobile) => ({
        mobile,
      })),
      {},
      ['shared-mobiles'],
    ],
    ['it is a landline', times(9, { mobile: LANDLINE }), {}, []],
    ['one of the five is rejected', [...times(4), { mobile: SHARED, lastName: '' }], {}, []],
    ['two numbers have three each', [...times(3), ...times(3, { mobile: '+12025550123' })], {}, []],
    ['the organisation sends no SMS', times(9), { context: { channels: ['email'] } }, []],
    ['two have it, and three others of the organisation', times(2), { elsewhere: 3 }, ['shared-mobiles']],
    ['two have it, and two others of the organisation', times(2), { elsewhere: 2 }, []],
    ['one has it, and nine others of the organisation', times(1), { elsewhere: 9 }, []],
    ['they wait for their team', times(5, { mobile: SHARED, group: 'Empty_Quarter' }), {}, ['shared-mobiles']],
  ])(
    'When %s, then the administrator is asked only where many would get an SMS on one phone',
    (_, rows, options, kinds) => {
      expect(look(rows, options).kinds).toEqual(kinds);
    },
  );

  it('When all five are known and get nothing, then they are warned of, and nobody is asked', () => {
    const five = Array.from({ length: 5 }, (_, i) => {
      const email = `person${i}@example.com`;
      return knownWith({ id: `p${i}`, email, emailKey: email, mobile: SHARED });
    });
    const { kinds, firstLines } = look(times(5), { context: { onExisting: 'update', known: knowing(...five) } });
    expect([kinds, firstLines]).toEqual([[], [undefined, 2, 2, 2, 2]]);
  });

  it('When the SMS are held, then those rows get e-mail only and say so, and the others are as before', () => {
    const { channels, codes, kinds, warnings } = look([{}, ...times(5)], { sharedMobiles: 'hold' });
    expect(channels).toEqual([BOTH, ...Array<string>(5).fill('email')]);
    expect(codes).toEqual([[], ['mobile.sms-held'], ...Array<string[]>(4).fill(['mobile.shared', 'mobile.sms-held'])]);
    expect([kinds, codesOf(warnings)]).toEqual([[], ['file.shared-mobiles']]);
  });

  it('When the SMS are held, then also that of a single row with the number of many others', () => {
    expect(look(times(1), { elsewhere: 4, sharedMobiles: 'hold' }).channels).toEqual(['email']);
  });

  it('When the SMS are to be sent, then all are, with their warnings', () => {
    const { channels, kinds, codes } = look(times(5), { sharedMobiles: 'send' });
    expect([channels, kinds]).toEqual([Array(5).fill(BOTH), []]);
    expect(codes).toEqual([[], ...Array<string[]>(4).fill(['mobile.shared'])]);
  });

  it('When SMS is the only channel and held, then the people are created and not invited', () => {
    const context = { channels: ['sms'] as Channel[] };
    const { rows } = look(times(5), { sharedMobiles: 'hold', context });
    expect(rows.map(({ plan }) => plan)).toEqual(Array(5).fill({ action: 'create', channels: [] }));
  });

  it('When people of the organisation have the number already, then the first row says how many, in the order of the columns', () => {
    const { rows } = look([{ mobile: SHARED, group: 'Empty_Quarter' }], { elsewhere: 1 });
    expect(codesOf(rows[0]!.problems)).toEqual(['mobile.shared', 'group.waiting']);
    expect(describeProblem(rows[0]!.problems[0]!, 2).message).toBe(
      'This number is not of one person alone. People in your organisation who have it already: 1. What is sent to it reaches them all.',
    );
  });

  it('When numbers are looked up, then each is asked for once, and none that gets no SMS', () => {
    const table = tableWith(
      { mobile: SHARED },
      { mobile: SHARED, email: 'b@example.com' },
      { mobile: LANDLINE, email: 'c@example.com' },
    );
    expect(mobilesOf(checkRows(table, contextWith({})))).toEqual([SHARED]);
  });
});
