#!/usr/bin/env bash
# Serve the demonstration court on this machine. The first run makes it; later runs find it as it was left.
set -euo pipefail
cd "$(dirname "$0")/.."
export MEDIATION_MODE=demonstration
export DATABASE_URL="sqlite:///$PWD/.local/demo.sqlite"
PORT=${PORT:-8000}
FLASK=(.venv/bin/flask --app wsgi)

now=$(cat migrations/versions/*.py | sha256sum | cut -d' ' -f1)
if [ ! -f .local/demo.sqlite ] || [ "$(cat .local/stamps/migrations 2>/dev/null)" != "$now" ]; then
    echo "== Preparing the database of the demonstration court"
    "${FLASK[@]}" db upgrade
    "${FLASK[@]}" demo > .local/sign-ins.txt
    printf '%s' "$now" >.local/stamps/migrations
fi
cat .local/sign-ins.txt 2>/dev/null || true
echo
echo "http://127.0.0.1:$PORT"
exec .venv/bin/gunicorn wsgi:app --bind "127.0.0.1:$PORT" --workers 2 --worker-class gthread --threads 8 --graceful-timeout 30 --access-logfile .local/access.log --log-level warning
