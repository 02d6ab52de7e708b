import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { loadKeys } from '../../local/settings/keys';
import { createSandpit } from './sandpit';

const sandpit = createSandpit();
const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

test('When there are no keys yet, then three different ones are made, and only this user may read them', async () => {
  const file = sandpit.at('new.json');
  const keys = await loadKeys(file);
  expect(Object.keys(keys)).toEqual(['systemAdministrator', 'userAdministrator', 'support']);
  for (const key of Object.values(keys)) expect(key).toMatch(/^ci_[A-Za-z0-9_-]{32}$/);
  expect(new Set(Object.values(keys)).size).toBe(3);
  expect(modeOf(file)).toBe('600');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(keys);
});

test('When there are keys, then they are used again, and a file that was opened up is closed', async () => {
  const file = sandpit.at('again.json');
  const first = await loadKeys(file);
  chmodSync(file, 0o644);
  expect(await loadKeys(file)).toEqual(first);
  expect(modeOf(file)).toBe('600');
});

test.each(['', '{"systemAdministrator":"x"}'])(
  'When the file holds %j, then it is left alone and the error names it',
  async (text) => {
    const file = sandpit.at('broken.json');
    writeFileSync(file, text);
    await expect(loadKeys(file)).rejects.toThrow(`${file} does not hold the three API keys. Remove it`);
    expect(readFileSync(file, 'utf8')).toBe(text);
  },
);
