#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Languages: every text has a fitting translation, people get theirs on a machine without any locale, and output for
# programs is the same in all languages.
# Usage: language.sh SYNFIN
. "$(dirname "$0")/../support/check.sh"

# The catalog. The options are those of po/meson.build.

texts() {
  sed -n "s/^ *'\(--.*\)',\$/\1/p" "$root/po/meson.build" |
    xargs xgettext --directory="$root" --files-from="$root/po/POTFILES" --output=-
}

"$root/po/potfiles.sh" >found
LC_ALL=C sort "$root/po/POTFILES" >listed
run diff listed found
check 'po/POTFILES lists every file with texts' status_is 0
texts >synfin.pot
check 'there are texts' test -s found -a -s synfin.pot
for catalog in "$root"/po/*.po; do
  lang=$(basename "$catalog" .po)
  run msgfmt --check --output-file=/dev/null "$catalog"
  check "$lang: formats agree" status_is 0
  run msgcmp "$catalog" synfin.pot
  check "$lang: every text of the program is translated (else: ./dev translate)" status_is 0
done

# Who gets what. None of these locales need be installed.

in_language() { [[ $status == 0 ]] && says out "$1"; }
english='Usage: synfin' chinese='用法：synfin'
while IFS='|' read -r variables expected; do
  run env -u LANG -u LANGUAGE -u LC_ALL -u LC_MESSAGES ${variables:+$variables} "$synfin" --help
  check "a person with ${variables:-no locale}" in_language "$expected"
done <<END
|$english
LANG=C|$english
LANG=en_US.UTF-8|$english
LANG=de_DE.UTF-8|$english
LANG=zh_CN.UTF-8|$chinese
LANG=zh_TW.UTF-8|$chinese
LC_ALL=zh_CN.UTF-8 LANG=en_US.UTF-8|$chinese
LC_MESSAGES=zh_CN.UTF-8 LANG=en_US.UTF-8|$chinese
LC_ALL=C LANG=zh_CN.UTF-8|$english
LC_ALL=C LANGUAGE=zh|$english
LANG=C.UTF-8 LANGUAGE=zh|$chinese
LANGUAGE=zh|$chinese
LANG=fr_FR.UTF-8 LANGUAGE=fr:zh:en|$chinese
LANG=zh_CN.UTF-8 LANGUAGE=en|$english
END

export LANG=zh_CN.UTF-8
unset LC_ALL LANGUAGE
cp "$root/tests/scenarios/lost_syn_ack.yaml" good.yaml
sed 's/200ms, 600ms/200ms, 700ms/' good.yaml >fails.yaml

before=$n
for command in $(LANG=C "$synfin" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p'); do
  run "$synfin" "$command" --help --lang en
  check "$command --help in English" in_language 'Usage:'
  run "$synfin" "$command" --help
  check "$command --help in Chinese" in_language '用法：'
done
some commands "$before"
run "$synfin" run good.yaml --lang en
check '--lang en overrides the locale' in_language '7 of 7 expectations hold'
run "$synfin" run good.yaml --lang zh_CN.UTF-8
check '--lang takes a locale' in_language '7 个预期中 7 个成立'
run "$synfin" run good.yaml
check 'the timeline is in Chinese' in_language 'RTO 到期：1 s'
run "$synfin" run good.yaml --lang xx
check 'a language without a catalog' eval 'status_is 2 && says err "--lang"'

# Machines.

run env LANG=C "$synfin" run --out english fails.yaml
run "$synfin" run --out locale fails.yaml
check 'the screen is in the language of the locale' eval 'status_is 1 && says out 实际'
run diff -r english locale
check 'files are not' status_is 0
run "$synfin" run --out asked --lang zh fails.yaml
run diff -rq english asked
check '--lang is for the files that people read' \
  eval 'says out timeline.txt && ! grep -qE "trace.jsonl|capture.pcapng|summary.json" out'
check 'a timeline in Chinese' says asked/standard/timeline.txt 'RTO 到期：1 s'
"$synfin" plot --lang en sequence good.yaml -o english.svg
run "$synfin" plot sequence good.yaml -o locale.svg
check 'a picture depends on no locale' cmp english.svg locale.svg
run "$synfin" plot sequence --format txt good.yaml
check 'a timeline on the screen does' in_language 'RTO 到期：1 s'
run "$synfin" run --ascii good.yaml
check '--ascii is English' eval 'in_language "RTO expires: 1 s"'
run "$synfin" run --ascii --lang zh good.yaml
check '--ascii is not Chinese' eval 'status_is 2 && says err "--lang"'
for format in tap junit json; do
  LANG=C "$synfin" check --format $format fails.yaml >english.$format
  run "$synfin" check --format $format fails.yaml
  check "$format is in English for everybody" cmp out english.$format
  run "$synfin" check --format $format --lang zh fails.yaml
  check "$format is in English whatever is asked" cmp out english.$format
done
echo "1..$n"
