#!/bin/sh
# Makes one sample workbook: make_sample.sh KIND FILE. It is made elsewhere first, since `init` never overwrites, and a
# failure must leave the one that is there.
set -eu
cd "$(dirname "$0")/.."
. scripts/system_packages.sh

kind=$1
workbook=$2
say "Making $workbook"
mkdir -p "$(dirname "$workbook")"
folder=$(mktemp -d "$(dirname "$workbook")/.making-XXXXXX")
trap 'rm -rf "$folder"' EXIT
made=$folder/$(basename "$workbook")
quietly .venv/bin/milestone-reports init --example --kind "$kind" "$made"
mv -f "$made" "$workbook"
