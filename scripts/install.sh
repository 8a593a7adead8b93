#!/bin/sh
# Makes .venv from the locked requirements. As root it installs what Debian or Ubuntu lacks; otherwise it says what to type.
# Usage: install.sh run | test
set -eu
cd "$(dirname "$0")/.."
what=${1:-run}

say() { printf '%s\n' "$*"; }

find_python() {
    for name in python3.13 python3.12 python3.11 python3; do
        path=$(command -v "$name" 2>/dev/null) || continue
        if "$path" -c 'import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
            say "$path"
            return 0
        fi
    done
    return 1
}

apt_install() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "Installing $* with apt-get …"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
    else
        say "Alongside needs $*. Please run this line, then the same command again:"
        say "    sudo apt-get update && sudo apt-get install -y $*"
        exit 1
    fi
}

python=$(find_python) || { apt_install python3 python3-venv ca-certificates; python=$(find_python) || {
    say "Alongside needs Python 3.11, 3.12 or 3.13, and this machine has none."; exit 1; }; }

if [ ! -x .venv/bin/python ]; then
    "$python" -c 'import ensurepip' 2>/dev/null || apt_install python3-venv ca-certificates
    say "Making the environment in .venv …"
    "$python" -m venv .venv
fi

case $what in
    run) file=requirements.txt; words="what Alongside runs on" ;;
    test) file=requirements-test.txt; words="what its tests need" ;;
    *) say "install.sh: say run or test"; exit 2 ;;
esac
say "Installing $words (a minute or two the first time) …"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r "$file"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
