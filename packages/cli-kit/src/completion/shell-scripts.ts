// What each shell has to run at a TAB. Every script asks the program itself, by `--get-completions WORD… CURRENT`
// (complete.ts), and leaves files, folders and commands to the shell.

/** bash 3.2, which macOS has, knows neither `mapfile` nor negative indexes nor `compopt`. */
export function bash(programs: readonly string[]): string {
  return `# bash completion for ${programs.join(', ')}
_loop_runner() {
  local program="\${COMP_WORDS[0]##*/}" index=0 word part strip line item kind=':files'
  local -a words
  # bash cuts words at = and at a colon; the program gets them whole.
  local glue=''
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    if ((index > 0)) && [[ -n $glue || $word == [=:]* ]]; then
      words[index - 1]+="$word"
    else
      words[index]="$word"
      ((index += 1))
    fi
    glue=''
    case "$word" in *[!=:]*) ;; ?*) glue=1 ;; esac
  done
  part="\${COMP_WORDS[COMP_CWORD]}"
  case "$part" in *[!=:]*) ;; *) part='' ;; esac
  strip="\${words[index - 1]%"$part"}"
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :* ]]; then
      kind="$line"
      continue
    fi
    item="\${line%%$'\\t'*}"
    item="\${item#"$strip"}"
    [[ $item == *[[:space:]\\'\\"\\$\\\\]* ]] && item="$(printf %q "$item")"
    COMPREPLY+=("$item")
  done < <("$program" --get-completions "\${words[@]}" 2> /dev/null)
  if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *[/=] ]]; then compopt -o nospace 2> /dev/null; fi
  case "$kind" in
    :nothing) compopt +o default +o bashdefault 2> /dev/null ;;
    :commands) while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -c -- "$part") ;;
    :folders) compopt -o dirnames 2> /dev/null ;;
    # Without words of ours bash completes files by itself.
    :files) [[ \${#COMPREPLY[@]} -gt 0 ]] && compopt -o plusdirs 2> /dev/null ;;
  esac
  return 0
}
complete -o bashdefault -o default -F _loop_runner ${programs.join(' ')}
`
}

export function zsh(programs: readonly string[]): string {
  return `#compdef ${programs.join(' ')}
_loop_runner() {
  local line word item kind
  local -a lines closed open
  lines=("\${(@f)$("\${words[1]:t}" --get-completions "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2> /dev/null)}")
  kind=\${lines[-1]:-:files}
  for line in "\${(@)lines[1,-2]}"; do
    word=\${line%%$'\\t'*}
    item="\${word//:/\\\\:}"
    [[ -n \${line#*$'\\t'} ]] && item+=":\${line#*$'\\t'}"
    if [[ $word == *[/=] ]]; then open+=("$item"); else closed+=("$item"); fi
  done
  (( $#closed )) && _describe -t words 'completion' closed
  (( $#open )) && _describe -t words 'completion' open -S ''
  case $kind in
    :files) compset -P '--[^=]#='; _files ;;
    :folders) compset -P '--[^=]#='; _files -/ ;;
    :commands) _command_names -e ;;
  esac
}
if [[ "\${zsh_eval_context[-1]}" == loadautofunc ]]; then
  _loop_runner "$@"
else
  compdef _loop_runner ${programs.join(' ')}
fi
`
}

export function fish(programs: readonly string[]): string {
  return `# fish completion for ${programs.join(', ')}
function __loop_runner_complete
    set -l words (commandline -opc)
    set -l program (string replace -r '.*/' '' -- $words[1])
    set -e words[1]
    set -l current (commandline -ct)
    set -l before (string match -r -- '^--[^=]*=' "$current")
    set -l part (string replace -r -- '^--[^=]*=' '' "$current")
    for line in (command $program --get-completions $words "$current" 2> /dev/null)
        switch $line
            case ':files'
                string replace -r '^' -- "$before" (__fish_complete_path "$part")
            case ':folders'
                string replace -r '^' -- "$before" (__fish_complete_directories "$part")
            case ':commands'
                __fish_complete_command
            case ':nothing'
            case '*'
                echo $line
        end
    end
end
${programs.map((name) => `complete -c ${name} -f -a '(__loop_runner_complete)'`).join('\n')}
`
}
