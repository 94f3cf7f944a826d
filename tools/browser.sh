#!/bin/sh
# usage: tools/browser.sh   Sees to it that tests find a Chromium: Debian's, by apt where this is root.
set -eu

found() { command -v "${CHROMIUM:-chromium}" >/dev/null 2>&1; }
say() { printf '%s\n' "$*" >&2; }

found && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "Installing Chromium for the browser tests …"
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } \
        >"$log" 2>&1 </dev/null; then
        tail -n 20 "$log" >&2
    fi
    rm -f "$log"
fi
found && exit 0

say "###############################################################################"
say "#  NO BROWSER: the journeys cannot run, so the tests below do not show that   #"
say "#  the pages work. Install it with: sudo apt-get install chromium             #"
say "###############################################################################"
[ -z "${CI:-}" ]
