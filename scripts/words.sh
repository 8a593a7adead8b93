#!/bin/sh
# Collects every sentence of the pages for translators, into var/alongside.pot. English is the source.
# To begin a language:  .venv/bin/pybabel init -D django -i var/alongside.pot -d src/alongside/web/locale -l cy
# To use it:            .venv/bin/pybabel compile -D django -d src/alongside/web/locale
set -eu
cd "$(dirname "$0")/.."
mkdir -p var
.venv/bin/pybabel -q extract -F src/alongside/web/locale/babel.cfg -k _ -k ngettext:1,2 -k gettext_lazy \
    --no-location --sort-output --project Alongside \
    -o var/alongside.pot src/alongside/web src/alongside/cli
echo "$(grep -c "^msgid" var/alongside.pot) sentences are in var/alongside.pot"
