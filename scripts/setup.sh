#!/usr/bin/env bash
# Make this checkout runnable on a fresh Debian 12/13 or Ubuntu 24.04: `scripts/setup.sh`, or `scripts/setup.sh test` for the checks too.
# Every stage leaves a stamp of what it was made from; a second run compares the stamps and does nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

PURPOSE=${1:-run}
case $PURPOSE in run | test) ;; *)
    echo "usage: scripts/setup.sh [test]" >&2
    exit 2
    ;;
esac
STAMPS=.local/stamps
mkdir -p "$STAMPS"

say() { printf '== %s\n' "$*"; }
digest() { cat "$@" | sha256sum | cut -d' ' -f1; }
is_current() { [ -f "$STAMPS/$1" ] && [ "$(cat "$STAMPS/$1")" = "$2" ]; }
stamp() { printf '%s' "$2" >"$STAMPS/$1"; }

# --- packages of the system -----------------------------------------------------------------------------------------

has_python() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for name in python3 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null && has_python "$name"; then
            command -v "$name"
            return
        fi
    done
}

find_browser() {
    for name in chromium google-chrome google-chrome-stable chromium-browser; do
        # Ubuntu's chromium-browser is a stub that only says where to get the snap.
        if command -v "$name" >/dev/null && timeout 20 "$name" --version >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
    done
}

# shellcheck disable=SC1091
distribution() { (. /etc/os-release && printf '%s' "${ID:-unknown}"); }

wanted_packages() {
    echo libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig ca-certificates
    if [ "$PURPOSE" = test ]; then
        echo postgresql poppler-utils qpdf softhsm2
        if [ "$(distribution)" = debian ]; then echo chromium; fi
    fi
}

install_packages() {
    local line="apt-get install -y --no-install-recommends $*"
    local as=()
    if [ "$(id -u)" != 0 ]; then
        if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
            say "Packages of the system are missing. Run this one line as an administrator, then start again:"
            echo "apt-get update && $line"
            exit 1
        fi
        as=(sudo -n)
    fi
    say "Installing packages of the system: $*"
    local log=.local/apt.log
    # shellcheck disable=SC2086
    if ! { "${as[@]}" apt-get update -q && "${as[@]}" env DEBIAN_FRONTEND=noninteractive $line; } >"$log" 2>&1 </dev/null; then
        tail -n 15 "$log" >&2
        say "The packages could not be installed; the whole log is in $log."
        exit 1
    fi
}

system_packages() {
    local wanted missing=()
    wanted=$(wanted_packages)
    if command -v dpkg-query >/dev/null; then
        local installed
        # shellcheck disable=SC2086
        installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' $wanted 2>/dev/null | sed -n 's/ installed$//p' || true)
        for name in $wanted; do
            # Recent Debian and Ubuntu call some libraries NAMEt64; those provide the plain name.
            grep -qx -e "$name" <<<"$installed" || provided "$name" || missing+=("$name")
        done
    else
        say "This is not Debian or Ubuntu. Needed are: $(tr '\n' ' ' <<<"$wanted")"
    fi
    [ -n "$(find_python)" ] || missing+=(python3 python3-venv)
    if [ ${#missing[@]} -gt 0 ]; then install_packages "${missing[@]}"; fi
    if [ -z "$(find_python)" ]; then
        say "Python 3.11 or newer with venv is needed; this system offers none."
        exit 1
    fi
}

provided() { dpkg-query -W -f='${Provides} ${db:Status-Status}\n' "${1}t64" 2>/dev/null | grep -q ' installed$'; }

browser() {
    [ -f .local/browser ] && [ -x "$(cat .local/browser)" ] && return
    local found
    found=$(find_browser)
    if [ -n "$found" ]; then
        printf '%s' "$found" >.local/browser
    else
        say "No Chromium or Chrome here: all checks but the browser journeys can run. On Ubuntu install Google Chrome's package, or: snap install chromium"
    fi
}

# --- Python ---------------------------------------------------------------------------------------------------------

tools() {
    local wanted=requirements/uv.txt
    command -v npm >/dev/null || wanted="$wanted requirements/node.txt"
    # shellcheck disable=SC2086
    local now
    # shellcheck disable=SC2086
    now=$(digest $wanted)
    if is_current tools "$now" && [ -x .local/tools/bin/uv ]; then return; fi
    say "Fetching the installer${wanted#requirements/uv.txt}"
    rm -rf .local/tools
    "$(find_python)" -m venv .local/tools
    for file in $wanted; do .local/tools/bin/pip install -qq --disable-pip-version-check --require-hashes -r "$file"; done
    stamp tools "$now"
}

python_packages() {
    # What the checks need includes what the system needs: once the larger set is in place, it stays.
    local larger=requirements/test.txt lock=requirements/run.txt
    if .venv/bin/python -c '' 2>/dev/null; then
        is_current python "$(digest "$larger")" && return
        if [ "$PURPOSE" = run ] && is_current python "$(digest "$lock")"; then return; fi
    else
        say "Making .venv"
        rm -rf .venv
        .local/tools/bin/uv venv -q --python "$(find_python)" .venv
    fi
    if [ "$PURPOSE" = test ]; then lock=$larger; fi
    say "Installing Python packages from $lock"
    .local/tools/bin/uv pip sync -q --python .venv/bin/python --link-mode copy --require-hashes "$lock"
    stamp python "$(digest "$lock")"
}

# --- what the application serves ------------------------------------------------------------------------------------

assets() {
    local now
    now=$(digest scripts/assets.py package-lock.json)
    if is_current assets "$now" && [ -f mediation/static/vendor/bootstrap.min.css ]; then return; fi
    say "Fetching the browser libraries"
    .venv/bin/python scripts/assets.py
    stamp assets "$now"
}

fonts() {
    local now
    now=$(digest scripts/fonts.py scripts/fonts.json)
    if is_current fonts "$now" && compgen -G '.local/fonts/*.ttf' >/dev/null; then return; fi
    say "Building the court's fonts (once, about two minutes)"
    .venv/bin/python scripts/fonts.py
    stamp fonts "$now"
}

catalogues() {
    for source in mediation/translations/*/LC_MESSAGES/*.po; do
        if [ -f "$source" ] && [ ! "${source%.po}.mo" -nt "$source" ]; then
            .venv/bin/python scripts/catalogue.py compile
            return
        fi
    done
}

system_packages
tools
export PATH="$PWD/.local/tools/bin:$PATH" NPM_CONFIG_UPDATE_NOTIFIER=false
python_packages
assets
fonts
catalogues
if [ "$PURPOSE" = test ]; then browser; fi
