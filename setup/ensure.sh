#!/bin/sh
# Makes .venv from the lock when it is missing or older than the lock; costs milliseconds otherwise.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
if cmp -s "$root/requirements.txt" "$root/.venv/requirements.installed" && [ -x "$root/.venv/bin/python" ]; then
    exit 0
fi
for python in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
    [ -n "$python" ] && command -v "$python" >/dev/null 2>&1 || continue
    if "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; then
        exec "$python" "$root/setup/set_up.py"
    fi
done
echo "set-up: no Python between 3.11 and 3.14 was found; install one (Debian: apt-get install python3) and call this again, or name it: PYTHON=/path/to/python3 make run" >&2
exit 11
