# Read by the scripts beside it: what Debian or Ubuntu lacks is installed as root, and asked for in one line otherwise.
# shellcheck shell=sh

say() { printf '%s\n' "$*"; }
is_root() { [ "$(id -u)" = 0 ]; }
has_apt() { command -v apt-get >/dev/null 2>&1; }

line_for() { say "sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"; }

apt_install() {
    if ! has_apt; then
        say "Alongside needs $*, by the names that Debian gives them. Please install them, then run the same command again."
        exit 1
    elif ! is_root; then
        say "Alongside needs $*. Please run this line, then the same command again:"
        say "    $(line_for "$@")"
        exit 1
    fi
    say "Installing $* with apt-get …"
    apt-get update -qq || say "apt-get could not read every list; going on with those that it has."
    # It says much that nobody need read, unless it fails.
    if ! told=$(DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" 2>&1); then
        say "$told"
        return 1
    fi
}
