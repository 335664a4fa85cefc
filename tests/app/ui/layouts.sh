#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The keys of a keyboard layout in the real window: layouts.sh PROGRAM HOME LAYOUT
# Keys are told by their place (X key codes), as a keyboard does. Exit code 77: cannot be tested.
set -euo pipefail
program=$1 home=$2 layout=$3
# shellcheck source=tests/app/ui/display.sh
source "$(dirname "$0")/display.sh"

# Places of the upper row, and of what the layouts print elsewhere.
place_1=10 place_3=12 place_n=57 place_s=39 return=36 keypad_plus=86 keypad_minus=82
case $layout in
  us) a=38 z=52 q=24 plus=21 ;;
  de) a=38 z=29 q=24 plus=35 ;;
  fr) a=24 z=25 q=38 plus=21 ;;
  ru) a=38 z=52 q=24 plus=21 ;;  # by place: it has no Latin letters
  *) echo "unknown layout $layout"; exit 2 ;;
esac

start_display 1280x800x24
setxkbmap "$layout"
start_laboratory
# The wall's rows and columns, by the width of its picture.
width_of() { od -An -j16 -N4 -tu1 "$1" | awk '{print (($1 * 256 + $2) * 256 + $3) * 256 + $4}'; }
press() {
  xdotool key "$1"
  sleep 0.5
}
control() {
  xdotool keydown ctrl key "$1" keyup ctrl
  sleep 0.5
}
# A picture of the wall; its path is left in $picture.
take() {
  rm -f "$files"/*.png
  control 26  # E, which all of them have in the same place
  press "$return"
  until_true 30 there "$files/*.png"
  sleep 0.3
  picture=$(compgen -G "$files/*.png" | head -n 1)
}
expect_width() {
  take
  [[ $(width_of "$picture") == "$1" ]] || { echo "$2: $(width_of "$picture") instead of $1"; exit 1; }
}

press 65  # Space stops the run
take
wall=$(width_of "$picture")
press "$plus"
take
larger=$(width_of "$picture")
((larger > wall)) || { echo "the key that prints + does not enlarge the wall"; exit 1; }
control "$z"
expect_width "$wall" "Ctrl with the key that prints z does not undo"
press "$keypad_plus"
expect_width "$larger" "the keypad's plus"
press "$keypad_minus"
expect_width "$wall" "the keypad's minus"

# Digits go by place: in Train, N means nothing.
press "$place_3"
press "$place_n"
press "$place_1"
take
[[ $picture == *-round0-* ]] || { echo "the key in the place of 3 did not lead to Train"; exit 1; }
press "$place_n"
take
[[ $picture == *-round1-* ]] || { echo "N in Generate: $picture"; exit 1; }

control "$a"
! gone "$laboratory" || { echo "Ctrl with the key that prints a ended it"; exit 1; }
# Quick typing arrives whole: name, Enter, and the dialog is gone.
control "$place_s"
xdotool keydown ctrl key "$a" keyup ctrl
if [[ $layout != ru ]]; then
  xdotool type --delay 1 "$home/quick.json"
  xdotool key Return
  until_true 30 test -s "$home/quick.json"
fi
press Escape
control "$q"
ended 0
