#!/bin/bash
# SPDX-License-Identifier: MIT
#
# The man pages are well-formed and have all commands, options and keys; docs/commands.md is up to date. To write it
# anew: tests/docs/man.sh SYNFIN --write
# Usage: man.sh SYNFIN [--write]
. "$(dirname "$0")/../support/check.sh"

page() { python3 "$root/docs/man/command_page.py" "$root/docs/man/$1" "$synfin" 0 "${@:2}"; }

if [[ ${2-} == --write ]]; then
  page commands.md.in --markdown >commands.md && cp commands.md "$root/docs/commands.md"
  exit
fi

# shows PAGE TEXT: the formatted page has the text.
shows() { grep -qF -- "$2" "$1.txt"; }

# well_formed PAGE
well_formed() {
  groff -man -Tutf8 -Kutf8 -ww "$1" 2>err | sed 's/\x1b\[[0-9;]*m//g; s/.\x08//g' >"$1.txt"
  [[ ! -s err && -s $1.txt ]]
}

page synfin.1.in >synfin.1
python3 "$root/docs/man/scenario_page.py" "$root/docs/man/synfin-scenario.5.in" "$root/docs/scenario.schema.json" \
  0 >synfin-scenario.5

if command -v groff >/dev/null; then
  for name in synfin.1 synfin-scenario.5; do
    check "$name is well-formed" well_formed "$name"
  done
  before=$n
  for command in $("$synfin" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p'); do
    check "synfin.1 has the command $command" shows synfin.1 "synfin $command"
    options=$n
    for option in $("$synfin" "$command" --help --lang en | grep -o '^ .* --[a-z-]*' | grep -o -- '--.*'); do
      check "synfin.1 has $option of $command" shows synfin.1 "$option"
    done
    some "options of $command" "$options"
  done
  some 'commands' "$before"
  for key in gilbert-elliott link-down user-timeout predict rto-initial mutants; do
    check "synfin-scenario.5 has $key" shows synfin-scenario.5 "$key"
  done
else
  n=$((n + 1))
  echo "ok $n - the man pages are well-formed # SKIP there is no groff"
fi

page commands.md.in --markdown >commands.md
check "docs/commands.md is up to date (else run 'tests/man.sh SYNFIN --write')" cmp commands.md "$root/docs/commands.md"

echo "1..$n"
