import { resolveConnection } from '../../../cli/connection/resolve-connection';
import type { ConnectionOptions, ConnectionSources } from '../../../cli/connection/resolve-connection';
import { writeProfiles } from '../../../cli/connection/profiles';
import { createFolder } from '../cli';

const LIVE = { url: 'https://live.example.com', key: 'key-of-live' };
const TEST = { url: 'https://test.example.com', key: 'key-of-test' };

describe('The address and the key of a command', () => {
  const folder = createFolder();
  const config = folder.at('config');
  beforeAll(async () => {
    await writeProfiles(config, { current: 'live', profiles: { live: LIVE, test: TEST } });
    folder.file('noted/api-url', 'http://127.0.0.1:4100\n');
    folder.file('elsewhere/api-url', 'http://import.example.com\n');
    folder.file('data/keys.json', JSON.stringify({ systemAdministrator: 'key-of-here' }));
  });
  afterAll(() => folder.remove());

  async function resolve(options: ConnectionOptions, sources: Partial<ConnectionSources> = {}) {
    const all = { configFolder: config, dataFolders: [folder.at('none'), folder.at('data')], ...sources };
    const { url, key } = await resolveConnection(options, all);
    return [url.value, key?.value];
  }
  const empty = { configFolder: folder.at('empty') };
  const LOCAL = 'http://127.0.0.1:3000';

  test.each<[string, ConnectionOptions, Partial<ConnectionSources>, (string | undefined)[]]>([
    [
      'are those of the flags first',
      { url: 'http://a.example', key: 'k' },
      { url: 'http://b', key: 'e' },
      ['http://a.example', 'k'],
    ],
    ['are those of a profile that is named', { profile: 'test' }, { url: 'http://b', key: 'e' }, [TEST.url, TEST.key]],
    ['are those of a profile of the environment', {}, { profile: 'test' }, [TEST.url, TEST.key]],
    [
      'are those of the environment before the current profile',
      {},
      { url: 'http://b.example', key: 'e' },
      ['http://b.example', 'e'],
    ],
    ['are those of the current profile', {}, {}, [LIVE.url, LIVE.key]],
    ['are found in the profile of an address that is given', { url: `${TEST.url}/` }, {}, [`${TEST.url}/`, TEST.key]],
    ['are those of a local start where nothing else is known', {}, empty, [LOCAL, 'key-of-here']],
    [
      'are those of a local start that has noted its port',
      {},
      { ...empty, dataFolders: [folder.at('none'), folder.at('noted')] },
      ['http://127.0.0.1:4100', undefined],
    ],
    [
      'are never taken from a note that leads elsewhere',
      {},
      { ...empty, dataFolders: [folder.at('elsewhere')] },
      [LOCAL, undefined],
    ],
    [
      'are those of a local start on another port',
      { url: 'http://localhost:3411' },
      empty,
      ['http://localhost:3411', 'key-of-here'],
    ],
  ])('%s', async (_what, options, sources, found) => {
    expect(await resolve(options, sources)).toEqual(found);
  });

  test.each(['http://192.168.0.7:3000', 'https://127.0.0.1.example.com', 'https://localhost.example'])(
    'never are the key of a local start or of another profile for %s',
    async (url) => {
      expect(await resolve({ url })).toEqual([url, undefined]);
    },
  );

  test('cannot be those of a profile that does not exist', async () => {
    await expect(resolve({ profile: 'lvie' })).rejects.toThrow('There is no profile "lvie". There are: live, test.');
  });
});
