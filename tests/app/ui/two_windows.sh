#!/usr/bin/env bash
# Two windows of one user, which a signal ends: two_windows.sh PROGRAM HOME
# Each has a place of its own for its training, and both leave nothing behind but what they remember.
# Exit code 77: cannot be tested.
set -euo pipefail
program=$1 home=$2
command -v Xvfb >/dev/null || { echo "Xvfb is not installed"; exit 77; }

pids=()
cleanup() { for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; }
trap cleanup EXIT
# until_true SECONDS command...: waits for it.
until_true() {
  local end=$((SECONDS + $1))
  shift
  until "$@" 2>/dev/null; do
    ((SECONDS < end)) || { echo "waited in vain for: $*"; ls -laR "$home/state" || true; return 1; }
    sleep 0.1
  done
}
state=$home/state/phaseloom
# locks FOLDER COUNT: so many are held there.
locks() { [[ $(find "$1" -maxdepth 1 -name '.phaseloom-*.lock' | wc -l) == "$2" ]]; }
open_window() {
  HOME="$home" XDG_CONFIG_HOME="$home/config" XDG_STATE_HOME="$home/state" \
    PHASELOOM_ASSETS="$home/assets" LIBGL_ALWAYS_SOFTWARE=1 "$program" >>"$home/out.log" 2>&1 &
  pids+=($!)
}
gone() { ! kill -0 "$1"; }

Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$home/display" 2>"$home/xvfb.log" &
pids+=($!)
until_true 30 test -s "$home/display"
DISPLAY=:$(<"$home/display")
export DISPLAY

open_window
first=${pids[-1]}
until_true 60 locks "$state" 1
open_window
second=${pids[-1]}
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
