import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openScratchStore } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

interface Choice {
  collection: string;
  key: string[];
  /** Unique indexes that stand in the way. */
  dropped: string[];
}

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'deployment.md'), 'utf8');
const choices = [...page.matchAll(/^\| `([\w.]+)`\s+\| `\{ ([^}]+) \}`\s+\|[^|]*\|([^|]*)\|$/gm)].map(
  ([, collection, key, dropped]): Choice => ({
    collection: collection!,
    key: key!.split(', ').map((field) => field.split(':')[0]!),
    dropped: [...dropped!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!),
  }),
);

describe('The shard keys of deployment.md', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  afterAll(() => scratch.close());

  test('are those of the collections with a document a row, a person, an entry or a piece of a file', () => {
    expect(choices.map(({ collection }) => collection)).toEqual([
      ...['rows', 'invitations', 'first_sends', 'people', 'audit_entries', 'uploads.chunks'],
    ]);
  });

  test('name collections that there are', () => {
    const known = (Object.values(scratch.collections) as { collectionName: string }[]).map(
      ({ collectionName }) => collectionName,
    );
    const named = choices.map(({ collection }) => collection);
    expect(named.filter((name) => !known.includes(name))).toEqual(['uploads.chunks']);
  });

  test.each(choices)(
    '$collection: each unique index begins with it, or is named',
    async ({ collection, key, dropped }) => {
      // One that nothing has written to, and that has no index of its own, is not there yet.
      const isThere = await scratch.db.listCollections({ name: collection }).hasNext();
      const indexes = isThere ? await scratch.db.collection(collection).indexes() : [];
      expect(dropped.filter((name) => !indexes.some((index) => index.name === name && index.unique))).toEqual([]);
      const inTheWay = indexes
        // Of `_id` each shard keeps its own; ours differ by what they are made of.
        .filter(({ name, unique }) => unique && name !== '_id_')
        .filter(({ key: fields }) => key.some((field, i) => Object.keys(fields)[i] !== field))
        .map(({ name }) => name);
      expect(inTheWay).toEqual(dropped);
    },
  );
});
