#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Drives the real window on a display of its own: window.sh PROGRAM HOME STEP_X STEP_Y
# The pictures that the program exports tell what it did: their names carry round and step. STEP_X,
# STEP_Y is where the step button is. Exit code 77: cannot be tested.
set -euo pipefail
program=$1 home=$2 x=$3 y=$4
# shellcheck source=tests/app/ui/display.sh
source "$(dirname "$0")/display.sh"
start_display 1280x800x24
start_laboratory

# It plays from the start. Space stops it: two exports show the same step.
xdotool key space
sleep 1
export_picture
until_true 30 there "$files/*-round0-step*.png"
sleep 1
export_picture
until_true 30 count_is 2 "$files/*-round0-step*.png"
first=$(compgen -G "$files/*-2.png") || { echo "it did not stop"; ls "$files"; exit 1; }
cmp "$first" "${first%-2.png}.png"

# R: back to step 0. The step button: step 1. N: other noise.
xdotool key r
sleep 0.5
export_picture
until_true 30 there "$files/*-round0-step0.png"
xdotool mousemove --window "$window" "$x" "$y"
sleep 0.5
xdotool click 1
sleep 0.5
export_picture
until_true 30 there "$files/*-round0-step1.png"
# Ctrl+Shift+C: the clipboard has this scene; Ctrl+V brings it back from other noise.
xdotool key ctrl+shift+c
sleep 0.5
xdotool key n
sleep 0.5
export_picture
until_true 30 there "$files/*-round1-step*.png"
if cmp -s "$(compgen -G "$files/*-round0-step0.png")" "$(compgen -G "$files/*-round1-step*.png" | head -n 1)"; then
  echo "new noise gave the same picture"
  exit 1
fi

xdotool key ctrl+v
sleep 0.5
export_picture
until_true 30 there "$files/*-round0-step0-2.png"

xdotool key ctrl+q
ended 0
[[ -s $home/config/phaseloom/ui.json ]] || { echo "the window's state was not remembered"; exit 1; }
