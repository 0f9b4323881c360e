#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Every header compiles alone: whoever includes it needs to know of no other.
# Usage: headers.sh ROOT COMPILER...
set -eu
root=$1
shift
cd "$root"
flags="-std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Werror -I. $(pkg-config --cflags gio-2.0 gsl jansson libfyaml)"

n=0
for header in $(find sim base models trace lab plots results cli tests -name '*.h' | sort); do
  n=$((n + 1))
  # Included, not compiled itself: a main file may not hold `#pragma once`.
  # shellcheck disable=SC2086
  if errors=$(echo "#include \"$header\"" | "$@" $flags -fsyntax-only -x c - 2>&1); then
    echo "ok $n $header"
  else
    echo "not ok $n $header"
    echo "$errors" | sed 's/^/# /'
  fi
done
echo "1..$n"
