#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Prints the sources that have texts to translate, which are to be listed in POTFILES.
set -eu
cd "$(dirname "$0")/.."

grep -rlE '(^|[^[:alnum:]_])(_|N_|ngettext|trn?) ?\(|^SF_(GRAPH|KNOB|MUTANT|PROFILE) \(' \
  base cli lab models plots results sim trace --include='*.[ch]' --include='*.inc' |
  grep -vx base/gettext.h | LC_ALL=C sort
