import { emptyProgress } from '../../../contract/progress';
import { cliCommand, runHere } from '../cli';
import { startFakeApi } from '../fake-api';
import type { FakeApi } from '../fake-api';
import { importView } from '../output/import-view';
import { runOnTerminal } from '../pseudo-terminal';

const ID = 'f62ff629-2eb4-4a8c-bc1a-36085ba1da50';

describe('A command that is stopped while it follows an import', () => {
  let api: FakeApi;
  beforeAll(async () => {
    const { rows } = emptyProgress(ID, 'inviting');
    const view = importView({
      id: ID,
      fileName: '客户名单.csv',
      status: 'inviting',
      lines: 10,
      rows: { ...rows, created: 10 },
    });
    api = await startFakeApi({ [`/v1/imports/${ID}`]: view });
  });
  afterAll(() => api.close());

  test('leaves the terminal as it was, says that the import goes on, and how to look at it', async () => {
    const { command, env } = cliCommand(['status', ID, '--watch', '--url', api.url, '--key', 'k']);
    const { code, screen } = await runOnTerminal(command, { columns: 80, stopAt: 'inviting', env });
    expect(code).toBe(130);
    // The cursor, and the wrapping of long lines.
    expect(screen).toContain('\u001b[?25l');
    expect(screen.lastIndexOf('\u001b[?25h')).toBeGreaterThan(screen.lastIndexOf('\u001b[?25l'));
    expect(screen.lastIndexOf('\u001b[?7h')).toBeGreaterThanOrEqual(screen.lastIndexOf('\u001b[?7l'));
    expect(screen).toMatch(/\r\nIt goes on; look: client-import status f62ff629 --url http:\/\/127\.0\.0\.1:\d+\r\n$/);
  });
});

describe('Colours', () => {
  const NO_ROWS = { '/v1/imports/x/rows': { data: [], next: null } };

  test.each<[string, Record<string, string>, boolean]>([
    ['are there on a terminal that has them', { TERM: 'xterm-256color' }, true],
    ['are left out where NO_COLOR is set', { TERM: 'xterm-256color', NO_COLOR: '1' }, false],
  ])('%s', async (_what, variables, isPainted) => {
    const api = await startFakeApi({ [`/v1/imports/${ID}`]: importView({ id: ID }), ...NO_ROWS });
    const { command, env } = cliCommand(['status', ID, '--url', api.url, '--key', 'k'], {
      env: { NO_COLOR: '', FORCE_COLOR: '', CI: '', ...variables },
    });
    for (const name of ['NO_COLOR', 'FORCE_COLOR']) if (!env[name]) delete env[name];
    const { code, screen } = await runOnTerminal(command, { columns: 80, env });
    await api.close();
    expect(code).toBe(0);
    expect(screen.includes('\u001b[32mcompleted')).toBe(isPainted);
    expect(screen).toContain('completed');
  });

  test('are never in what another program reads', async () => {
    const api = await startFakeApi({ [`/v1/imports/${ID}`]: importView({ id: ID }), ...NO_ROWS });
    const { out } = await runHere(['status', ID, '--url', api.url, '--key', 'k']);
    await api.close();
    expect(out).toContain('a.csv: completed.');
    expect(out).not.toContain('\u001b');
  });
});
