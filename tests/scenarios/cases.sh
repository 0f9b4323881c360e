#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Runs the scenarios beside this script as tests. Each says what RFC or which real stack its expectations come from.
# (Meson reads one level of TAP; see lessons.sh.)
# Usage: cases.sh SYNFIN
set -o pipefail
"$1" check --format tap "$(dirname "$0")" | sed -E '/^ +(ok|[0-9]+\.\.|# Subtest)/d'
