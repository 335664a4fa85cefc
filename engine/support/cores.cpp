// SPDX-License-Identifier: MIT
#include "engine/support/cores.hpp"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

int cores_of_affinity() {
  // The kernel refuses a mask that is shorter than its own.
  for (std::size_t sets = 1; sets <= 64; sets *= 2) {
    std::vector<cpu_set_t> mask(sets);
    const std::size_t bytes = sets * sizeof(cpu_set_t);
    if (::sched_getaffinity(0, bytes, mask.data()) == 0) return CPU_COUNT_S(bytes, mask.data());
  }
  return static_cast<int>(std::thread::hardware_concurrency());
}

/// Two numbers of a file, or of two, as cores; nothing for "max", -1, and where there is no file.
std::optional<double> ratio(std::istream&& quota, std::istream&& period) {
  double time = 0, of = 0;
  if (!(quota >> time) || !(period >> of) || time <= 0 || of <= 0) return std::nullopt;
  return time / of;
}

std::optional<double> quota_in(const fs::path& group) {
  std::ifstream both(group / "cpu.max");  // version 2: "150000 100000"
  std::string time, period;
  if (both >> time >> period) return ratio(std::istringstream(time), std::istringstream(period));
  return ratio(std::ifstream(group / "cpu.cfs_quota_us"),
               std::ifstream(group / "cpu.cfs_period_us"));
}

/// The tightest from this group up to the top. A container sees the upper ones only, or the path as
/// its host calls it, which is not there.
void tighten(std::optional<double>& quota, const fs::path& top, const fs::path& group) {
  for (fs::path path = group.relative_path();; path = path.parent_path()) {
    if (const auto here = quota_in(top / path))
      quota = std::min(*here, quota.value_or(std::numeric_limits<double>::infinity()));
    if (path.empty()) return;
  }
}

}  // namespace

std::optional<double> cpu_quota(const fs::path& membership, const fs::path& mount) {
  std::optional<double> quota;
  std::ifstream file(membership);
  for (std::string line; std::getline(file, line);) {
    // "0::/group" in version 2, "4:cpu,cpuacct:/group" in version 1.
    const auto first = line.find(':'), second = line.find(':', first + 1);
    if (first == line.npos || second == line.npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const fs::path group = line.substr(second + 1);
    if (controllers.empty()) {
      tighten(quota, mount, group);
    } else if (("," + controllers + ",").find(",cpu,") != std::string::npos) {
      tighten(quota, mount / controllers, group);
      tighten(quota, mount / "cpu", group);
    }
  }
  return quota;
}

int usable_cores() {
  static const int cores = [] {
    const auto quota = cpu_quota("/proc/self/cgroup", "/sys/fs/cgroup");
    const int allowed = cores_of_affinity();
    return std::max(
        1, quota ? std::min(allowed, static_cast<int>(std::ceil(std::min(*quota, 1e6)))) : allowed);
  }();
  return cores;
}

}  // namespace phaseloom
