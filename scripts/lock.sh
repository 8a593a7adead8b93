#!/bin/sh
# Locks every dependency by version and hash. The files name no index, so they work behind any mirror.
# For maintainers only; it needs uv (UV=path/to/uv if it is not on the PATH). Anything more is passed on: --upgrade
set -eu
cd "$(dirname "$0")/.."
uv=${UV:-uv}

lock() {
    into=$1
    shift
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file "$into" "$@"
}

lock requirements-build.txt --group pyproject.toml:build "$@"
lock requirements.txt pyproject.toml --group pyproject.toml:build -c requirements-build.txt "$@"
lock requirements-test.txt pyproject.toml --group pyproject.toml:build --group pyproject.toml:test -c requirements.txt "$@"
