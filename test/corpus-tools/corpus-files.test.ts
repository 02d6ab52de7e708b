import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CASES, committed } from './committed';
import { CORPUS, pathOf } from '../corpus/corpus';

const COMMITTED = CORPUS.filter(({ isMadeAtRunTime }) => !isMadeAtRunTime);
const LARGEST_CORPUS = 1_500_000;

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

describe('The files of the corpus', () => {
  test('When the corpus is written anew, then every file comes out as it lies in the repository, byte for byte', async () => {
    const changed: string[] = [];
    for (const file of COMMITTED) {
      if (!Buffer.from(await file.content()).equals(committed(file))) changed.push(pathOf(file));
    }
    expect(changed).toEqual([]);
  });

  test('When a file lies among them, then the corpus tells what has to come of it', () => {
    expect(filesBelow(CASES).sort()).toEqual(COMMITTED.map(pathOf).sort());
  });

  test('When files are named, then no two share a name, which is also the mail domain of their people', () => {
    const names = CORPUS.map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    expect(names.filter((name) => !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/.test(name))).toEqual([]);
  });

  test('When they are put together, then they are small enough to be kept', () => {
    const bytes = filesBelow(CASES).reduce((sum, name) => sum + statSync(join(CASES, name)).size, 0);
    expect(bytes).toBeLessThan(LARGEST_CORPUS);
  });
});
