import { chmodSync } from 'node:fs';
import { SHELLS } from '../../../cli/completion/index';
import { createFolder, runHere } from '../cli';
import { isInstalled, offeredBy } from './shells';

const folder = createFolder();

/** In place of the program: what it writes of an API with two imports, one of which a profile sees. */
const PROGRAM = `#!/bin/sh
case "$*" in
  "complete --profile live imports "*) printf '9ad6ec35\\ta.csv, completed\\n' ;;
  "complete imports "*) printf 'f62ff629\\tb.csv, paused\\n9ad6ec35\\ta.csv, completed\\n' ;;
  "complete uploads "*) printf '352683ad\\tof 2026-11-30\\n' ;;
esac
`;
afterAll(() => folder.remove());

describe.each(SHELLS)('Completion in %s', (shell) => {
  // Not every machine has every shell; bash is everywhere.
  const testHere = shell === 'bash' || isInstalled(shell) ? test : test.skip;
  let script: string;
  beforeAll(async () => {
    script = folder.file(`completion.${shell}`, (await runHere(['completion', shell])).out);
  });

  testHere.each<[string[], string[]]>([
    [['stat'], ['status']],
    [['re'], ['remind', 'report', 'resume', 'retry']],
    [['import', '--prev'], ['--preview']],
    [
      ['import', 'a.csv', '--kind', ''],
      ['clients', 'staff'],
    ],
    [['import', '--kind', 'staff', '--on-existing', 'in'], ['invite']],
    [['list', '--status', 'needs'], ['needs-attention']],
    [
      ['template', ''],
      ['clients', 'staff'],
    ],
    [['admin', 'keys', 'ro'], ['rotate']],
    [['pause', 'f62f', '--output', 'js'], ['json']],
    [['events', '--format', 'nd'], ['ndjson']],
  ])('offers behind %j %j', async (words, found) => {
    const scratch = folder.at(`${shell}-${words.join('-')}`);
    expect(await offeredBy(shell, { script, words: ['client-import', ...words], scratch })).toEqual(found);
  });

  testHere.each<[string[], string[]]>([
    [
      ['status', ''],
      ['9ad6ec35', 'f62ff629'],
    ],
    [['status', 'f6'], ['f62ff629']],
    [['row', 'f6'], ['f62ff629']],
    [['pause', '9ad6ec35', 'f'], ['f62ff629']],
    [['--profile', 'live', 'status', '9'], ['9ad6ec35']],
    [['batch', '35'], ['352683ad']],
    [['batch', '352683ad', 'pau'], ['pause']],
  ])('offers the ids of the API behind %j %j', async (words, found) => {
    const program = folder.file('bin/client-import', PROGRAM);
    chmodSync(program, 0o755);
    const scratch = folder.at(`${shell}-ids-${words.join('-')}`);
    const line = ['client-import', ...words];
    expect(await offeredBy(shell, { script, words: line, scratch, bin: folder.at('bin') })).toEqual(found);
  });

  testHere.each([[['import', 'exam']], [['report', 'f62f', '--output', 'rep']]])(
    'leaves %j to the names of files',
    async (words) => {
      const scratch = folder.at(`${shell}-${words.join('-')}`);
      const offered = await offeredBy(shell, { script, words: ['client-import', ...words], scratch });
      const names = shell === 'bash' ? [] : words.includes('import') ? [expect.stringMatching(/^examples\/?$/)] : [];
      expect(offered).toEqual(names);
    },
  );

  test('knows every command, option and choice', async () => {
    const { out } = await runHere(['completion', shell]);
    for (const word of ['failed-rows', 'rotate', 'on-existing', 'needs-attention']) expect(out).toContain(word);
  });
});
