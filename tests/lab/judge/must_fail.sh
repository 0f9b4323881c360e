#!/bin/bash
# SPDX-License-Identifier: MIT
#
# No check holds without a reason: each kind of check, with each of its keys, is asked for what does not happen
# (must_fail.yaml), and says so.
# Usage: must_fail.sh SYNFIN
# shellcheck source=tests/support/check.sh
. "$(dirname "$0")/../../support/check.sh"
file=$root/tests/lab/judge/must_fail.yaml

"$synfin" check --format tap "$file" >out 2>err
status=$?
check 'the run is not as expected' status_is 1
check 'the file is right' test ! -s err
wanted=$(grep -cE '^  - (states|state|segments|order|exactly|delivered|error|errors|metric|ends):' "$file")
check 'there are expectations' test "$wanted" -gt 30
check 'all of them fail' test "$(grep -cE '^    not ok' out)" -eq "$wanted"
check 'none holds' test "$(grep -cE '^    ok' out)" -eq 0
while IFS= read -r kind; do
  check "$kind is among them" grep -qE "^  - $kind:" "$file"
done < <(sed -nE 's/^SF_CHECK \(([a-z_]+)\)$/\1/p' "$root/lab/judge/checks.inc")

# A run that does not end: two ends refuse each other's ACKs (RFC 9293 section 3.10.7.4, first), without a limit.
sed 's/^variants:/tcp: {refused-ack-spacing: 0s}\nrun: {max-events: 20000}\nvariants:/' \
  "$root/tests/scenarios/model/twwar.yaml" >endless.yaml
"$synfin" check --format tap endless.yaml >out 2>err
status=$?
check 'a run without end fails' status_is 1
check 'the two segments that answer each other are named' \
  grep -qF 'client > server: . 12:12(0) ack 2, server > client: . 1:1(0) ack 1' out
echo "1..$n"
