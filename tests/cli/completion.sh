#!/bin/bash
# SPDX-License-Identifier: MIT
#
# The completion for bash: what it offers where. The test sets the variables that bash sets from the words of a line.
# Usage: completion.sh SYNFIN
. "$(dirname "$0")/../support/check.sh"
. "$root/cli/synfin.bash"

# Records what the completion asks bash to add.
compopt() { echo "$*" >>compopt; }

# offers WORD...: completes the last word; writes the offers to the file out.
offers() {
  : >compopt
  COMP_WORDS=("$synfin" "$@")
  COMP_CWORD=$#
  COMPREPLY=()
  _synfin 2>err
  printf '%s\n' "${COMPREPLY[@]}" >out
}

offered() { grep -qxF -- "$1" out; }
not_offered() { ! grep -qF -- "$1" out; }
only() { [[ $(tr '\n' ' ' <out) == "$1 " ]]; }
told() { grep -qF -- "$1" compopt; }

# All options of every command in the help are offered.
all_options() {
  local option seen=
  for option in $(LC_ALL=C "$synfin" "$1" --help | grep -oE '^ +(-., )?--[a-z-]+' | grep -oE -- '--[a-z-]+'); do
    offered "$option" || return 1
    seen=1
  done
  [[ $seen ]]
}

offers ''
check 'commands are offered' offered lessons
check 'what is not for people is not' not_offered complete
offers qu
check 'a command is completed' only quiz
commands=$(LC_ALL=C "$synfin" --help | sed -nE '/^Commands:/,/^$/ s/^  ([a-z-]+) .*/\1/p')
before=$n
for command in $commands; do
  offers "$command" --
  check "all options of $command are offered" all_options "$command"
done
some commands "$before"

offers run three
check 'a lesson is completed by its name' offered three-way
touch thrown.yaml thrown.txt
mkdir three.d
offers run th
check 'so is a scenario in the folder' offered thrown.yaml
check 'and a folder' offered three.d/
check 'but no other file' not_offered thrown.txt
offers lessons thr
check 'the command lessons takes no file' not_offered thrown.yaml

offers run late-data --variant ''
check 'variants of the scenario are offered' offered no-time-wait
check 'the standard run, too' offered standard
offers run --variant = no-time-wait-b late-data
COMP_CWORD=4 COMPREPLY=()
_synfin
printf '%s\n' "${COMPREPLY[@]}" >out
check 'also behind a = and before the scenario' only no-time-wait-but-a-clock
offers quiz late-data --variant no-time-wait-b
check 'quiz has them, too' only no-time-wait-but-a-clock

offers run three-way --voice ''
check 'a choice is offered its words' offered letters
offers sweep handshake-loss --pictures ''
check 'so are formats, of which several may be given' offered none

offers run three-way --set hosts.server.tcp.ms
check 'knobs of a host are offered for --set' offered hosts.server.tcp.msl=
check 'no space is put behind it' told nospace
offers run three-way --set = run.unt
check 'so are limits of the run' only run.until=
offers run three-way --set hosts.server.tcp.msl = ''
check 'nothing is offered for its value' only ''

offers check --format ''
check 'formats are those that the help names' only 'human tap junit json'
offers grade -f g
check 'so behind the short option' only gradescope
offers run --color = a
check 'also behind =' only 'auto always'
offers plot s
check 'kinds of pictures are offered' only 'sequence stevens states'
offers plot sequence lost-syn-
check 'then lessons' only lost-syn-ack
offers run three-way --out ''
check 'directories where one is asked for' told dirnames


touch results.sqlite
offers sweep three-way --vary hosts.server.tcp.ms
check 'what can be set can vary' offered hosts.server.tcp.msl=
offers sweep three-way --sample ''
check 'ways to choose points are offered' only 'grid list'
offers sweep res
check 'results are offered to sweep' offered results.sqlite
offers run --replay ''
check 'files where a database is asked for' told default
offers sweep-merge -o all.sqlite res
check 'and as shards' told default

echo "1..$n"
