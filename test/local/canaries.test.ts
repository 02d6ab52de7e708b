import { createScan } from '../support/scan';
import { filesIn, leaksIn } from './canaries';
import { createTempFolder } from './temp-folder';

const tempFolder = createTempFolder();

test('A person or a link in a file is found, in whatever case, but not in the database or the mailbox of the sandbox', () => {
  tempFolder.write('data/logs/api.log', 'GET /v1/clients/CANARY0@Birds.Example 404');
  tempFolder.write('data/temporal/temporal.db-journal', 'SQLite\u0000\u0001secretLink\u0000');
  tempFolder.write('data/mongodb/diagnostic.data/metrics', 'Aviary');
  tempFolder.write('data/mongodb/collection-7-1.wt', 'Canary0');
  tempFolder.write('data/mongodb/journal/WiredTigerLog.0000000001', 'Canary0');
  tempFolder.write('data/sandbox/ledger.db', 'Canary0');
  tempFolder.write('data/keys.json', '{}');
  expect(filesIn(tempFolder.at('data')).sort()).toEqual([
    'keys.json',
    'logs/api.log',
    'mongodb/diagnostic.data/metrics',
    'temporal/temporal.db-journal',
  ]);
  expect(leaksIn(tempFolder.at('data'), ['secretLink']).sort()).toEqual([
    'logs/api.log: birds.example',
    'logs/api.log: canary',
    'mongodb/diagnostic.data/metrics: aviary',
    'temporal/temporal.db-journal: secretLink',
  ]);
});

test.each([
  ['plain', (word: string) => `{"name":"${word}"}`],
  ['base64', (word: string) => Buffer.from(`{"name":"${word}"}`).toString('base64')],
  ['base64 of something longer by one', (word: string) => Buffer.from(`{"names":"${word}"}`).toString('base64')],
  ['base64 of something longer by two', (word: string) => Buffer.from(`{"a name":"${word}"}`).toString('base64')],
  ['base64 for URLs', (word: string) => Buffer.from(`>>>???${word}`).toString('base64url')],
  ['hex', (word: string) => Buffer.from(word).toString('hex').toUpperCase()],
  [
    'spaced hex',
    (word: string) =>
      Buffer.from(word)
        .toString('hex')
        .replace(/..(?!$)/g, '$& '),
  ],
  ['a query', (word: string) => `?q=${encodeURIComponent(word)}`],
  ['a URL that escapes all', (word: string) => Buffer.from(word).toString('hex').replace(/../g, '%$&')],
])('A word in %s is found', (_form, write) => {
  const words = ['canary0@birds.example', '+447911123456', 'Zoë Ångström', 'a'.repeat(20)];
  const scan = createScan(words);
  for (const word of words) expect(scan(Buffer.from(write(word)))).toEqual([word]);
  expect(scan(Buffer.from(write('somebody else')))).toEqual([]);
});
