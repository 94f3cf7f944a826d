#!/bin/sh
# usage: tools/install.sh NAME…   Installs requirements/NAME.txt into .venv, unless it already did.
# What is installed is remembered as a copy of the lock file inside .venv.
set -eu

PYTHON=${PYTHON:-python3}
VENV=.venv

say() { printf '%s\n' "$*" >&2; }

if [ ! -x $VENV/bin/python ]; then
    if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        say "Plandialog needs Python 3.11 or newer; '$PYTHON' is not. Name another: make run PYTHON=python3.12"
        exit 1
    fi
    if ! "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null; then
        say "This Python cannot make a virtual environment: its module ensurepip is missing."
        say "On Debian and Ubuntu install it with: sudo apt-get install python3-venv"
        exit 1
    fi
    "$PYTHON" -m venv $VENV
fi

for name in "$@"; do
    lock=requirements/$name.txt
    cmp -s "$lock" "$VENV/$name.lock" && continue
    say "Installing the packages of $lock (about a minute, only when that file has changed) …"
    $VENV/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock"
    cp "$lock" "$VENV/$name.lock"
    # dev holds everything of the others, in the same versions (`make lock` sees to it).
    if [ "$name" = dev ]; then
        for part in requirements/*.txt; do cp "$part" "$VENV/$(basename "$part" .txt).lock"; done
    fi
done
