#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Takes the display away from the running window: lost_display.sh PROGRAM HOME
# It must end with one line and exit code 1, and have saved the scene. Exit code 77: cannot be tested.
set -euo pipefail
program=$1 home=$2
# shellcheck source=tests/app/ui/display.sh
source "$(dirname "$0")/display.sh"
start_display 1280x800x24
start_laboratory
kill "$server"
ended 1
[[ $(wc -l <"$home/out.log") == 1 ]] || { echo "more or less than a line:"; cat "$home/out.log"; exit 1; }
grep -q "display was lost; the scene is saved" "$home/out.log"
grep -q '"phaseloom"' "$home/state/phaseloom/lost-display.json"
