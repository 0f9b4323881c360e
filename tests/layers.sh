#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Dependencies point one way (docs/design.md): which folder includes headers of which others; and who may print, do I/O,
# end the program or know the time of the machine.
# Usage: layers.sh ROOT
set -eu
cd "$1"

n=0
# Reports that "$1" is so, unless there are lines in $2.
holds () {
  n=$((n + 1))
  if [ -z "$2" ]; then
    echo "ok $n $1"
  else
    echo "not ok $n $1"
    echo "$2" | sed 's/^/# /'
  fi
}

sources () {
  find "$@" -name '*.[ch]' -o -name '*.inc' | sort
}

# Prints the lines of the folders, as FILE:LINE:TEXT, without strings and comments.
code () {
  for file in $(sources "$@"); do
    sed 's/"[^"]*"/""/g; s|/\*.*\*/||; /\/\*/,/\*\//{s|/\*.*||;t;s/.*//}' "$file" | grep -n '' | sed "s|^|$file:|"
  done
}

# Folder $1 includes headers of itself and of those that $2, a pattern, names.
includes () {
  # shellcheck disable=SC2046
  holds "$1/ includes only what stands below it" \
    "$(grep -nE '^#include "' $(sources "$1") /dev/null | grep -vE "#include \"($1${2:+|$2})/" || true)"
}

includes sim ''
includes models 'sim'
includes lab 'models|sim'
includes plots 'models|sim'
includes cli 'lab|plots|models|sim'

# What is private to TCP stays there: others have its calls, and the types and tables that plans and records are made of.
# shellcheck disable=SC2046
holds "only public headers of models/tcp/ are included elsewhere" \
  "$(grep -nE '#include "models/tcp/' $(sources models sim lab plots cli | grep -v '^models/tcp/') |
     grep -vE '"models/tcp/(tcp|seq|state|profile)\.h"' || true)"
# shellcheck disable=SC2046
holds "plots/ knows nothing of TCP's code" "$(grep -nE '#include "models/tcp/' $(sources plots) || true)"

# None of the folders $3 and on uses a name of $2.
lacks () {
  what=$1 names=$2
  shift 2
  holds "$what" "$(code "$@" | grep -E "(^|[^[:alnum:]_])($names)([^[:alnum:]_]|$)" || true)"
}

lacks 'nothing below cli/ prints' \
  'printf|fprintf|puts|fputs|putchar|stdout|stderr|g_print|g_printerr|g_message|g_warning' sim models lab plots
lacks 'only cli/ ends the program' '(exit|_exit|abort) \(.*' sim models lab plots
io='(fopen|fread|fwrite|open|read|write|close|g_file_[a-z_]*|g_spawn_[a-z_]*|g_subprocess_[a-z_]*) \(.*'
lacks 'nothing in sim/ and models/ does I/O' "$io" sim models
# gnuplot is a program, which reads and writes files.
holds 'nothing in plots/ does I/O but where gnuplot is run' \
  "$(code plots | grep -v '^plots/gnuplot\.c:' | grep -wE "$io" || true)"
# How often what came of a sweep is committed and told has no influence on what that is.
holds 'nothing simulated knows the clock or the dice of the machine' \
  "$(code sim models lab plots | grep -vE '^lab/sweep_(run|lanes)\.c:' |
     grep -E '(^|[^[:alnum:]_])(time|clock_gettime|gettimeofday|g_get_[a-z]*_time|rand|random|srand|g_rand[a-z_]*) \(' || true)"
lacks 'no order comes from a hash table' 'g_hash_table_(iter_init|foreach|get_keys|get_values)' sim models lab plots cli
# A gsize is the flag of g_once_init_enter(), which fills a table in.
holds 'sim/ and models/ have no global that changes' \
  "$(code sim models | grep -E ':[0-9]+: *(static|extern) [^(]*[;=]' | grep -vwE 'const|gsize' || true)"
echo "1..$n"
