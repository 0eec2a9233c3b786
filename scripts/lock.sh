#!/usr/bin/env bash
# Resolve requirements/*.in into locks with hashes and without addresses. run.txt takes its versions from test.txt.
set -euo pipefail
cd "$(dirname "$0")/.."
UV=.local/tools/bin/uv
OPTIONS=(-q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate)

for name in test uv node; do
    "$UV" pip compile "${OPTIONS[@]}" "$@" "requirements/$name.in" -o "requirements/$name.txt"
done
"$UV" pip compile "${OPTIONS[@]}" -c <(sed -n 's/ *\\$//; /==.*[^:]$/p' requirements/test.txt | grep -v -- --hash) requirements/run.in -o requirements/run.txt
