import { readFileSync, statSync } from 'node:fs';
import { cliCommand, createFolder, runHere } from '../cli';
import { startFakeApi } from '../fake-api';
import type { FakeApi } from '../fake-api';
import { runOnTerminal } from '../pseudo-terminal';

const CALLER = {
  id: 'k1',
  kind: 'key',
  name: 'Payroll',
  organisation: 'demo',
  role: 'support',
  rights: [],
  expiresAt: null,
};

describe('client-import login', () => {
  const folder = createFolder();
  let api: FakeApi;
  beforeAll(async () => {
    api = await startFakeApi({ '/v1/me': CALLER, '/v1/client-teams': { data: [], next: null } });
  });
  afterAll(async () => {
    await api.close();
    folder.remove();
  });

  const file = folder.at('config/profiles.json');
  const run = (args: string[], input?: string) =>
    runHere(args, { sources: { url: '', configFolder: folder.at('config') }, ...(input !== undefined && { input }) });

  test('keeps address and key for later commands, readable by nobody else, and never writes the key', async () => {
    const { code, out, err } = await run(['login', '--url', api.url], 'ci_from-a-pipe\n');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`Logged in to ${api.url} as Payroll, support of demo.`);
    expect(out).not.toContain('ci_from-a-pipe');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await run(['teams'])).toMatchObject({ code: 0, err: 'There is nothing to list.\n' });
    expect(api.requests.at(-1)).toMatchObject({
      authorization: 'Bearer ci_from-a-pipe',
      path: '/v1/client-teams?limit=100',
    });
  });

  test('keeps several under names, of which the last one is the current; logout forgets one', async () => {
    await run(['login', '--url', api.url, '--profile', 'second', '--key', 'ci_second']);
    await run(['teams']);
    expect(api.requests.at(-1)!.authorization).toBe('Bearer ci_second');
    await run(['teams', '--profile', 'default']);
    expect(api.requests.at(-1)!.authorization).toBe('Bearer ci_from-a-pipe');
    expect((await run(['logout'])).out).toContain('Profile second');
    expect(readFileSync(file, 'utf8')).not.toContain('ci_second');
  });

  test('says that nothing is kept where Ctrl-C is pressed in place of a key', async () => {
    const { command, env } = cliCommand(['login', '--url', api.url], {
      env: { XDG_CONFIG_HOME: folder.at('stopped') },
    });
    const { code, screen } = await runOnTerminal(command, { columns: 80, stopAt: 'not shown', env });
    expect({ code, screen }).toEqual({
      code: 1,
      screen: expect.stringMatching(/No key was given, and nothing was kept/) as string,
    });
  });

  test('keeps nothing where no API answers', async () => {
    const before = readFileSync(file, 'utf8');
    await expect(run(['login', '--url', 'http://127.0.0.1:9', '--key', 'k'])).rejects.toThrow('cannot be reached');
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});
