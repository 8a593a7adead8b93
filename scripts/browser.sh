#!/bin/sh
# Finds a Chromium for the journey tests, or gets one: by apt as root, otherwise by Playwright.
set -eu
cd "$(dirname "$0")/.."
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
.venv/bin/python - <<'P' && exit 0
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    sys.exit(not pathlib.Path(p.chromium.executable_path).exists())
P
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium with apt-get for the browser tests …"
    apt-get update -qq
    if DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null; then exit 0; fi
fi
echo "Fetching Chromium with Playwright for the browser tests …"
if .venv/bin/playwright install chromium >/dev/null 2>&1; then exit 0; fi
echo "The browser tests need Chromium, and neither apt-get nor Playwright could get it."
echo "Install it (sudo apt-get install -y chromium), then run make test again."
exit 1
