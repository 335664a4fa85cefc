#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The first start on a screen of many pixels: first_start.sh PROGRAM HOME ROOT_PROPERTY
# The window follows the scale that the desktop tells, and survives what else it may tell. Exit code
# 77: cannot be tested.
set -euo pipefail
program=$1 home=$2 root_property=$3
# shellcheck source=tests/app/ui/display.sh
source "$(dirname "$0")/display.sh"
# size_is WIDTH HEIGHT
size_is() {
  local WIDTH HEIGHT
  eval "$(xdotool getwindowgeometry --shell "$window")"
  [[ $WIDTH == "$1" && $HEIGHT == "$2" ]] || { echo "${WIDTH}x$HEIGHT instead of $1x$2"; exit 1; }
}
quit() {
  xdotool key ctrl+q
  ended 0
  rm -rf "$home/config/phaseloom"
}

rm -rf "$home/config/phaseloom"
start_display 3840x2160x24
"$root_property" RESOURCE_MANAGER string $'Xft.dpi:\t192\n'
start_laboratory
size_is 2880 1800
quit

# A scale that is no number; and the mark of a window manager that is gone.
"$root_property" RESOURCE_MANAGER string $'Xft.dpi:\tnan\n'
"$root_property" _NET_SUPPORTING_WM_CHECK window 0xdead
start_laboratory
size_is 1440 900
quit
kill "$server"
wait "$server" 2>/dev/null || true

# Never larger than the screen.
start_display 1280x720x24
start_laboratory
size_is 1203 676
quit
