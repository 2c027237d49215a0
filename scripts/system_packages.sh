# shellcheck shell=sh
# Functions for the set-up scripts, which source this file: say what is done, run it quietly, install system packages.

say() {
    printf '%s\n' "$*"
}

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# Runs a command and shows what it said only if it fails.
quietly() {
    log=$(mktemp)
    if "$@" >"$log" 2>&1; then
        rm -f "$log"
    else
        status=$?
        cat "$log" >&2
        rm -f "$log"
        return "$status"
    fi
}

# Prints what stands before a command that needs an administrator; fails where we may not act as one.
as_administrator() {
    if [ "$(id -u)" -eq 0 ]; then
        echo "env"
    else
        sudo -n true 2>/dev/null && echo "sudo -n"
    fi
}

# Installs Debian or Ubuntu packages; fails where apt-get is not there or may not be used.
apt_install() {
    command -v apt-get >/dev/null || return 1
    before=$(as_administrator) || return 1
    say "Installing $* through apt-get"
    # shellcheck disable=SC2086  # "sudo -n" is two words on purpose
    quietly $before apt-get -o DPkg::Lock::Timeout=300 update &&
        quietly $before env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
            install --yes --no-install-recommends "$@"
}
