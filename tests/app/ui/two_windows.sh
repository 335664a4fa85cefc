#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Two windows of one user, which a signal ends: two_windows.sh PROGRAM HOME
# Each has a place of its own for its training, and both leave nothing behind but what they remember.
# Exit code 77: cannot be tested.
set -euo pipefail
program=$1 home=$2
# shellcheck source=tests/app/ui/display.sh
source "$(dirname "$0")/display.sh"
state=$home/state/phaseloom
# locks FOLDER COUNT: so many are held there.
locks() { [[ $(find "$1" -maxdepth 1 -name '.phaseloom-*.lock' | wc -l) == "$2" ]]; }
start_display 1280x800x24
start_laboratory
first=$laboratory
until_true 60 locks "$state" 1
start_laboratory
second=$laboratory
until_true 60 locks "$state/window-2" 1
sleep 3 # both draw
for signal in TERM HUP; do
  pid=$first
  [[ $signal == TERM ]] || pid=$second
  kill -s "$signal" "$pid"
  until_true 60 gone "$pid"
  status=0
  wait "$pid" || status=$?
  [[ $status == 0 ]] || { echo "$signal: exit code $status"; cat "$home/out.log"; exit 1; }
done
[[ ! -s $home/out.log ]] || { cat "$home/out.log"; exit 1; }
[[ -s $state/lost-display.json ]] || { echo "the scene was not saved"; exit 1; }
[[ -s $home/config/phaseloom/ui.json ]] || { echo "what it looks like was not remembered"; exit 1; }
left=$(find "$home" -name '.phaseloom-*')
[[ -z $left ]] || { echo "left behind: $left"; exit 1; }
