#!/bin/sh
# Sets up what the program needs to run: Python packages in .venv, and Pango, which draws the text of the PDFs.
# `set_up.sh dev` adds what its tests need.
set -eu
cd "$(dirname "$0")/.."
. scripts/system_packages.sh
export PIP_DISABLE_PIP_VERSION_CHECK=1
PANGO_ON_DEBIAN="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

# Prints a Python that is new enough.
find_python() {
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    return 1
}

make_environment() {
    python=$(find_python) ||
        fail "Python 3.11 or newer was not found. Fix: install it, or name it, as in: make demo PYTHON=/path/to/python3.12"
    say "Making a Python environment in .venv"
    # Debian keeps the part of Python that puts pip into an environment in a package of its own.
    if ! "$python" -m venv --clear .venv >/dev/null 2>&1; then
        venv_package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        { apt_install "$venv_package" && quietly "$python" -m venv --clear .venv; } ||
            fail "Python cannot make an environment here. Fix: install $venv_package (Debian, Ubuntu: sudo apt-get install $venv_package), then run make again."
    fi
    quietly .venv/bin/python -m pip install --upgrade 'pip>=25.1'
}

install_packages() {
    say "Installing the Python packages ($1)"
    shift
    quietly .venv/bin/python -m pip install --editable . "$@" ||
        fail "The Python packages could not be installed; the reason stands above."
}

pango_is_there() {
    .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1
}

how_to_install_pango() {
    if command -v apt-get >/dev/null; then
        echo "sudo apt-get install $PANGO_ON_DEBIAN"
    elif command -v dnf >/dev/null; then
        echo "sudo dnf install pango"
    elif command -v zypper >/dev/null; then
        echo "sudo zypper install libpango-1_0-0 libharfbuzz-subset0"
    elif command -v pacman >/dev/null; then
        echo "sudo pacman -S pango"
    elif command -v apk >/dev/null; then
        echo "sudo apk add pango harfbuzz-subset"
    elif command -v brew >/dev/null; then
        echo "brew install pango"
    else
        echo "your system's packages of Pango 1.44 or newer and of HarfBuzz with its subset library"
    fi
}

provide_pango() {
    # shellcheck disable=SC2086  # several packages
    pango_is_there || { apt_install $PANGO_ON_DEBIAN && pango_is_there; } ||
        fail "The PDFs need Pango, which is not on this system. Fix: $(how_to_install_pango), then run make again; without it the program still makes web pages and data (--formats html,data)."
}

if [ "${1:-}" = dev ]; then
    install_packages "for the tests" --group dev
else
    .venv/bin/python -m pip --version >/dev/null 2>&1 || make_environment
    install_packages "the first time this takes a minute or two"
    provide_pango
fi
