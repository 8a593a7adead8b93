#!/bin/sh
# Finds a Chromium that starts, or gets one: by apt as root on Debian, otherwise by Playwright.
# Usage: browser.sh [find]        find: only say, by the exit code, whether there is one
set -eu
cd "$(dirname "$0")/.."
. scripts/apt.sh

# The tests take the system's first (tests/journeys/browser.py). A command that only offers to install one is none.
on_the_system() {
    for name in chromium chromium-browser google-chrome; do
        if command -v "$name" >/dev/null 2>&1; then "$name" --version >/dev/null 2>&1; return; fi
    done
    return 1
}

from_playwright() {
    .venv/bin/python - 2>/dev/null <<'P'
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    playwright.chromium.launch(args=["--headless", "--no-sandbox"]).close()
P
}

get_one() {
    if is_root && [ -n "$(browser_packages)" ]; then
        # shellcheck disable=SC2046  # one word for each package
        if apt_install $(browser_packages) && on_the_system; then return 0; fi
    fi
    say "Fetching Chromium with Playwright for the browser tests …"
    with_libraries=
    if is_root && has_apt; then with_libraries=--with-deps; fi
    # shellcheck disable=SC2086  # one word or none
    .venv/bin/playwright install $with_libraries chromium >/dev/null 2>&1 && from_playwright
}

if on_the_system || from_playwright; then exit 0; fi
if [ "${1:-}" = find ]; then exit 1; fi
if get_one; then exit 0; fi
say "The browser tests need Chromium, and neither apt-get nor Playwright could get one that starts."
if [ -n "$(browser_packages)" ]; then
    say "Please run this line, then make test again:"
    say "    sudo apt-get update && sudo apt-get install -y --no-install-recommends $(browser_packages)"
else
    say "Please install Chromium or Google Chrome, then run make test again."
fi
say "Everything but the browser tests runs without it: .venv/bin/pytest -n 2 -m 'not journey'"
exit 1
