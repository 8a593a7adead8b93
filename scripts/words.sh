#!/bin/sh
# Collects every sentence that people read (pages, commands, report, refusals, definitions) for translators, into
# var/alongside.pot or the file named. English is the source.
# To begin a language:  .venv/bin/pybabel init -D django -i var/alongside.pot -d src/alongside/web/locale -l cy
# To use it:            .venv/bin/pybabel compile -D django -d src/alongside/web/locale
set -eu
cd "$(dirname "$0")/.."
into=${1:-var/alongside.pot}
mkdir -p "$(dirname "$into")"
PYTHONPATH=src .venv/bin/pybabel -q extract -F src/alongside/web/locale/babel.cfg \
    -k _ -k ngettext:1,2 -k gettext_lazy -k gettext_noop -k later -k said -k check_words:3 -k check_text:3 \
    -k Invalid:2 -k NotAllowed:1 -k Stale:1 -k Duplicate:1 \
    --no-location --sort-output --project Alongside \
    -o "$into" src/alongside
echo "$(grep -c "^msgid" "$into") sentences are in $into"
