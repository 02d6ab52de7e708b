import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dataFolderAt, loadKeys, prepareDataFolder } from '../../local/settings/data-folder';
import { openSecretBox } from '../../platform/secret-box';
import { createTempFolder } from './temp-folder';

const tempFolder = createTempFolder();
const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

test('The first call creates three different keys, which only this user may read', async () => {
  const file = tempFolder.at('new.json');
  const keys = await loadKeys(file);
  expect(Object.keys(keys)).toEqual(['systemAdministrator', 'userAdministrator', 'support']);
  for (const key of Object.values(keys)) expect(key).toMatch(/^ci_[A-Za-z0-9_-]{32}$/);
  expect(new Set(Object.values(keys)).size).toBe(3);
  expect(modeOf(file)).toBe('600');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(keys);
});

test('Later calls return the same keys, and restrict a file that others may read', async () => {
  const file = tempFolder.at('again.json');
  const first = await loadKeys(file);
  chmodSync(file, 0o644);
  expect(await loadKeys(file)).toEqual(first);
  expect(modeOf(file)).toBe('600');
});

test.each(['', '{"systemAdministrator":"x"}'])(
  'A file that holds %j is not changed, and the error names it',
  async (text) => {
    const file = tempFolder.at('broken.json');
    writeFileSync(file, text);
    await expect(loadKeys(file)).rejects.toThrow(`${file} does not hold three API keys. Remove the file`);
    expect(readFileSync(file, 'utf8')).toBe(text);
  },
);

test('The folder has a key for secrets, which only this user may read and later starts keep', async () => {
  const folder = dataFolderAt(tempFolder.at('data'));
  await prepareDataFolder(folder);
  const first = readFileSync(folder.secretsKey, 'utf8');
  expect(openSecretBox({ key: first }).canSeal).toBe(true);
  expect(modeOf(folder.secretsKey)).toBe('600');
  await prepareDataFolder(folder);
  expect(readFileSync(folder.secretsKey, 'utf8')).toBe(first);
});
