#!/bin/sh
# SPDX-License-Identifier: MIT
#
# What lists the files of a folder lists all of them, and no others: FILES.md, and models/tcp/README.md for the .c files
# there. A row of the table names them in its first cell, and `.c` behind a header is the file of the same name.
# Usage: files.sh ROOT
set -eu
cd "$1"

n=0
result () {
  n=$((n + 1))
  echo "$1 $n $2"
}

# Prints the files that the list $1 names.
named () {
  sed -n 's/^| *\(`[^|]*\)|.*/\1/p' "$1" | while read -r cell; do
    stem=
    for name in $(echo "$cell" | tr -d '`,'); do
      case $name in
        .*) echo "$stem$name" ;;
        *) stem=${name%.*}; echo "$name" ;;
      esac
    done
  done | sort
}

# Checks that list $2 of folder $1 names the files of $3 (patterns for find, in the folder and below).
check () {
  folder=$1 list=$2
  shift 2
  there=$(cd "$folder" && find . "$@" | sed 's|^\./||' | sort)
  said=$(named "$list")
  for file in $there; do
    if echo "$said" | grep -qxF -- "$file"; then
      result ok "$list names $file"
    else
      result "not ok" "$list names $file"
    fi
  done
  for file in $said; do
    if [ ! -e "$folder/$file" ]; then
      result "not ok" "$list names $file, which is not there"
    fi
  done
}

for folder in sim lab plots; do
  check "$folder" "$folder/FILES.md" -name '*.[ch]' -o -name '*.inc'
done
check models models/FILES.md -path ./tcp -prune -o -name '*.[ch]' -print
check models/tcp models/tcp/README.md -name '*.c'
echo "1..$n"
