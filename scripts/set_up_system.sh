#!/bin/sh
# Installs what `make test-system` needs beyond Python and Pango: readers of PDFs, a browser, LibreOffice's spreadsheet
# program, systemd's checker of units, two web servers and a mail server that the tests start, the library that
# playwright's own Node needs, and from npm the checkers that tests/system/package.json names, one of which needs Java.
set -eu
cd "$(dirname "$0")/.."
. scripts/system_packages.sh

missing=""
for pair in pdftotext=poppler-utils qpdf=qpdf chromium=chromium soffice=libreoffice-calc java=default-jre-headless npm=npm \
    systemd-analyze=systemd nginx=nginx-light apache2=apache2-bin openssl=openssl saslpasswd2=sasl2-bin; do
    PATH=$PATH:/usr/sbin command -v "${pair%%=*}" >/dev/null || missing="$missing ${pair#*=}"
done
for pair in ja=fonts-noto-cjk ar=fonts-noto-core; do
    fc-list ":lang=${pair%%=*}" 2>/dev/null | grep -q Noto || missing="$missing ${pair#*=}"
done
if ! [ -x /usr/sbin/postfix ]; then
    # Without a configuration it serves nobody; the tests bring their own.
    before=$(as_administrator) && command -v debconf-set-selections >/dev/null &&
        echo "postfix postfix/main_mailer_type select No configuration" | $before debconf-set-selections
    missing="$missing postfix libsasl2-modules"
fi
PATH=$PATH:/sbin ldconfig -p | grep -q 'libatomic\.so\.1 ' || missing="$missing libatomic1"
# shellcheck disable=SC2086  # several packages
[ -z "$missing" ] || apt_install $missing ||
    fail "These tests need programs that are not on this system. Fix: install$missing, then run make test-system again."

lock=tests/system/package-lock.json
if [ ! tests/system/node_modules/.package-lock.json -nt "$lock" ]; then
    say "Installing the checkers of web pages from npm"
    quietly npm ci --prefix tests/system --no-audit --no-fund --ignore-scripts ||
        fail "The checkers could not be installed; the reason stands above."
    touch tests/system/node_modules/.package-lock.json
fi
