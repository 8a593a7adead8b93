#!/bin/sh
# Makes .venv from the locked requirements, or finds in an instant that there is nothing to do.
# As root it installs what Debian or Ubuntu lacks; otherwise it prints the one line to type, and stops.
# Usage: install.sh run | test        what Alongside runs on | that and what its tests need
set -eu
cd "$(dirname "$0")/.."
. scripts/apt.sh

case ${1:-run} in
    run) file=requirements.txt; stamps=run; words="what Alongside runs on" ;;
    test) file=requirements-test.txt; stamps="test run"; words="what Alongside and its tests run on" ;;
    *) say "install.sh: say run or test"; exit 2 ;;
esac
here=$(pwd -P)

fits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null
}

# The first Python that fits and can make an environment; failing that, the first that fits.
find_python() {
    found=
    for name in python3 python3.13 python3.12 python3.11; do
        path=$(command -v "$name" 2>/dev/null) || continue
        fits "$path" || continue
        if "$path" -c 'import ensurepip' 2>/dev/null; then found=$path; return 0; fi
        found=${found:-$path}
    done
    [ -n "$found" ]
}

# Debian keeps the means to make an environment in a package beside each Python.
missing_packages() {
    if [ -z "$found" ]; then echo python3 python3-venv
    elif ! "$found" -c 'import ensurepip' 2>/dev/null; then echo "$(basename "$found")-venv"; fi
    if [ ! -e /etc/ssl/certs/ca-certificates.crt ] && has_apt; then echo ca-certificates; fi
    # Whoever must ask for one line should not have to ask for a second.
    if [ "$file" = requirements-test.txt ] && ! is_root; then sh scripts/browser.sh missing; fi
}

need_python() {
    if find_python && "$found" -c 'import ensurepip' 2>/dev/null; then return 0; fi
    # shellcheck disable=SC2046  # one word for each package
    apt_install $(missing_packages)
    if find_python && "$found" -c 'import ensurepip' 2>/dev/null; then return 0; fi
    say "Alongside needs Python 3.11, 3.12 or 3.13 with its venv module. This machine has $(python3 --version 2>/dev/null || echo none)."
    say "Debian 12 and Ubuntu 24.04 have one, and so do later releases. Then run the same command again."
    exit 1
}

# What a finished installation was made from and where: an environment that was moved does not run.
state() { printf '%s\n' "$here"; cksum "$file" pyproject.toml scripts/install.sh; }

whole() {
    [ ! -e .venv/.unfinished ] && grep -qsF "$here/.venv/bin/python" .venv/bin/pip &&
        fits .venv/bin/python && .venv/bin/python -c 'import pip' 2>/dev/null
}

if whole; then
    if [ "$(cat ".venv/.installed-${1:-run}" 2>/dev/null)" = "$(state)" ]; then exit 0; fi
else
    need_python
    if [ -e .venv ]; then say "The environment in .venv was moved, made by another Python or never finished: making it afresh …"
    else say "Making the environment in .venv with $("$found" --version) …"; fi
    rm -rf .venv
    mkdir .venv && : >.venv/.unfinished
    "$found" -m venv .venv
fi

say "Installing $words (a minute or two the first time) …"
: >.venv/.unfinished
# The lock names every package, so there is nothing to resolve. Python compiles what it imports when it does.
# First the installer itself and what builds from source, so that nothing is fetched that is not locked.
pip_install() { PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip --quiet install --no-compile --no-deps "$@"; }
if ! {
    pip_install --require-hashes --requirement requirements-build.txt &&
        pip_install --no-build-isolation --require-hashes --requirement "$file" &&
        pip_install --no-build-isolation --no-index --editable .
}; then
    say "That did not work: pip's own words are above. It needs the network (or a mirror in pip's configuration)."
    say "Then run the same command again."
    exit 1
fi
for one in $stamps; do
    file=requirements.txt
    if [ "$one" = test ]; then file=requirements-test.txt; fi
    state >".venv/.installed-$one"
done
rm .venv/.unfinished
