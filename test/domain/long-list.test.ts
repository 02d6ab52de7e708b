import fc from 'fast-check';
import { indexIn, isHeld, ListBuilder, listFrom, mapList, pagesOf } from '../../domain/long-list';

const items = fc.array(
  fc.record(
    {
      line: fc.nat(),
      text: fc.string({ unit: 'grapheme' }),
      at: fc.date({ noInvalidDate: true }),
      gone: fc.constant(undefined),
    },
    { requiredKeys: ['line'] },
  ),
  { maxLength: 1_200, size: 'max' },
);

function listOf<T>(all: readonly T[], mostHeld: number) {
  const builder = new ListBuilder<T>(mostHeld);
  for (const item of all) builder.push(item);
  return builder.list();
}

describe('A list of many items', () => {
  it('gives back what was put in, in its order, as often as it is gone through', () => {
    fc.assert(
      fc.property(items, fc.nat(100), (all, mostHeld) => {
        const list = listOf(all, mostHeld);
        expect(isHeld(list)).toBe(all.length <= mostHeld);
        expect(list).toHaveLength(all.length);
        for (let i = 0; i < 2; i++) expect([...list]).toEqual(all);
      }),
      { numRuns: 30 },
    );
  });

  it('is changed, cut and paged as an array is', () => {
    const all = Array.from({ length: 1_700 }, (_, i) => i);
    for (const mostHeld of [10, 5_000]) {
      const list = listOf(all, mostHeld);
      expect([...mapList(list, (item, i) => item + i)]).toEqual(all.map((item) => item * 2));
      expect([...listFrom(list, 1_690)]).toEqual(all.slice(1_690));
      expect(listFrom(list, 1_690)).toHaveLength(10);
      expect([...pagesOf(list, 800)].map(({ length }) => length)).toEqual([800, 800, 100]);
      expect([...pagesOf(list, 800)].flat()).toEqual(all);
      expect([indexIn(list, (item) => item === 1_234), indexIn(list, () => false)]).toEqual([1_234, -1]);
    }
    expect([...pagesOf([], 10)]).toEqual([]);
  });
});
