import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { IMPORT_STATUSES } from '../../contract/import-status';
import { readRunBook } from '../drill/run-book';
import { SITUATIONS } from '../drill/situations/all';

const ROOT = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const sections = readRunBook(read('docs/operations.md'));
const titles = sections.map(({ title }) => title);

describe('The run book', () => {
  test('has commands for each status and each alert', () => {
    const { groups } = parse(read('deploy/helm/client-import/files/alerts.yaml'), { merge: true }) as {
      groups: { rules: { alert: string }[] }[];
    };
    const alerts = groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));
    expect(alerts.filter((alert) => !titles.includes(alert))).toEqual([]);
    const named = titles.flatMap((title) => title.split(', '));
    expect(IMPORT_STATUSES.filter((status) => !named.includes(status))).toEqual([]);
  });

  test('has a way to try each section, and `npm run drill` tries nothing else', () => {
    expect([...titles].sort()).toEqual(Object.keys(SITUATIONS).sort());
  });

  test('says in each section what a command comes to show, and asks of a person what the drill can do', () => {
    for (const { title, steps } of sections) {
      const persons = steps.filter(({ kind }) => kind === 'person');
      expect([title, persons.length]).toEqual([title, SITUATIONS[title]!.persons?.length ?? 0]);
      expect([title, steps.some(({ expected }) => expected !== undefined)]).toEqual([title, true]);
    }
  });

  test('is read as it is written', () => {
    const page =
      '### `a`, `b`\n```sh drill\nlist  # → ID\n# Start it.\n```\n```sh\nnot this\n```\n```sh drill\nmore\n```\n';
    expect(readRunBook(page)).toEqual([
      {
        title: 'a, b',
        steps: [
          { line: 3, kind: 'command', text: 'list', expected: 'ID' },
          { line: 4, kind: 'person', text: 'Start it.' },
          { line: 10, kind: 'command', text: 'more' },
        ],
      },
    ]);
  });
});
