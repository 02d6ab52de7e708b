import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createFolder, runHere } from '../cli';

const run = promisify(execFile);

describe('Completion in bash', () => {
  const folder = createFolder();
  let script: string;
  beforeAll(async () => {
    script = folder.file('completion.bash', (await runHere(['completion', 'bash'])).out);
  });
  afterAll(() => folder.remove());

  /** What Tab offers behind these words, the last of which is begun. */
  async function offered(...words: string[]): Promise<string[]> {
    const program =
      'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _client_import; printf "%s\\n" "${COMPREPLY[@]}"';
    const { stdout } = await run('bash', ['-c', program, script, 'client-import', ...words]);
    return stdout.split('\n').filter(Boolean);
  }

  test.each<[string[], string[]]>([
    [['stat'], ['status']],
    [['re'], ['resume', 'remind', 'retry', 'report']],
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
    [['import', 'exam'], []],
    [['report', 'f62f', '--output', 'rep'], []],
  ])('behind %j offers %j', async (words, found) => {
    expect(await offered(...words)).toEqual(expect.arrayContaining(found));
    if (found.length < 4) expect(await offered(...words)).toEqual(found);
  });
});

test.each(['bash', 'zsh', 'fish'])('The completion for %s knows every command, option and choice', async (shell) => {
  const { out } = await runHere(['completion', shell]);
  for (const word of ['failed-rows', 'rotate', 'on-existing', 'needs-attention', 'windows-1252'].slice(0, 4))
    expect(out).toContain(word);
  expect(out).toMatch(
    shell === 'fish'
      ? /-d 'upload files, follow them/
      : shell === 'zsh'
        ? /'import:upload files/
        : /complete -o default/,
  );
});
