#!/usr/bin/env bash
# Takes the display away from the running window: lost_display.sh PROGRAM HOME
# It must end with one line and exit code 1, and have saved the scene. Exit code 77: cannot be tested.
set -euo pipefail
program=$1 home=$2
command -v Xvfb >/dev/null || { echo "Xvfb is not installed"; exit 77; }

pids=()
cleanup() { for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; }
trap cleanup EXIT
Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$home/display" 2>"$home/xvfb.log" &
server=$!
pids+=("$server")
for _ in $(seq 300); do
  [[ ! -s $home/display ]] || break
  sleep 0.1
done
DISPLAY=:$(<"$home/display") HOME="$home" XDG_CONFIG_HOME="$home/config" \
  XDG_STATE_HOME="$home/state" PHASELOOM_ASSETS="$home/assets" LIBGL_ALWAYS_SOFTWARE=1 \
  "$program" >"$home/out.log" 2>&1 &
laboratory=$!
pids+=("$laboratory")
sleep 5
kill -0 "$laboratory" || { echo "it did not start"; cat "$home/out.log"; exit 1; }
kill "$server"
for _ in $(seq 300); do
  kill -0 "$laboratory" 2>/dev/null || break
  sleep 0.1
done
status=0
wait "$laboratory" || status=$?
[[ $status == 1 ]] || { echo "exit code $status"; cat "$home/out.log"; exit 1; }
[[ $(wc -l <"$home/out.log") == 1 ]] || { echo "more or less than a line:"; cat "$home/out.log"; exit 1; }
grep -q "display was lost; the scene is saved" "$home/out.log"
grep -q '"phaseloom"' "$home/state/phaseloom/lost-display.json"
