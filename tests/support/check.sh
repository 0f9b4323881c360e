# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# For tests from outside, which begin with it: . "$(dirname "$0")/../support/check.sh". Where things are, an empty
# folder to work in, running a command, and TAP lines of what came of it.
#
#   root     the source
#   support  tests/support
#   synfin   the argument of the test: the program, mostly
#   dir      the current folder, which is removed in the end
#   n        how many lines of TAP there were
set -u
root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
# shellcheck disable=SC2034 # for those who source it
support=$root/tests/support synfin=$(realpath "$1")
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir" || exit 1
n=0

# Tests read English messages, whatever the language of the user.
export LC_ALL=C.UTF-8
unset LANGUAGE

# Runs a command; its output goes to the files out and err, its status to $status.
run() {
  "$@" >out 2>err
  status=$?
}

# A command, to be followed by '&', that SIGINT can end: the shell lets what it starts in the background begin with
# SIGINT ignored, and whoever started the test may have done so, too.
interruptible() { exec env --default-signal=INT "$@"; }

# check NAME CONDITION...: one test. If it fails, the outputs of the last command are shown.
check() {
  local name=$1
  shift
  n=$((n + 1))
  if "$@"; then
    echo "ok $n - $name"
  else
    echo "not ok $n - $name"
    echo "# status ${status:-}: $*"
    head -n 20 out err | sed 's/^/# /'
  fi
}

# some WHAT BEFORE: something has been checked since $n was BEFORE: a loop over nothing must not pass.
some() { check "there are $1 to check" test "$n" -gt "$2"; }

status_is() { [[ $status == "$1" ]]; }
says() { grep -qF -- "$2" "$1"; }
silent() { [[ ! -s $1 ]]; }
same() { cmp -s "$1" "$2"; }

# The results of wrong use: status 2, nothing on standard output, and a message.
refused() { status_is 2 && silent out && says err "$1"; }

# together FUNCTION...: runs functions side by side, each in a new folder of its name, and prints their TAP lines in
# order. For tests that wait for something.
# shellcheck disable=SC2030,SC2031  # each group counts by itself
together() {
  local group
  for group; do
    (mkdir "$group" && cd "$group" && n=0 && "$group" && [[ $n -gt 0 ]] && echo '# done') >"$group.tap" &
  done
  wait
  for group; do
    [[ $(tail -n 1 "$group.tap") == '# done' ]] || echo "not ok 0 - $group comes to its end" >>"$group.tap"
    awk -v "n=$n" '/^(not )?ok / { sub(/ok [0-9]+/, "ok " ++n) } 1' "$group.tap"
    n=$((n + $(grep -cE '^(not )?ok ' "$group.tap")))
  done
}
