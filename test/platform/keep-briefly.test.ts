import { keepBriefly } from '../../platform/keep-briefly';

describe('What is kept for a moment', () => {
  let time = 0;
  const open = (read: (key: string) => Promise<string>, most = 2) => {
    const asked: string[] = [];
    const find = keepBriefly((key) => (asked.push(key), read(key)), { ms: 100, most, now: () => time });
    return { find, asked };
  };
  beforeEach(() => (time = 0));

  test('Who asks meanwhile gets the same, and who asks later has it read again', async () => {
    const { find, asked } = open((key) => Promise.resolve(`${key} at ${time}`));
    expect(await Promise.all([find('a'), find('a')])).toEqual(['a at 0', 'a at 0']);
    time = 99;
    expect(await find('a')).toBe('a at 0');
    time = 100;
    expect(await find('a')).toBe('a at 100');
    expect(asked).toEqual(['a', 'a']);
  });

  test('A failure is not kept', async () => {
    const { find, asked } = open(() => Promise.reject(new Error('away')));
    await expect(find('a')).rejects.toThrow('away');
    await expect(find('a')).rejects.toThrow('away');
    expect(asked).toHaveLength(2);
  });

  test('The oldest key makes room', async () => {
    const { find, asked } = open((key) => Promise.resolve(key));
    for (const key of ['a', 'b', 'c', 'c', 'b', 'a']) await find(key);
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });
});
