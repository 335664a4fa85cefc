#!/usr/bin/env bash
# Drives the real window on a display of its own: window.sh PROGRAM HOME STEP_X STEP_Y
# HOME holds the configuration; the pictures that the program exports tell what it did: their names
# carry round and step. STEP_X, STEP_Y is where the step button is. Exit code 77: cannot be tested.
set -euo pipefail
program=$1 home=$2 x=$3 y=$4
for tool in Xvfb xdotool; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed"; exit 77; }
done

pids=()
cleanup() { for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; }
trap cleanup EXIT
# until_true SECONDS command...: waits for it.
until_true() {
  local end=$((SECONDS + $1))
  shift
  until "$@" 2>/dev/null; do
    ((SECONDS < end)) || { echo "waited in vain for: $*"; ls -la "$files" || true; return 1; }
    sleep 0.1
  done
}
there() { compgen -G "$1" >/dev/null; }
count_is() { [[ $(compgen -G "$2" | wc -l) == "$1" ]]; }

# The server chooses a free number itself.
Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$home/display" 2>"$home/xvfb.log" &
pids+=($!)
until_true 30 test -s "$home/display"
DISPLAY=:$(<"$home/display")
export DISPLAY

files=$home/Phaseloom
# Drivers leave memory behind when they are unloaded: no leaks are looked for here.
env HOME="$home" XDG_CONFIG_HOME="$home/config" PHASELOOM_ASSETS="$home/assets" \
  ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0" \
  LIBGL_ALWAYS_SOFTWARE=1 "$program" >"$home/out.log" 2>&1 &
laboratory=$!
pids+=("$laboratory")
window=$(timeout 60 xdotool search --sync --onlyvisible --pid "$laboratory" --name '^Phaseloom$' |
  head -n 1) || { echo "no window appeared"; cat "$home/out.log"; exit 1; }
xdotool windowfocus "$window"
sleep 1

# The first button of the export window writes the wall as a picture.
export_picture() {
  xdotool key ctrl+e
  sleep 0.5
  xdotool key Return
  sleep 0.3
}

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
xdotool key n
sleep 0.5
export_picture
until_true 30 there "$files/*-round1-step*.png"
if cmp -s "$(compgen -G "$files/*-round0-step0.png")" "$(compgen -G "$files/*-round1-step*.png" | head -n 1)"; then
  echo "new noise gave the same picture"
  exit 1
fi

xdotool key ctrl+q
for _ in $(seq 300); do
  kill -0 "$laboratory" 2>/dev/null || break
  sleep 0.1
done
if kill -0 "$laboratory" 2>/dev/null; then
  echo "Ctrl+Q did not close it"
  exit 1
fi
status=0
wait "$laboratory" || status=$?
[[ $status == 0 ]] || { echo "exit code $status"; cat "$home/out.log"; exit 1; }
[[ -s $home/config/phaseloom/ui.json ]] || { echo "the window's state was not remembered"; exit 1; }
