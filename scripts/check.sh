#!/usr/bin/env bash
# The checks, cheap ones first: `scripts/check.sh`, or one stage: `scripts/check.sh lint|types|templates|words|sqlite|postgresql|browser`.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
WORKERS=${WORKERS:-2}

lint() {
    ruff check .
    ruff format --check .
    lint-imports --no-logo 2>/dev/null || lint-imports
}

types() { mypy; }

templates() { djlint --quiet --lint templates; }

words() { python scripts/catalogue.py check; }

sqlite() { pytest -n "$WORKERS" --ignore=tests/e2e -p no:cacheprovider "$@"; }

postgresql() { pytest -n "$WORKERS" --ignore=tests/e2e -p no:cacheprovider --database=postgresql "$@"; }

browser() {
    if ! compgen -G 'tests/e2e/test_*.py' >/dev/null; then return; fi
    pytest tests/e2e -p no:cacheprovider "$@"
}

stage() {
    local started=$SECONDS
    printf '\n== %s\n' "$1"
    "$@"
    printf '== %s: %d s\n' "$1" $((SECONDS - started))
}

if [ $# -gt 0 ]; then
    stage "$@"
else
    for name in lint types templates words sqlite postgresql browser; do stage "$name"; done
fi
