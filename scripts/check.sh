#!/usr/bin/env bash
# The checks, cheap ones first: `scripts/check.sh`, or one stage: `scripts/check.sh lint|types|templates|words|rules|sqlite|postgresql|browser|coverage`.
# With COVERAGE=1 the run on SQLite is measured too; where Python can do so for little (3.14 and later) it always is.
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

# What needs no database is tried once, with every line and branch of all rules counted: none may be left out.
rules() {
    rm -f .local/coverage.rules*
    COVERAGE_FILE=.local/coverage.rules pytest tests -n "$WORKERS" --ignore=tests/e2e -p no:cacheprovider \
        --override-ini=python_files='test_*rules.py' --cov --cov-report= --cov-fail-under=0 "$@"
    COVERAGE_FILE=.local/coverage.rules python -m coverage report --include='*/rules.py' --fail-under=100
}

measured_for_little() { python -c 'import sys; sys.exit(sys.version_info < (3, 14))'; }

with_database() { pytest -n "$WORKERS" --ignore=tests/e2e --ignore-glob='*/test_*rules.py' -p no:cacheprovider "$@"; }

sqlite() {
    if [ -n "${COVERAGE:-}" ] || measured_for_little; then coverage "$@"; else with_database "$@"; fi
}

# The whole product, rules and pages together; the share that must be reached stands in setup.cfg.
coverage() { pytest -n "$WORKERS" --ignore=tests/e2e -p no:cacheprovider --cov --cov-report=term:skip-covered "$@"; }

postgresql() { with_database --database=postgresql "$@"; }

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
    for name in lint types templates words rules sqlite postgresql browser; do stage "$name"; done
fi
