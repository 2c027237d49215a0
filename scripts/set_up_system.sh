#!/bin/sh
# Installs what `make test-system` needs beyond Python and Pango: readers of PDFs, a browser, and LibreOffice's
# spreadsheet program.
set -eu
cd "$(dirname "$0")/.."
. scripts/system_packages.sh

missing=""
for pair in pdftotext=poppler-utils qpdf=qpdf chromium=chromium soffice=libreoffice-calc; do
    command -v "${pair%%=*}" >/dev/null || missing="$missing ${pair#*=}"
done
[ -z "$missing" ] && exit
# shellcheck disable=SC2086  # several packages
apt_install $missing ||
    fail "These tests need programs that are not on this system. Fix: install$missing, then run make test-system again."
