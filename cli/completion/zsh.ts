import type { CompletedCommand } from './commands-of';
import { anyOf, beforeIds, ID_KINDS, quote, stepsOf, valuesOf } from './quote';

export function zshScript(name: string, commands: readonly CompletedCommand[]): string {
  const values = valuesOf(commands).map(
    ({ at, choices }) =>
      `    ${anyOf(at)}) ${choices.length > 0 ? `compadd -- ${choices.map(quote).join(' ')}` : '_files'}; return ;;`,
  );
  const words = commands.map(
    ({ path, subcommands, options, words: ofArguments }) =>
      `    ${quote(path)})\n` +
      `      flags=(${options.flatMap(({ flags, description }) => flags.map((flag) => described(flag, description))).join(' ')})\n` +
      `      found=(${[...subcommands.map((one) => described(one.name, one.description)), ...ofArguments.map(quote)].join(' ')}) ;;`,
  );
  const asked = ID_KINDS.map((of) => {
    const { first, any } = beforeIds(commands, of);
    return `      ${anyOf([...first, ...any.map((path) => `${path} *`)])}) kind=${of} ;;`;
  });
  return `#compdef ${name}
# Completion of ${name} for zsh.
_client_import() {
  local at='' next i kind=''
  local -a flags found profile
  for ((i = 2; i < CURRENT; i++)); do
    next="\${at:+$at }\${words[i]}"
    case $next in
      ${anyOf(stepsOf(commands))}) at=$next ;;
    esac
  done
  case "\${at:+$at }\${words[CURRENT-1]}" in
${values.join('\n')}
  esac
  case $at in
${words.join('\n')}
  esac
  if [[ $PREFIX != -* ]]; then
    # An id is the first word behind its command; some commands take several.
    if [[ \${words[CURRENT-1]} == \${at##* } ]]; then next=$at; else next="$at *"; fi
    case $next in
${asked.join('\n')}
    esac
    if [[ -n $kind ]]; then
      i=\${words[(I)--profile]}
      (( i )) && profile=(--profile "\${words[i+1]}")
      found+=("\${(@f)$(\${words[1]} complete $profile $kind "$PREFIX" 2> /dev/null | sed 's/:/\\\\:/g; s/\t/:/')}")
      found=(\${found:#})
    fi
  fi
  if [[ $PREFIX == -* ]]; then _describe -o option flags
  elif (( \${#found} )); then _describe command found
  else _files; fi
}
if [[ $funcstack[1] == _client-import ]]; then _client_import "$@"; else compdef _client_import ${name}; fi
`;
}

/** A colon parts a word from its description. */
const described = (word: string, description: string): string =>
  quote(`${word.replaceAll(':', '\\:')}:${description.replaceAll(':', '\\:')}`);
