/** The hidden first word with which the scripts ask for candidates. */
export const COMPLETE_WORD = '__complete'

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

const BASH = `# Completion of mctrack for bash. To have it in every shell:
#   mctrack completion bash > ~/.local/share/bash-completion/completions/mctrack
_mctrack() {
  local value about words=("\${COMP_WORDS[@]:1:COMP_CWORD}") quote='^["'\\'']'
  COMPREPLY=()
  while IFS=$'\\t' read -r value about; do
    # Within quotes nothing else needs quoting.
    [[ \${COMP_WORDS[COMP_CWORD]} =~ $quote ]] || value=$(printf '%q' "$value")
    COMPREPLY+=("$value")
  done < <("\${COMP_WORDS[0]}" ${COMPLETE_WORD} "\${words[@]//[\\\\\\"\\']/}" 2>/dev/null)
}
complete -o default -F _mctrack mctrack
`

const ZSH = `#compdef mctrack
# Completion of mctrack for zsh. To have it in every shell, with a directory of your fpath:
#   mctrack completion zsh > ~/.zfunc/_mctrack
_mctrack() {
  local -a candidates
  local value about
  while IFS=$'\\t' read -r value about; do
    candidates+=("\${value//:/\\\\:}:\${about}")
  done < <("\${words[1]}" ${COMPLETE_WORD} "\${(@Q)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#candidates} )); then
    _describe -t commands 'mctrack' candidates
  else
    _files
  fi
}
if [[ "\${funcstack[1]}" == "_mctrack" ]]; then
  _mctrack "$@"
else
  compdef _mctrack mctrack
fi
`

const FISH = `# Completion of mctrack for fish. To have it in every shell:
#   mctrack completion fish > ~/.config/fish/completions/mctrack.fish
function __mctrack_complete
    set -l typed (commandline -opc) (commandline -ct)
    $typed[1] ${COMPLETE_WORD} $typed[2..-1] 2>/dev/null
end
complete -c mctrack -f -a '(__mctrack_complete)'
`

/** The script that a shell reads to complete commands of mctrack; candidates come from the command itself. */
export function completionScript(shell: Shell): string {
  return { bash: BASH, zsh: ZSH, fish: FISH }[shell]
}
