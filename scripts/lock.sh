#!/bin/sh
# Locks every dependency by version and hash. The files name no index, so they work behind any mirror.
set -eu
uv=${UV:-uv}
flags="--quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links"
$uv pip compile $flags pyproject.toml --group pyproject.toml:build -o requirements.txt "$@"
$uv pip compile $flags pyproject.toml --group pyproject.toml:build --group pyproject.toml:test -o requirements-test.txt -c requirements.txt "$@"
