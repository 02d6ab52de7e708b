import { median, medians, show, table } from '../../../../bench/speed/report/figures';

describe('figures of a bench', () => {
  it('the median of an even number of values lies between the middle two', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([9, 1, 2])).toBe(2);
    expect(median([])).toBeNaN();
  });

  it('medians are taken of each key by itself, also where a record lacks it', () => {
    expect(medians([{ api: 1, worker: 10 }, { api: 3, worker: 30 }, { api: 2 }])).toEqual({ api: 2, worker: 20 });
  });

  it('a figure shows three digits that count', () => {
    expect([1.234, 12.34, 1234.5, NaN].map(show)).toEqual(['1.23', '12.3', '1235', '–']);
  });

  it('a table aligns its columns', () => {
    expect(table(['who', 'ms'], [['product', '1']])).toBe(
      ['| who     | ms  |', '| ------- | --- |', '| product | 1   |'].join('\n'),
    );
  });
});
