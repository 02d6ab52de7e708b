import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Shell } from '../../../cli/completion/index';

const run = promisify(execFile);
const DEADLINE_MS = 20_000;

export const isInstalled = (shell: Shell): boolean => spawnSync(shell, ['--version']).status === 0;

export interface CompletionOf {
  /** The completion as a file. */
  script: string;
  /** The last one is begun. */
  words: readonly string[];
  /** A path that is free. */
  scratch: string;
  /** A folder with the program, which is asked for ids. */
  bin?: string;
}

/** What Tab offers behind these words, from a real shell that has loaded the script, in the order of the alphabet. */
export async function offeredBy(shell: Shell, completion: CompletionOf): Promise<string[]> {
  const offered = await OFFERED[shell](completion);
  return [...new Set(offered.split('\n').filter(Boolean))].sort();
}

const OFFERED: Readonly<Record<Shell, (completion: CompletionOf) => Promise<string>>> = {
  bash: ({ script, words, bin }) => output('bash', ['-c', BASH, script, ...words], bin),
  fish: async ({ script, words, bin }) =>
    (await output('fish', ['--no-config', '-c', 'source $argv[1]; complete -C $argv[2]', script, words.join(' ')], bin))
      .split('\n')
      .map((line) => line.split('\t')[0])
      .join('\n'),
  zsh: async ({ script, words, scratch, bin }) => {
    await output('zsh', ['-f', '-c', ZSH, 'zsh', script, words.join(' '), scratch], bin);
    return readFileSync(scratch, 'utf8').replace(/END\n$/, '');
  },
};

const output = async (shell: Shell, args: string[], bin = '/nowhere'): Promise<string> => {
  const env = { ...process.env, PATH: `${bin}:${process.env['PATH']}` };
  return (await run(shell, args, { timeout: DEADLINE_MS, env })).stdout;
};

const BASH = 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _client_import; printf "%s\\n" "${COMPREPLY[@]}"';

/** An interactive zsh on a terminal of its own, with a key that completes, notes what was offered, and ends. */
const ZSH = `
zmodload zsh/zpty
script=$1 line=$2 noted=$3
zpty shell zsh -f -i
zpty -w shell "autoload -Uz compinit; compinit -D -u; source \${(q)script}"
zpty -w shell "compadd() { local -a found; builtin compadd -O found \\"\\$@\\"; print -rl -- \\$found >> \${(q)noted}; builtin compadd \\"\\$@\\" }"
zpty -w shell "finish() { zle complete-word; print END >> \${(q)noted}; exit }; zle -N finish; bindkey '^T' finish; print RE''ADY"
zpty -r shell seen '*READY'
zpty -w -n shell "$line"$'\\x14'
while ! grep -qs '^END$' $noted; do sleep 0.02; done
`;
