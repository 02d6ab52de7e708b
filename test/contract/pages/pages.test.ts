import { boundsOfPage, linesOfPage, PAGE_ROWS, pageOf } from '../../../contract/pages/pages';
import { countLines, firstRanges, formatRowSet, hasLine, parseRowSet } from '../../../contract/row-set';

describe('Pages', () => {
  test('Each line is on exactly one page, and no line lies between two', () => {
    for (const line of [1, 2, PAGE_ROWS - 1, PAGE_ROWS, PAGE_ROWS + 1, 2 * PAGE_ROWS, 2 * PAGE_ROWS + 1, 100_001]) {
      const holders = Array.from({ length: 202 }, (_, page) => page).filter((page) => {
        const { from, to } = boundsOfPage(page);
        return from <= line && line <= to;
      });
      expect(holders).toEqual([pageOf(line)]);
    }
  });

  test('The lines of a page are a row set of as many lines', () => {
    expect(linesOfPage(2)).toBe('1001-1500');
    expect(parseRowSet(linesOfPage(2))).toHaveLength(PAGE_ROWS);
    expect(countLines(linesOfPage(2))).toBe(PAGE_ROWS);
  });

  test('A row set is counted, searched and cut without its lines', () => {
    const lines = Array.from({ length: 300 }, (_, i) => 2 + i * 2 + (i % 3 === 0 ? 1 : 0));
    const rows = formatRowSet(lines);
    expect(countLines(rows)).toBe(lines.length);
    expect(countLines('')).toBe(0);
    for (const line of [1, 2, 3, 4, 5, 600, 601, 602]) expect(hasLine(rows, line)).toBe(lines.includes(line));
    expect(parseRowSet(firstRanges(rows, 10))).toEqual(lines.slice(0, countLines(firstRanges(rows, 10))));
    expect(firstRanges(rows, 10).split(',')).toHaveLength(10);
  });
});
