# SPDX-License-Identifier: MIT
# What the scripts that drive the real window share: a display of their own, and the program on it.
# Sourced with $program and $home set; $home holds the configuration. Exit code 77: cannot be tested.
#
# shellcheck shell=bash disable=SC2154

for tool in Xvfb xdotool setxkbmap; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed"; exit 77; }
done
files=$home/Phaseloom
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
gone() { ! kill -0 "$1" 2>/dev/null; }
count_is() { [[ $(compgen -G "$2" | wc -l) == "$1" ]]; }

# start_display SIZE: the server chooses a free number itself.
start_display() {
  rm -f "$home/display"
  # What a client has set on the server stays when it leaves.
  Xvfb -displayfd 3 -screen 0 "$1" -nolisten tcp -noreset 3>"$home/display" 2>"$home/xvfb.log" &
  server=$!
  pids+=("$server")
  until_true 30 test -s "$home/display"
  DISPLAY=:$(<"$home/display")
  export DISPLAY
}

# Leaves its process in $laboratory and its window in $window. Drivers leave memory behind when they
# are unloaded: no leaks are looked for here. Some drivers talk of a missing XDG_RUNTIME_DIR.
start_laboratory() {
  env --default-signal=HUP,TERM HOME="$home" XDG_CONFIG_HOME="$home/config" XDG_STATE_HOME="$home/state" \
    XDG_RUNTIME_DIR="$home" PHASELOOM_ASSETS="$home/assets" LIBGL_ALWAYS_SOFTWARE=1 \
    ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0" \
    "$program" >>"$home/out.log" 2>&1 &
  laboratory=$!
  pids+=("$laboratory")
  window=$(timeout 60 xdotool search --sync --onlyvisible --pid "$laboratory" \
    --name '^Phaseloom$' | head -n 1) ||
    { echo "no window appeared"; cat "$home/out.log"; exit 1; }
  xdotool windowfocus "$window"
  sleep 1
}

# The first button of the export window writes the wall as a picture.
export_picture() {
  xdotool key ctrl+e
  sleep 0.5
  xdotool key Return
  sleep 0.3
}

# ended CODE: waits for the program to end by itself, with that code.
ended() {
  until_true 30 gone "$laboratory" || { echo "it did not end"; return 1; }
  local status=0
  wait "$laboratory" || status=$?
  [[ $status == "$1" ]] || { echo "exit code $status"; cat "$home/out.log"; return 1; }
}
