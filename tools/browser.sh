#!/bin/sh
# usage: tools/browser.sh   Sees to it that tests find a Chromium: Debian's, by apt where this is root.
# The one without windows comes first: pages cost half as much in it.
set -eu

found() { command -v "$1" >/dev/null 2>&1; }
say() { printf '%s\n' "$*" >&2; }

if [ -n "${CHROMIUM:-}" ]; then
    wanted=$CHROMIUM
else
    wanted=chromium-headless-shell
    if ! found $wanted && [ "$(id -u)" = 0 ] && found apt-get; then
        say "Installing Chromium for the browser tests …"
        log=$(mktemp)
        export DEBIAN_FRONTEND=noninteractive
        install() { apt-get install -y -qq --no-install-recommends "$1"; }
        { apt-get update -qq && { install $wanted || found chromium || install chromium; }; } \
            >"$log" 2>&1 </dev/null || tail -n 20 "$log" >&2
        rm -f "$log"
    fi
    found $wanted || wanted=chromium
fi
found "$wanted" && exit 0

say "###############################################################################"
say "#  NO BROWSER: the journeys cannot run, so the tests below do not show that   #"
say "#  the pages work. Install it with: sudo apt-get install chromium             #"
say "###############################################################################"
[ -z "${CI:-}" ]
