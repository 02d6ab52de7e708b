import { startOf, sumFigures } from '../../../api/dashboard/sum-figures';
import type { FiguresOfImport } from '../../../store/imports/figures';

const NOW = new Date('2026-11-29T10:00:00Z');
const NONE = { invited: 0, delivered: 0, accepted: 0, bounced: 0, unreached: 0, waiting: 0, rejected: 0 };
const TEAMS = [
  { id: 'a', name: 'Mayfair', activeStaff: true },
  { id: 'b', name: 'Harbour', activeStaff: false },
];
const one = (importId: string, day: string, teamId: string | null, figures: object): FiguresOfImport => ({
  ...{ importId, fileName: `${importId}.csv`, createdAt: new Date(`${day}T23:59:00Z`), teamId },
  figures: { ...NONE, ...figures },
});
const sum = (...found: FiguresOfImport[]) => sumFigures(found, { since: startOf(NOW, 7), days: 7, teams: TEAMS });

describe('The sums of the dashboard', () => {
  test('Seven days end with today', () => {
    const { since, days } = sum();
    expect(since).toBe('2026-11-23T00:00:00.000Z');
    expect(days.map(({ day }) => day.slice(8))).toEqual(['23', '24', '25', '26', '27', '28', '29']);
  });

  test('Each import counts on its day, and all of them in the total', () => {
    const { days, total } = sum(
      one('x', '2026-11-23', 'a', { invited: 3, accepted: 1 }),
      one('x', '2026-11-23', 'b', { invited: 4 }),
      one('y', '2026-11-29', 'a', { invited: 5 }),
    );
    expect(days.map(({ invited }) => invited)).toEqual([7, 0, 0, 0, 0, 0, 5]);
    expect(total).toEqual({ ...NONE, invited: 12, accepted: 1 });
  });

  test('The largest team comes first, and people of no team of now are together', () => {
    const { teams } = sum(
      one('x', '2026-11-23', 'gone', { invited: 1 }),
      one('x', '2026-11-23', null, { invited: 1 }),
      one('x', '2026-11-23', 'b', { waiting: 9 }),
      one('x', '2026-11-23', 'a', { invited: 3 }),
    );
    expect(teams).toEqual([
      { team: { id: 'b', name: 'Harbour' }, ready: false, ...NONE, waiting: 9 },
      { team: { id: 'a', name: 'Mayfair' }, ready: true, ...NONE, invited: 3 },
      { team: null, ready: false, ...NONE, invited: 2 },
    ]);
  });

  test('Only imports with a bounce, somebody who waits or a rejected line need attention, the most first', () => {
    const { attention } = sum(
      one('fine', '2026-11-23', 'a', { invited: 3 }),
      one('some', '2026-11-23', 'a', { invited: 3, bounced: 1 }),
      one('many', '2026-11-23', 'a', { invited: 3, bounced: 1, rejected: 1 }),
    );
    expect(attention.map(({ import: { id } }) => id)).toEqual(['many', 'some']);
  });
});
