#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Where the window was, it is again: place.sh PROGRAM HOME
# Exit code 77: cannot be tested.
set -euo pipefail
program=$1 home=$2
# shellcheck source=tests/app/ui/display.sh
source "$(dirname "$0")/display.sh"
# is_at X Y WIDTH HEIGHT
is_at() {
  local X Y WIDTH HEIGHT
  eval "$(xdotool getwindowgeometry --shell "$window")"
  [[ "$X $Y $WIDTH $HEIGHT" == "$*" ]] || { echo "$X $Y $WIDTH $HEIGHT instead of $*"; return 1; }
}
quit() {
  xdotool key ctrl+q
  ended 0
}

start_display 1280x800x24
start_laboratory
xdotool windowmove --sync "$window" 90 70 windowsize --sync "$window" 1000 600
sleep 1
quit
start_laboratory
is_at 90 70 1000 600
xdotool key F11
until_true 10 is_at 0 0 1280 800
quit
start_laboratory
is_at 0 0 1280 800
xdotool key F11
until_true 10 is_at 90 70 1000 600

# What is remembered is written while hands rest, too: an end without a warning costs little.
xdotool key ctrl+plus
xdotool windowmove --sync "$window" 30 40
remembered() { tr -d ' \n' <"$home/config/phaseloom/ui.json" | grep -q "\"place\":\[$1,$2\]"; }
until_true 30 remembered 30 40
kill -KILL "$laboratory"
wait "$laboratory" 2>/dev/null || true
start_laboratory
is_at 30 40 1000 600
quit

# A monitor that is gone: where it can be seen.
sed -i 's/^ *30,$/5000,/' "$home/config/phaseloom/ui.json"
start_laboratory
is_at 0 0 1000 600
quit
