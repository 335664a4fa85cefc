# SPDX-License-Identifier: MIT
# Shared by ./run and ./test: packages, configure, build. Everything here talks on stderr, so that
# the standard output of `./run sample ... > file` belongs to the program alone.
#
# shellcheck shell=bash disable=SC2034

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")

build_packages=(
  cmake ninja-build g++ pkg-config
  libglfw3-dev libimgui-dev libstb-dev libepoxy-dev libegl-dev libgl-dev libx11-dev libgl1-mesa-dri libegl1
  libeigen3-dev nlohmann-json3-dev libcli11-dev libspdlog-dev libfmt-dev zlib1g-dev liblemon-dev libpugixml-dev
  fonts-inter fonts-dejavu-core dataset-fashion-mnist
)
test_packages=(libgtest-dev libgmock-dev libbenchmark-dev xvfb xauth x11-xkb-utils xdotool ffmpeg ngspice libopenmpi-dev openmpi-bin)
fuzz_packages=(clang libclang-rt-14-dev)

# Put before what builds or runs tests; ./test sets it for the thread sanitizer.
steady=()

say() { echo "phaseloom: $*" >&2; }

die() {
  say "$@"
  exit 2
}

# Prints those of the given packages that are not installed.
missing_packages() {
  local installed
  installed=" $(dpkg-query -W -f='${db:Status-Status}:${Package} ' "$@" 2>/dev/null || true)"
  local package
  for package in "$@"; do
    [[ $installed == *" installed:$package "* ]] || echo "$package"
  done
}

# Installs what is missing; touches neither apt nor sudo when nothing is.
ensure_packages() {
  [[ -z ${PHASELOOM_SKIP_INSTALL:-} ]] || return 0
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0

  local become=()
  command -v apt-get >/dev/null ||
    die "no apt here; install these yourself, then set PHASELOOM_SKIP_INSTALL=1: ${missing[*]}"
  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      die "not root and no sudo; ask for these packages: ${missing[*]}"
    become=(sudo)
  fi

  say "installing with apt: ${missing[*]}"
  # One privileged call, so that a password is asked once. The lists are always refreshed: empty
  # ones know no package, stale ones answer 404. A broken third-party source must not stop us.
  # shellcheck disable=SC2016
  "${become[@]}" env DEBIAN_FRONTEND=noninteractive sh -c '
    apt-get update -qq
    exec apt-get install -qq -y --no-install-recommends \
      -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 "$@"' \
    sh "${missing[@]}" </dev/null >&2 ||
    die "could not install these packages: ${missing[*]}"
}

# configure PRESET [-DOPTION=VALUE...]: only when there is no usable build tree, the presets are
# newer than it, or an option differs. Anything else makes ninja run CMake again by itself.
configure() {
  local dir=$root/build/$1 option
  local stale=
  [[ -f $dir/build.ninja && ! $root/CMakePresets.json -nt $dir/build.ninja ]] || stale=1
  for option in "${@:2}"; do
    [[ -n $stale ]] || grep -q "^${option#-D}\$" <(sed 's/:[A-Z]*=/=/' "$dir/CMakeCache.txt") ||
      stale=1
  done
  [[ -n $stale ]] || return 0
  say "configuring build/$1"
  (cd "$root" && cmake --preset "$@" -Wno-dev >&2)
}

# build PRESET [cmake --build options]: a build with nothing to do says nothing.
build() {
  "${steady[@]}" cmake --build "$root/build/$1" "${@:2}" 2>&1 |
    sed -u -e '/Re-checking globbed directories/d' -e '/^ninja: no work to do/d' >&2
}
