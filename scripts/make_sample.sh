#!/bin/sh
# Makes one sample workbook, or the folder of its earlier weekly copies: make_sample.sh KIND FILE.xlsx|STEM_weeks. It is
# made elsewhere first, since `init` never overwrites, and a failure must leave what is there.
set -eu
cd "$(dirname "$0")/.."
. scripts/system_packages.sh

kind=$1
wanted=$2
case $wanted in
    *_weeks) weeks=12 workbook=${wanted%_weeks}.xlsx ;;
    *) weeks=0 workbook=$wanted ;;
esac
say "Making $wanted"
mkdir -p "$(dirname "$wanted")"
folder=$(mktemp -d "$(dirname "$wanted")/.making-XXXXXX")
trap 'rm -rf "$folder"' EXIT
quietly .venv/bin/milestone-reports init --example --kind "$kind" --weeks "$weeks" "$folder/$(basename "$workbook")"
# No file can be moved onto a folder that has files in it.
if [ -d "$wanted" ]; then rm -rf "$wanted"; fi
mv -f "$folder/$(basename "$wanted")" "$wanted"
