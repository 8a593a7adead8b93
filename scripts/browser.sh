#!/bin/sh
# Finds a Chromium that the tests can drive, or gets one: by apt as root on Debian, otherwise by Playwright.
# Usage: browser.sh [missing]        missing: only print the packages that Debian or Ubuntu would have to install
set -eu
cd "$(dirname "$0")/.."
. scripts/apt.sh

# A command that only offers to install a browser is none.
on_the_system() {
    for name in chromium chromium-browser google-chrome; do
        if command -v "$name" >/dev/null 2>&1; then "$name" --version >/dev/null 2>&1; return; fi
    done
    return 1
}

# Ubuntu's chromium is a snap, which a container or a server may not have; Playwright's own runs there. What drives a
# browser comes with Playwright but for one library, which a small installation lacks.
missing() {
    if ! has_apt; then return 0; fi
    if ! on_the_system && ! grep -qs '^ID=ubuntu' /etc/os-release; then echo chromium fonts-liberation; fi
    if ! dpkg -s libatomic1 >/dev/null 2>&1; then echo libatomic1; fi
}

# The proof is to start the browser as the tests do.
starts() {
    .venv/bin/python - 2>/dev/null <<'P'
from playwright.sync_api import sync_playwright

from tests.journeys.browser import launched

with sync_playwright() as playwright, launched(playwright):
    pass
P
}

get_one() {
    if is_root && [ -n "$(missing)" ]; then
        # shellcheck disable=SC2046  # one word for each package
        if apt_install $(missing) && starts; then return 0; fi
    fi
    say "Fetching Chromium with Playwright for the browser tests …"
    with_libraries=
    if is_root && has_apt; then with_libraries=--with-deps; fi
    # shellcheck disable=SC2086  # one word or none
    .venv/bin/playwright install $with_libraries chromium >/dev/null 2>&1 && starts
}

if [ "${1:-}" = missing ]; then missing; exit 0; fi
if starts || get_one; then exit 0; fi
say "The browser tests need Chromium, and neither apt-get nor Playwright could get one that starts."
# shellcheck disable=SC2046  # one word for each package
set -- $(missing)
if [ $# -gt 0 ]; then
    say "Please run this line, then make test again:"
    say "    $(line_for "$@")"
else
    say "Please install Chromium or Google Chrome (or: sudo .venv/bin/playwright install --with-deps chromium),"
    say "then run make test again."
fi
say "Everything but the browser tests runs without it: .venv/bin/pytest -n 2 -m 'not journey'"
exit 1
