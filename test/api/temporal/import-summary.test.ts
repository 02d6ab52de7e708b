import { summaryOf } from '../../../api/temporal/import-summary';

const uploaded = {
  kind: 'clients',
  source: 'file',
  bytes: 24_000,
  createdAt: new Date('2026-11-29T01:52:36Z'),
  createdByRole: 'userAdministrator',
} as const;

test.each([
  ['a file of text', { lineBreaks: 501 }, 'clients, about 500 lines, by user administrator, 2026-11-29 01:52 UTC'],
  ['a file of one line', { lineBreaks: 2 }, 'clients, about 1 line, by user administrator, 2026-11-29 01:52 UTC'],
  ['a workbook', {}, 'clients, a file of 24 kB, by user administrator, 2026-11-29 01:52 UTC'],
  ['a person', { source: 'by-hand' }, 'clients, 1 person by hand, by user administrator, 2026-11-29 01:52 UTC'],
] as const)('The summary of %s in the Temporal UI reads as such', (_, change, summary) => {
  expect(summaryOf({ ...uploaded, ...change })).toBe(summary);
});
