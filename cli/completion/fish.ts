import type { CompletedCommand, CompletedOption } from './commands-of';
import { stepsOf } from './quote';

export function fishScript(name: string, commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ path, subcommands, options, words, ids }) => {
    const here = `complete -c ${name} -n ${quoteForFish(`__client_import_at ${quoteForFish(path)}`)}`;
    return [
      ...subcommands.map((one) => `${here} -f -a ${quoteForFish(one.name)} -d ${quoteForFish(one.description)}`),
      ...(words.length > 0 ? [`${here} -f -a ${quoteForFish(words.join(' '))}`] : []),
      ...(ids
        ? [
            `${here} -n ${quoteForFish(ids.many ? 'true' : `__client_import_next ${quoteForFish(last(path))}`)} -f -a '(__client_import_ids ${ids.of})'`,
          ]
        : []),
      ...options.map((option) => `${here} ${flagsOf(option)}`),
    ];
  });
  return `# Completion of ${name} for fish.
function __client_import_at
  set -l at
  for word in (commandline -opc)[2..-1]
    set -l next (string join ' ' -- $at $word)
    contains -- $next ${stepsOf(commands).map(quoteForFish).join(' ')}; and set at $next
  end
  test "$at" = "$argv[1]"
end
function __client_import_next
  test (commandline -opc)[-1] = "$argv[1]"
end
function __client_import_ids
  set -l words (commandline -opc)
  set -l profile
  if set -l at (contains -i -- --profile $words)
    set profile --profile $words[(math $at + 1)]
  end
  $words[1] complete $profile $argv[1] (commandline -ct) 2> /dev/null
end
${lines.join('\n')}
`;
}

const last = (path: string): string => path.slice(path.lastIndexOf(' ') + 1);

function flagsOf({ flags, description, takesValue, choices }: CompletedOption): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const value = !takesValue ? [] : choices.length > 0 ? ['-x', `-a ${quoteForFish(choices.join(' '))}`] : ['-r'];
  return [...names, ...value, `-d ${quoteForFish(description)}`].join(' ');
}

/** Between single quotation marks fish knows two escapes: of the mark itself, and of the backslash. */
const quoteForFish = (text: string): string => `'${text.replace(/[\\']/g, (sign) => `\\${sign}`)}'`;
