# SPDX-License-Identifier: MIT
#
# Completion of synfin for bash. Commands and options are read from the program's own help; their choices, and the
# names of lessons, variants and values, are asked from it, so that nothing here gets out of date.

# Prints the first argument that is a scenario, not an option nor the value of one.
_synfin_scenario () {
  local command=$1 skip='' word
  shift
  [[ $command != plot ]] || shift
  for word; do
    if [[ -n $skip ]]; then
      skip=''
    elif [[ $word == = ]]; then
      skip=yes
    elif [[ $word == -?* ]]; then
      [[ $word == *=* ]] || ! grep -qE -- "(^| )$word=" <<<"$_synfin_help" || skip=yes
      [[ $word != -[a-z] ]] || ! grep -qE -- "^ *$word, --[a-z-]+=" <<<"$_synfin_help" || skip=yes
    else
      echo "$word"
      return
    fi
  done
}

# Completes the value of option $2 of command $1, whose help is line $3.
_synfin_value () {
  local words program=${COMP_WORDS[0]} scenario
  scenario=$(_synfin_scenario "$1" "${COMP_WORDS[@]:2:COMP_CWORD-2}" "${COMP_WORDS[@]:COMP_CWORD+1}")
  case $2 in
    --variant | --against)
      words=$("$program" complete variants "$scenario" 2>/dev/null) ;;
    --set | --vary)
      words=$("$program" complete paths "$scenario" 2>/dev/null)
      compopt -o nospace ;;
    *)
      case $3 in
        *=DIR\ *) compopt -o dirnames; return ;;
        *=FILE* | *=DB* | *=*\|DIR*) compopt -o default; return ;;
        *) words=$("$program" "$1" --choices="${2#--}" 2>/dev/null) ;;
      esac ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}

# Completes an argument of command $1 that is no option; $2 is how many there are before.
_synfin_argument () {
  local program=${COMP_WORDS[0]} words=
  case $1 in
    grade) compopt -o dirnames; return ;;
    knobs) return ;;
    sweep-merge) compopt -o default; return ;;
    plot)
      if [[ $2 == 0 ]]; then
        words=$(sed -nE '/Kinds:/,/Options:/ s/^  ([a-z]+) .*/\1/p' <<<"$_synfin_help")
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
        return
      fi ;;
  esac
  words=$("$program" lessons --names 2>/dev/null)
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur"; [[ $1 == lessons ]] || compgen -f -X '!*.yaml' -- "$cur"
                           [[ $1 != sweep ]] || compgen -f -X '!*.sqlite' -- "$cur"
                           [[ $1 == lessons ]] || compgen -d -S / -- "$cur")
}

_synfin () {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} program=${COMP_WORDS[0]}
  local command=${COMP_WORDS[1]} line n=0 word _synfin_help
  COMPREPLY=()

  if [[ $COMP_CWORD == 1 ]]; then
    mapfile -t COMPREPLY < <(compgen -W "--help --version $(LC_ALL=C "$program" --help 2>/dev/null |
      sed -nE '/^Commands:/,/^$/ s/^  ([a-z-]+) .*/\1/p')" -- "$cur")
    return
  fi
  _synfin_help=$(LC_ALL=C "$program" "$command" --help 2>/dev/null) || return
  # The shell makes words of their own of what stands before and behind a '='.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]]; then
    prev=${COMP_WORDS[COMP_CWORD-2]}
  fi
  # A path of --set or --vary has its own '=', behind which is nothing to complete.
  [[ ${COMP_WORDS[COMP_CWORD-2]} != --@(set|vary) || $prev != *.* ]] || return
  [[ $prev != *.* || ${COMP_WORDS[COMP_CWORD-1]} != = ]] || return

  if [[ $prev == -* ]] && line=$(grep -m 1 -E -- "^ *(-., )?$prev=|^ *$prev, --[a-z-]+=" <<<"$_synfin_help"); then
    [[ $prev == --* ]] || prev=--$(sed -E 's/^ *-., --([a-z-]+)=.*/\1/' <<<"$line")
    _synfin_value "$command" "$prev" "$line"
  elif [[ $cur == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(grep -oE -- '^ +(-., )?--[a-z-]+' <<<"$_synfin_help" | grep -oE -- '--[a-z-]+')" -- "$cur")
  else
    for word in "${COMP_WORDS[@]:2:COMP_CWORD-2}"; do
      [[ $word == -* ]] || n=$((n + 1))
    done
    _synfin_argument "$command" "$n"
  fi
}

complete -F _synfin synfin
