import { createScan } from './scan';
import type { Stack } from './stack';

/** Searches what a stack holds and answers for words, in plain, base64, hex or URL form. */
export function searchTraces({ db, api, url }: Pick<Stack, 'db' | 'api' | 'url'>) {
  const get = (path: string): Promise<Response> =>
    fetch(url + path, { headers: { Authorization: `Bearer ${api.key}` } });
  const nameIn = ({ headers }: Response): string => decodeURIComponent(headers.get('Content-Disposition') ?? '');
  return {
    /** An answer of any kind, as text. */
    body: async (path: string): Promise<string> => (await get(path)).text(),

    /** Each collection with a document in whose bytes a word stands: stored files are in them as they are. */
    async inDatabase(words: string[]): Promise<string[]> {
      const scan = createScan(words);
      const found = new Set<string>();
      for (const { name } of await db.listCollections().toArray())
        for await (const document of db.collection(name).find({}, { raw: true }))
          for (const word of scan(document as unknown as Buffer)) found.add(`${name}: ${word}`);
      return [...found].sort();
    },

    /** Each answer about these imports, and each list, in which a word stands. */
    async inAnswers(words: string[], importIds: string[]): Promise<string[]> {
      const scan = createScan(words);
      const ofOne = ['', '/rows?limit=500', '/report.csv', '/failed-rows.csv'];
      const lists = ['/v1/clients?limit=500', '/v1/imports?limit=500', '/v1/events.csv'];
      const paths = [...importIds.flatMap((id) => ofOne.map((path) => `/v1/imports/${id}${path}`)), ...lists];
      const hits = await Promise.all(
        paths.map(async (path) => {
          const answer = await get(path);
          return scan(Buffer.from(nameIn(answer) + (await answer.text()))).map((word) => `${path}: ${word}`);
        }),
      );
      return hits.flat();
    },
  };
}
export type TraceSearch = ReturnType<typeof searchTraces>;
