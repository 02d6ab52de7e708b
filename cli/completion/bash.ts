import type { CompletedCommand } from './commands-of';
import { anyOf, beforeIds, ID_KINDS, quote, stepsOf, valuesOf } from './quote';

/** Where nothing of its own fits, bash completes names of files. */
export function bashScript(name: string, commands: readonly CompletedCommand[]): string {
  const values = valuesOf(commands).map(({ at, choices }) => {
    const words = choices.length > 0 ? `COMPREPLY=($(compgen -W ${quote(choices.join(' '))} -- "$cur")); ` : '';
    return `    ${anyOf(at)}) ${words}return ;;`;
  });
  const words = commands.map(({ path, subcommands, options, words: ofArguments }) => {
    const others = [...subcommands.map((one) => one.name), ...ofArguments].join(' ');
    return `    ${quote(path)}) flags=${quote(options.flatMap(({ flags }) => flags).join(' '))}; words=${quote(others)} ;;`;
  });
  const asked = ID_KINDS.map((of) => {
    const { first, any } = beforeIds(commands, of);
    return `      ${anyOf([...first, ...any.map((path) => `${path} *`)])}) words+=" $(_client_import_ids ${of} "$cur")" ;;`;
  });
  return `# Completion of ${name} for bash.
_client_import_ids() {
  local i profile=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    [[ \${COMP_WORDS[i]} == --profile ]] && profile=(--profile "\${COMP_WORDS[i + 1]}")
  done
  "\${COMP_WORDS[0]}" complete "\${profile[@]}" "$1" "$2" 2> /dev/null | cut -f 1
}
_client_import() {
  local cur=\${COMP_WORDS[COMP_CWORD]} at='' next flags words i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    next="\${at:+$at }\${COMP_WORDS[i]}"
    case $next in
      ${anyOf(stepsOf(commands))}) at=$next ;;
    esac
  done
  case "\${at:+$at }\${COMP_WORDS[COMP_CWORD - 1]}" in
${values.join('\n')}
  esac
  case $at in
${words.join('\n')}
  esac
  if [[ $cur != -* ]]; then
    # An id is the first word behind its command; some commands take several.
    case \${at##* } in \${COMP_WORDS[COMP_CWORD - 1]}) next=$at ;; *) next="$at *" ;; esac
    case $next in
${asked.join('\n')}
    esac
  fi
  if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W "$flags" -- "$cur"))
  else COMPREPLY=($(compgen -W "$words" -- "$cur")); fi
}
complete -o default -o bashdefault -F _client_import ${name}
`;
}
