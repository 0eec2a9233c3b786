#!/usr/bin/env bash
# Serve the demonstration court on this machine. The first run makes it; later runs find it as it was left.
set -euo pipefail
cd "$(dirname "$0")/.."
export MEDIATION_MODE=demonstration
export DATABASE_URL="sqlite:///$PWD/.local/demo.sqlite"
PORT=${PORT:-8000}
FLASK=(.venv/bin/flask --app wsgi)
court=.local/demo.sqlite
mkdir -p .local/stamps

# Until the first release there is one migration, made anew whenever the tables change: an old court cannot follow.
tables=$(cat migrations/versions/*.py | sha256sum | cut -d' ' -f1)
if [ -f $court ] && [ "$(cat .local/stamps/demo 2>/dev/null)" != "$tables" ]; then
    aside=".local/demo-$(date +%Y%m%d-%H%M%S).sqlite"
    for part in "" -wal -shm; do
        if [ -f "$court$part" ]; then mv "$court$part" "$aside$part"; fi
    done
    echo "== The tables have changed: the demonstration court as it was is kept in $aside, and a new one is made."
fi
if [ ! -f $court ]; then
    echo "== Making the demonstration court"
    making=.local/demo-making.sqlite
    rm -f "$making" "$making-wal" "$making-shm"
    # Its documents are typeset in the background below; whoever opens one sooner has it typeset on the spot.
    DATABASE_URL="sqlite:///$PWD/$making" MEDIATION_DOCUMENTS=later "${FLASK[@]}" demo >.local/sign-ins.txt 2>.local/making.log ||
        { cat .local/making.log >&2; exit 1; }
    for part in "" -wal -shm; do
        if [ -f "$making$part" ]; then mv "$making$part" "$court$part"; fi
    done
    printf '%s' "$tables" >.local/stamps/demo
fi
cat .local/sign-ins.txt 2>/dev/null || true
echo
echo "http://127.0.0.1:$PORT"
(sleep 3; MEDIATION_DOCUMENTS=here exec nice -n 10 "${FLASK[@]}" documents produce) >.local/documents.log 2>&1 &
typesetting=$!
# Reports and bundles of papers are prepared beside the server; nothing of the demonstration court is sent to anybody.
MEDIATION_DOCUMENTS=here nice -n 10 "${FLASK[@]}" worker --papers 2>>.local/worker.log &
worker=$!
.venv/bin/gunicorn wsgi:app --bind "127.0.0.1:$PORT" --workers 2 --worker-class gthread --threads 8 --graceful-timeout 30 --access-logfile .local/access.log --log-level warning &
server=$!
trap 'kill $server $worker $typesetting 2>/dev/null || true' EXIT INT TERM
wait $server
