#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Runs the shipped lessons as tests. Meson reads one level of TAP and warns of every line below it, so only failures are
# passed on from the subtests.
# Usage: lessons.sh SYNFIN
set -o pipefail
"$1" check --format tap "$(dirname "$0")/../../scenarios" | sed -E '/^ +(ok|[0-9]+\.\.|# Subtest)/d'
