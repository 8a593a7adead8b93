#!/bin/sh
# Renews the built NHS.UK frontend under web/static/vendor/nhsuk: CSS, JavaScript and the few icons that the CSS names.
# For maintainers only; it needs npm once. What it removes, and why:
#   - the two @font-face rules: a third party's font, licensed to the NHS alone, fetched from a third party's server
#   - the source map line: the map is three quarters of a megabyte and not shipped
#   - the NHS mark and favicons: the brand is a setting, and neutral unless the installation is the NHS's own
set -eu
version=${1:-10.6.1}
cd "$(dirname "$0")/.."
into=src/alongside/web/static/vendor/nhsuk
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

(cd "$work" && npm pack --silent "nhsuk-frontend@$version" >/dev/null && tar -xzf nhsuk-frontend-*.tgz)
built=$work/package/dist/nhsuk

rm -rf "$into/images"
mkdir -p "$into/images"
sed -e 's/@font-face{[^}]*}//g' \
    -e 's/Frutiger W01,//g' \
    -e 's#url(/assets/images/#url(images/#g' \
    -e 's#/\*\# sourceMappingURL=[^*]*\*/##' "$built/nhsuk-frontend.min.css" >"$into/nhsuk-frontend.min.css"
sed -e 's#//\# sourceMappingURL=.*$##' "$built/nhsuk-frontend.min.js" >"$into/nhsuk-frontend.min.js"
for icon in $(grep -o 'url(images/[^)]*)' "$into/nhsuk-frontend.min.css" | sort -u | sed 's#url(images/\(.*\))#\1#'); do
    cp "$built/assets/images/$icon" "$into/images/$icon"
done
printf '%s\n' "$version" >"$into/VERSION"
echo "NHS.UK frontend $version is in $into"
